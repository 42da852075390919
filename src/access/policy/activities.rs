//! 重大业务活动 (scheme 五(三); MA-1 to MA-3).

use crate::access::acts::Act;
use crate::access::facts::Facts;
use crate::access::roles::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, allow_if};

pub(super) fn activities(actor: &Actor, act: Act, _facts: &Facts) -> Decision {
    match act {
        Act::ActivityRead => allow_if(
            !matches!(actor.role(), Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        _ => Decision::Deny(ONLY_CLERK),
    }
}
