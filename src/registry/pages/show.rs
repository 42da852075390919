//! One association: what is to be done with it now, the journey's steps, what is open and who
//! has it, its registers in numbers, what is known of it.

use askama::Template;

use crate::access::Act;
use crate::registry::names;
use crate::registry::rules::periods::Field;
use crate::registry::rules::{self, Criterion, ScopeFacts, Stage};
use crate::registry::store::periods::{self, Valid};
use crate::registry::store::summary::{Recent, summary};
use crate::registry::store::suspensions::{self, Standing};
use crate::registry::store::{self, Association, Period, Tie};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};
use crate::words::Mark;

use super::ledgers::LedgerView;
use super::open::{OpenView, open};
use super::steps::{Opens, StepView, Told};

/// What the scope rests on, one row a criterion.
pub const CRITERIA: &[Column<Criterion>] = &[
    table::words("条件", |criterion: &Criterion| criterion.title.into()).head(),
    table::short("结果", |criterion: &Criterion| {
        Cell::mark(criterion.standing)
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
    /// Its name without the region that all are of.
    name: String,
    /// The region.
    region: String,
    ties: Vec<Tie>,
    periods: Vec<Period>,
    valid: Vec<Valid>,
    former: Vec<String>,
    standing: Vec<Standing>,
    new: bool,
    criteria: Table,
    /// What is not known of it yet.
    lacks: String,
    steps: Vec<StepView>,
    open: Vec<OpenView>,
    ledgers: Vec<LedgerView>,
    recent: Vec<Recent>,
    full: bool,
    comments: Option<i64>,
    may: May,
    /// Numbers of the living ties that whoever looks may end.
    ends: Vec<i64>,
}

/// What whoever looks may do, and open.
struct May {
    correct: bool,
    change_unit: bool,
    tie: bool,
    decide: bool,
    propose: bool,
    history: bool,
    listing: bool,
    exit: bool,
    founding: bool,
    archive: bool,
}

impl May {
    fn of(allowed: &Allowed) -> Self {
        Self {
            correct: allowed.may(Act::AssociationCorrect),
            change_unit: allowed.may(Act::UnitChange),
            tie: allowed.may(Act::TieAdd),
            decide: allowed.may(Act::ScopeDecide),
            propose: allowed.may(Act::ScopePropose),
            history: allowed.may(Act::HistoryRead),
            listing: allowed.may(Act::AmendmentRead),
            exit: allowed.may(Act::ExitRead),
            founding: allowed.may(Act::FoundingRead),
            archive: allowed.may(Act::ArchiveRead),
        }
    }
}

impl ShowPage {
    /// The ties that live and are not the responsible unit's: 联系、挂靠.
    fn linked(&self) -> Vec<&str> {
        let living = self
            .ties
            .iter()
            .filter(|tie| tie.ended_on.is_none() && !tie.is_primary);
        living.map(|tie| tie.department_name.as_str()).collect()
    }
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
        let summary = summary(db, id).await?;
        let items: &[i64] = if full { &summary.items } else { &[] };
        let open = open(db, (app, allowed), items).await?;
        let new = rules::is_new(&app.scheme.campaign, association.registered_on);
        let (_, criteria) = rules::scope(&app.scheme.campaign, &facts(&association));
        let around = allowed.around();
        let told = Told {
            scheme: &app.scheme,
            of: &association,
            summary: &summary,
            around: &around,
            opens: &opens(allowed),
            names: app.hands,
        };
        // NA-4: a new one is not surveyed, not in B, not on the list.
        let steps = if new { Vec::new() } else { told.steps() };
        let region = &app.scheme.campaign.region_name;
        let page = allowed.page(association.name.clone());
        Ok(Self {
            page: settled(page, &association),
            ledgers: told.ledgers(),
            steps,
            open,
            recent: recent(app, summary.recent.0),
            periods,
            former: former(&valid),
            valid,
            standing: suspensions::now(db, id).await?,
            new,
            ends: ends(allowed, &ties),
            ties,
            criteria: Table::of("认定条件", allowed.actor(), CRITERIA, &criteria).scrolled(),
            lacks: lacks(&association),
            full,
            comments,
            may: May::of(allowed),
            name: names::short(&association.name, region).to_owned(),
            region: before(&association.name, region),
            association,
        })
    }
}

/// The labels of what is not known of it yet.
fn lacks(association: &Association) -> String {
    let missing = rules::entry::missing(association);
    let labels = missing.into_iter().map(|(_, label)| label);
    labels.collect::<Vec<_>>().join("、")
}

/// The last acts, with what measures are called where they name their codes alone.
fn recent(app: &App, mut acts: Vec<Recent>) -> Vec<Recent> {
    for act in &mut acts {
        act.sentence = app.scheme.spelled(&act.sentence);
    }
    acts
}

/// What stands before the short name: 长春市绿园区.
fn before(name: &str, region: &str) -> String {
    let short = names::short(name, region);
    name.strip_suffix(short).unwrap_or_default().to_owned()
}

/// What became of an association with which nobody has to do anything.
fn settled(page: Page, of: &Association) -> Page {
    match (of.exit_kind, of.withdrawn_number) {
        (Some(kind), _) => page.settled_so((Mark::Void, kind.done()), "不再办理，材料只供查阅"),
        (None, Some(number)) => page.settled_so(
            (Mark::Void, "已撤出名单"),
            format!("名单调整第{number}号，不再办理"),
        ),
        (None, None) if of.stage == Stage::FiveDone => {
            page.settled_so((Mark::Done, of.stage.label()), "五项分离已经完成")
        }
        (None, None) => page.settled_so((Mark::Going, of.stage.label()), "目前没有等待办理的事项"),
    }
}

/// The living ties that whoever looks may end.
fn ends(allowed: &Allowed, ties: &[Tie]) -> Vec<i64> {
    let living = ties.iter().filter(|tie| tie.ended_on.is_none());
    let own = living
        .filter(|tie| allowed.may(Act::TieEnd) && rules::ends_tie(allowed.actor(), tie.department));
    own.map(|tie| tie.id).collect()
}

fn opens(allowed: &Allowed) -> Opens {
    Opens {
        roster: allowed.may(Act::RosterRead),
        plan: allowed.may(Act::PlanRead),
        checklist: allowed.may(Act::ProgressRead),
        survey: allowed.may(Act::SurveyRead),
        functions: allowed.may(Act::HoldingsRead),
        assets: allowed.may(Act::AssetsRead),
        posts: allowed.may(Act::PostsRead),
        registrations: allowed.may(Act::RegistrationRead),
        findings: allowed.may(Act::FindingRead),
        activities: allowed.may(Act::ActivityRead),
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
