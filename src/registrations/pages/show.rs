//! One entry: what was received, what became of it, what it says of its item.

use askama::Template;
use axum::extract::State;

use crate::access::{Act, Case as _};
use crate::crossings::registering;
use crate::paths::registrations as paths;
use crate::registrations::rules::{Bearing, Kind, Registration, SupervisorColumn, Verdict, Votes};
use crate::registrations::store;
use crate::registry::pages::history::{Entry as Told, of_matter};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::{Choice, Scheme};
use crate::web::ask::Ask;
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::at;
use super::fields::{COLUMN, DECIDED_ON, OPINION, VERDICT, decided, document};

/// The page.
#[derive(Template)]
#[template(path = "registrations/show.html")]
pub struct ShowPage {
    page: Page,
    form: Form,
    association: Brief,
    kind: Kind,
    entry: Registration,
    received: Vec<(&'static str, String)>,
    became: Vec<(&'static str, String)>,
    short: Option<&'static str>,
    late: Option<String>,
    bearing: String,
    document: Ask<String>,
    verdicts: Vec<Choice>,
    columns: Vec<Choice>,
    may_decide: bool,
    may_correct: bool,
    history: Vec<Told>,
}

impl View for ShowPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let at = at(allowed)?;
        let association = registry::brief(db, at.association).await?;
        let association = association.ok_or(Error::Missing)?;
        let entry = store::entry(db, at.association, at.registration).await?;
        let entry = entry.ok_or(Error::Missing)?;
        let scheme = &look.app.scheme;
        let history = of_matter(db, scheme, (Registration::KIND, entry.id)).await?;
        let open = |act| allowed.may(act) && entry.open(act);
        Ok(Self {
            page: allowed.page(format!("{}（第{}号）", entry.kind.label(), entry.id)),
            form: form.unwrap_or_default(),
            kind: entry.kind,
            received: received(&entry),
            became: became(&entry),
            short: entry.application.falls_short(),
            late: late(scheme, &entry),
            bearing: bearing(&entry),
            document: document(entry.kind),
            verdicts: Choice::of::<Verdict>(),
            columns: Choice::of::<SupervisorColumn>(),
            may_decide: open(Act::RegistrationDecide),
            may_correct: open(Act::RegistrationCorrect),
            history,
            association,
            entry,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let at = at(allowed)?;
        Ok(paths::REGISTRATION.at(at.association, at.registration))
    }
}

fn received(entry: &Registration) -> Vec<(&'static str, String)> {
    let it = &entry.application;
    let content = entry.kind.content().map_or("", |(label, _)| label);
    let lines = [
        ("会议", it.organ.map(|organ| organ.label().to_owned())),
        ("会议日期", it.met_on.map(|day| day.to_string())),
        ("表决", it.votes.map(Votes::words)),
        ("审查同意日期", it.consented_on.map(|day| day.to_string())),
        (content, it.content.clone()),
        ("申请日期", Some(it.applied_on.to_string())),
    ];
    filled(lines)
}

fn became(entry: &Registration) -> Vec<(&'static str, String)> {
    let Some(it) = &entry.outcome else {
        return Vec::new();
    };
    let column = it.column.map(|column| column.label().to_owned());
    let lines = [
        ("办理结果", Some(it.verdict.label().to_owned())),
        ("结果日期", Some(it.decided_on.to_string())),
        (entry.kind.document(), it.document.clone()),
        ("业务主管单位栏", column),
        ("说明", it.opinion.clone()),
    ];
    filled(lines)
}

fn filled<const N: usize>(
    lines: [(&'static str, Option<String>); N],
) -> Vec<(&'static str, String)> {
    let lines = lines.into_iter();
    lines
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
}

/// After the period: a note at the application (RG-3).
fn late(scheme: &Scheme, entry: &Registration) -> Option<String> {
    let due = entry.late(&scheme.campaign)?;
    let since = match entry.application.consented_on {
        Some(_) => "业务主管单位审查同意",
        None => "会议作出决定",
    };
    Some(format!(
        "申请日期超过法定时限：自{since}起{}日，至{}。",
        scheme.campaign.parameters.registration_days, due
    ))
}

fn bearing(entry: &Registration) -> String {
    let item = format!("“{}”（{}）", entry.kind.label(), entry.kind.measure());
    match entry.bearing() {
        Bearing::Applied => format!("清单事项{item}已报告，办理结果登记后核实。"),
        Bearing::Holds(_) => format!("清单事项{item}据此核实。"),
        Bearing::Fails(_) => format!("清单事项{item}未办成。"),
    }
}

/// Enters what became of it.
pub async fn decide(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let kind = {
        let mut db = app.read().await?;
        let entry = store::entry(&mut db, at.association, at.registration).await?;
        entry.ok_or(Error::Missing)?.kind
    };
    let typed = decided(&mut form, kind, app.clock.today());
    let run =
        async |write, clean, seen| registering::decide(write, at, seen, &typed.take(&clean)).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}
