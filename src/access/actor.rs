//! Who acts: a person in one of their capacities.

use crate::ids::{AccountId, AssociationId, CapacityId, DepartmentId};

use super::roles::Role;

/// One capacity that an account holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// Its key.
    pub id: CapacityId,
    /// The department in whose name the person acts.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: String,
    /// The role.
    pub role: Role,
    /// For an association's account: which one.
    pub association: Option<AssociationId>,
    /// Its name.
    pub association_name: Option<String>,
    /// For a delegated capacity (代行): the name of who gave it.
    pub on_behalf_of: Option<String>,
}

/// A signed-in person in the capacity chosen at sign-in.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// Its user name.
    pub username: String,
    /// The person's name; while acting for somebody, with theirs: 郑某（代行焦永刚）.
    /// Records and sentences take it from here, so both names are in all of them.
    pub name: String,
    /// The capacity in force.
    pub capacity: Capacity,
    /// Every capacity that the account holds, for the four-eyes rule (⚠AMB-14).
    pub held: Vec<Capacity>,
    /// A password set by the administrator must be changed first.
    pub must_change_password: bool,
}

impl Actor {
    /// The role in force.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.capacity.role
    }

    /// The department in force.
    #[must_use]
    pub const fn department(&self) -> DepartmentId {
        self.capacity.department
    }

    /// Whether the person may read names and dates of people in the associations
    /// of a unit (domain 2.1); the others see counts. An association reaches only its own.
    #[must_use]
    pub fn reads_persons_of(&self, unit: DepartmentId) -> bool {
        let role = self.role();
        role.reads_persons()
            || role == Role::Association
            || (role.is_unit() && self.department() == unit)
    }

    /// Whether the person acts for somebody else (代行).
    #[must_use]
    pub const fn is_acting(&self) -> bool {
        self.capacity.on_behalf_of.is_some()
    }

    /// Whether the person is clerk or leader of this unit in any capacity held.
    #[must_use]
    pub fn belongs_to_unit(&self, department: DepartmentId) -> bool {
        self.held
            .iter()
            .any(|held| held.role.is_unit() && held.department == department)
    }
}
