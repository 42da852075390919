//! Several matters signed by one signature. Whether somebody may sign a matter is asked of its
//! own act, each by itself.

use crate::access::Role;
use crate::access::acts::acts;

use super::{Decision, allow_if};

acts! {
    /// Several matters signed by one signature.
    Signing {
        SigningRead = "signing.read", "查看待签发事项";
        SigningRound = "signing.round", "一次签发多件", done "签发已办理，每件结果如下。", free "each matter carries what was seen of it" alone "each matter is signed by its own act";
    }
}

pub(super) fn signing(role: Role, act: Signing) -> Decision {
    let leader = matches!(
        role,
        Role::UnitLeader | Role::OfficeLeader | Role::CivilLeader
    );
    match act {
        Signing::SigningRead | Signing::SigningRound => {
            allow_if(leader, "只有单位、脱钩办、登记管理机关的负责人可以签发。")
        }
    }
}
