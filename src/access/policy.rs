//! Every permission of the system: `decide` (domain 2.2, invariants (a)–(e)).
//!
//! It knows who and on what, never when: states are the rooms' `rules`. What a
//! person may not know of is hidden (404); what they may see but not do is
//! refused with the reason (403). docs/permissions.md is written from here.

mod activities;
mod comments;
mod exits;
mod files;
mod holdings;
mod plan;
mod posts;
mod progress;
mod registry;
mod roster;
mod settings;
mod survey;
mod timeline;
mod workgroups;

use super::acts::Act;
use super::facts::Facts;
use super::{Actor, Role};

/// The answer to "may this person do this?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allow,
    /// The subject is not theirs to know of: answered like something absent.
    Hide,
    /// No, for this reason.
    Deny(&'static str),
}

const ONLY_CLERK: &str = "只有该协会业务主管单位的经办人可以填报。";
const ONLY_LEADER: &str = "只有该协会业务主管单位的负责人可以报送。";
const ONLY_OFFICE: &str = "只有脱钩办可以办理。";
const ONLY_OFFICE_LEADER: &str = "只有脱钩办负责人可以决定。";
const ONLY_ADMIN: &str = "只有系统管理员可以办理。";
const FOUR_EYES: &str = "您是报送人，或在报送单位任经办人、负责人，须由其他负责人决定。";
const NOT_FOR_LINKED: &str = "您单位与该协会只有联系或挂靠关系，只能查看本单位的关系。";
const PLAN_ENDED: &str = "该协会的实施方案已经终止，方案和事项只供查阅，不再办理。";
const EXITED: &str = "该协会已经退出，材料只供查阅，不再办理。";
const NOT_FOR_ROLE: &str = "您当前的身份不能办理此事项。";

/// May `actor` do `act` on what `facts` describe?
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "a table: every act is named, so that a new one does not compile without a rule"
)]
pub fn decide(actor: &Actor, act: Act, facts: &Facts) -> Decision {
    if !sees(actor, facts) {
        return Decision::Hide;
    }
    let for_linked = matches!(
        act,
        Act::AssociationRead
            | Act::CommentRead
            | Act::CommentWrite
            | Act::CommentWithdraw
            | Act::CommentAcknowledge
            | Act::NoticeRead
            | Act::NoticeSign
            | Act::NoticeAnswer
            // A file has no permission of its own: its matters are asked for theirs.
            | Act::FileRead
            | Act::RemovedFileOpen
    );
    if facts.only_linked(actor) && !for_linked {
        return Decision::Deny(NOT_FOR_LINKED);
    }
    if let Some(why) = facts.own_draft(act) {
        return Decision::Deny(why);
    }
    if facts.exited && act.writes() && !for_linked {
        return Decision::Deny(EXITED);
    }
    match act {
        Act::WorkbenchRead
        | Act::PasswordChange
        | Act::CapacitySwitch
        | Act::SignIn
        | Act::SignInRefused
        | Act::SignOut
        | Act::FormResume
        | Act::AccessRefused => Decision::Allow,
        Act::AccountList
        | Act::AccountCreate
        | Act::AccountChange
        | Act::AccountReset
        | Act::DepartmentList
        | Act::DepartmentCreate
        | Act::DepartmentChange
        | Act::AuditRead => administration(actor.role(), act),
        Act::RegistryList
        | Act::AssociationRead
        | Act::HistoryRead
        | Act::AssociationCreate
        | Act::AssociationCorrect
        | Act::TieAdd
        | Act::TieEnd
        | Act::UnitChange
        | Act::FoundingRead
        | Act::FoundingSave
        | Act::ScopePropose
        | Act::ScopeDecide => registry::registry(actor, act, facts),
        Act::SurveyRead
        | Act::SurveySave
        | Act::SurveyExplain
        | Act::SurveySubmit
        | Act::SurveyReturn
        | Act::SurveyConfirm
        | Act::SurveyReopen
        | Act::NilReport => survey::survey(actor, act, facts),
        Act::RosterRead
        | Act::RosterSave
        | Act::RosterSubmit
        | Act::RosterReturn
        | Act::RosterOverride
        | Act::RosterPreview
        | Act::RosterAmend
        | Act::AmendmentRead
        | Act::AmendmentSave
        | Act::AmendmentAttach
        | Act::AmendmentDetach
        | Act::AmendmentPropose
        | Act::AmendmentRefuse
        | Act::ObjectionRead
        | Act::ObjectionRecord
        | Act::ObjectionAttach
        | Act::ObjectionAnswer
        | Act::RosterApprove
        | Act::RosterPublish => roster::roster(actor, act, facts),
        Act::ApprovalList
        | Act::PlanRead
        | Act::PlanCreate
        | Act::PlanSave
        | Act::ApprovalRequest
        | Act::ApprovalAnswer
        | Act::PlanSubmit
        | Act::PlanCheck
        | Act::PlanReturn
        | Act::PlanApprove
        | Act::PlanVoid
        | Act::PlanSuspend
        | Act::PlanResume
        | Act::ChangeRequest
        | Act::ChangeApprove
        | Act::ChangeReject
        | Act::ConditionReport
        | Act::ConditionConfirm
        | Act::ConditionReturn
        | Act::ApprovalWithdraw
        | Act::WithdrawalSettle
        | Act::NoticeRead
        | Act::NoticeSend
        | Act::NoticeSign
        | Act::NoticeAnswer
        | Act::PlanBegin => plan::plan(actor, act, facts),
        Act::ProgressRead
        | Act::ItemSave
        | Act::EvidenceAttach
        | Act::EvidenceDetach
        | Act::EvidenceRead
        | Act::ItemReport
        | Act::ItemVerify
        | Act::ItemReturn
        | Act::ExtensionAsk
        | Act::ExtensionDecide
        | Act::ItemAccept
        | Act::RevisionApply
        | Act::ItemRelapse
        | Act::ExemptionAsk
        | Act::ItemExempt => progress::progress(actor, act, facts),
        Act::SettingsRead
        | Act::SettingsChange
        | Act::CalendarChange
        | Act::DelegationRead
        | Act::DelegationCreate
        | Act::DelegationEnd => settings::settings(actor, act, facts),
        Act::WorkgroupRead
        | Act::WorkgroupSave
        | Act::WorkgroupReport
        | Act::WorkgroupNote
        | Act::WorkgroupReturn => workgroups::workgroups(actor, act, facts),
        Act::CommentRead | Act::CommentWrite | Act::CommentWithdraw | Act::CommentAcknowledge => {
            comments::comments(actor, act, facts)
        }
        Act::HoldingsRead
        | Act::AssetsRead
        | Act::AssetsSurvey
        | Act::FunctionRecord
        | Act::OwnershipDetermine
        | Act::AssetRecord
        | Act::HoldingsSubmit
        | Act::DispositionApprove
        | Act::AppropriationSettle
        | Act::RoomAccept
        | Act::DelayApprove
        | Act::HoldingsReturn => holdings::holdings(actor, act, facts),
        Act::PostsRead
        | Act::PostsOverview
        | Act::PostRead
        | Act::PostsOpen
        | Act::PostSave
        | Act::PostClear
        | Act::PostAsk
        | Act::PostDecide
        | Act::PostsDeclare
        | Act::PostsReturn => posts::posts(actor, act, facts),
        Act::ExitRead | Act::ExitSave | Act::ExitPropose | Act::ExitRefuse | Act::ExitDecide => {
            exits::exits(actor, act, facts)
        }
        Act::ActivityRead
        | Act::ActivitySave
        | Act::ActivityNote
        | Act::ActivityApprove
        | Act::ActivityReturn
        | Act::ActivityAllow
        | Act::ActivityRefuse
        | Act::ActivityFinish => activities::activities(actor, act, facts),
        Act::TimelineRead | Act::TimelineMove | Act::ChangesRead => {
            timeline::timeline(actor, act, facts)
        }
        Act::ReminderList
        | Act::ReminderSend
        | Act::ReminderRead
        | Act::ReminderAcknowledge
        | Act::OrderRead
        | Act::OrderDraft
        | Act::OrderDiscard
        | Act::OrderSign
        | Act::OrderAcknowledge
        | Act::OrderAnswer
        | Act::OrderReturn
        | Act::OrderClose => timeline::reminders(actor, act, facts),
        Act::FileRead => files::file(actor, facts),
        Act::RemovedFileOpen => files::removed(actor, facts),
        Act::DashboardRead | Act::StatisticsRead | Act::TracksRead => dashboard(actor.role(), act),
    }
}

/// Whether the subject exists for this person at all.
fn sees(actor: &Actor, facts: &Facts) -> bool {
    let role = actor.role();
    let association = facts.association.is_none_or(|association| {
        role.reads_all()
            || facts.own_unit(actor)
            || facts.linked
            || (role == Role::Association && actor.capacity.association == Some(association))
    });
    // A unit's own recommendation: other units' are not theirs to know of.
    let unit = facts.association.is_some()
        || facts
            .unit
            .is_none_or(|unit| !role.is_unit() || unit == actor.department());
    association && unit
}

fn allow_if(condition: bool, otherwise: &'static str) -> Decision {
    if condition {
        Decision::Allow
    } else {
        Decision::Deny(otherwise)
    }
}

fn administration(role: Role, act: Act) -> Decision {
    match act {
        Act::AccountList => allow_if(
            matches!(role, Role::Sysadmin | Role::OfficeLeader),
            ONLY_ADMIN,
        ),
        Act::DepartmentList => allow_if(
            role == Role::Sysadmin || role.is_office() || role == Role::CivilLeader,
            ONLY_ADMIN,
        ),
        // Domain 2.2, last row: OC, OL, CL, SJ, AD.
        Act::AuditRead => allow_if(
            role.is_office() || matches!(role, Role::CivilLeader | Role::Audit | Role::Sysadmin),
            "只有脱钩办、登记管理机关负责人、审计机关和系统管理员可以查看审计记录。",
        ),
        _ => allow_if(role == Role::Sysadmin, ONLY_ADMIN),
    }
}

/// Superiors see figures, not the rows behind them (TC-71).
fn dashboard(role: Role, act: Act) -> Decision {
    let figures_only = role == Role::Superior && act == Act::TracksRead;
    let stranger = matches!(role, Role::Sysadmin | Role::Association);
    allow_if(!figures_only && !stranger, NOT_FOR_ROLE)
}

/// Invariants (b) and (c): the office's head decides, and never on what they
/// submitted or what a unit submitted in which they are clerk or leader (TC-36).
fn decided_by_office(actor: &Actor, facts: &Facts) -> Decision {
    if actor.role() != Role::OfficeLeader {
        return Decision::Deny(ONLY_OFFICE_LEADER);
    }
    let own_submission = facts.submitted_by == Some(actor.account);
    let own_unit = facts.unit.is_some_and(|unit| actor.belongs_to_unit(unit));
    allow_if(!own_submission && !own_unit, FOUR_EYES)
}
