//! Answers to the scheme's questions: reading them from a form, showing them,
//! and drawing their fields. One small file for each way of typing.

pub mod count;
pub mod date;
pub mod money;
pub mod text;
