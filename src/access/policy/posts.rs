//! 任职清理 (scheme 三(四); domain 8).

use crate::access::acts::Act;
use crate::access::facts::Facts;
use crate::access::roles::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, allow_if};

pub(super) fn posts(actor: &Actor, act: Act, _facts: &Facts) -> Decision {
    match act {
        Act::PostsRead => allow_if(
            !matches!(actor.role(), Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        _ => Decision::Deny(ONLY_CLERK),
    }
}
