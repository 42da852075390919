//! What a changed value is: an error put right, or a change from a day on (FZ-2).

use chrono::NaiveDate;

crate::words! {
    /// What a changed value is.
    pub enum Basis {
        /// The register had it wrong: no period begins.
        Error = "error", "更正登记差错";
        /// It is another from a day on, by a document.
        Change = "change", "变更";
    }
}

/// What an entry that reads otherwise is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Because {
    /// Nobody said; only what has no periods may read otherwise.
    #[default]
    Unsaid,
    /// An error put right.
    Error,
    /// A change.
    Change {
        /// The day from which on it holds.
        on: NaiveDate,
        /// The document.
        document: String,
    },
}
