//! One association: the journey's steps, who holds it, everything about it.

use askama::Template;

use crate::access::Act;
use crate::registry::rules::periods::Field;
use crate::registry::rules::{self, Criterion, ScopeFacts};
use crate::registry::store::periods::{self, Valid};
use crate::registry::store::suspensions::{self, Standing};
use crate::registry::store::{self, Association, Period, Tie};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};

use super::steps::{Opens, TaskView, tasks};

/// What the scope rests on, one row a criterion.
pub const CRITERIA: &[Column<Criterion>] = &[
    table::words("条件", |criterion: &Criterion| criterion.title.into()).head(),
    table::short("结果", |criterion: &Criterion| {
        Cell::tag(criterion.standing)
    }),
    table::words("理由", |criterion: &Criterion| {
        Cell::plain(&criterion.reason)
    }),
];

/// The page.
#[derive(Template)]
#[template(path = "registry/show.html")]
pub struct ShowPage {
    page: Page,
    association: Association,
    ties: Vec<Tie>,
    periods: Vec<Period>,
    valid: Vec<Valid>,
    former: Vec<String>,
    standing: Vec<Standing>,
    new: bool,
    criteria: Table,
    tasks: Vec<TaskView>,
    full: bool,
    comments: Option<i64>,
    may_correct: bool,
    may_change_unit: bool,
    may_tie: bool,
    /// Numbers of the living ties that whoever looks may end.
    ends: Vec<i64>,
    may_decide: bool,
    may_propose: bool,
}

impl View for ShowPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let id = allowed.association()?;
        let association = store::association(db, id).await?.ok_or(Error::Missing)?;
        let mut ties = store::ties(db, id).await?;
        // TC-50: who knows it only through a tie sees that tie and no more.
        let full = !allowed.facts().only_linked(allowed.actor());
        if !full {
            ties.retain(|tie| tie.department == allowed.actor().department());
        }
        let comments = if allowed.may(Act::CommentRead) {
            let only_for = (!full).then(|| allowed.actor().department());
            Some(store::counts::comments(db, id, only_for).await?)
        } else {
            None
        };
        let periods = store::periods(db, id).await?;
        let valid = periods::valid(db, id).await?;
        let new = rules::is_new(&app.scheme.campaign, association.registered_on);
        let (_, criteria) = rules::scope(&app.scheme.campaign, &facts(&association));
        let opens = Opens {
            roster: allowed.may(Act::RosterRead),
            assets: allowed.may(Act::AssetsRead),
            registrations: allowed.may(Act::RegistrationRead),
            findings: allowed.may(Act::FindingRead),
        };
        Ok(Self {
            page: allowed.page(association.name.clone()),
            tasks: tasks(&association, new, &opens),
            periods,
            former: former(&valid),
            valid,
            standing: suspensions::now(db, id).await?,
            new,
            ends: ties
                .iter()
                .filter(|tie| tie.ended_on.is_none() && allowed.may(Act::TieEnd))
                .filter(|tie| rules::ends_tie(allowed.actor(), tie.department))
                .map(|tie| tie.id)
                .collect(),
            ties,
            criteria: Table::of("认定条件", allowed.actor(), CRITERIA, &criteria).scrolled(),
            full,
            comments,
            may_correct: allowed.may(Act::AssociationCorrect),
            may_change_unit: allowed.may(Act::UnitChange),
            may_tie: allowed.may(Act::TieAdd),
            may_decide: allowed.may(Act::ScopeDecide),
            may_propose: allowed.may(Act::ScopePropose),
            association,
        })
    }
}

/// 曾用名.
fn former(valid: &[Valid]) -> Vec<String> {
    let names = valid.iter().filter(|each| each.field == Field::Name);
    let former = names.filter_map(|each| {
        let until = each.until?;
        Some(format!("{}（至{until}）", each.value))
    });
    former.collect()
}

/// What the computed scope of an association rests on.
#[must_use]
pub fn facts(association: &Association) -> ScopeFacts<'_> {
    ScopeFacts {
        name: &association.name,
        uscc: association.uscc.as_deref(),
        registrar: &association.registrar,
        org_type: &association.org_type,
        member_basis: &association.member_basis,
        department_kind: &association.department_kind,
        civil_service_law: &association.civil_service_law,
        registered_on: association.registered_on,
    }
}
