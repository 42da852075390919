//! Registers of functions, services to be purchased, assets, appropriations and
//! rooms (scheme 三(二), 三(三); PL-6, PL-7, PL-11, TC-15, TC-16, TC-45, TC-46).
//! The confirmed survey and the approved plan say what there was; this room keeps
//! what became of it, and who approved that.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::holdings as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::district::{DistrictPage, FigurePage};
use pages::ledgers::{Assets, Functions, Purchases, Rooms};
use pages::register::RegisterPage;
use pages::{deeds, row::RowPage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::FUNCTIONS, Act::HoldingsRead, show::<RegisterPage>)
        .get(paths::FUNCTION, Act::HoldingsRead, show::<RowPage>)
        .post(paths::FUNCTION, Act::FunctionRecord, deeds::save)
        .get(paths::ASSETS, Act::AssetsRead, show::<RegisterPage>)
        .post(paths::ASSETS, Act::HoldingsSubmit, deeds::submit)
        .get(paths::ASSET, Act::AssetsRead, show::<RowPage>)
        .post(paths::ASSET, Act::AssetRecord, deeds::save)
        .post(paths::ASSET_RETURN, Act::HoldingsReturn, deeds::return_)
        .post(paths::OWNERSHIP, Act::OwnershipDetermine, deeds::save)
        .post(paths::DISPOSITION_APPROVAL, Act::DispositionApprove, deeds::approve)
        .post(paths::APPROPRIATION_SETTLEMENT, Act::AppropriationSettle, deeds::approve)
        .post(paths::ROOM_ACCEPTANCE, Act::RoomAccept, deeds::approve)
        .post(paths::ROOM_DELAY, Act::DelayApprove, deeds::delay)
        .get(paths::DISTRICT_ASSETS, Act::AssetsSurvey, show::<DistrictPage>)
        .get(paths::DISTRICT_FIGURE, Act::AssetsSurvey, show::<FigurePage>)
        .ledger::<Assets>(paths::DISTRICT_ASSETS, Act::AssetsRead)
        .ledger::<Rooms>(paths::DISTRICT_ROOMS, Act::AssetsRead)
        .ledger::<Functions>(paths::DISTRICT_FUNCTIONS, Act::HoldingsRead)
        .ledger::<Purchases>(paths::DISTRICT_PURCHASES, Act::HoldingsRead)
        .tables::<FigurePage>(paths::DISTRICT_FIGURE, Act::AssetsSurvey)
}
