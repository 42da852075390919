//! Comments on an association's record.

use crate::access::acts::Act;
use crate::access::facts::Facts;
use crate::access::roles::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, allow_if};

pub(super) fn comments(actor: &Actor, act: Act, _facts: &Facts) -> Decision {
    match act {
        Act::CommentRead => allow_if(
            !matches!(actor.role(), Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        _ => Decision::Deny(NOT_FOR_ROLE),
    }
}
