//! What the table is made of, of one association.

use chrono::NaiveDate;

use crate::holdings::rules::Register;
use crate::holdings::rules::book::Entry;
use crate::ids::AssociationId;
use crate::posts::rules::Holder;
use crate::progress::rules::Item;
use crate::registrations::rules::Kind;
use crate::registry::rules::ExitKind;
use crate::scheme::Answers;

/// Answers of the survey that the table reads: accounts of its own, assets, the inventory,
/// rooms, and who needs contracts, insurance and posts.
pub const SURVEYED: [&str; 11] = [
    "SV-42", "SV-51", "SV-53", "SV-54", "SV-55", "SV-60", "SV-63", "SV-64-1", "SV-64-2", "SV-64-6",
    "SV-65-1",
];

/// Registers that the table reads: what became of assets and of rooms.
pub const REGISTERS: [Register; 5] = [
    Register::Ownership,
    Register::Asset,
    Register::Completion,
    Register::Room,
    Register::Delay,
];

/// Entries of civil affairs whose day the table tells.
pub const REGISTERED: [Kind; 2] = [Kind::Certificate, Kind::Charter];

/// One association as registers and checklist have it.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The association.
    pub id: AssociationId,
    /// By which rows are ordered.
    pub sort_key: String,
    /// Name as registered.
    pub name: String,
    /// Credit code.
    pub uscc: Option<String>,
    /// The responsible unit.
    pub unit: String,
    /// How it left, if it did.
    pub exit: Option<ExitKind>,
    /// It stands still (FD-4).
    pub still: bool,
    /// Number and day of the reply in force.
    pub reply: Option<(String, NaiveDate)>,
    /// Of the confirmed survey, the answers of [`SURVEYED`].
    pub survey: Option<Answers>,
    /// The checklist, in the scheme's order; empty before the plan is begun.
    pub items: Vec<Item>,
    /// Mandatory items of the five separations that are resolved, and all of them, as the
    /// counters of the pages have them.
    pub counted: (i64, i64),
    /// What was recorded on the rows of [`REGISTERS`].
    pub entries: Vec<Entry>,
    /// The register of posts is opened.
    pub opened: bool,
    /// Its people, without what would tell who they are.
    pub holders: Vec<Holder>,
    /// What civil affairs granted of [`REGISTERED`], and when.
    pub granted: Vec<(Kind, NaiveDate)>,
}
