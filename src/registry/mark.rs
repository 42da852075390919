//! Where a list that goes through the associations in the order of their names has come to.

use crate::ids::AssociationId;

/// The last association that was read: the sort key of its name, and itself. At first before
/// all of them.
#[derive(Debug, Clone, Default)]
pub struct Mark {
    /// The sort key.
    pub name: String,
    /// The association's number.
    pub association: i64,
}

impl Mark {
    /// Goes on behind this one.
    pub fn pass(&mut self, sort_key: &str, id: AssociationId) {
        sort_key.clone_into(&mut self.name);
        self.association = id.0;
    }
}
