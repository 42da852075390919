//! Registers of functions, purchases, assets, appropriations and rooms (scheme 三(二), 三(三)).

use crate::access::acts::Holdings;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, ONLY_LEADER, allow_if};

pub(super) fn holdings(actor: &Actor, act: Holdings, facts: &Facts) -> Decision {
    let role = actor.role();
    let clerk = role == Role::UnitClerk && facts.own_unit(actor);
    let leader = role == Role::UnitLeader && facts.own_unit(actor);
    match act {
        Holdings::HoldingsRead => allow_if(
            !matches!(role, Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        // Domain 2.2, rows Assets and Office space: not FG, who has the sums of ST-8 and ST-9.
        Holdings::AssetsRead => allow_if(
            !matches!(
                role,
                Role::Sysadmin
                    | Role::Superior
                    | Role::Bianban
                    | Role::OrgDept
                    | Role::Hrss
                    | Role::Ndrc
            ),
            NOT_FOR_ROLE,
        ),
        Holdings::AssetsSurvey => allow_if(
            role.is_office()
                || matches!(
                    role,
                    Role::Finance | Role::Jiguan | Role::Audit | Role::CivilLeader
                ),
            NOT_FOR_ROLE,
        ),
        Holdings::HoldingsSubmit => allow_if(leader, ONLY_LEADER),
        Holdings::DispositionApprove | Holdings::HoldingsReturn => allow_if(
            matches!(role, Role::Finance | Role::Jiguan),
            "只有财政局和机关事务管理局可以审批。",
        ),
        Holdings::AppropriationSettle => {
            allow_if(role == Role::Finance, "只有财政局可以核实拨款处理。")
        }
        Holdings::RoomAccept | Holdings::DelayApprove => allow_if(
            role == Role::Jiguan,
            "只有机关事务管理局可以验收办公用房、批准延期。",
        ),
        Holdings::FunctionRecord | Holdings::OwnershipDetermine | Holdings::AssetRecord => {
            allow_if(clerk, ONLY_CLERK)
        }
    }
}
