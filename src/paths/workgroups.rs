//! Addresses of the units' work groups.

use super::Path;

/// The work groups of all units.
pub const WORKGROUPS: Path<0> = Path::new("/workgroups");
/// The work group of a unit.
pub const WORKGROUP: Path<1> = Path::new("/workgroups/{department}");
/// What a unit's clerk writes of it.
pub const FORM: Path<1> = Path::new("/workgroups/{department}/edit");
/// The report of a part.
pub const REPORT: Path<1> = Path::new("/workgroups/{department}/report");
/// The office's reading of a part.
pub const READING: Path<1> = Path::new("/workgroups/{department}/reading");
/// The return of a part.
pub const RETURN: Path<1> = Path::new("/workgroups/{department}/return");
