//! Addresses of what leaders sign.

use super::Path;

/// What waits for the leader's signature.
pub const SIGNING: Path<0> = Path::new("/signing");
/// One matter of it, opened to be read before it is signed.
pub const MATTER: Path<2> = Path::new("/signing/matters/{act}/{case}");
/// What became of each matter of one signature.
pub const ROUND: Path<1> = Path::new("/signing/rounds/{round}");
