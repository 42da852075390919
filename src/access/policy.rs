//! Every permission of the system: `decide` (domain 2.2, invariants (a)–(e)).
//!
//! It knows who and on what, never when: states are the rooms' `rules`. What a
//! person may not know of is hidden (404); what they may see but not do is
//! refused with the reason (403). docs/permissions.md is written from here.

mod activities;
mod administration;
mod archive;
mod closing;
mod comments;
mod corrections;
mod dockets;
mod everybody;
mod exits;
mod files;
mod findings;
mod holdings;
mod imports;
mod overview;
mod plan;
mod posts;
mod progress;
mod registrations;
mod registry;
mod roster;
mod settings;
mod signatures;
mod signing;
mod survey;
mod timeline;
mod workgroups;

pub use activities::Activities;
pub use administration::Administration;
pub use archive::Archive;
pub use closing::Closing;
pub use comments::Comments;
pub use corrections::Corrections;
pub use dockets::Dockets;
pub use everybody::Everybody;
pub use exits::Exits;
pub use files::Files;
pub use findings::Findings;
pub use holdings::Holdings;
pub use imports::Imports;
pub use overview::Overview;
pub use plan::Plan;
pub use posts::Posts;
pub use progress::Progress;
pub use registrations::Registrations;
pub use registry::Registry;
pub use roster::Roster;
pub use settings::Settings;
pub use signatures::Signatures;
pub use signing::Signing;
pub use survey::Survey;
pub use timeline::{Reminders, Timeline};
pub use workgroups::Workgroups;

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
    // T1-01: whose tie it is ends it, as long as the association takes part.
    let own_tie = act == Act::TieEnd;
    if facts.only_linked(actor) && !for_linked && !own_tie {
        return Decision::Deny(NOT_FOR_LINKED);
    }
    if let Some(why) = facts.own_draft(act) {
        return Decision::Deny(why);
    }
    // What is left of an association that has left is its file.
    let archived = act == Act::ArchiveTake;
    if facts.exited && act.writes() && !for_linked && !archived {
        return Decision::Deny(EXITED);
    }
    match act {
        // One's own work, password and session: whoever has an account.
        Act::Everybody(_) => Decision::Allow,
        Act::Administration(act) => administration::administration(actor.role(), act),
        Act::Settings(act) => settings::settings(actor, act),
        Act::Workgroups(act) => workgroups::workgroups(actor, act, facts),
        Act::Registry(act) => registry::registry(actor, act, facts),
        Act::Comments(act) => comments::comments(actor, act, facts),
        Act::Corrections(act) => corrections::corrections(actor, act, facts),
        Act::Survey(act) => survey::survey(actor, act, facts),
        Act::Roster(act) => roster::roster(actor, act, facts),
        Act::Plan(act) => plan::plan(actor, act, facts),
        Act::Holdings(act) => holdings::holdings(actor, act, facts),
        Act::Posts(act) => posts::posts(actor, act, facts),
        Act::Registrations(act) => registrations::registrations(actor, act, facts),
        Act::Findings(act) => findings::findings(actor, act, facts),
        Act::Progress(act) => progress::progress(actor, act, facts),
        Act::Dockets(act) => dockets::dockets(actor, act, facts),
        Act::Files(act) => files::files(actor, act, facts),
        Act::Closing(act) => closing::closing(actor.role(), act),
        Act::Exits(act) => exits::exits(actor, act, facts),
        Act::Activities(act) => activities::activities(actor, act, facts),
        Act::Timeline(act) => timeline::timeline(actor, act),
        Act::Reminders(act) => timeline::reminders(actor, act, facts),
        Act::Signatures(act) => signatures::signatures(act),
        Act::Signing(act) => signing::signing(actor.role(), act),
        Act::Imports(act) => imports::imports(actor.role(), act),
        Act::Archive(act) => archive::archive(actor, act, facts),
        Act::Overview(act) => overview::overview(actor.role(), act),
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
