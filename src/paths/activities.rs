//! Addresses of major activities.

use super::Path;

/// The major activities of an association.
pub const ACTIVITIES: Path<1> = Path::new("/associations/{association}/activities");
/// A new activity.
pub const NEW_ACTIVITY: Path<1> = Path::new("/associations/{association}/activities/new");
/// One activity.
pub const ACTIVITY: Path<2> = Path::new("/associations/{association}/activities/{activity}");
/// What is written of it.
pub const FORM: Path<2> = Path::new("/associations/{association}/activities/{activity}/edit");
/// A record of its procedure.
pub const RECORDS: Path<2> = Path::new("/associations/{association}/activities/{activity}/records");
/// Its approval by the unit's leader.
pub const APPROVAL: Path<2> =
    Path::new("/associations/{association}/activities/{activity}/approval");
/// Its return.
pub const RETURN: Path<2> = Path::new("/associations/{association}/activities/{activity}/return");
/// Its approval by the office.
pub const ALLOWANCE: Path<2> =
    Path::new("/associations/{association}/activities/{activity}/allowance");
/// Its refusal.
pub const REFUSAL: Path<2> = Path::new("/associations/{association}/activities/{activity}/refusal");
/// Its result.
pub const RESULT: Path<2> = Path::new("/associations/{association}/activities/{activity}/result");
