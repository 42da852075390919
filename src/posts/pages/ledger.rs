//! The register of one association as a ledger (EX-9); counts only for those who
//! may not read persons.

use askama::Template;
use axum::extract::State;

use crate::access::{Act, Seen};
use crate::paths;
use crate::posts::acts;
use crate::posts::rules::{self, CLEARED, Limits, Severity};
use crate::posts::store::{self, Register};
use crate::registry::rules::is_new;
use crate::registry::store::{self as registry, Brief};
use crate::survey::store as surveys;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::{Row, TallyView, judged_of};

const REASON: Ask<String> = ask::longtext("return_reason", "退回的理由", 500)
    .hint("不要写人员姓名，可写“人员第n号”")
    .must("请写明退回的理由；不要写人员姓名，可写“人员第n号”。");

/// The ledger.
#[derive(Template)]
#[template(path = "posts/ledger.html")]
pub struct LedgerPage {
    page: Page,
    form: Form,
    association: Brief,
    register: Option<Register>,
    confirmed: bool,
    founded: bool,
    pressing: usize,
    later: bool,
    rows: Vec<Row>,
    tally: TallyView,
    names: bool,
    may: May,
    age_limit: i64,
    version: i32,
    /// What the unit's leader declares.
    seen: Seen,
}

/// The acts open to this person now.
struct May {
    open: bool,
    save: bool,
    declare: bool,
    return_: bool,
}

impl View for LedgerPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (app, allowed, db) = (look.app, look.allowed, look.db);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let register = store::register(db, id).await?;
        let survey = surveys::confirmed(db, id).await?;
        let judged = judged_of(db, app, id, register.as_ref()).await?;
        let limits = Limits::of(&app.scheme.campaign.parameters);
        let tally = TallyView::new(&judged, false);
        let names = allowed.actor().reads_persons_of(association.department);
        let later = match (&register, &survey) {
            (Some(register), Some(survey)) => survey.edition > register.survey_edition,
            _ => false,
        };
        let founded = is_new(&app.scheme.campaign, association.registered_on);
        let pressing = judged.iter().filter(|each| each.is_pressing()).count();
        let declared = register
            .as_ref()
            .map(|register| register.declared_on.is_some());
        let version = register.as_ref().map_or(0, |register| register.version);
        let seen = rules::declared(version, &judged);
        let may = May {
            open: allowed.may(Act::PostsOpen)
                && (survey.is_some() || founded)
                && (register.is_none() || later),
            save: allowed.may(Act::PostSave) && register.is_some(),
            declare: allowed.may(Act::PostsDeclare) && declared == Some(false) && pressing == 0,
            return_: allowed.may(Act::PostsReturn) && declared == Some(true),
        };
        let home = (
            association.name.clone(),
            association.department_name.clone(),
        );
        let around = allowed.around();
        let rows = if names {
            judged
                .into_iter()
                .map(|each| Row::new(each, home.clone(), &limits).held(&around))
                .collect()
        } else {
            Vec::new()
        };
        Ok(Self {
            page: allowed.page("任职清理台账"),
            form: form.unwrap_or_default(),
            version,
            seen,
            confirmed: survey.is_some(),
            founded,
            pressing,
            age_limit: limits.age_limit,
            association,
            register,
            later,
            rows,
            tally,
            names,
            may,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::posts::POSTS.at(allowed.association()?))
    }
}

/// Opens it from the confirmed survey.
pub async fn open(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::open(write, id, seen).await;
    allowed.act::<LedgerPage, _, _>(&app, form, run).await
}

/// The unit's leader declares it.
pub async fn declare(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::declare(write, id, seen).await;
    allowed.act::<LedgerPage, _, _>(&app, form, run).await
}

/// The office sends it back.
pub async fn return_(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| acts::return_(write, id, seen, &reason.take(&clean)).await;
    allowed.act::<LedgerPage, _, _>(&app, form, run).await
}
