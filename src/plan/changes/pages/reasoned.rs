//! Suspending a plan, resuming it, declaring its reply void, refusing a change of
//! it: each on a page of its own that says what follows.

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::{Act, Seen};
use crate::crossings::standstill;
use crate::database::Write;
use crate::paths::{self, Path};
use crate::plan::changes::acts;
use crate::plan::changes::store::Voiding;
use crate::plan::draft::rules::MATTERS;
use crate::plan::pages::views::offered;
use crate::plan::store::Plan;
use crate::web::ask::{self, Ask};
use crate::web::form::Clean;
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const REASON: Ask<String> = ask::longtext("reason", "理由", 1_000)
    .rows(4)
    .must("请写明理由。");

const EXPECTED: Ask<NaiveDate> =
    ask::date("expected_on", "预计恢复日期").hint("到期由脱钩办负责人决定恢复");

/// The page of the route's act.
#[derive(Template)]
#[template(path = "plan/reasoned.html")]
pub struct ReasonedPage {
    page: Page,
    form: Form,
    plan: Plan,
    action: String,
    act: Act,
    follows: &'static str,
    kind: &'static str,
    /// What is decided on: the plan, and with a reply what it takes with it.
    seen: Seen,
    voiding: Option<Voiding>,
}

/// The acts that need a reason and nothing else: address, act, what follows.
const REASONED: [(Path<1>, Act, &str); 4] = [
    (
        paths::plan::SUSPENSION,
        Act::PlanSuspend,
        "暂停期间方案和五分离事项不能办理，不催办，不列逾期；任职、资产、登记、审计整改和退出等台账照常登记。《方案》规定的时限、法定时限和经批准调整的时限继续计算，其他时限恢复后按暂停的工作日顺延，最迟到批次最后期限。",
    ),
    (
        paths::plan::RESUMPTION,
        Act::PlanResume,
        "恢复后方案按暂停前的状态继续办理；批次时限和方案步骤按暂停的工作日顺延，最迟到批次最后期限。",
    ),
    (
        paths::plan::VOIDING,
        Act::PlanVoid,
        "作废后文号保留，不再编给其他批复；批复条件随之作废，方案退回业务主管单位补正后重新报送。",
    ),
    (
        paths::plan::CHANGE_REJECTION,
        Act::ChangeReject,
        "不同意变更的，按原方案继续实施；正在报批的变更事项一并关闭。",
    ),
];

impl View for ReasonedPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let act = look.allowed.gate_act();
        let (path, _, follows) = REASONED
            .into_iter()
            .find(|(_, known, _)| *known == act)
            .ok_or(Error::Missing)?;
        let plan = offered(look.db, look.allowed, act).await?.plan;
        let voiding = match act {
            Act::PlanVoid => Some(Voiding::of(look.db, &plan).await?),
            _ => None,
        };
        let seen = voiding.as_ref().map(|voiding| voiding.seen.clone());
        Ok(Self {
            seen: seen.unwrap_or_else(|| Seen::version(plan.version)),
            voiding,
            page: look.allowed.page(act.label()),
            form: form.unwrap_or_default(),
            action: path.at(plan.association),
            act,
            follows,
            kind: if act == Act::PlanResume {
                "primary"
            } else {
                "danger"
            },
            plan,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::plan::PLAN.at(allowed.association()?))
    }
}

/// Does the route's act with a reason.
pub async fn act(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let (id, act) = (allowed.association()?, allowed.gate_act());
    let (reason, today) = (REASON.read(&mut form), app.clock.today());
    let expected = (act == Act::PlanSuspend).then(|| {
        let field = form.date(EXPECTED.name, EXPECTED.label);
        let field = field.check(|day| *day >= today, "预计恢复日期不能早于今天。");
        field.required("请填写预计恢复日期。")
    });
    let run = async |write: Write, clean: Clean, seen| {
        let reason = reason.take(&clean);
        match act {
            Act::PlanVoid => acts::void_reply(write, id, seen, MATTERS, &reason).await,
            Act::ChangeReject => acts::reject_change(write, id, seen, &reason).await,
            Act::PlanSuspend => {
                let expected = expected.map_or(today, |expected| expected.take(&clean));
                standstill::suspend(write, id, seen, (&reason, expected)).await
            }
            _ => standstill::resume(write, id, seen, &reason).await,
        }
    };
    allowed.act::<ReasonedPage, _, _>(&app, form, run).await
}
