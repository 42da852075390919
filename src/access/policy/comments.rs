//! Comments on an association's record.

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_LINKED, NOT_FOR_ROLE, allow_if};

acts! {
    /// 留言.
    Comments {
        CommentRead = "comment.read", "查看留言";
        CommentWrite = "comment.write", "发表留言", done "留言已发表。", free "a comment decides nothing";
        CommentWithdraw = "comment.withdraw", "撤回留言", done "留言已撤回。", free "one's own words, which nobody else changes";
        CommentAcknowledge = "comment.acknowledge", "签收留言", done "已签收。", free "签收 decides nothing";
    }
}

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
