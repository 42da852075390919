//! Register, ties and scope (scheme 二; domain 3).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, allow_if, decided_by_office};

acts! {
    /// 协会台账 (scheme 二; domain 3).
    Registry {
        RegistryList = "registry.list", "查看协会台账";
        AssociationRead = "association.read", "查看协会";
        HistoryRead = "history.read", "查看办理历史";
        AssociationCreate = "association.create", "登记协会", done "协会已登入台账。", free "there was nothing before";
        AssociationCorrect = "association.correct", "更正登记信息", done "登记信息已更正。", edit;
        TieAdd = "tie.add", "登记关系", done "关系已登记。", free "one more beside the others";
        TieEnd = "tie.end", "终止关系", done "关系已终止。", decision alone "what the document says";
        ScopePropose = "scope.propose", "提出范围认定建议", done "认定建议已报脱钩办。", decision alone "it is prepared itself, and decided by the office's head";
        ScopeDecide = "scope.decide", "认定脱钩范围", done "范围认定已作出。", decision after [ScopePropose];
        UnitChange = "unit.change", "变更业务主管单位", done "业务主管单位已变更，待办事项已移交。", decision alone "the document comes from outside";
        FoundingRead = "founding.read", "查看新设立核查";
        FoundingSave = "founding.save", "新设立核查", done "核查结果已保存。", edit alone "civil affairs' own check";
    }
}

pub(super) fn registry(actor: &Actor, act: Registry, facts: &Facts) -> Decision {
    let role = actor.role();
    let keeps = role == Role::CivilReg || (role == Role::UnitClerk && facts.own_unit(actor));
    match act {
        Registry::RegistryList => allow_if(
            !matches!(role, Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        Registry::AssociationCreate => allow_if(
            matches!(role, Role::CivilReg | Role::UnitClerk),
            "只有业务主管单位经办人和登记管理机关经办人可以登记协会。",
        ),
        Registry::AssociationCorrect => allow_if(keeps || role == Role::OfficeClerk, ONLY_CLERK),
        Registry::TieAdd => allow_if(
            role.is_unit() && facts.own_unit(actor),
            "只有业务主管单位可以登记关系。",
        ),
        // T1-01: whose tie it is ends it (DN-1).
        Registry::TieEnd => allow_if(
            role == Role::OfficeClerk || facts.linked || facts.own_unit(actor),
            "关系由建立关系的机关终止；该机关没有账号的，由脱钩办经办人登记。",
        ),
        Registry::ScopePropose => {
            allow_if(role == Role::UnitClerk && facts.own_unit(actor), ONLY_CLERK)
        }
        // TC-62: the certificate is civil affairs'; the office's head may put it on record.
        Registry::UnitChange => allow_if(
            matches!(role, Role::CivilReg | Role::OfficeLeader),
            "只有民政局登记经办人和脱钩办负责人可以变更业务主管单位。",
        ),
        Registry::FoundingSave => allow_if(
            role == Role::CivilReg,
            "只有民政局登记经办人可以作新设立核查。",
        ),
        Registry::ScopeDecide => decided_by_office(actor, facts),
        Registry::AssociationRead | Registry::HistoryRead | Registry::FoundingRead => {
            Decision::Allow
        }
    }
}
