//! What the rows of the desk are called and where each is done: one place for all kinds.
//! A kind that a machine brings anew is called by its act until it stands here.

use crate::access::{Act, Actor, Case as _, Facts, Role};
use crate::activities::store::Activity;
use crate::corrections::store::Correction;
use crate::exits::store::Exit;
use crate::holdings::rules::Register;
use crate::holdings::rules::book::Entry;
use crate::ids::{AssociationId, DepartmentId};
use crate::oversight::store::Docket;
use crate::paths;
use crate::plan::approvals::rules::{Approval, title as of_approval};
use crate::plan::changes::store::Change;
use crate::plan::conditions::store::Condition;
use crate::plan::notices::store::Notice;
use crate::plan::store::Plan;
use crate::posts::rules::Step;
use crate::progress::rules::Item;
use crate::registrations::rules::Kind as Registered;
use crate::roster::rules::requests::Change as Amended;
use crate::roster::store::requests::Request;
use crate::scheme::Scheme;
use crate::survey::store::Survey;
use crate::timeline::rules::reminders::NOTICE;
use crate::timeline::store::orders::Order;
use crate::web::guide;
use crate::workgroups::rules::Part;

use super::rules::{EXTENSION, NOTICE_DUE, POST, RECOMMENDATION, TIE};
use super::store::reading::Lying;

/// An item of a row of a checklist: its measure and its key.
type Open<'l> = (&'l str, &'l str);

impl Lying {
    /// The act.
    #[must_use]
    pub fn act(&self) -> Option<Act> {
        Act::from_name(&self.act)
    }

    /// A notice of reminders or a 督办单: what presses is not itself pressed for.
    #[must_use]
    pub fn is_letter(&self) -> bool {
        matches!(self.kind.as_str(), NOTICE | Order::KIND)
    }

    /// What leads to where it is done: 去补正, 去签发.
    #[must_use]
    pub fn go(&self) -> &'static str {
        let Some(act) = self.act() else {
            return "去办理";
        };
        match (act, self.note()) {
            (Act::SurveySave | Act::PlanSave | Act::RosterSave, "returned") => "去补正",
            (Act::SurveySave | Act::RosterSave | Act::WorkgroupSave, _) => "去填报",
            (Act::PlanSave, _) => "去编制",
            (
                Act::SurveySubmit
                | Act::PlanSubmit
                | Act::RosterSubmit
                | Act::ItemReport
                | Act::HoldingsSubmit
                | Act::WorkgroupReport
                | Act::ActivityApprove
                | Act::DocketSign
                | Act::OrderSign,
                _,
            ) => "去签发",
            (Act::ItemVerify | Act::ItemAccept, _) => "去核实",
            (Act::SurveyReturn | Act::SurveyConfirm | Act::PlanCheck, _) => "去审核",
            (
                Act::PlanApprove
                | Act::ApprovalAnswer
                | Act::ChangeApprove
                | Act::ExtensionDecide
                | Act::RosterApprove,
                _,
            ) => "去审批",
            (Act::NoticeSign | Act::ReminderAcknowledge | Act::OrderAcknowledge, _) => "去签收",
            _ => "去办理",
        }
    }

    fn note(&self) -> &str {
        self.note.as_deref().unwrap_or_default()
    }

    /// The items of a checklist that lie in these hands, the earliest first: of reported
    /// ones those that the role verifies.
    fn items<'l>(&'l self, scheme: &Scheme) -> Vec<Open<'l>> {
        let all = self.note().split(' ');
        let all = all.filter_map(|each| each.split_once('/'));
        if self.act() != Some(Act::ItemVerify) || self.role == Role::OfficeClerk {
            return all.collect();
        }
        let own = all.filter(|(measure, _)| {
            let measure = scheme.measure(measure);
            measure.is_some_and(|known| known.verify.iter().any(|code| code == self.role.code()))
        });
        own.collect()
    }

    /// Whether an item of a checklist is among them.
    #[must_use]
    pub fn holds_item(&self, id: &str) -> bool {
        let mut all = self
            .note()
            .split(' ')
            .filter_map(|each| each.split_once('/'));
        all.any(|(_, item)| item == id)
    }

    /// What is to be done, in words.
    #[must_use]
    pub fn title(&self, scheme: &Scheme) -> String {
        let note = self.note();
        let Some(act) = self.act() else {
            return self.act.clone();
        };
        match (self.kind.as_str(), act) {
            (Item::KIND, act) => self.checklist(scheme, act),
            (Approval::KIND, Act::ApprovalRequest) => {
                format!("报请审批：{}", of_approval(scheme, note))
            }
            (Approval::KIND, Act::ApprovalAnswer) => {
                format!("出具审批意见：{}", of_approval(scheme, note))
            }
            (Approval::KIND, Act::WithdrawalSettle) => {
                format!("处理撤回的审批：{}", of_approval(scheme, note))
            }
            (Change::KIND, _) => format!("批准第{note}次方案变更"),
            (Condition::KIND, Act::ConditionReport) => format!("落实批复条件：{note}"),
            (Condition::KIND, Act::ConditionConfirm) => format!("确认批复条件的落实：{note}"),
            (Notice::KIND, Act::NoticeSign) => format!("签收通报（{note}）"),
            (Notice::KIND, Act::NoticeAnswer) => format!("回复通报（{note}）"),
            (EXTENSION, _) => format!("决定{}", scheme.spelled(note)),
            (Entry::KIND, act) => of_register(act, note),
            (Request::KIND, Act::AmendmentSave) => of_request("填写", note),
            (Request::KIND, Act::AmendmentPropose) => of_request("报送", note),
            (Request::KIND, Act::RosterAmend) => of_request("决定", note),
            (Activity::KIND, act) => format!("{}：{note}", of_activity(act)),
            (Order::KIND, Act::OrderSign) => "签发督办单（拟稿）".to_owned(),
            (Order::KIND, Act::OrderAcknowledge) => format!("签收督办单{note}并报告办理情况"),
            (Order::KIND, Act::OrderAnswer) => format!("报告督办单{note}的办理情况"),
            (Order::KIND, Act::OrderClose) => format!("审核办理情况、办结督办单{note}"),
            (NOTICE, _) => format!("签收催办通知，{note}项"),
            (Docket::KIND, act) => of_docket(scheme, act, note),
            (POST, act) => of_post(act, note),
            (part, act) if scheme_task(scheme, part).is_some() => {
                let (code, text) = scheme_task(scheme, part).unwrap_or_default();
                of_task(act, &format!("{text}（{code}）"), note)
            }
            (kind, act) => plain(kind, act, note)
                .unwrap_or_else(|| act.label())
                .to_owned(),
        }
    }

    /// What civil affairs verifies by entering its result on the register.
    fn registers(&self, measure: &str) -> bool {
        let verifies = self.act() == Some(Act::ItemVerify) && self.count == 1;
        verifies && Registered::of_measure(measure).is_some()
    }

    fn checklist(&self, scheme: &Scheme, act: Act) -> String {
        let only = self.items(scheme);
        let registers = matches!(only.as_slice(), [(measure, _)] if self.registers(measure));
        let verb = match act {
            _ if registers => "登记结果、核实",
            Act::ItemSave => "办理",
            Act::ItemReport => "审签并报告办结",
            Act::ItemVerify => "核实",
            Act::ItemAccept => "验收销号",
            Act::ItemExempt => "决定依法保留",
            act => act.label(),
        };
        let items = self.items(scheme);
        let Some((measure, _)) = items.first() else {
            return format!("{verb}清单事项（{}项）", self.count);
        };
        let text = scheme.called(measure).unwrap_or_default();
        match self.count {
            1 => format!("{verb}“{text}”（{measure}）"),
            count => format!("{verb}“{text}”（{measure}）等{count}项"),
        }
    }

    /// Where this reader finds it: where it is done, or as near to that as is theirs to open.
    #[must_use]
    pub fn href_for(&self, scheme: &Scheme, actor: &Actor) -> String {
        let (href, own) = (self.href(scheme), actor.department().0);
        if self.department == own && self.role == actor.role() {
            return href;
        }
        let facts = Facts {
            association: self.association.map(AssociationId),
            unit: Some(DepartmentId(self.unit)),
            // A unit that is told of what another one is responsible for has a tie to it.
            linked: actor.role().is_unit() && self.unit != own,
            ..Facts::default()
        };
        guide::led_to(&href, (actor, &facts)).unwrap_or_else(|| match self.association {
            Some(association) => paths::registry::ASSOCIATION.at(association),
            None => paths::dashboard::WORKBENCH.to_string(),
        })
    }

    /// Where it is done.
    #[must_use]
    pub fn href(&self, scheme: &Scheme) -> String {
        let own = self.association.unwrap_or(self.case);
        let note = self.note();
        let part = self.part.as_deref().unwrap_or_default();
        match self.kind.as_str() {
            Survey::KIND | "survey_start" => paths::survey::SURVEY.at(own),
            "scope" if self.act() == Some(Act::ScopePropose) => {
                paths::registry::SCOPE_PROPOSAL.at(own)
            }
            "scope" => paths::registry::SCOPE.at(own),
            Plan::KIND | "plan_start" | Change::KIND => paths::plan::PLAN.at(own),
            Approval::KIND if self.act() == Some(Act::ApprovalRequest) => paths::plan::PLAN.at(own),
            Approval::KIND => paths::plan::APPROVAL.at(own, self.case),
            Condition::KIND => paths::plan::CONDITION.at(own, self.case),
            Notice::KIND | NOTICE_DUE => paths::plan::NOTICES.at(own),
            TIE => paths::registry::TIE.at(own, self.case),
            Item::KIND => match self.items(scheme).as_slice() {
                [(measure, _)] if self.registers(measure) => {
                    paths::registrations::REGISTRATIONS.at(own)
                }
                [(_, only)] if self.count == 1 => paths::progress::ITEM.at(own, only),
                _ => paths::progress::PROGRESS.at(own),
            },
            EXTENSION => paths::progress::EXTENSION.at(own, part),
            "revision" => paths::progress::REVISION.at(own),
            Entry::KIND if self.act() == Some(Act::HoldingsSubmit) => {
                paths::holdings::ASSETS.at(own)
            }
            Entry::KIND => paths::holdings::ASSET.at(own, note, part),
            Exit::KIND => paths::exits::EXIT.at(own),
            Request::KIND => paths::exits::LISTING.at(own),
            "amendment" => paths::exits::NEW_AMENDMENT.to_string(),
            Activity::KIND => paths::activities::ACTIVITY.at(own, self.case),
            Correction::KIND => paths::corrections::CORRECTIONS.to_string(),
            "founding" => paths::posts::FOUNDING.at(own),
            "entry" => paths::registry::CORRECTION.at(own),
            POST => paths::posts::POST.at(own, self.case),
            "post_register" => paths::posts::POSTS.at(own),
            RECOMMENDATION if self.act() == Some(Act::RosterPublish) => {
                paths::roster::PUBLICATION.to_string()
            }
            RECOMMENDATION => paths::roster::RECOMMENDATIONS.at(self.unit),
            "objection" => paths::roster::OBJECTIONS.to_string(),
            "nil_report" if self.act() == Some(Act::AssociationCreate) => {
                paths::registry::NEW_ASSOCIATION.to_string()
            }
            "nil_report" => paths::survey::NIL_REPORTS.to_string(),
            Order::KIND => paths::timeline::ORDER.at(self.case),
            NOTICE => paths::timeline::REMINDER.at(self.case),
            Docket::KIND => paths::oversight::DOCKET.at(self.case),
            part if Part::from_key(part).is_some() => paths::workgroups::WORKGROUP.at(self.unit),
            _ => paths::registry::ASSOCIATION.at(own),
        }
    }
}

/// The task that asks for a part of the work group's papers: its code and text.
fn scheme_task<'s>(scheme: &'s Scheme, part: &str) -> Option<(&'s str, &'s str)> {
    Part::from_key(part)?;
    let task = scheme
        .timeline
        .tasks
        .iter()
        .find(|task| task.measured == part)?;
    Some((task.code(), task.text.as_str()))
}

/// What the scheme says that is to be done with a docket; `note`: process, state, level, title.
fn of_docket(scheme: &Scheme, act: Act, note: &str) -> String {
    let mut parts = note.splitn(4, ' ');
    let mut next = || parts.next().unwrap_or_default();
    let (process, state, level, title) = (next(), next(), next(), next());
    let step = scheme
        .process(process)
        .and_then(|known| known.step(act.name(), state, level));
    let todo = step.map_or(act.label(), |step| step.todo.as_str());
    format!("{todo}：{title}")
}

fn of_task(act: Act, task: &str, note: &str) -> String {
    match act {
        Act::WorkgroupReport => format!("审签并报送：{task}"),
        Act::WorkgroupNote => format!("阅知：{task}"),
        _ if note == "returned" => format!("补正被退回的材料：{task}"),
        _ => task.to_owned(),
    }
}

fn of_register(act: Act, register: &str) -> String {
    let what = Register::from_key(register).map_or("", Register::label);
    match act {
        Act::HoldingsSubmit => format!("审签并报送{what}"),
        Act::AssetRecord if register == Register::Asset.key() => format!("补正或办理完成{what}"),
        Act::AssetRecord => format!("补正被退回的{what}"),
        _ => format!("审批{what}"),
    }
}

fn of_request(verb: &str, change: &str) -> String {
    let change = Amended::from_key(change).map_or("", Amended::label);
    format!("{verb}名单调整申请：{change}")
}

const fn of_activity(act: Act) -> &'static str {
    match act {
        Act::ActivityApprove => "审签重大业务活动",
        Act::ActivitySave => "补正被退回的重大业务活动",
        Act::ActivityAllow => "同意重大业务活动",
        Act::ActivityFinish => "登记重大业务活动结果",
        act => act.label(),
    }
}

/// Of whom it is stands in the register; no names here.
fn of_post(act: Act, note: &str) -> String {
    let (number, steps) = note.split_once(' ').unwrap_or((note, ""));
    let mut steps: Vec<&str> = steps.split(' ').filter_map(Step::label_of).collect();
    if steps.is_empty() {
        steps.push(act.label());
    }
    format!("{}（台账人员第{number}号）", steps.join("、"))
}

/// What is said of a matter's state alone.
fn plain(kind: &str, act: Act, state: &str) -> Option<&'static str> {
    Some(match (kind, act, state) {
        (Survey::KIND, Act::SurveySave, "returned") => "补正被退回的摸底调查",
        (Survey::KIND, Act::SurveySave, "reopened") => "填报重新打开的摸底调查",
        (Survey::KIND, Act::SurveySave, _) => "继续填报摸底调查",
        (Survey::KIND, Act::SurveySubmit, _) => "审签并报送摸底调查",
        (Survey::KIND, Act::SurveyReturn, _) => "审核摸底调查",
        (Survey::KIND, Act::SurveyConfirm, _) => "确认摸底调查",
        ("entry", ..) => "补充登记信息",
        ("survey_start", ..) => "开始填报摸底调查",
        ("scope", Act::ScopePropose, _) => "提出脱钩范围认定建议",
        ("scope", ..) => "认定脱钩范围",
        ("plan_start", ..) => "开始起草实施方案",
        (Plan::KIND, Act::PlanSave, "returned") => "补正被退回的实施方案",
        (Plan::KIND, Act::PlanSave, _) => "编制实施方案",
        (Plan::KIND, Act::PlanSubmit, _) => "报送实施方案",
        (Plan::KIND, Act::PlanCheck, _) => "受理实施方案",
        (Plan::KIND, Act::PlanApprove, _) => "审批实施方案",
        (Plan::KIND, Act::PlanBegin, _) => "启动实施",
        (TIE, ..) => "终止与协会的关系，登记终止日期和文件",
        (NOTICE_DUE, ..) => "向有关部门发出终止关系通报",
        ("revision", ..) => "按新版摸底调查调整清单",
        (Exit::KIND, Act::ExitPropose, _) => "报送协会退出建议",
        (Exit::KIND, Act::ExitDecide, _) => "决定协会退出",
        (Exit::KIND, Act::ExitSave, _) => "补正未获同意的退出建议",
        ("amendment", ..) => "名单增补：涉及财政拨款",
        ("founding", _, "failing") => "新设立协会：督促整改不符合项",
        ("founding", ..) => "新设立协会：核查",
        ("post_register", ..) => "核对并报送任职清理台账",
        (RECOMMENDATION, Act::RosterSave, "returned") => "补正被退回的推荐名单",
        (RECOMMENDATION, Act::RosterSave, _) => "填写推荐名单",
        (RECOMMENDATION, Act::RosterSubmit, _) => "审签并报送推荐名单",
        (RECOMMENDATION, Act::RosterReturn, _) => "审核推荐名单",
        (RECOMMENDATION, Act::RosterApprove, _) => "审定推荐名单",
        (RECOMMENDATION, Act::RosterPublish, _) => "发布脱钩名单",
        (Correction::KIND, ..) => "答复更正申请",
        ("objection", ..) => "答复对名单的异议",
        ("nil_report", Act::AssociationCreate, _) => "登记主管的协会",
        ("nil_report", ..) => "摸底调查零报告",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
