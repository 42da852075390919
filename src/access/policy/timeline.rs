//! 三个阶段的任务、时限与催办 (scheme 四; domain 9).

use crate::access::acts::Act;
use crate::access::facts::Facts;
use crate::access::roles::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE_LEADER, allow_if};

pub(super) fn timeline(actor: &Actor, act: Act, _facts: &Facts) -> Decision {
    match act {
        Act::TimelineRead | Act::ChangesRead => allow_if(
            !matches!(actor.role(), Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        _ => allow_if(actor.role() == Role::OfficeLeader, ONLY_OFFICE_LEADER),
    }
}
