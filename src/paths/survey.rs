//! Addresses of the baseline survey.

use super::Path;

/// All surveys in one table.
pub const SURVEYS: Path<0> = Path::new("/surveys");
/// The survey of an association.
pub const SURVEY: Path<1> = Path::new("/associations/{association}/survey");
/// The form with nothing in it, to be filled in by hand.
pub const BLANK_FORM: Path<0> = Path::new("/survey-form.docx");
/// All its answers.
pub const ANSWERS: Path<1> = Path::new("/associations/{association}/survey/answers");
/// What differs between two editions: `from` and `to`, else the newest and the one confirmed
/// before it.
pub const DIFFERENCE: Path<1> = Path::new("/associations/{association}/survey/difference");
/// A section to fill in.
pub const SECTION: Path<2> = Path::new("/associations/{association}/survey/sections/{section}");
/// Explanations of what looks odd.
pub const EXPLANATIONS: Path<1> = Path::new("/associations/{association}/survey/explanations");
/// Its way to the unit's leader, who signs.
pub const PASSING: Path<1> = Path::new("/associations/{association}/survey/passing");
/// Its way back from the leader to the clerk.
pub const BACK: Path<1> = Path::new("/associations/{association}/survey/back");
/// Its submission to the office.
pub const SUBMISSION: Path<1> = Path::new("/associations/{association}/survey/submission");
/// Its taking back by the unit.
pub const TAKING_BACK: Path<1> = Path::new("/associations/{association}/survey/taking-back");
/// What the office finds of it.
pub const MARKS: Path<1> = Path::new("/associations/{association}/survey/marks");
/// Reading it, and its return to the unit.
pub const RETURN: Path<1> = Path::new("/associations/{association}/survey/return");
/// Its confirmation.
pub const CONFIRMATION: Path<1> = Path::new("/associations/{association}/survey/confirmation");
/// A new edition.
pub const EDITION: Path<1> = Path::new("/associations/{association}/survey/edition");
/// The nil report of a unit.
pub const NIL_REPORTS: Path<0> = Path::new("/nil-reports");
