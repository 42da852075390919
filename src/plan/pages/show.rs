//! The plan: its parts with their state, findings, prior approvals and the text
//! as it would be printed; beside it what changed since the last round and the
//! acts open to this person.

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::Act;
use crate::clock::{shanghai, stamp};
use crate::corrections::rules::{Kind as Matter, Of, Standing};
use crate::corrections::section::Section as Correction;
use crate::crossings::correction;
use crate::database::Db;
use crate::database::Explain as _;
use crate::paths;
use crate::plan::approvals::{acts as asking, rules as approvals};
use crate::plan::draft::acts as drafting;
use crate::plan::draft::pages::BACK;
use crate::plan::draft::rules::findings::Finding;
use crate::plan::review::acts as reviewing;
use crate::plan::review::reading::{LONGEST, OPINION};
use crate::plan::review::rules as reply;
use crate::plan::review::rules::marks::Marks;
use crate::plan::rules::Refusal;
use crate::plan::store::{self, Plan};
use crate::registry::names;
use crate::registry::rules::Stage;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::plan::Part;
use crate::scheme::{Answers, Severity};
use crate::signatures::CHANGED;
use crate::signatures::pages::{Changed, Reading};
use crate::signatures::rules::Kind;
use crate::signatures::store::{self as signatures, Shown};
use crate::survey::store as survey;
use crate::web::hands::Hands;
use crate::web::offers::{Offer, Offers};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View, view};

use super::after::{self, After};
use super::diff::{self, Change};
use super::reading::{self, Read, ReadPart, Remark};
use super::views::{self, ApprovalView, FindingView, Opened, offers};

/// The way to begin a plan.
#[derive(Template)]
#[template(path = "plan/none.html")]
pub struct NonePage {
    page: Page,
    association: Brief,
    may_create: bool,
    refusal: Option<String>,
}

/// The plan.
#[derive(Template)]
#[template(path = "plan/show.html")]
pub struct ShowPage {
    page: Page,
    form: Form,
    plan: Plan,
    heading: String,
    title: String,
    signed: Option<String>,
    parts: Vec<ReadPart>,
    /// How many parts are complete, of how many.
    done: (usize, usize),
    /// The office reads it; what it found so far.
    marks: Option<Marks>,
    /// What was asked to be mended the last time, where who reads it mends it.
    asked: Vec<Remark>,
    findings: Vec<FindingView>,
    approvals: Vec<ApprovalView>,
    changes: Vec<Change>,
    compared: bool,
    remarks: Vec<Remark>,
    copied: Vec<String>,
    changed: Vec<Changed>,
    open: Open,
    after: After,
    correction: Correction,
}

/// The acts open to this person, and why one is not open yet.
#[derive(Default)]
struct Open {
    request: bool,
    pass: bool,
    back: Vec<Offer>,
    submit: bool,
    submit_refusal: Option<String>,
    recall: bool,
    recall_refusal: Option<String>,
    check: bool,
    check_refusal: Option<String>,
    return_: bool,
    approve: bool,
    begin: bool,
}

impl Open {
    const fn any(&self) -> bool {
        let unit = self.request || self.pass || self.submit || self.recall || self.begin;
        unit || self.check || self.return_ || self.approve
    }
}

impl View for NonePage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let surveyed = survey::confirmed(db, id).await?.is_some();
        let refusal = match association.stage {
            Stage::Listed if surveyed => None,
            Stage::Listed => Some(Refusal::NoSurvey),
            _ => Some(Refusal::NotListed),
        };
        Ok(Self {
            page: allowed.page("实施方案"),
            may_create: allowed.may(Act::PlanCreate),
            refusal: refusal.map(|refusal| refusal.explain()),
            association,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        ShowPage::address(allowed)
    }
}

/// The plan, or, where there is none, the way to begin one.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Answer {
    match view::show::<ShowPage>(Extract(app.clone()), allowed.clone()).await {
        Err(Error::Missing) => view::show::<NonePage>(Extract(app), allowed).await,
        drawn => drawn,
    }
}

/// Begins the plan.
pub async fn create(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| drafting::create(write, id, seen).await;
    if store::plan(&mut app.read().await?, id).await?.is_some() {
        return allowed.act::<ShowPage, _, _>(&app, form, run).await;
    }
    allowed.act::<NonePage, _, _>(&app, form, run).await
}

impl View for ShowPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let plan = store::plan(look.db, look.allowed.association()?).await?;
        let plan = plan.ok_or(Error::Missing)?;
        Self::of(look, plan, form).await
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::plan::PLAN.at(allowed.association()?))
    }
}

/// What became of a plan that nobody has to do anything with.
fn settled(plan: &Plan) -> String {
    match &plan.reply_number {
        Some(number) => format!("批复{number}"),
        None => "没有等待办理的事项".to_owned(),
    }
}

impl ShowPage {
    async fn of(look: Look<'_>, plan: Plan, form: Option<Form>) -> Result<Self, Error> {
        let Look { app, allowed, db } = look;
        let opened = views::around(db, allowed, plan).await?;
        let plan = &opened.plan;
        let found = drafting::judged(&app.scheme, plan, &opened.approvals, judged_on(app, plan));
        let mends = offers(allowed, plan, Act::PlanSave);
        let read = Read::of(db, allowed, plan).await?;
        let (signed_of, void) = signed_of(db, &opened).await?;
        let region = &app.scheme.campaign.region_name;
        let short = names::short(&plan.association_name, region);
        let reading = Reading::by(&app.scheme, &opened.departments, opened.persons);
        let asked = read.asked(plan).filter(|_| mends);
        let parts = read.parts((allowed, &app.scheme), &opened, &found);
        let open = open(db, app, allowed, &opened).await?;
        Ok(Self {
            page: leading(allowed, plan, (&parts, &open)),
            heading: format!("{short}实施方案"),
            form: form.unwrap_or_else(|| read.form(plan)),
            title: format!("{}与行政机关脱钩实施方案", plan.association_name),
            signed: signed(plan),
            done: completeness(app, &found),
            parts,
            marks: read.open.then(|| read.marks(plan)),
            asked: asked
                .map(|reason| reading::remark(&app.scheme, reason))
                .collect(),
            findings: views::findings(&found, &opened, mends),
            approvals: approval_rows((app, &allowed.around()), &opened, &void),
            compared: read.before.is_some(),
            changes: read
                .before
                .as_ref()
                .map(|before| changed(app, &opened, before))
                .unwrap_or_default(),
            remarks: read.remarks(&app.scheme),
            copied: approvals::conditions(&opened.approvals, app.clock.today()),
            changed: reading.changed(&signed_of),
            open,
            after: after::after(db, app, allowed, &opened, read.void_replies).await?,
            correction: {
                let of = Of::matter_of(plan.association, Matter::Plan, plan.id);
                let asks = allowed.may(Act::CorrectionAsk);
                let opened = asks && correction::plan_opened(db, plan).await?;
                Correction::of(db, allowed, of, Standing::of(plan, opened)).await?
            },
            plan: opened.plan,
        })
    }
}

/// The page, which leads its reader to the part that is to be mended, or to the reply.
fn leading(allowed: &Allowed, plan: &Plan, (parts, open): (&[ReadPart], &Open)) -> Page {
    let page = allowed.page("实施方案").settled(plan.state, settled(plan));
    if let Some(part) = parts.iter().find(|part| part.calls()) {
        let address = paths::plan::PART.at(plan.association, &part.code);
        return page.leading(&part.call(), address);
    }
    if open.approve {
        return page.leading("去批复", paths::plan::NEW_REPLY.at(plan.association));
    }
    page
}

/// Signatures on the plan, and the approvals whose content was changed since.
async fn signed_of(db: &mut Db, opened: &Opened) -> Result<(Vec<Shown>, Vec<i64>), sqlx::Error> {
    let own = [Kind::PlanSign, Kind::Reply].map(|kind| (kind, opened.plan.id));
    let asked = opened.approvals.iter();
    let asked = asked.map(|approval| (Kind::Approval, approval.id));
    let cases: Vec<(Kind, i64)> = own.into_iter().chain(asked).collect();
    let shown = signatures::shown_of(db, &cases).await?;
    let (asked, own): (Vec<Shown>, Vec<Shown>) = shown
        .into_iter()
        .partition(|shown| shown.kind == Kind::Approval);
    let void = asked.iter().filter(|shown| shown.void_on.is_some());
    Ok((own, void.map(|shown| shown.case).collect()))
}

/// The approvals, with why one that was there is to be asked for anew.
fn approval_rows(
    (app, around): (&App, &Hands),
    opened: &Opened,
    void: &[i64],
) -> Vec<ApprovalView> {
    let mut rows = views::approval_rows(app, opened, around);
    for (row, approval) in rows.iter_mut().zip(&opened.approvals) {
        if row.note.is_empty() && void.contains(&approval.id) {
            CHANGED.clone_into(&mut row.note);
        }
    }
    rows
}

/// What was signed is judged by the day on which it was signed.
fn judged_on(app: &App, plan: &Plan) -> NaiveDate {
    match plan.submitted_at {
        Some(at) if !plan.state.is_open() => at.with_timezone(&shanghai()).date_naive(),
        _ => app.clock.today(),
    }
}

fn changed(app: &App, opened: &Opened, before: &Answers) -> Vec<Change> {
    let before = views::readable(&app.scheme, before, opened.persons);
    let after = views::readable(&app.scheme, &opened.plan.content.0, opened.persons);
    diff::changes(&app.scheme, &before, &after, &opened.departments)
}

fn signed(plan: &Plan) -> Option<String> {
    let (name, at) = (plan.submitted_name.as_ref()?, plan.submitted_at?);
    let number = plan.request_number.as_deref().unwrap_or_default();
    let title = reply::request_title(&plan.association_name);
    Some(format!("{name}于{}以“{title}”（{number}）报送", stamp(at)))
}

fn completeness(app: &App, found: &[Finding]) -> (usize, usize) {
    let parts = &app.scheme.plan.parts;
    let errors = |part: &&Part| reading::broken(found, &part.code, Severity::Error);
    let whole = parts.iter().filter(|part| errors(part) == 0);
    (whole.count(), parts.len())
}

/// The leader's way to send it back to the clerk.
fn back(allowed: &Allowed, plan: &Plan) -> Vec<Offer> {
    if !offers(allowed, plan, Act::PlanBack) {
        return Vec::new();
    }
    let address = paths::plan::BACK.at(plan.association);
    Offers::of(allowed, plan)
        .words(Act::PlanBack, address, BACK, "")
        .list()
}

async fn open(db: &mut Db, app: &App, allowed: &Allowed, opened: &Opened) -> Result<Open, Error> {
    let (scheme, plan, approvals) = (&app.scheme, &opened.plan, &opened.approvals);
    let today = app.clock.today();
    let demands = asking::demands(scheme, plan);
    let submit = offers(allowed, plan, Act::PlanSubmit);
    let pass = offers(allowed, plan, Act::PlanPass);
    let check = offers(allowed, plan, Act::PlanCheck);
    let why = |outcome: Result<(), Refusal>| outcome.err().map(|refusal| refusal.explain());
    let askable = approvals::all_asked(scheme, &demands, approvals, today).is_err();
    let recall = offers(allowed, plan, Act::PlanRecall);
    let remarked = recall && reviewing::is_opened(db, plan).await?;
    Ok(Open {
        recall,
        recall_refusal: remarked.then(|| Refusal::Opened.explain()),
        request: offers(allowed, plan, approvals::asking(plan.was_sent())) && askable,
        submit,
        pass,
        back: back(allowed, plan),
        submit_refusal: (submit || pass)
            .then(|| why(reviewing::may_submit(scheme, plan, approvals, today)))
            .flatten(),
        check,
        check_refusal: check
            .then(|| why(approvals::all_approved(scheme, &demands, approvals, today)))
            .flatten(),
        return_: offers(allowed, plan, Act::PlanReturn),
        approve: offers(allowed, plan, Act::PlanApprove),
        begin: offers(allowed, plan, Act::PlanBegin),
    })
}
