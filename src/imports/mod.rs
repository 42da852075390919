//! Spreadsheets that come in: the register, units and accounts, answers of the survey, people. A
//! file is read by a process of its own, asked about, checked by the rules of its room, shown,
//! and entered as a whole.

pub mod acts;
pub mod kinds;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::lending::take;
use crate::paths::imports as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::slips::SlipsPage;
use pages::upload::{UploadPage, upload};
use pages::{PeopleFile, SurveyFile, marked, template};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::REGISTER, Act::RegistryImport, show::<UploadPage>)
        .upload(paths::REGISTER, Act::RegistryImport, upload)
        .get(paths::REGISTER_TEMPLATE, Act::RegistryImport, template)
        .get(paths::UNITS, Act::UnitsImport, show::<UploadPage>)
        .upload(paths::UNITS, Act::UnitsImport, upload)
        .get(paths::UNITS_TEMPLATE, Act::UnitsImport, template)
        .get(paths::SURVEYS, Act::SurveyImport, show::<UploadPage>)
        .upload(paths::SURVEYS, Act::SurveyImport, upload)
        .get(paths::SURVEYS_TEMPLATE, Act::SurveyImport, template)
        .post(paths::SURVEYS_TEMPLATE, Act::SurveyTake, take::<SurveyFile>)
        .get(paths::PEOPLE, Act::PeopleImport, show::<UploadPage>)
        .upload(paths::PEOPLE, Act::PeopleImport, upload)
        .get(paths::PEOPLE_TEMPLATE, Act::PeopleImport, template)
        .post(paths::PEOPLE_TEMPLATE, Act::PeopleTake, take::<PeopleFile>)
        .get(paths::IMPORT, Act::ImportRead, pages::show::open)
        .post(paths::IMPORT, Act::ImportEnter, pages::show::enter)
        .post(paths::ANSWERS, Act::ImportAnswer, pages::show::answer)
        .post(paths::DISCARDING, Act::ImportDiscard, pages::show::discard)
        .get(paths::MARKED, Act::ImportRead, marked)
        .get(paths::SLIPS, Act::ImportRead, show::<SlipsPage>)
}
