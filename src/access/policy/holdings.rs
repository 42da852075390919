//! Registers of functions, purchases, assets, appropriations and rooms (scheme 三(二), 三(三)).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, ONLY_LEADER, allow_if};

acts! {
    /// 职能、资产、办公用房台账 (scheme 三(二), 三(三)).
    Holdings {
        HoldingsRead = "holdings.read", "查看职能台账";
        AssetsRead = "assets.read", "查看资产财务台账";
        AssetsSurvey = "assets.survey", "查看资产财务统计";
        FunctionRecord = "function.record", "登记职能办理情况", done "办理情况已登记。", edit;
        OwnershipDetermine = "asset.ownership", "登记权属界定", done "权属界定已登记。", edit;
        AssetRecord = "asset.record", "登记资产财务办理情况", done "办理情况已登记。", edit;
        HoldingsSubmit = "holdings.submit", "报送资产财务事项", done "已报送财政局、机关事务管理局。", decision after [FunctionRecord, OwnershipDetermine, AssetRecord];
        DispositionApprove = "disposition.approve", "批准资产处置", done "资产处置已批准。", decision after [AssetRecord, HoldingsSubmit];
        AppropriationSettle = "appropriation.settle", "核实拨款处理", done "拨款处理已核实。", decision after [AssetRecord, HoldingsSubmit];
        RoomAccept = "room.accept", "验收办公用房", done "办公用房已验收。", decision after [AssetRecord, HoldingsSubmit];
        DelayApprove = "delay.approve", "批准延期腾退", done "延期腾退已批准。", decision after [AssetRecord, HoldingsSubmit];
        HoldingsReturn = "holdings.return", "退回资产财务事项", done "已退回业务主管单位。", decision after [AssetRecord, HoldingsSubmit];
    }
}

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
