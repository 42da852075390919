//! Addresses of spreadsheets that come in.

use super::Path;

/// The register from a spreadsheet.
pub const REGISTER: Path<0> = Path::new("/associations/import");
/// Its template, filled in with what is known.
pub const REGISTER_TEMPLATE: Path<0> = Path::new("/associations/import/template.xlsx");
/// Units and accounts.
pub const UNITS: Path<0> = Path::new("/departments/import");
/// Its template.
pub const UNITS_TEMPLATE: Path<0> = Path::new("/departments/import/template.xlsx");
/// Answers of the survey.
pub const SURVEYS: Path<0> = Path::new("/surveys/import");
/// Its template.
pub const SURVEYS_TEMPLATE: Path<0> = Path::new("/surveys/import/template.xlsx");
/// The survey's list of people.
pub const PEOPLE: Path<0> = Path::new("/surveys/people/import");
/// Its template.
pub const PEOPLE_TEMPLATE: Path<0> = Path::new("/surveys/people/import/template.xlsx");
/// One upload: what is asked, what was found, what became of it.
pub const IMPORT: Path<1> = Path::new("/imports/{import}");
/// The answers to what is asked.
pub const ANSWERS: Path<1> = Path::new("/imports/{import}/answers");
/// The end of an upload that is not entered.
pub const DISCARDING: Path<1> = Path::new("/imports/{import}/discarding");
/// The person's own workbook with its errors marked.
pub const MARKED: Path<1> = Path::new("/imports/{import}/marked");
/// First passwords, a slip for each person.
pub const SLIPS: Path<1> = Path::new("/imports/{import}/slips");
