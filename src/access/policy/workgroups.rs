//! 脱钩改革工作组、联络员、风险预案 (scheme 五(二), 六; PH-01 to PH-04).

use crate::access::acts::Act;
use crate::access::facts::Facts;
use crate::access::roles::Actor;

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, allow_if};

pub(super) fn workgroups(actor: &Actor, act: Act, _facts: &Facts) -> Decision {
    let role = actor.role();
    match act {
        Act::WorkgroupRead => allow_if(role.is_unit() || role.reads_all(), NOT_FOR_ROLE),
        _ => Decision::Deny(ONLY_CLERK),
    }
}
