//! Addresses of the end of the work: the completion table.

use super::Path;

/// The completion table (完成情况表).
pub const COMPLETION: Path<0> = Path::new("/reports/completion");
