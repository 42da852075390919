//! Addresses of the register of registration.

use super::Path;

/// What civil affairs registered and filed for an association.
pub const REGISTRATIONS: Path<1> = Path::new("/associations/{association}/registrations");
/// What was received, of a kind.
pub const NEW_REGISTRATION: Path<2> =
    Path::new("/associations/{association}/registrations/new/{kind}");
/// One entry.
pub const REGISTRATION: Path<2> =
    Path::new("/associations/{association}/registrations/{registration}");
/// Its result.
pub const RESULT: Path<2> =
    Path::new("/associations/{association}/registrations/{registration}/result");
/// Its correction.
pub const CORRECTION: Path<2> =
    Path::new("/associations/{association}/registrations/{registration}/correction");
