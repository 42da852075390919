//! SQL of uploads.

mod forgetting;
mod lines;
mod meanings;
mod secrets;
mod upload;

pub use forgetting::forget_old;
pub use lines::{Shown, check_in, checked_lines, clear_lines, copy_in, lines, shown, wrong_lines};
pub use meanings::{meanings, remember};
pub use secrets::{Slip, hashes, keep_hash, slips};
pub use upload::{
    Import, New, begin, earlier, end, file, ground, is_entering, keep_answers, keep_ground, lock,
    mine, of_account, say, say_entering, stand, stop_reading, subjects,
};
