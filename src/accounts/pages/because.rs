//! What is said of an altered name or entry: an error put right, or a change with its
//! document and day (FZ-2). The fields of every form that asks it.

use chrono::NaiveDate;

use crate::accounts::rules::periods::{Basis, Because};
use crate::scheme::Choice;
use crate::web::Form;
use crate::web::ask::{self, Ask};
use crate::web::conflict::Line;
use crate::web::form::{Clean, Slot};

/// The document of a change.
pub const DOCUMENT: Ask<String> = ask::text("document", "变更的文号", 100)
    .hint("只在变更时填写")
    .must("变更的，请填写文号。");
/// The day of a change.
pub const CHANGED_ON: Ask<NaiveDate> = ask::date("changed_on", "变更日期")
    .hint("只在变更时填写")
    .must("变更的，请填写变更日期。");
/// The choice between the two.
pub const BASIS: &str = "basis";
/// What it is called.
pub const LABEL: &str = "改动的性质";

/// The two.
#[must_use]
pub fn bases() -> Vec<Choice> {
    Choice::of::<Basis>()
}

/// The fields as two versions of a form compare them: before an alteration nothing is said.
#[must_use]
pub fn lines() -> Vec<(Line, String)> {
    vec![
        (Line::of(BASIS, LABEL, &bases()), String::new()),
        (DOCUMENT.into(), String::new()),
        (CHANGED_ON.into(), String::new()),
    ]
}

/// What was typed.
pub struct Said(Typed);

enum Typed {
    Otherwise(Slot<Option<Basis>>),
    Change(Slot<String>, Slot<NaiveDate>),
}

/// Reads the fields; a change needs its document and its day.
pub fn read(form: &mut Form, today: NaiveDate) -> Said {
    if form.value(BASIS) == Basis::Change.key() {
        form.knows(BASIS);
        let document = DOCUMENT.read(form);
        return Said(Typed::Change(document, CHANGED_ON.read_past(form, today)));
    }
    form.knows(DOCUMENT.name);
    form.knows(CHANGED_ON.name);
    Said(Typed::Otherwise(
        form.word::<Basis>(BASIS, LABEL).optional(),
    ))
}

impl Said {
    /// The same, once nothing in the form is wrong.
    #[must_use]
    pub fn because(self, clean: &Clean) -> Because {
        match self.0 {
            Typed::Change(document, on) => Because::Change {
                on: on.take(clean),
                document: document.take(clean),
            },
            Typed::Otherwise(basis) => match basis.take(clean) {
                Some(_) => Because::Error,
                None => Because::Unsaid,
            },
        }
    }
}
