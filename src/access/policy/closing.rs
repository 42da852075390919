//! What is reported at the end (domain 10.4).

use crate::access::Role;
use crate::access::acts::acts;

use super::{Decision, NOT_FOR_ROLE, allow_if};

acts! {
    /// 总结阶段 (scheme 四·3).
    Closing {
        CompletionRead = "completion.read", "查看完成情况表";
    }
}

/// Domain 2.2, row Completion table: a unit its own, who reads all associations all of it. An
/// association's own row and the superiors' copy come with the signed table.
pub(super) fn closing(role: Role, act: Closing) -> Decision {
    match act {
        Closing::CompletionRead => allow_if(role.is_unit() || role.reads_all(), NOT_FOR_ROLE),
    }
}
