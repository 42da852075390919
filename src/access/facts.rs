//! What `decide` must know of the subject in the address, one query each.

pub mod dockets;
pub mod drafts;
mod load;
pub mod matters;
mod reach;

use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::scheme::parameters::Values;

use super::actor::Actor;
use super::acts::Act;

pub use load::load;
pub use matters::{Matter, MatterKind};
pub use reach::reach;

/// The subject of an act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The association in the address.
    pub association: Option<AssociationId>,
    /// Its name.
    pub association_name: Option<String>,
    /// The responsible unit (业务主管单位), of the association or in the address itself.
    pub unit: Option<DepartmentId>,
    /// The actor's department has a tie to the association without being responsible, or was
    /// told of its separation: a tie that it has ended is still its own to see (TC-50).
    pub linked: bool,
    /// The actor's department is asked to read a comment on the association.
    pub mentioned: bool,
    /// The association has left (注销、撤销、合并).
    pub exited: bool,
    /// The dates of its batch, where it does not go by the campaign's (FD-1).
    pub batch: Values,
    /// Its plan was ended: the association left, or was withdrawn from the list.
    pub plan_ended: bool,
    /// Who submitted what is to be decided.
    pub submitted_by: Option<AccountId>,
    /// The department asked for the prior approval in the address.
    pub asked: Option<DepartmentId>,
    /// Competence codes of the departments that verify the item in the address.
    pub verifiers: Vec<String>,
    /// What is asked about tells of a person of the register: the item in the address,
    /// or the one that a file belongs to.
    pub personal: bool,
    /// The matters that the file in the address belongs to or belonged to, as far as
    /// they stand under that address.
    pub matters: Vec<Matter>,
    /// The docket in the address, or one of the process in it that may be begun.
    pub docket: Option<dockets::Docket>,
    /// What the actor drafted or prepared of the subject, read for leaders only.
    pub drafted: Vec<Act>,
    /// The scheme's setting lets this person sign what they drafted: the only
    /// account of a small unit (TC-64).
    pub signs_alone: bool,
}

/// The numbers in an address that name a subject.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Address {
    /// `{association}`.
    pub association: Option<i64>,
    /// `{department}`.
    pub department: Option<i64>,
    /// `{item}`, of the association.
    pub item: Option<i64>,
    /// `{approval}`, of the association's plan.
    pub approval: Option<i64>,
    /// `{reminder}`: a notice to one department.
    pub reminder: Option<i64>,
    /// `{order}`: a 督办单 to one department.
    pub order: Option<i64>,
    /// `{objection}` to the published list.
    pub objection: Option<i64>,
    /// `{docket}`.
    pub docket: Option<i64>,
    /// `{process}`, in which a docket is begun.
    pub process: Option<dockets::Named>,
    /// `{file}`, of what stands before it.
    pub file: Option<i64>,
}

impl Facts {
    /// Whether the actor's unit is the responsible one.
    #[must_use]
    pub fn own_unit(&self, actor: &Actor) -> bool {
        self.unit == Some(actor.department()) && actor.role().is_unit()
    }

    /// Whether the actor knows the association only through a tie (TC-50).
    #[must_use]
    pub fn only_linked(&self, actor: &Actor) -> bool {
        self.association.is_some() && self.linked && actor.role().is_unit() && !self.own_unit(actor)
    }
}
