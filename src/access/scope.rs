//! Which rows a list may show. Only this room makes a scope, so that a list
//! without one cannot be written.

use crate::ids::{AssociationId, DepartmentId};

use super::{Actor, Role};

/// The rows that a person may see in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope(Reach);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    All,
    Unit(DepartmentId),
    Association(AssociationId),
    Nothing,
}

impl Scope {
    /// The scope of a person: everything, the own unit with the associations
    /// linked to it, or the own association.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        let role = actor.role();
        Self(match (role, actor.capacity.association) {
            (Role::Association, Some(association)) => Reach::Association(association),
            _ if role.reads_all() => Reach::All,
            _ if role.is_unit() => Reach::Unit(actor.department()),
            _ => Reach::Nothing,
        })
    }

    /// The whole campaign, for figures that every reader of a dashboard may see.
    #[must_use]
    pub const fn whole_campaign_figures() -> Self {
        Self(Reach::All)
    }

    /// The department to which rows are limited.
    #[must_use]
    pub const fn department(&self) -> Option<DepartmentId> {
        match self.0 {
            Reach::Unit(department) => Some(department),
            Reach::All | Reach::Association(_) | Reach::Nothing => None,
        }
    }

    /// The association to which rows are limited.
    #[must_use]
    pub const fn association(&self) -> Option<AssociationId> {
        match self.0 {
            Reach::Association(association) => Some(association),
            Reach::All | Reach::Unit(_) | Reach::Nothing => None,
        }
    }

    /// Whether there is nothing to see at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self.0, Reach::Nothing)
    }

    /// Whether all rows may be seen.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        matches!(self.0, Reach::All)
    }
}
