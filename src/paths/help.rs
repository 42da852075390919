//! Addresses of the help: what pages are for, what marks and figures mean, whom to call.

use super::Path;

/// What every page is for; `?page=` an address pattern: of that page.
pub const HELP: Path<0> = Path::new("/help");
/// 图例、口径.
pub const LEGEND: Path<0> = Path::new("/legend");
/// 通讯录.
pub const CONTACTS: Path<0> = Path::new("/contacts");
