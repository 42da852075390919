//! Addresses of exits, amendments of the list and handovers.

use super::Path;

/// All exits.
pub const EXITS: Path<0> = Path::new("/exits");
/// The exit of an association.
pub const EXIT: Path<1> = Path::new("/associations/{association}/exit");
/// Its proposal.
pub const EXIT_PROPOSAL: Path<1> = Path::new("/associations/{association}/exit/proposal");
/// Its refusal.
pub const EXIT_REFUSAL: Path<1> = Path::new("/associations/{association}/exit/refusal");
/// The decision on it.
pub const EXIT_DECISION: Path<1> = Path::new("/associations/{association}/exit/decision");
/// An amendment of the list.
pub const AMENDMENTS: Path<0> = Path::new("/roster/amendments");
/// An amendment to write.
pub const NEW_AMENDMENT: Path<0> = Path::new("/roster/amendments/new");
/// The request to amend the list.
pub const LISTING: Path<1> = Path::new("/associations/{association}/listing");
/// The files of the request.
pub const LISTING_FILES: Path<1> = Path::new("/associations/{association}/listing/files");
/// The removal of one.
pub const LISTING_FILE_REMOVAL: Path<2> =
    Path::new("/associations/{association}/listing/files/{file}/removal");
/// The proposal of the request.
pub const LISTING_PROPOSAL: Path<1> = Path::new("/associations/{association}/listing/proposal");
/// Its refusal.
pub const LISTING_REFUSAL: Path<1> = Path::new("/associations/{association}/listing/refusal");
/// The decision on it.
pub const LISTING_DECISION: Path<1> = Path::new("/associations/{association}/listing/decision");
/// The handover to another unit.
pub const HANDOVER: Path<1> = Path::new("/associations/{association}/unit");
