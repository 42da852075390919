//! 待办审批: what of plans and prior approvals waits for this person.

use askama::Template;
use chrono::NaiveDate;

use crate::access::{Case as _, Role};
use crate::clock::shanghai;
use crate::database::{Db, batches};
use crate::documents::leaving::Tabled;
use crate::paths;
use crate::plan::approvals::rules::{self as approvals, Approval};
use crate::plan::approvals::store as asked;
use crate::plan::changes::store::Change;
use crate::plan::draft::acts::judged;
use crate::plan::draft::rules::findings;
use crate::plan::review::acts::may_submit;
use crate::plan::review::store::plans_waiting;
use crate::plan::rules::State;
use crate::plan::store::{self, Plan};
use crate::web::hands::{self, Asked};
use crate::web::page::Page;
use crate::web::table::{Cell, Kind, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};
use crate::words::Mark;

/// The lists.
#[derive(Template)]
#[template(path = "plan/waiting.html")]
pub struct WaitingPage {
    page: Page,
    lists: Vec<List>,
}

struct List {
    title: &'static str,
    empty: &'static str,
    columns: [&'static str; 4],
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    unit: String,
    what: String,
    since: String,
    mark: Mark,
    state: String,
    hand: Cell,
    /// It lies on the person's own desk.
    mine: bool,
}

impl List {
    /// What lies on the person's own desk, as their workbench has it, and the others' apart.
    fn split(self, (title, empty): (&'static str, &'static str)) -> [Self; 2] {
        let (mine, others) = self.rows.into_iter().partition(|row| row.mine);
        let others = Self {
            rows: others,
            ..self
        };
        let mine = Self {
            title,
            empty,
            rows: mine,
            columns: others.columns,
        };
        [mine, others]
    }
}

/// With whom a plan lies: its own hands, or those of the departments that it was sent to.
const PLANS: &[&str] = &[Plan::KIND, Approval::KIND, Change::KIND];

impl Tabled for WaitingPage {
    const NAME: &'static str = "待办审批";

    fn tables(self) -> Vec<Table> {
        let lists = self.lists.into_iter();
        lists.map(List::table).collect()
    }
}

impl List {
    /// The same as a table.
    fn table(self) -> Table {
        let [unit, what, since, state] = self.columns;
        let heads = [
            ("协会名称", Kind::Words),
            (unit, Kind::Short),
            (what, Kind::Words),
            (since, Kind::Short),
            (state, Kind::Short),
            (hands::LABEL, Kind::Words),
        ];
        let row = |row: Row| {
            vec![
                row.name.into(),
                row.unit.into(),
                row.what.into(),
                row.since.into(),
                row.state.into(),
                row.hand,
            ]
        };
        let rows = self.rows.into_iter().map(row);
        Table::told(self.title, &heads, rows.collect())
    }
}

impl View for WaitingPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let Look { app, allowed, db } = look;
        let role = allowed.actor().role();
        let mut lists = Vec::new();
        if role.is_specialist() {
            let prior = prior(db, app, allowed).await?;
            lists.extend(prior.split(("等待您办理的前置审批", "没有等待您办理的前置审批。")));
        }
        if role.is_unit() {
            lists.extend(own(db, app, allowed).await?);
        } else if !role.is_specialist() {
            let office = office(db, app, allowed).await?;
            lists.extend(office.split(("等待您办理的实施方案", "没有等待您办理的实施方案。")));
        }
        Ok(Self {
            page: allowed.page("待办审批"),
            lists,
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::plan::WAITING_APPROVALS.to_string())
    }
}

/// How far a time allowed in working days is used up.
fn used(app: &App, from: NaiveDate, allowed: i64) -> (Mark, String) {
    let used = approvals::workdays(&app.scheme.campaign, from, app.clock.today());
    let mark = Mark::of_days(used - allowed, 1);
    let late = if used > allowed { "，已超时" } else { "" };
    (mark, format!("已用{used}个工作日，时限{allowed}个{late}"))
}

/// Prior approvals that wait for a department.
async fn prior(db: &mut Db, app: &App, allowed: &Allowed) -> Result<List, Error> {
    let days = app.scheme.campaign.parameters.prior_approval_sla_workdays;
    let waiting = asked::waiting(db, allowed.actor().department()).await?;
    let ids: Vec<i64> = waiting.iter().map(|row| row.id).collect();
    let asked = Asked::Cases(&[Approval::KIND], &ids);
    let hands = hands::listed(db, (app, allowed), asked).await?;
    let rows = waiting.into_iter().map(|waiting| {
        let (mark, state) = used(app, waiting.requested_on, days);
        Row {
            href: paths::plan::APPROVAL.at(waiting.association, waiting.id),
            name: waiting.name,
            unit: waiting.unit,
            what: approvals::title(&app.scheme, &waiting.code),
            since: waiting.requested_on.to_string(),
            mark,
            state,
            mine: hands.lie_with(waiting.association.0, allowed.actor()),
            hand: hands::cell(hands.of(Approval::KIND, waiting.id).as_ref()),
        }
    });
    Ok(List {
        title: "在其他人手里的前置审批",
        empty: "没有在其他人手里的前置审批。",
        columns: ["业务主管单位", "报请事项", "报请日期", "用时"],
        rows: rows.collect(),
    })
}

/// Plans with the office.
async fn office(db: &mut Db, app: &App, allowed: &Allowed) -> Result<List, Error> {
    let days = app.scheme.campaign.parameters.office_review_sla_workdays;
    let waiting = plans_waiting(db).await?;
    let ids: Vec<i64> = waiting.iter().map(|row| row.association.0).collect();
    let hands = hands::listed(db, (app, allowed), Asked::Within(PLANS, &ids)).await?;
    let rows = waiting.into_iter().map(|waiting| {
        let came = waiting.submitted_at.with_timezone(&shanghai()).date_naive();
        let (mark, time) = used(app, came, days);
        let state = match (waiting.state, waiting.pending) {
            (State::Submitted, 1..) => format!("待部门批准{}项", waiting.pending),
            (State::Submitted, _) => "待受理".to_owned(),
            _ => "待负责人审批".to_owned(),
        };
        Row {
            href: paths::plan::PLAN.at(waiting.association),
            name: waiting.name,
            unit: waiting.unit,
            what: format!("第{}次报送，{}", waiting.round, waiting.request_number),
            since: came.to_string(),
            mark,
            state: format!("{state}；{time}"),
            mine: hands.lie_with(waiting.association.0, allowed.actor()),
            hand: hands::cell(hands.of_association(waiting.association.0).as_ref()),
        }
    });
    Ok(List {
        title: "已报送、在其他部门或者人员手里的实施方案",
        empty: "没有已报送、由他人办理的实施方案。",
        columns: ["业务主管单位", "请示", "报送日期", "状态和用时"],
        rows: rows.collect(),
    })
}

/// A unit's plans: sent back, ready to be sent, still being written.
async fn own(db: &mut Db, app: &App, allowed: &Allowed) -> Result<Vec<List>, Error> {
    let plans = store::plans_in_hand(db, allowed.actor().department()).await?;
    let ids: Vec<i64> = plans.iter().map(|plan| plan.id).collect();
    let all = asked::of_plans(db, &ids).await?;
    let homes: Vec<i64> = plans.iter().map(|plan| plan.association.0).collect();
    let hands = hands::listed(db, (app, allowed), Asked::Within(PLANS, &homes)).await?;
    let dates = batches::of_associations(db, &homes).await?;
    let (mut returned, mut ready, mut writing) = (Vec::new(), Vec::new(), Vec::new());
    for plan in plans {
        // Each goes by the dates of its batch.
        let dates = dates.get(&plan.association.0).cloned();
        let app = &app.of_batch(&dates.unwrap_or_default());
        let own: Vec<Approval> = all
            .iter()
            .filter(|other| other.plan == plan.id)
            .map(|other| other.approval.clone())
            .collect();
        let is_ready = may_submit(&app.scheme, &plan, &own, app.clock.today()).is_ok();
        let mut row = own_row(app, &plan, &own, is_ready);
        row.hand = hands::cell(hands.of_association(plan.association.0).as_ref());
        match (is_ready, plan.state) {
            (true, _) => ready.push(row),
            (false, State::Returned) => returned.push(row),
            (false, _) => writing.push(row),
        }
    }
    let columns = ["业务主管单位", "请示", "报送时限", "状态"];
    let list = |title, empty, rows| List {
        title,
        empty,
        columns,
        rows,
    };
    let ready = list("可以报送的实施方案", "没有可以报送的实施方案。", ready);
    let returned = list("被退回待补正的实施方案", "没有被退回的实施方案。", returned);
    let writing = list("编制中的实施方案", "没有编制中的实施方案。", writing);
    Ok(if allowed.actor().role() == Role::UnitLeader {
        vec![ready, returned, writing]
    } else {
        vec![returned, writing, ready]
    })
}

fn own_row(app: &App, plan: &Plan, approvals: &[Approval], is_ready: bool) -> Row {
    let today = app.clock.today();
    let parameters = &app.scheme.campaign.parameters;
    let (due, warn) = (parameters.plan_submit_due, parameters.warn_days);
    let errors = findings::errors(&judged(&app.scheme, plan, approvals, today));
    let state = match (is_ready, errors) {
        (true, _) if plan.state == State::ForSignature => "待单位负责人签发".to_owned(),
        (true, _) => "可以报送".to_owned(),
        (false, 0) => "前置审批尚未报请".to_owned(),
        (false, _) => format!("待补正{errors}处"),
    };
    Row {
        href: paths::plan::PLAN.at(plan.association),
        name: plan.association_name.clone(),
        unit: plan.unit_name.clone(),
        what: plan
            .request_number
            .clone()
            .unwrap_or_else(|| "未报送".to_owned()),
        since: due.to_string(),
        mark: Mark::of_days((today - due).num_days(), warn),
        state: if today > due {
            format!("{state}，已过报送时限")
        } else {
            state
        },
        hand: Cell::Empty,
        mine: false,
    }
}
