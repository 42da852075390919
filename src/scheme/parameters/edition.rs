//! Under which change of the parameters something is done.

/// What of the table of changes is in force on a day. Changes are added and never
/// taken away, so on one day another number of them is another set of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Edition {
    /// How many there are.
    pub changes: i64,
    /// The number of the newest.
    pub newest: i64,
}

impl Edition {
    /// Nothing has been changed by then.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.changes == 0
    }
}
