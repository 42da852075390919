//! One unit's recommendation with its arithmetic, and the acts open here.

use askama::Template;
use axum::extract::State as Extract;

use crate::access::{Act, Case as _, Seen};
use crate::accounts::store::departments;
use crate::corrections::rules::Of;
use crate::corrections::section::Section as Correction;
use crate::crossings::correction as correcting;
use crate::database::{Db, Explain as _};
use crate::ids::{AssociationId, DepartmentId};
use crate::paths;
use crate::roster::acts::{self, ratio};
use crate::roster::rules::{self, Arithmetic, Bound, Candidate, State};
use crate::roster::store::cutoff::{self, Frozen, Member};
use crate::roster::store::{self, Recommendation};
use crate::web::ask::{self, Ask};
use crate::web::form::{Clean, Slot};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const RETURN: Ask<String> = ask::longtext("reason", "退回的理由", 500)
    .rows(5)
    .must("请写明理由。");
const OVERRIDE: Ask<String> = ask::longtext("reason", "核减的理由", 500)
    .rows(5)
    .hint("确有特殊情况、达不到应推荐数的，由脱钩办负责人核减")
    .must("请写明理由。");

/// The page.
#[derive(Template)]
#[template(path = "roster/unit.html")]
pub struct UnitPage {
    page: Page,
    /// How the number that must be recommended comes about, in words.
    share: String,
    /// The same of the number that the publication froze.
    share_then: String,
    form: Form,
    unit: i64,
    name: String,
    /// The first list is published: the half does not bind (FD-1).
    later: bool,
    rows: Vec<Row>,
    sum: Arithmetic,
    /// More stands ticked than is saved.
    unsaved: bool,
    state: State,
    /// What is signed and decided on.
    seen: Seen,
    excused: Option<String>,
    undecided: Vec<(i64, String)>,
    frozen: Option<Frozen>,
    members: Vec<Member>,
    refusal: Option<String>,
    may: May,
    links: bool,
    correction: Correction,
}

struct Row {
    candidate: Candidate,
    ticked: bool,
    mandatory: Option<&'static str>,
    reason_name: String,
    reason_label: String,
}

/// The acts open to this person now.
struct May {
    save: bool,
    submit: bool,
    recall: bool,
    return_: bool,
    override_: bool,
    approve: bool,
}

impl May {
    fn of(allowed: &Allowed, state: State, nobody: bool) -> Self {
        let open = |act| {
            let next = Recommendation::next(state, act);
            allowed.may(act) && next.is_some() && !nobody
        };
        Self {
            save: open(Act::RosterSave),
            submit: open(Act::RosterSubmit),
            recall: open(Act::RecommendRecall),
            return_: open(Act::RosterReturn),
            override_: open(Act::RosterOverride),
            approve: open(Act::RosterApprove),
        }
    }
}

impl View for UnitPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed, scheme) = (look.db, look.allowed, &look.app.scheme);
        let unit = allowed.department()?;
        let name = name_of(db, unit).await?;
        let parameters = &scheme.campaign.parameters;
        let recommendation = store::recommendation(db, unit).await?;
        let correction = match &recommendation {
            Some(begun) => {
                let of = Of::recommendation_of(unit);
                Correction::of(db, allowed, of, correcting::recommended(begun)).await?
            }
            None => Correction::default(),
        };
        let (state, version, excused) = match recommendation {
            Some(begun) => (begun.state, begun.version, begun.override_reason),
            None => (State::Draft, 0, None),
        };
        let candidates = store::candidates(db, unit, parameters).await?;
        let frozen = cutoff::frozen(db, unit.0).await?;
        let bound = acts::bound(db, scheme).await?;
        let later = bound.is_later();
        let refusal = bound.may_submit(&candidates, excused.is_some()).err();
        let mut may = May::of(allowed, state, candidates.is_empty());
        may.override_ &= excused.is_none() && !later;
        let seen = rules::shown(version, &candidates);
        let saved = bound.arithmetic(&candidates);
        let rows = rows(candidates, form.as_ref(), bound);
        // What stands ticked on the page is what is counted on it: 必报 before it is saved, too.
        let sum = if may.save {
            saved.with_chosen(ticked(&rows))
        } else {
            saved
        };
        Ok(Self {
            page: allowed.page(format!("{name}推荐名单")),
            share: rules::share_words(sum.base, ratio(scheme)),
            share_then: share_then(frozen.as_ref(), ratio(scheme)),
            unsaved: sum.chosen != saved.chosen,
            unit: unit.0,
            name,
            sum,
            may,
            seen,
            rows,
            later,
            form: form.unwrap_or_default(),
            state,
            excused,
            undecided: store::undecided(db, unit, parameters.issue_date).await?,
            members: match &frozen {
                Some(_) => ordered(cutoff::members(db, unit.0).await?),
                None => Vec::new(),
            },
            frozen,
            refusal: refusal.map(|refusal| refusal.explain()),
            links: allowed.may(Act::RegistryList),
            correction,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::roster::RECOMMENDATIONS.at(allowed.department()?))
    }
}

/// The name of a unit that supervises.
async fn name_of(db: &mut Db, unit: DepartmentId) -> Result<String, Error> {
    let mut units = departments(db).await?.into_iter();
    let own = units.find(|each| each.id == unit && each.supervises);
    own.map(|each| each.name).ok_or(Error::Missing)
}

/// A candidate in a line, with what was ticked where the form is shown again; the forms
/// of a reason tick nothing.
fn rows(candidates: Vec<Candidate>, form: Option<&Form>, bound: Bound) -> Vec<Row> {
    let base = candidates.len();
    let form = form.filter(|form| form.raw(RETURN.name).is_none());
    let row = |candidate: Candidate| {
        let mandatory = bound.mandatory(&candidate, base);
        let ticked = form.map_or(candidate.chosen, |form| {
            form.has("listed", &candidate.id.to_string())
        });
        Row {
            ticked: ticked || mandatory.is_some(),
            mandatory: mandatory.map(rules::Mandatory::label),
            reason_name: format!("reason.{}", candidate.id),
            reason_label: format!("{}列入后续批次的理由", candidate.name),
            candidate,
        }
    };
    let mut rows: Vec<Row> = candidates.into_iter().map(row).collect();
    // Who must be on the list comes first: about the others there is something to choose.
    rows.sort_by_key(|row| row.mandatory.is_none());
    rows
}

/// How the number that the publication froze came about.
fn share_then(frozen: Option<&Frozen>, ratio: (i64, i64)) -> String {
    let base = frozen.and_then(|then| then.base);
    base.map_or_else(String::new, |base| rules::share_words(base.into(), ratio))
}

/// Who had to be on the list first, then who was recommended besides.
fn ordered(mut members: Vec<Member>) -> Vec<Member> {
    members.sort_by_key(|each| (!each.mandatory, !each.recommended));
    members
}

/// How many stand ticked.
fn ticked(rows: &[Row]) -> i64 {
    let ticked = rows.iter().filter(|row| row.ticked).count();
    i64::try_from(ticked).unwrap_or(i64::MAX)
}

/// The lines of the page, and which associations are taken: those that were ticked,
/// and those that must be.
async fn taken(
    app: &App,
    allowed: &Allowed,
    form: &mut Form,
) -> Result<(Vec<Row>, Vec<AssociationId>), Error> {
    let (unit, parameters) = (allowed.department()?, &app.scheme.campaign.parameters);
    let mut db = app.read().await?;
    let candidates = store::candidates(&mut db, unit, parameters).await?;
    let bound = acts::bound(&mut db, &app.scheme).await?;
    let rows = rows(candidates, Some(form), bound);
    let ids: Vec<String> = rows
        .iter()
        .map(|row| row.candidate.id.to_string())
        .collect();
    let offered: Vec<&str> = ids.iter().map(String::as_str).collect();
    let _ = form.ticks("listed", "协会", &offered);
    let taken = rows.iter().filter(|row| row.ticked);
    let taken = taken.map(|row| row.candidate.id).collect();
    Ok((rows, taken))
}

/// Saves the choice; who comes later needs a reason.
pub async fn save(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let unit = allowed.department()?;
    let (rows, _) = taken(&app, &allowed, &mut form).await?;
    let mut slots = Vec::new();
    for row in &rows {
        let reason = form.text(&row.reason_name, &row.candidate.name, 200);
        let slot = if row.ticked {
            Err(reason.optional())
        } else {
            Ok(reason.required("列入后续批次的，请写明理由。"))
        };
        slots.push((row.candidate.id, slot));
    }
    let run = async |write, clean: Clean, seen| {
        let reason = |slot: Result<Slot<String>, _>| {
            slot.map_or_else(|_| String::new(), |reason| reason.take(&clean))
        };
        let slots = slots.into_iter();
        let chosen: Vec<(AssociationId, String)> =
            slots.map(|(id, slot)| (id, reason(slot))).collect();
        acts::save(write, unit, seen, &chosen).await
    };
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}

/// Signs and sends it.
pub async fn submit(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let unit = allowed.department()?;
    let run = async |write, _, seen| acts::submit(write, unit, seen).await;
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}

/// Takes it back.
pub async fn recall(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let unit = allowed.department()?;
    let run = async |write, _, seen| acts::recall(write, unit, seen).await;
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}

/// Sends it back.
pub async fn return_(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let unit = allowed.department()?;
    let reason = RETURN.read(&mut form);
    let run =
        async |write, clean, seen| acts::return_(write, unit, seen, &reason.take(&clean)).await;
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}

/// Excuses the number.
pub async fn override_(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let unit = allowed.department()?;
    let reason = OVERRIDE.read(&mut form);
    let run =
        async |write, clean, seen| acts::override_(write, unit, seen, &reason.take(&clean)).await;
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}

/// Decides which are on the list.
pub async fn approve(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let unit = allowed.department()?;
    let (_, listed) = taken(&app, &allowed, &mut form).await?;
    let run = async |write, _, seen| acts::approve(write, unit, seen, &listed).await;
    allowed.act::<UnitPage, _, _>(&app, form, run).await
}
