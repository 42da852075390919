//! Pages of the survey.

pub mod answers;
pub mod deeds;
pub mod nil;
pub mod overview;
pub mod section;
