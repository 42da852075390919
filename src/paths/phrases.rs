//! Addresses of one's own phrases (常用语).

use super::Path;

/// One's own phrases.
pub const PHRASES: Path<0> = Path::new("/phrases");
/// One of them is taken off the list.
pub const REMOVAL: Path<1> = Path::new("/phrases/{phrase}/removal");
