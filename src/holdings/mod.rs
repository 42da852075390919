//! Registers of functions, services to be purchased, assets, appropriations and
//! rooms (scheme 三(二), 三(三); PL-6, PL-7, PL-11, TC-15, TC-16, TC-45, TC-46).
//! The confirmed survey and the approved plan say what there was; this room keeps
//! what became of it, and who approved that.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::paths::holdings as paths;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::FUNCTIONS, Act::HoldingsRead, pages::functions::show)
        .get(paths::FUNCTION, Act::HoldingsRead, pages::row::function)
        .post(paths::FUNCTION, Act::FunctionRecord, pages::deeds::function)
        .get(paths::ASSETS, Act::AssetsRead, pages::assets::show)
        .post(paths::ASSETS, Act::HoldingsSubmit, pages::deeds::submit)
        .get(paths::ASSET, Act::AssetsRead, pages::row::asset)
        .post(paths::ASSET, Act::AssetRecord, pages::deeds::asset)
        .post(paths::ASSET_RETURN, Act::HoldingsReturn, pages::deeds::return_)
        .post(paths::OWNERSHIP, Act::OwnershipDetermine, pages::deeds::ownership)
        .post(paths::DISPOSITION_APPROVAL, Act::DispositionApprove, pages::deeds::approve_asset)
        .post(paths::APPROPRIATION_SETTLEMENT, Act::AppropriationSettle, pages::deeds::settle)
        .post(paths::ROOM_ACCEPTANCE, Act::RoomAccept, pages::deeds::accept)
        .get(paths::DISTRICT_ASSETS, Act::AssetsSurvey, pages::district::show)
        .get(paths::DISTRICT_FIGURE, Act::AssetsSurvey, pages::district::figure)
}
