//! Addresses of the archive.

use super::Path;

/// An association's file (脱钩档案): everything of it in one archive.
pub const CASE_FILE: Path<1> = Path::new("/associations/{association}/file.zip");
