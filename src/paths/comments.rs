//! Addresses of comments.

use super::Path;

/// The comments on an association.
pub const COMMENTS: Path<1> = Path::new("/associations/{association}/comments");
/// The withdrawal of a comment.
pub const WITHDRAWAL: Path<2> =
    Path::new("/associations/{association}/comments/{comment}/withdrawal");
/// The receipt for a comment.
pub const RECEIPT: Path<2> = Path::new("/associations/{association}/comments/{comment}/receipt");
