//! Addresses of associations, their ties, scope and case file.

use super::Path;

/// All associations.
pub const ASSOCIATIONS: Path<0> = Path::new("/associations");
/// A new association.
pub const NEW_ASSOCIATION: Path<0> = Path::new("/associations/new");
/// One association.
pub const ASSOCIATION: Path<1> = Path::new("/associations/{association}");
/// The correction of its record.
pub const CORRECTION: Path<1> = Path::new("/associations/{association}/edit");
/// A new tie.
pub const NEW_TIE: Path<1> = Path::new("/associations/{association}/ties/new");
/// The end of a tie.
pub const TIE: Path<2> = Path::new("/associations/{association}/ties/{tie}");
/// The scope decision.
pub const SCOPE: Path<1> = Path::new("/associations/{association}/scope");
/// The unit's proposal of it.
pub const SCOPE_PROPOSAL: Path<1> = Path::new("/associations/{association}/scope/proposal");
/// The case file.
pub const HISTORY: Path<1> = Path::new("/associations/{association}/history");
/// The opening of a removed file.
pub const FILE_OPENING: Path<2> = Path::new("/associations/{association}/files/{file}/opening");
