//! 退出: 注销、撤销、合并 (SC-12, TC-40, TC-41).

use crate::access::acts::Act;
use crate::access::facts::Facts;
use crate::access::roles::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, allow_if};

pub(super) fn exits(actor: &Actor, act: Act, _facts: &Facts) -> Decision {
    match act {
        Act::ExitRead => allow_if(
            !matches!(actor.role(), Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        _ => Decision::Deny(NOT_FOR_ROLE),
    }
}
