//! 摸底调查: the scheme's questions → answers → findings → confirmed facts on
//! which list, plan and checklist rest (scheme 四·1·1; domain 4).

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
        .get("/associations/{association}/survey", Act::SurveyRead, pages::overview::show)
        .get("/associations/{association}/survey/answers", Act::SurveyRead, pages::answers::show)
        .get("/associations/{association}/survey/sections/{section}", Act::SurveySave, pages::section::show)
        .post("/associations/{association}/survey/sections/{section}", Act::SurveySave, pages::section::save)
        .post("/associations/{association}/survey/explanations", Act::SurveyExplain, pages::deeds::explain)
        .post("/associations/{association}/survey/submission", Act::SurveySubmit, pages::deeds::submit)
        .get("/associations/{association}/survey/return", Act::SurveyReturn, pages::answers::returning)
        .post("/associations/{association}/survey/return", Act::SurveyReturn, pages::answers::return_)
        .post("/associations/{association}/survey/confirmation", Act::SurveyConfirm, pages::deeds::confirm)
        .post("/associations/{association}/survey/edition", Act::SurveyReopen, pages::deeds::reopen)
        .post("/nil-reports", Act::NilReport, pages::nil::report)
}
