//! What stands beside a plan once it is on its way: changes, conditions,
//! notices, withdrawn approvals, suspension, void replies.

use chrono::NaiveDate;

use crate::access::{Act, Case as _};
use crate::database::Db;
use crate::database::Explain as _;
use crate::plan::approvals::rules as approvals;
use crate::plan::changes::rules::{ChangeState, all_agreed};
use crate::plan::changes::store::{self as changes, VoidReply};
use crate::plan::conditions::store::{self as conditions, Condition};
use crate::plan::notices::store::{self as notices, Notice};
use crate::plan::rules;
use crate::web::hands::{self, Hands};
use crate::web::held::Held;
use crate::web::table::Cell;
use crate::web::{Allowed, App, Error};

use super::diff::{self, Change};
use super::views::{self, Opened, offers};

/// The blocks beside the plan.
pub(super) struct After {
    pub(super) pending: Option<ChangeView>,
    pub(super) decided: Vec<ChangeView>,
    pub(super) void_replies: Vec<VoidReply>,
    pub(super) conditions: Vec<ConditionView>,
    pub(super) notices: Vec<(Notice, Cell)>,
    pub(super) linked: bool,
    /// The reader may open what the departments were told and answered.
    pub(super) may_read: bool,
    pub(super) withdrawn: Vec<String>,
    pub(super) change: bool,
    pub(super) void: bool,
    pub(super) suspend: bool,
    pub(super) resume: bool,
    pub(super) approve_change: bool,
    pub(super) approve_refusal: Option<String>,
}

impl After {
    /// Whether there is a button.
    pub(super) const fn any(&self) -> bool {
        self.change || self.void || self.suspend || self.resume
    }
}

/// A change with what it changes.
pub(super) struct ChangeView {
    pub(super) number: i32,
    pub(super) reason: String,
    pub(super) requester: String,
    pub(super) requested_on: NaiveDate,
    pub(super) verdict: String,
    pub(super) opinion: String,
    pub(super) hand: Cell,
    pub(super) changes: Vec<Change>,
}

/// A condition as a line.
pub(super) struct ConditionView {
    pub(super) id: i64,
    pub(super) text: String,
    pub(super) due: NaiveDate,
    pub(super) state: Held,
    pub(super) hand: Cell,
}

/// Reads the blocks.
pub(super) async fn after(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    opened: &Opened,
    void_replies: Vec<VoidReply>,
) -> Result<After, Error> {
    let plan = &opened.plan;
    // What was not begun was not changed.
    let all = match plan.begun_on {
        Some(_) => changes::of_plan(db, plan.id).await?,
        None => Vec::new(),
    };
    let (pending, decided): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|change| change.state == ChangeState::Pending);
    let rows = conditions::of_plan(db, plan.id).await?;
    let around = allowed.around();
    let approve_change = offers(allowed, plan, Act::ChangeApprove);
    Ok(After {
        pending: pending
            .into_iter()
            .next()
            .map(|change| view(app, opened, &around, change)),
        decided: decided
            .into_iter()
            .map(|change| view(app, opened, &around, change))
            .collect(),
        void_replies,
        conditions: rows
            .into_iter()
            .map(|row| ConditionView {
                state: around.held(Condition::KIND, row.id, row.state),
                hand: hands::cell(around.of(Condition::KIND, row.id).as_ref()),
                id: row.id,
                text: row.text,
                due: row.due,
            })
            .collect(),
        notices: notices::of_association(db, plan.association)
            .await?
            .into_iter()
            .map(|notice| {
                let hand = hands::cell(around.of(Notice::KIND, notice.id).as_ref());
                (notice, hand)
            })
            .collect(),
        linked: !plan.linked.is_empty(),
        may_read: allowed.may(Act::NoticeRead),
        withdrawn: withdrawn(app, opened),
        change: offers(allowed, plan, Act::ChangeRequest),
        void: offers(allowed, plan, Act::PlanVoid),
        suspend: offers(allowed, plan, Act::PlanSuspend),
        resume: offers(allowed, plan, Act::PlanResume),
        approve_refusal: approve_change
            .then(|| all_agreed(&opened.approvals).err())
            .flatten()
            .map(|refusal: rules::Refusal| refusal.explain()),
        approve_change,
    })
}

fn view(app: &App, opened: &Opened, around: &Hands, change: changes::Change) -> ChangeView {
    let before = views::readable(&app.scheme, &change.before.0, opened.persons);
    let after = views::readable(&app.scheme, &change.content.0, opened.persons);
    let decided = change.decided_on.map(|on| on.to_string());
    let verdict = decided.unwrap_or_default() + change.state.label();
    ChangeView {
        changes: diff::changes(&app.scheme, &before, &after, &opened.departments),
        hand: hands::cell(around.of(changes::Change::KIND, change.id).as_ref()),
        number: change.number,
        reason: change.reason,
        requester: change.requester,
        requested_on: change.requested_on,
        verdict,
        opinion: change.opinion.unwrap_or_default(),
    }
}

/// TC-35 in words.
fn withdrawn(app: &App, opened: &Opened) -> Vec<String> {
    let rows = opened.approvals.iter().filter(|row| row.is_unsettled());
    rows.map(|row| {
        format!(
            "{}已撤回“{}”的审批意见，待脱钩办负责人处理；该部门核实的事项暂不能验收销号。",
            row.department_name,
            approvals::title(&app.scheme, &row.code)
        )
    })
    .collect()
}
