//! 办件 (domain 10): problems, supporting documents and readings, reports, visits, audit. One
//! general table under general acts; what is asked, who has it, by when and in which words is
//! the scheme's (`processes.toml`). What an act does besides stands in `effects`, a file for
//! each process.

pub mod acts;
pub mod effects;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::documents::pages as documents;
use crate::documents::papers::Papers as _;
use crate::paths::oversight as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::deeds::{advise, attach, revise, step};
use pages::edit::{EditPage, begin, save};
use pages::list::{Audits, Listed, Policies, Problems, Reports, Visits};
use pages::{funds::FundsPage, paper::DocketPaper, show::ShowPage};

/// The room's routes.
#[must_use]
#[rustfmt::skip] // a table reads best with a line for each route
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::PROBLEMS, Act::DocketList, show::<Listed<Problems>>)
        .tables::<Listed<Problems>>(paths::PROBLEMS, Act::DocketList)
        .get(paths::POLICIES, Act::DocketList, show::<Listed<Policies>>)
        .tables::<Listed<Policies>>(paths::POLICIES, Act::DocketList)
        .get(paths::REPORTS, Act::DocketList, show::<Listed<Reports>>)
        .tables::<Listed<Reports>>(paths::REPORTS, Act::DocketList)
        .get(paths::VISITS, Act::DocketList, show::<Listed<Visits>>)
        .tables::<Listed<Visits>>(paths::VISITS, Act::DocketList)
        .get(paths::AUDITS, Act::DocketList, show::<Listed<Audits>>)
        .tables::<Listed<Audits>>(paths::AUDITS, Act::DocketList)
        .get(paths::FUNDS, Act::FundsRead, show::<FundsPage>)
        .tables::<FundsPage>(paths::FUNDS, Act::FundsRead)
        .get(paths::NEW, Act::DocketBegin, show::<EditPage>)
        .post(paths::NEW, Act::DocketBegin, begin)
        .get(paths::DOCKET, Act::DocketRead, show::<ShowPage>)
        .docx::<DocketPaper>(paths::DOCKET, Act::DocketRead)
        .get(paths::FORM, Act::DocketSave, show::<EditPage>)
        .post(paths::FORM, Act::DocketSave, save)
        .upload(paths::FILES, Act::DocketAttach, attach)
        .get(paths::FILE, Act::FileRead, documents::file)
        .post(paths::OPINIONS, Act::DocketAdvise, advise)
        .post(paths::TAKING, Act::DocketTake, step)
        .post(paths::RAISING, Act::DocketRaise, step)
        .post(paths::SENDING, Act::DocketSend, step)
        .post(paths::SIGNATURE, Act::DocketSign, step)
        .post(paths::ASSIGNMENT, Act::DocketAssign, step)
        .post(paths::ANSWER, Act::DocketAnswer, step)
        .post(paths::DECISION, Act::DocketDecide, step)
        .post(paths::FINISH, Act::DocketFinish, step)
        .post(paths::ACCEPTANCE, Act::DocketAccept, step)
        .post(paths::CLOSING, Act::DocketClose, step)
        .post(paths::RETURN, Act::DocketReturn, step)
        .post(paths::WITHDRAWAL, Act::DocketWithdraw, step)
        .post(paths::REVISION, Act::DocketRevise, revise)
}
