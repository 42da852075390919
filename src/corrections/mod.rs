//! 申请更正: a submission that can no longer be taken back is asked to be sent back, with a
//! reason. Who checks the matter sends it back by the ordinary act, or refuses.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod section;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::corrections as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::{list::ListPage, show::ShowPage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::CORRECTIONS, Act::CorrectionList, show::<ListPage>)
        .tables::<ListPage>(paths::CORRECTIONS, Act::CorrectionList)
        .get(paths::OF_MATTER, Act::CorrectionRead, show::<ShowPage>)
        .post(paths::OF_MATTER, Act::CorrectionAsk, pages::show::ask)
        .post(paths::REFUSAL, Act::CorrectionRefuse, pages::show::refuse)
        .get(paths::OF_ITEM, Act::CorrectionRead, show::<ShowPage>)
        .post(paths::OF_ITEM, Act::CorrectionAsk, pages::show::ask)
        .post(paths::ITEM_REFUSAL, Act::CorrectionRefuse, pages::show::refuse)
        .get(paths::OF_RECOMMENDATION, Act::CorrectionRead, show::<ShowPage>)
        .post(paths::OF_RECOMMENDATION, Act::CorrectionAsk, pages::show::ask)
        .post(paths::RECOMMENDATION_REFUSAL, Act::CorrectionRefuse, pages::show::refuse)
}
