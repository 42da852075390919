//! Addresses of what no room shows: files of the pages, and how the program is.

use super::Path;

/// A style sheet, script or picture.
pub const STATIC_FILE: Path<1> = Path::new("/static/{name}");
/// Whether the program runs.
pub const HEALTH: Path<0> = Path::new("/healthz");
/// Whether it can serve.
pub const READINESS: Path<0> = Path::new("/readyz");
