//! 摸底调查: the scheme's questions → answers → findings → confirmed facts on
//! which list, plan and checklist rest (scheme 四·1·1; domain 4).

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::documents::papers::Papers as _;
use crate::paths::survey as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::answers::AnswersPage;
use pages::ledger::Surveys;
use pages::papers::{BlankPaper, SurveyPaper};
use pages::reading::{self, ReturnPage};
use pages::{
    difference::DifferencePage, nil::NilPage, overview::OverviewPage, section::SectionPage,
};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .ledger::<Surveys>(paths::SURVEYS, Act::SurveyList)
        .get(paths::SURVEY, Act::SurveyRead, show::<OverviewPage>)
        .docx::<SurveyPaper>(paths::SURVEY, Act::SurveyRead)
        .docx_at::<BlankPaper>(paths::BLANK_FORM, Act::SurveyRead)
        .get(paths::ANSWERS, Act::SurveyRead, show::<AnswersPage>)
        .get(paths::DIFFERENCE, Act::SurveyRead, show::<DifferencePage>)
        .get(paths::SECTION, Act::SurveySave, show::<SectionPage>)
        .post(paths::SECTION, Act::SurveySave, pages::section::save)
        .post(paths::EXPLANATIONS, Act::SurveyExplain, pages::deeds::explain)
        .post(paths::PASSING, Act::SurveyPass, pages::handing::pass)
        .post(paths::BACK, Act::SurveyBack, pages::handing::back)
        .post(paths::SUBMISSION, Act::SurveySubmit, pages::deeds::submit)
        .post(paths::TAKING_BACK, Act::SurveyTakeBack, pages::handing::take_back)
        .get(paths::RETURN, Act::SurveyReturn, show::<ReturnPage>)
        .post(paths::MARKS, Act::SurveyMark, reading::mark)
        .post(paths::RETURN, Act::SurveyReturn, reading::return_)
        .post(paths::CONFIRMATION, Act::SurveyConfirm, pages::deeds::confirm)
        .post(paths::EDITION, Act::SurveyReopen, pages::deeds::reopen)
        .get(paths::NIL_REPORTS, Act::NilReport, show::<NilPage>)
        .post(paths::NIL_REPORTS, Act::NilReport, pages::nil::report)
}
