//! 在谁手里: who must act next on what, and by when (domain 9.1, 9.3). It follows from the
//! states of all rooms; the transaction that moves a matter writes it, and everything that
//! asks what waits for whom reads it by index (docs/decisions/0023-desk.md).

pub mod deeds;
mod hands;
mod here;
mod keeping;
pub mod rules;
pub mod store;

pub use here::{Hands, hand};
pub use keeping::{Desk, drift, prepare, rebuild, verify};
pub use rules::{Difference, Row};

/// What the pages of matters are told by.
pub static HANDS: Hands = Hands;
/// What every database is opened with.
pub static KEEPER: Desk = Desk;
