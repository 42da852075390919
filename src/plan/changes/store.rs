//! SQL of changes to a plan under way, of suspension, and of replies that are void.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::access::case::{Holder, Row, Steps};
use crate::access::{Act, Case, Seen};
use crate::database::{Db, Write};
use crate::ids::AccountId;
use crate::plan::approvals::rules::{Approval, ApprovalState};
use crate::plan::approvals::store as approvals;
use crate::plan::changes::rules::{ChangeState, STEPS};
use crate::plan::conditions::store::{self as conditions, Condition};
use crate::plan::store::Plan;
use crate::scheme::Answers;

/// A change as it was asked for.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its key.
    pub id: i64,
    /// 第n次变更.
    pub number: i32,
    /// Why.
    pub reason: String,
    /// What the plan said.
    pub before: Json<Answers>,
    /// What it is to say.
    pub content: Json<Answers>,
    /// Its state.
    pub state: ChangeState,
    /// The office's words.
    pub opinion: Option<String>,
    /// Who asked.
    pub requested_by: AccountId,
    /// Their name.
    pub requester: String,
    /// When.
    pub requested_on: NaiveDate,
    /// When it was decided.
    pub decided_on: Option<NaiveDate>,
}

impl Case for Change {
    type State = ChangeState;
    const KIND: &'static str = "change";
    const NAME: &'static str = "方案变更申请";
    const STEPS: Steps<ChangeState> = STEPS;
    const FIRST: ChangeState = ChangeState::Pending;

    fn holder(state: ChangeState) -> &'static [Holder] {
        crate::plan::changes::rules::holder(state)
    }

    /// What is seen and counted up is the version of its plan, which moves with it.
    fn row(&self) -> Row<ChangeState> {
        Row {
            id: self.id,
            version: 0,
            state: self.state,
            association: None,
        }
    }
}

macro_rules! select_changes {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Change,
            r#"select c.id, c.number, c.reason, c.before as "before: Json<Answers>", c.content as "content: Json<Answers>",
                      c.state as "state: ChangeState", c.opinion, c.requested_by as "requested_by: AccountId",
                      a.display_name as requester, c.requested_on, c.decided_on
               from plan_change c join account a on a.id = c.requested_by
               where c.campaign_id = $1 and c.plan_id = $2 "# + $tail,
            $($argument),+
        )
    };
}

/// The changes of a plan, newest first.
pub async fn of_plan(db: &mut Db, plan: i64) -> Result<Vec<Change>, sqlx::Error> {
    select_changes!("order by c.number desc limit 100", db.campaign(), plan)
        .fetch_all(db.connection())
        .await
}

/// Locks the change that waits for the office.
pub async fn lock_pending(db: &mut Db, plan: i64) -> Result<Option<Change>, sqlx::Error> {
    select_changes!(
        "and c.state = 'pending' for update of c",
        db.campaign(),
        plan
    )
    .fetch_optional(db.connection())
    .await
}

/// Keeps a change that is asked for: what the plan said and what it is to say, and
/// why. Gives its number.
pub async fn add(
    write: &mut Write,
    plan: i64,
    (before, content): (&Answers, &Answers),
    reason: &str,
) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into plan_change (campaign_id, plan_id, number, reason, before, content, requested_by, requested_on)
         select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7
         from plan_change where campaign_id = $1 and plan_id = $2
         returning number",
        write.campaign(),
        plan,
        reason,
        Json(before) as _,
        Json(content) as _,
        write.by().0,
        write.today(),
    )
    .fetch_one(write.connection())
    .await
}

/// Takes a change that waits to where an act on its plan leads.
pub async fn decide(
    write: &mut Write,
    change: &Change,
    act: Act,
    opinion: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan_change set state = $3, opinion = $4, decided_by = $5, decided_on = $6
         where campaign_id = $1 and id = $2 and state = 'pending'",
        write.campaign(),
        change.id,
        Change::next(change.state, act).map(ChangeState::key),
        opinion,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// The plan says what the change says, as its next edition.
pub async fn adopt(db: &mut Db, plan: i64, content: &Answers) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set content = $3, edition = edition + 1 where campaign_id = $1 and id = $2",
        db.campaign(),
        plan,
        Json(content) as _,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes from today on why the plan is suspended; without a reason it goes on.
pub async fn suspend(
    write: &mut Write,
    plan: i64,
    reason: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set suspended_on = $3, suspended_reason = $4 where campaign_id = $1 and id = $2",
        write.campaign(),
        plan,
        reason.map(|_| write.today()),
        reason,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// A reply that was found wrong.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct VoidReply {
    /// Its number, which stays taken.
    pub number: String,
    /// Its date.
    pub replied_on: NaiveDate,
    /// Why it is void.
    pub reason: String,
    /// Since when.
    pub voided_on: NaiveDate,
}

/// What a void reply takes with it.
#[derive(Debug, Clone)]
pub struct Voiding {
    /// Conditions that nobody has to fulfil any more.
    pub conditions: Vec<Condition>,
    /// Approvals that rest until the plan is sent again.
    pub approvals: Vec<Approval>,
    /// The plan and these, as they are decided on.
    pub seen: Seen,
}

impl Voiding {
    /// As it stands now.
    pub async fn of(db: &mut Db, plan: &Plan) -> Result<Self, sqlx::Error> {
        let mut conditions = conditions::of_plan(db, plan.id).await?;
        conditions.retain(|each| Condition::next(each.state, Act::PlanVoid).is_some());
        let mut approvals = approvals::of_plan(db, plan.id).await?;
        approvals.retain(|each| each.state == ApprovalState::Requested);
        let head = format!("plan {} {:?}", plan.version, plan.reply_number);
        let voided = conditions.iter();
        let voided = voided.map(|each| format!("condition {} {:?}", each.id, each.state));
        let resting = approvals.iter();
        let resting = resting.map(|each| format!("approval {} {}", each.id, each.version));
        Ok(Self {
            seen: Seen::list(std::iter::once(head).chain(voided).chain(resting)),
            conditions,
            approvals,
        })
    }
}

/// Keeps the reply as void and takes it from the plan.
pub async fn void(write: &mut Write, plan: i64, reason: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into plan_void_reply (campaign_id, plan_id, number, replied_on, text, reason, voided_on, account_id)
         select campaign_id, id, reply_number, replied_on, coalesce(reply_text, ''), $3, $4, $5
         from plan where campaign_id = $1 and id = $2 and reply_number is not null",
        write.campaign(),
        plan,
        reason,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "update plan set reply_year = null, reply_serial = null, reply_number = null, reply_text = null,
             conditions = '{}', replied_on = null, replied_by = null
         where campaign_id = $1 and id = $2",
        write.campaign(),
        plan,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
