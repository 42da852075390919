//! Addresses of the register of posts and of foundings.

use super::Path;

/// Whom a change of a parameter touches.
pub const AFFECTED: Path<1> = Path::new("/settings/{parameter}/affected");
/// The nine questions to a new association.
pub const FOUNDING: Path<1> = Path::new("/associations/{association}/founding");
/// The posts of the whole district.
pub const OVERVIEW: Path<0> = Path::new("/posts");
/// The register of posts of an association.
pub const POSTS: Path<1> = Path::new("/associations/{association}/posts");
/// Its opening.
pub const OPENING: Path<1> = Path::new("/associations/{association}/posts/opening");
/// The declaration that it is complete.
pub const DECLARATION: Path<1> = Path::new("/associations/{association}/posts/declaration");
/// The return of the declaration.
pub const RETURN: Path<1> = Path::new("/associations/{association}/posts/return");
/// A new holder of a post.
pub const NEW_POST: Path<1> = Path::new("/associations/{association}/posts/new");
/// One holder of a post.
pub const POST: Path<2> = Path::new("/associations/{association}/posts/{post}");
/// What a unit's clerk writes of one.
pub const POST_FORM: Path<2> = Path::new("/associations/{association}/posts/{post}/edit");
/// What is done about a limit of age or terms.
pub const LIMIT: Path<2> = Path::new("/associations/{association}/posts/{post}/limit");
/// A resignation.
pub const RESIGNATION: Path<2> = Path::new("/associations/{association}/posts/{post}/resignation");
/// The choice to stay or leave.
pub const CHOICE: Path<2> = Path::new("/associations/{association}/posts/{post}/choice");
/// What follows a choice to stay.
pub const STAY: Path<2> = Path::new("/associations/{association}/posts/{post}/stay");
/// What follows a choice to leave.
pub const PLACEMENT: Path<2> = Path::new("/associations/{association}/posts/{post}/placement");
/// The recovery of pay.
pub const RECOVERY: Path<2> = Path::new("/associations/{association}/posts/{post}/recovery");
/// The confirmation of the pension of organs and institutions.
pub const INSURANCE: Path<2> = Path::new("/associations/{association}/posts/{post}/insurance");
/// The request for an approval to hold the post.
pub const REQUEST: Path<2> = Path::new("/associations/{association}/posts/{post}/request");
/// The decision on it.
pub const APPROVAL: Path<2> = Path::new("/associations/{association}/posts/{post}/approval");
