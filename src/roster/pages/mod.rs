//! Recommendations, the list as published and as amended, objections.

pub mod ledger;
pub mod ledger_units;
pub mod list;
pub mod objections;
pub mod papers;
pub mod preview;
pub mod public;
pub mod publish;
pub mod published;
pub mod unit;
pub mod units;
