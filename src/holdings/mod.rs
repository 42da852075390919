//! Registers of functions, services to be purchased, assets, appropriations and
//! rooms (scheme 三(二), 三(三); PL-6, PL-7, PL-11, TC-15, TC-16, TC-45, TC-46).
//! The confirmed survey and the approved plan say what there was; this room keeps
//! what became of it, and who approved that.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/associations/{association}/functions", Act::HoldingsRead, pages::functions::show)
        .get("/associations/{association}/functions/{register}/{row}", Act::HoldingsRead, pages::row::function)
        .post("/associations/{association}/functions/{register}/{row}", Act::FunctionRecord, pages::deeds::function)
        .get("/associations/{association}/assets", Act::AssetsRead, pages::assets::show)
        .post("/associations/{association}/assets", Act::HoldingsSubmit, pages::deeds::submit)
        .get("/associations/{association}/assets/{register}/{row}", Act::AssetsRead, pages::row::asset)
        .post("/associations/{association}/assets/{register}/{row}", Act::AssetRecord, pages::deeds::asset)
        .post("/associations/{association}/assets/{register}/{row}/return", Act::HoldingsReturn, pages::deeds::return_)
        .post("/associations/{association}/ownership/{row}", Act::OwnershipDetermine, pages::deeds::ownership)
        .post("/associations/{association}/dispositions/{row}/approval", Act::DispositionApprove, pages::deeds::approve_asset)
        .post("/associations/{association}/appropriations/{row}/settlement", Act::AppropriationSettle, pages::deeds::settle)
        .post("/associations/{association}/rooms/{row}/acceptance", Act::RoomAccept, pages::deeds::accept)
        .get("/assets", Act::AssetsSurvey, pages::district::show)
        .get("/assets/{figure}", Act::AssetsSurvey, pages::district::figure)
}
