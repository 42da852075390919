//! Answers to the scheme's questions: reading them from a form (`read`), putting
//! them back (`fill`), drawing their fields (`field`) and showing them (`show`).
//! One small file for each way of typing.

pub mod amounts;
pub mod asked;
pub mod count;
pub mod credit_code;
pub mod date;
pub mod field;
pub mod money;
pub mod names;
pub mod number;
pub mod read;
pub mod show;
pub mod text;
pub mod unit;

#[cfg(test)]
mod tests;

/// The form engine under one name, as rooms use it.
pub mod questions {
    pub use super::amounts::compare;
    pub use super::field::{FieldView, Note, fields, number, rows_button};
    pub use super::read::read;
    pub use super::show::{ShownAnswer, fill, shown};
}
