//! Comments on an association's record.

use crate::access::acts::Comments;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_LINKED, NOT_FOR_ROLE, allow_if};

/// Who may see the record reads and writes; a department that knows it only by a
/// tie where it was asked to read (TC-50).
pub(super) fn comments(actor: &Actor, act: Comments, facts: &Facts) -> Decision {
    if facts.only_linked(actor) && !facts.mentioned {
        return Decision::Deny(NOT_FOR_LINKED);
    }
    match act {
        Comments::CommentRead
        | Comments::CommentWrite
        | Comments::CommentWithdraw
        | Comments::CommentAcknowledge => allow_if(
            !matches!(actor.role(), Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
    }
}
