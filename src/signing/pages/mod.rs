//! The list, one matter opened, one round's results.

mod content;
pub mod list;
pub mod matter;
pub mod round;
pub mod signing;

/// The name of the boxes of the list, and what messages call them.
pub const TICKED: (&str, &str) = ("ticked", "待签发事项");
