//! Addresses of requests to correct what was submitted.

use super::Path;

/// All that wait for an answer.
pub const CORRECTIONS: Path<0> = Path::new("/corrections");
/// The request on a survey, a plan or a condition.
pub const OF_MATTER: Path<3> = Path::new("/associations/{association}/corrections/{kind}/{case}");
/// Its refusal.
pub const REFUSAL: Path<3> =
    Path::new("/associations/{association}/corrections/{kind}/{case}/refusal");
/// The request on an item.
pub const OF_ITEM: Path<2> = Path::new("/associations/{association}/progress/{item}/correction");
/// Its refusal.
pub const ITEM_REFUSAL: Path<2> =
    Path::new("/associations/{association}/progress/{item}/correction/refusal");
/// The request on a unit's recommendation.
pub const OF_RECOMMENDATION: Path<1> = Path::new("/roster/{department}/correction");
/// Its refusal.
pub const RECOMMENDATION_REFUSAL: Path<1> = Path::new("/roster/{department}/correction/refusal");
