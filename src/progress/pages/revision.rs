//! What a new edition of the survey does to the checklist, and applying it (TC-39).

use askama::Template;
use axum::extract::State;

use crate::access::{Act, Seen};
use crate::crossings::revision::{self as revising, Proposed};
use crate::progress::rules::Item;
use crate::progress::store::revisions::{self, Applied};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Scheme;
use crate::scheme::persons::is_personal;
use crate::web::page::Page;
use crate::web::table::{self, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const APPLIED: &[Column<Applied>] = &[
    table::words("依据", |applied: &Applied| {
        format!("摸底调查第{}版", applied.edition).into()
    })
    .head(),
    table::short("日期", |applied: &Applied| applied.applied_on.into()),
    table::figures("增加", |applied: &Applied| applied.added.into()),
    table::figures("不再适用", |applied: &Applied| applied.lapsed.into()),
    table::figures("已办结保留", |applied: &Applied| applied.kept.into()),
];

/// The page.
#[derive(Template)]
#[template(path = "progress/revision.html")]
pub struct RevisionPage {
    page: Page,
    association: Brief,
    proposed: Option<Revised>,
    applied: Table,
    may: bool,
}

struct Revised {
    from: i32,
    edition: i32,
    confirmed: String,
    added: Vec<Line>,
    lapsed: Vec<Line>,
    kept: Vec<Line>,
    same: usize,
    uncovered: Vec<String>,
    empty: bool,
    seen: Seen,
}

struct Line {
    code: String,
    text: String,
    state: String,
}

impl View for RevisionPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let applied = revisions::applied(db, id).await?;
        let on = (id, applied.as_slice());
        let proposed = revising::proposed(db, &app.scheme, on, app.clock.today()).await?;
        let names = allowed.actor().reads_persons_of(association.department);
        Ok(Self {
            page: allowed.page("按新版摸底调查调整清单"),
            may: association.exit_kind.is_none() && allowed.may(Act::RevisionApply),
            proposed: proposed.map(|proposed| revised(&app.scheme, &proposed, names)),
            applied: Table::of("调整记录", allowed.actor(), APPLIED, &applied).scrolled(),
            association,
        })
    }
}

fn revised(scheme: &Scheme, proposed: &Proposed, names: bool) -> Revised {
    let revision = &proposed.revision;
    let text = |measure: &str, label: &str| {
        let text = scheme
            .measure(measure)
            .map_or("", |measure| measure.text.as_str());
        if label.is_empty() {
            text.to_owned()
        } else {
            format!("{text}：{label}")
        }
    };
    let line = |item: &Item, state: String| {
        let label = if names {
            item.label.clone()
        } else {
            item.public_label()
        };
        Line {
            code: item.measure.clone(),
            text: text(&item.measure, &label),
            state,
        }
    };
    let stands = |items: &[Item]| {
        items
            .iter()
            .map(|item| line(item, item.state.label().to_owned()))
            .collect::<Vec<_>>()
    };
    let fresh = proposed.items.iter().map(|item| Line {
        code: item.measure.clone(),
        text: text(
            &item.measure,
            if names || !is_personal(&item.object) {
                &item.label
            } else {
                "人员"
            },
        ),
        state: format!("时限{}", item.due.day),
    });
    let again = revision
        .revived
        .iter()
        .map(|item| line(item, "恢复办理".to_owned()));
    Revised {
        from: proposed.from,
        edition: proposed.survey.edition,
        confirmed: proposed.survey.confirmed_on.to_string(),
        added: fresh.chain(again).collect(),
        lapsed: stands(&revision.lapsed),
        kept: stands(&revision.kept),
        same: revision.same,
        uncovered: proposed.uncovered.clone(),
        empty: revision.is_empty(),
        seen: proposed.seen(),
    }
}

/// Applies it.
pub async fn apply(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| revising::apply(write, id, seen).await;
    allowed.act::<RevisionPage, _, _>(&app, form, run).await
}
