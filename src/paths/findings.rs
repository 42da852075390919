//! Addresses of what the audit found.

use super::Path;

/// What the audit found in an association.
pub const FINDINGS: Path<1> = Path::new("/associations/{association}/findings");
/// A finding to enter.
pub const NEW_FINDING: Path<1> = Path::new("/associations/{association}/findings/new");
/// One finding.
pub const FINDING: Path<2> = Path::new("/associations/{association}/findings/{finding}");
/// Its correction.
pub const CORRECTION: Path<2> =
    Path::new("/associations/{association}/findings/{finding}/correction");
/// Its end: it is mended.
pub const CLOSING: Path<2> = Path::new("/associations/{association}/findings/{finding}/closing");
/// Its withdrawal.
pub const WITHDRAWAL: Path<2> =
    Path::new("/associations/{association}/findings/{finding}/withdrawal");
