//! What every changing form carries besides what is typed: what was seen, the capacity
//! that it was opened in, and a key by which it acts once.

use crate::access::session::Token;
use crate::access::{Act, Actor, Seen, Sees};
use crate::audit::key::mac;
use crate::ids::{AccountId, CapacityId};

use super::form::Form;
use super::marks::Marks;
use super::page::Page;

/// The hidden fields of one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The name of the field of what was seen; empty where nothing is.
    pub field: &'static str,
    /// What was seen.
    pub seen: String,
    /// The once-only key.
    pub request_id: String,
    /// The capacity, and the mark of the account.
    pub capacity: String,
    /// What stood there when the form was opened, where two people may save it.
    pub base: Option<String>,
}

/// What seals are made of: the session's secret and the capacity in force.
#[derive(Debug, Clone)]
pub struct Sealing {
    secret: String,
    capacity: CapacityId,
    whose: String,
}

/// Why a form is not what its page drew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsealed {
    /// It does not say what was seen.
    Unseen,
    /// It was opened in another capacity.
    OtherCapacity,
}

impl Sealing {
    /// For a person in a session.
    #[must_use]
    pub fn new(token: &Token, actor: &Actor, marks: &Marks) -> Self {
        Self {
            secret: token.secret().to_owned(),
            capacity: actor.capacity.id,
            whose: marks.account(actor.account),
        }
    }

    /// The capacity in force and whose form it is, as forms carry it.
    fn opened_as(&self) -> String {
        format!("{}.{}", self.capacity, self.whose)
    }

    /// The key of one act on one matter as seen, in this session: a second click, and
    /// a form that is sent again from the page before, have the first one's.
    fn key(&self, address: &str, act: Act, seen: &Seen) -> String {
        let seen = seen.text();
        let parts = [act.name(), address, &seen].map(str::as_bytes);
        let mut key = hex::encode(mac(self.secret.as_bytes(), &parts));
        key.truncate(32);
        key
    }
}

impl Page {
    /// The hidden fields of the form at an address, by which an act is done on what
    /// this page shows.
    #[must_use]
    pub fn seal(&self, address: &str, act: &Act, seen: impl Into<Seen>) -> Seal {
        // Messages beside the fields do not tell what somebody else did meanwhile: what is
        // sent again still says what was seen when it was first typed.
        let seen = self.kept(address, *act).unwrap_or_else(|| seen.into());
        let field = match act.sees() {
            Sees::Edit => "version",
            Sees::Decision => "seen",
            Sees::Nothing(_) => "",
        };
        let sealing = self.sealing();
        let request_id = match (sealing, field) {
            (Some(sealing), "version" | "seen") if !seen.is_version(0) => {
                sealing.key(address, *act, &seen)
            }
            // Two comments with the same words are two comments, and two activities two.
            _ => self.request_id(),
        };
        Seal {
            field,
            seen: seen.text(),
            request_id,
            capacity: sealing.map_or_else(String::new, Sealing::opened_as),
            base: self.base().filter(|_| field == "version"),
        }
    }

    /// The same for the one form of a page with several buttons: what any of them had
    /// seen is kept.
    #[must_use]
    pub fn seal_whole(&self, address: &str, act: &Act, seen: impl Into<Seen>) -> Seal {
        let seen = self.kept_by_any().unwrap_or_else(|| seen.into());
        self.seal(address, act, seen)
    }

    /// For acts whose form says nothing of what was seen.
    #[must_use]
    pub const fn nothing(&self) -> Seen {
        Seen::any("the act says why")
    }
}

/// What the form of an act carries of what was seen.
pub(super) fn opened(form: &Form, act: Act, actor: &Actor) -> Result<Seen, Unsealed> {
    if let Some(opened_as) = form.raw("opened_as")
        && opened_as.split('.').next() != Some(actor.capacity.id.to_string().as_str())
    {
        return Err(Unsealed::OtherCapacity);
    }
    seen(form, act)
}

/// What a form says that was seen, in whatever capacity.
pub(super) fn seen(form: &Form, act: Act) -> Result<Seen, Unsealed> {
    let typed = match act.sees() {
        Sees::Nothing(why) => return Ok(Seen::any(why)),
        Sees::Edit => form.raw("version"),
        // A page that was drawn before decisions had a field of their own says `version`.
        Sees::Decision => form.raw("seen").or_else(|| form.raw("version")),
    };
    typed.and_then(Seen::parse).ok_or(Unsealed::Unseen)
}

/// Whether a form was opened by an account: who it is for is never guessed.
#[must_use]
pub fn is_of(form: &Form, account: AccountId, marks: &Marks) -> bool {
    let whose = form.raw("opened_as").and_then(|said| said.split_once('.'));
    whose.is_some_and(|(_, mark)| mark == marks.account(account))
}
