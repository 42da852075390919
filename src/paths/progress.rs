//! Addresses of the five tracks: items, evidence, dates.

use super::Path;

/// The checklist of an association.
pub const PROGRESS: Path<1> = Path::new("/associations/{association}/progress");
/// The revision of a checklist.
pub const REVISION: Path<1> = Path::new("/associations/{association}/progress/revision");
/// One item.
pub const ITEM: Path<2> = Path::new("/associations/{association}/progress/{item}");
/// Its way to the unit's leader, who signs.
pub const ITEM_PASSING: Path<2> = Path::new("/associations/{association}/progress/{item}/passing");
/// Its way back from the leader to the clerk.
pub const ITEM_BACK: Path<2> = Path::new("/associations/{association}/progress/{item}/back");
/// Its report taken back by the unit.
pub const ITEM_TAKING_BACK: Path<2> =
    Path::new("/associations/{association}/progress/{item}/taking-back");
/// Several items at once, with what they have in common.
pub const TOGETHER: Path<1> = Path::new("/associations/{association}/progress/together");
/// Several items at once on their way to the leader.
pub const PASSING: Path<1> = Path::new("/associations/{association}/progress/passing");
/// The report of several items at once.
pub const REPORT: Path<1> = Path::new("/associations/{association}/progress/report");
/// The report that it is done.
pub const ITEM_REPORT: Path<2> = Path::new("/associations/{association}/progress/{item}/report");
/// Its verification.
pub const ITEM_VERIFICATION: Path<2> =
    Path::new("/associations/{association}/progress/{item}/verify");
/// Its return.
pub const ITEM_RETURN: Path<2> = Path::new("/associations/{association}/progress/{item}/return");
/// Its acceptance.
pub const ITEM_ACCEPTANCE: Path<2> =
    Path::new("/associations/{association}/progress/{item}/accept");
/// The request for an exemption.
pub const EXEMPTION_REQUEST: Path<2> =
    Path::new("/associations/{association}/progress/{item}/exemption");
/// The exemption.
pub const EXEMPTION: Path<2> = Path::new("/associations/{association}/progress/{item}/exempt");
/// The evidence of an item.
pub const EVIDENCE: Path<2> = Path::new("/associations/{association}/progress/{item}/evidence");
/// The removal of evidence.
pub const EVIDENCE_REMOVAL: Path<3> =
    Path::new("/associations/{association}/progress/{item}/evidence/{evidence}/removal");
/// The extension of an item.
pub const EXTENSION: Path<2> = Path::new("/associations/{association}/progress/{item}/extension");
/// The decision on an extension.
pub const EXTENSION_DECISION: Path<2> =
    Path::new("/associations/{association}/progress/{item}/extension/decision");
/// A file of an association.
pub const FILE: Path<2> = Path::new("/associations/{association}/files/{file}");
/// A file of an association as a browser shows it by itself.
pub const FILE_VIEW: Path<2> = Path::new("/associations/{association}/files/{file}/view");
