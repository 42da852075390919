//! Addresses of the scheme's parameters and of delegations.

use super::Path;

/// All parameters.
pub const SETTINGS: Path<0> = Path::new("/settings");
/// One parameter.
pub const PARAMETER: Path<1> = Path::new("/settings/{parameter}");
/// Another calendar of working days.
pub const CALENDAR: Path<1> = Path::new("/settings/{parameter}/calendar");
/// All delegations.
pub const DELEGATIONS: Path<0> = Path::new("/delegations");
/// A new delegation.
pub const NEW_DELEGATION: Path<0> = Path::new("/delegations/new");
/// The early end of a delegation.
pub const DELEGATION_END: Path<1> = Path::new("/delegations/{delegation}/end");
/// All parameters as they stood for an act.
pub const SNAPSHOT: Path<1> = Path::new("/settings/versions/{version}");
