//! What was done, told twice in one transaction: `act_record` is the case file
//! that users read; `audit_record` is the chained evidence (security.md 5).
//! Rooms describe their acts with `Record`; this room knows none of them.

pub mod anchor;
pub mod case_row;
pub mod chain;
mod fact;
pub mod fields;
pub mod key;
pub mod payload;
mod say;
mod verify;

use serde_json::Value;

use crate::access::case::{Case, Move, Subject};
use crate::access::{Act, Actor};
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::words::Word as _;

pub use anchor::{Anchor, Anchored, Head};
pub use case_row::CaseRow;
pub use fact::Fact;
pub use key::AuditKey;
pub use payload::{Link, Payload};
pub use say::{PrivateChange, Say};
pub use verify::{Verdict, verify};

/// One act, described by the room that did it.
#[derive(Debug, Clone)]
pub struct Record {
    /// The act.
    pub act: Act,
    /// What it was about.
    pub subject: Subject,
    /// The association in whose case file it stands.
    pub association: Option<AssociationId>,
    /// What is said of it.
    pub say: Say,
    /// `done` or `refused`.
    pub outcome: &'static str,
}

impl Record {
    /// An act on a subject.
    #[must_use]
    pub fn new(act: Act, kind: &'static str, id: i64, sentence: impl Into<String>) -> Self {
        Self {
            act,
            subject: Subject { kind, id },
            association: None,
            say: Say::new(sentence),
            outcome: "done",
        }
    }

    /// A step of a case in the words of its room.
    #[must_use]
    pub fn of<C: Case>(step: &Move<C>, to: C::State, say: Say) -> Self {
        Self {
            act: step.act(),
            subject: Subject {
                kind: C::KIND,
                id: step.id(),
            },
            association: step.association(),
            say: say.changed("state", step.from().label(), to.label()),
            outcome: "done",
        }
    }

    /// Puts the act into an association's case file.
    #[must_use]
    pub fn in_file_of(mut self, association: AssociationId) -> Self {
        self.association = Some(association);
        self
    }

    /// Adds the person's own words; blank ones are none.
    #[must_use]
    pub fn with_opinion(mut self, opinion: &str) -> Self {
        self.say = self.say.because(opinion);
        self
    }

    /// Adds a changed field, if it did change.
    #[must_use]
    pub fn changed(
        mut self,
        field: &str,
        before: impl Into<Value>,
        after: impl Into<Value>,
    ) -> Self {
        self.say = self.say.changed(field, before, after);
        self
    }

    /// Adds in brackets what it came from.
    #[must_use]
    pub fn remarked(mut self, remark: &str) -> Self {
        self.say.remark(remark);
        self
    }

    /// Marks the act as refused.
    #[must_use]
    pub const fn refused(mut self) -> Self {
        self.outcome = "refused";
        self
    }
}

/// The person as they were when they acted; text, so that it outlives them.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The account, where one was signed in.
    pub account: Option<AccountId>,
    /// The department in whose name they acted.
    pub department: Option<DepartmentId>,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// Their department's name.
    pub department_name: String,
}

impl Signature {
    /// The signature of a person, or of nobody in particular.
    #[must_use]
    pub fn of(actor: Option<&Actor>) -> Self {
        match actor {
            Some(actor) => Self {
                account: Some(actor.account),
                department: Some(actor.department()),
                name: actor.name.clone(),
                role: actor.role().label().to_owned(),
                department_name: actor.capacity.department_name.clone(),
            },
            None => Self {
                account: None,
                department: None,
                name: "未登录".to_owned(),
                role: String::new(),
                department_name: String::new(),
            },
        }
    }
}
