//! A prior approval: what is asked and why, the department's answer, its withdrawal
//! and what the office's head decides on that (TC-35).

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::{Act, Case as _, Seen};
use crate::database::{Explain as _, Stopped, Write};
use crate::paths;
use crate::plan::acts::At;
use crate::plan::pages::show::ShowPage;
use crate::plan::pages::views::{self, offers, open};
use crate::plan::store::{self, Plan};
use crate::scheme::Choice;
use crate::signatures::pages::{Changed, Reading};
use crate::signatures::rules::Kind;
use crate::signatures::store as signatures;
use crate::web::answer::questions::{ShownAnswer, shown};
use crate::web::ask::{self, Ask};
use crate::web::form::{Clean, Slot};
use crate::web::offers::{Offer, Offers};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::acts::{self, Answer as Answered};
use super::rules::{self, Approval, Verdict};

const NUMBER: Ask<String> = ask::text("document_number", "文号", 60).must("请填写批复或复函文号。");
const DATE: Ask<NaiveDate> = ask::date("document_date", "日期").must("请填写批复或复函日期。");
const OPINION: Ask<String> = ask::longtext("opinion", "意见", 1_000).hint("不同意的，请写明理由");
const CONDITIONS: Ask<String> =
    ask::longtext("conditions", "条件", 1_000).hint("附条件同意的必填，将写入批复");
const WITHDRAWAL: Ask<String> = ask::longtext("reason", "理由", 1_000)
    .hint("撤回后方案由脱钩办负责人决定是否继续，本部门核实的事项暂不能验收销号")
    .must("请写明理由。");
const SETTLEMENT: Ask<String> = ask::longtext("reason", "理由", 1_000)
    .hint("决定方案继续实施的，写明理由；应当重新报批的，请作废批复或暂停方案")
    .must("请写明理由。");

/// The approval.
#[derive(Template)]
#[template(path = "plan/answer.html")]
pub struct AnswerPage {
    page: Page,
    form: Form,
    plan: Plan,
    approval: Approval,
    seen: Seen,
    title: String,
    document: String,
    basis: String,
    asked: String,
    triggers: Vec<ShownAnswer>,
    changed: Vec<Changed>,
    verdicts: Vec<Choice>,
    may_answer: bool,
    may_withdraw: bool,
    may_settle: bool,
    unmarking: Vec<Offer>,
    refusal: Option<String>,
}

fn at(allowed: &Allowed) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        id: allowed.approval()?,
    })
}

impl View for AnswerPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let Look { app, allowed, db } = look;
        let id = allowed.approval()?;
        let opened = open(db, allowed).await?;
        let approval = opened
            .approvals
            .iter()
            .find(|approval| approval.id == id)
            .cloned()
            .ok_or(Error::Missing)?;
        let ordered = app.scheme.approval(&approval.code);
        let refusal = refusal(allowed, &opened.plan, &approval);
        let signed = signatures::shown(db, &[Kind::Approval], id).await?;
        let reading = Reading::by(&app.scheme, &opened.departments, opened.persons);
        Ok(Self {
            page: allowed
                .page(format!(
                    "前置审批：{}（{}）",
                    rules::title(&app.scheme, &approval.code),
                    approval.department_name
                ))
                .settled(approval.state, "没有等待办理的事项"),
            form: form.unwrap_or_default(),
            seen: approval.seen(opened.plan.version),
            title: rules::title(&app.scheme, &approval.code),
            document: ordered.map_or_else(
                || "延期批准".to_owned(),
                |approval| approval.document.clone(),
            ),
            basis: ordered.map_or_else(|| "三（三）".to_owned(), |approval| approval.basis.clone()),
            asked: asked(app, &approval),
            triggers: triggers(app, &opened, &approval),
            changed: reading.changed(&signed),
            verdicts: Choice::of::<Verdict>(),
            may_withdraw: approval.open(Act::ApprovalWithdraw)
                && !opened.plan.state.is_open()
                && allowed.may(Act::ApprovalWithdraw),
            may_settle: approval.is_unsettled()
                && !opened.plan.state.is_open()
                && allowed.may(Act::WithdrawalSettle),
            unmarking: unmarking(allowed, &opened.plan, &approval),
            may_answer: allowed.may(Act::ApprovalAnswer) && refusal.is_none(),
            refusal,
            approval,
            plan: opened.plan,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let at = at(allowed)?;
        Ok(paths::plan::APPROVAL.at(at.association, at.id))
    }
}

/// The answers of the survey and the plan that the department judges by.
fn triggers(app: &App, opened: &views::Opened, approval: &Approval) -> Vec<ShownAnswer> {
    let readable = views::readable(&app.scheme, &opened.plan.content.0, opened.persons);
    let codes = rules::triggers(&approval.code).iter();
    codes
        .filter_map(|code| app.scheme.question(code))
        .flat_map(|question| {
            let source = if question.code().starts_with("PL-") {
                &readable
            } else {
                &opened.plan.survey.0
            };
            shown(std::slice::from_ref(question), source, &opened.departments)
        })
        .collect()
}

/// The clerk's way to take the mark away again.
fn unmarking(allowed: &Allowed, plan: &Plan, approval: &Approval) -> Vec<Offer> {
    if !offers(allowed, plan, Act::ApprovalMark) {
        return Vec::new();
    }
    let address = paths::plan::APPROVAL_UNMARKING.at(plan.association, approval.id);
    Offers::of(allowed, approval)
        .button(Act::ApprovalUnmark, address, "")
        .list()
}

/// Why whoever may answer cannot do so now.
fn refusal(allowed: &Allowed, plan: &Plan, approval: &Approval) -> Option<String> {
    let act = Act::ApprovalAnswer;
    if let Err(why) = acts::rests(plan, approval) {
        return allowed.may(act).then(|| why.explain());
    }
    let stuck = match approval.open(act) {
        true if rules::answerable(plan.state) => return None,
        true => store::closed(plan),
        false => store::closed(approval),
    };
    let sentence = Stopped::from(stuck).explain();
    sentence.filter(|_| allowed.may(act))
}

/// Since when it waits and until when the department has.
fn asked(app: &App, approval: &Approval) -> String {
    let Some(on) = approval.requested_on else {
        return "尚未报请".to_owned();
    };
    if approval.state.waits_for_sending() {
        return format!("{on}报请；方案正由业务主管单位修改，重新报送后再办理");
    }
    let days = app.scheme.campaign.parameters.prior_approval_sla_workdays;
    let until = rules::workdays_after(&app.scheme.campaign, on, days);
    format!("{on}报请，应于{until}前（{days}个工作日内）答复")
}

/// What the form said, each waiting for the proof that nothing failed.
struct Typed {
    verdict: Slot<Verdict>,
    number: Slot<String>,
    date: Slot<NaiveDate>,
    opinion: Slot<Option<String>>,
    conditions: Slot<Option<String>>,
    expires: Slot<Option<NaiveDate>>,
}

fn read(form: &mut Form, today: NaiveDate) -> Typed {
    let chosen = Verdict::from_key(&form.value("verdict"));
    let typed = Typed {
        verdict: form
            .word("verdict", "审批结果")
            .required("请选择审批结果。"),
        number: NUMBER.read(form),
        date: DATE.read_past(form, today),
        opinion: OPINION.if_filled(form),
        conditions: CONDITIONS.if_filled(form),
        expires: form
            .date("expires_on", "有效期至")
            .check(|day| *day >= today, "有效期不能早于今天。")
            .optional(),
    };
    let blank = |ask: Ask<String>| form.value(ask.name).trim().is_empty();
    let (no_opinion, no_conditions) = (blank(OPINION), blank(CONDITIONS));
    let mut fail = |ask: Ask<String>, message| form.fail(ask.name, ask.label, message);
    match chosen {
        Some(Verdict::OnConditions) if no_conditions => {
            fail(CONDITIONS, "附条件同意的，请写明条件。");
        }
        Some(Verdict::Refuse) if no_opinion => fail(OPINION, "不同意的，请写明理由。"),
        _ => {}
    }
    if !no_conditions && chosen.is_some_and(|verdict| verdict != Verdict::OnConditions) {
        fail(CONDITIONS, "写了条件的，请选择“附条件同意”。");
    }
    typed
}

impl Typed {
    fn answer(self, clean: &Clean) -> Answered {
        Answered {
            verdict: self.verdict.take(clean),
            document_number: self.number.take(clean),
            document_date: self.date.take(clean),
            opinion: self.opinion.take(clean),
            conditions: self.conditions.take(clean),
            expires_on: self.expires.take(clean),
        }
    }
}

/// Asks for all prior approvals at once.
pub async fn request(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let act = Act::ApprovalRequest;
    let run = async |write, _, seen| acts::request_approvals(write, id, seen, act).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Marks all that are to be asked for with the next submission.
pub async fn mark(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let act = Act::ApprovalMark;
    let run = async |write, _, seen| acts::request_approvals(write, id, seen, act).await;
    allowed.act::<ShowPage, _, _>(&app, form, run).await
}

/// Takes the mark from one.
pub async fn unmark(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let at = at(&allowed)?;
    let run = async |write, _, seen| acts::unmark(write, at, seen).await;
    allowed.act::<AnswerPage, _, _>(&app, form, run).await
}

/// Answers the approval.
pub async fn answer(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let typed = read(&mut form, app.clock.today());
    let run = async |write, clean, seen| {
        acts::answer_approval(write, at, seen, &typed.answer(&clean)).await
    };
    let landing = paths::plan::WAITING_APPROVALS.to_string();
    allowed
        .act_and_go::<AnswerPage, _, _>(&app, form, landing, run)
        .await
}

/// The department takes its approval back.
pub async fn withdraw(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let reason = WITHDRAWAL.read(&mut form);
    let run = async |write: Write, clean, seen| {
        acts::withdraw_approval(write, at, seen, &reason.take(&clean)).await
    };
    allowed.act::<AnswerPage, _, _>(&app, form, run).await
}

/// The office's head lets the plan stand.
pub async fn settle(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let reason = SETTLEMENT.read(&mut form);
    let run = async |write: Write, clean, seen| {
        acts::settle_withdrawal(write, at, seen, &reason.take(&clean)).await
    };
    allowed.act::<AnswerPage, _, _>(&app, form, run).await
}
