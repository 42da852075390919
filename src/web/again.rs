//! A form that is shown again, with messages, with a row more, or after signing in: it
//! still says what was seen when it was first opened, and how it stood then.

use crate::access::Sees;

use super::answer::field::rows_button;
use super::conflict::{Theirs, base};
use super::form::Form;
use super::{Allowed, App, seal};

const PARKED: &str = "登录过期前您填写的内容都还在，尚未提交。请核对后提交。";

/// The person, whose page keeps what the form had seen, where it is not only told what
/// is wrong with it.
pub(super) fn shown(allowed: &Allowed, form: &mut Form) -> Allowed {
    let grows = rows_button(form);
    if !grows && !allowed.replayed() {
        return allowed.clone();
    }
    let mut shown = allowed.clone();
    if let Ok(seen) = seal::seen(form, allowed.gate_act()) {
        shown = shown.keeping(seen);
    }
    if allowed.replayed() {
        shown = shown.alarmed(PARKED.to_owned());
        if form.lost_file() {
            form.carries_file();
            form.tell_of_file();
        }
    }
    shown
}

/// What the page's edit forms are to carry of how they stood when first opened.
pub(super) enum Base {
    /// What they carried.
    Kept(String),
    /// What stands there now: it is the first opening.
    Now,
    /// Nothing: the page was opened before forms carried anything.
    Unknown,
}

impl Base {
    /// By what was typed, if anything was.
    pub(super) fn of(allowed: &Allowed, form: Option<&Form>) -> Self {
        let Some(form) = form else {
            return Self::Now;
        };
        match form.raw(base::BASE) {
            Some(base) => Self::Kept(base.to_owned()),
            None if allowed.gate_act().sees() == Sees::Edit => Self::Unknown,
            // Another form of the page was sent, which is not to be edited.
            None => Self::Now,
        }
    }

    /// As forms carry it.
    pub(super) fn text(self, app: &App, now: impl FnOnce() -> Option<Theirs>) -> Option<String> {
        match self {
            Self::Kept(base) => Some(base),
            Self::Now => now().map(|theirs| theirs.base(&app.marks())),
            Self::Unknown => None,
        }
    }
}
