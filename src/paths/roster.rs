//! Addresses of the list and what is said against it.

use super::Path;

/// The list.
pub const ROSTER: Path<0> = Path::new("/roster");
/// Its publication.
pub const PUBLICATION: Path<0> = Path::new("/roster/publication");
/// The list if it were published now.
pub const PREVIEW: Path<0> = Path::new("/roster/preview");
/// The objections.
pub const OBJECTIONS: Path<0> = Path::new("/roster/objections");
/// The files of an objection.
pub const OBJECTION_FILES: Path<1> = Path::new("/roster/objections/{objection}/files");
/// One of them.
pub const OBJECTION_FILE: Path<2> = Path::new("/roster/objections/{objection}/files/{file}");
/// The answer to an objection.
pub const OBJECTION: Path<1> = Path::new("/roster/objections/{objection}");
/// What all units recommend, in one table.
pub const ALL_RECOMMENDATIONS: Path<0> = Path::new("/roster/recommendations");
/// The recommendations of a unit.
pub const RECOMMENDATIONS: Path<1> = Path::new("/roster/{department}");
/// Their submission.
pub const SUBMISSION: Path<1> = Path::new("/roster/{department}/submission");
/// They are taken back.
pub const RECALL: Path<1> = Path::new("/roster/{department}/recall");
/// Their return.
pub const RETURN: Path<1> = Path::new("/roster/{department}/return");
/// The office's decision against one.
pub const OVERRIDE: Path<1> = Path::new("/roster/{department}/override");
/// Their approval.
pub const APPROVAL: Path<1> = Path::new("/roster/{department}/approval");
/// The paper of an amendment, with `.docx` after its number.
pub const AMENDMENT: Path<1> = Path::new("/roster/amendments/{number}");
/// The published list, for anybody.
pub const PUBLIC_ROSTER: Path<0> = Path::new("/public/roster");
