//! 脱钩名单 (scheme 四·1·2; domain 5).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_OFFICE, ONLY_OFFICE_LEADER, allow_if, decided_by_office};

acts! {
    /// 脱钩名单 (scheme 四·1·2; domain 5).
    Roster {
        RosterRead = "roster.read", "查看脱钩名单";
        RecommendList = "roster.units", "查看单位推荐情况表";
        RosterSave = "roster.save", "填写推荐名单", done "推荐名单已保存。", edit;
        RosterSubmit = "roster.submit", "报送推荐名单", done "推荐名单已报送脱钩办。", decision after [RosterSave];
        RecommendRecall = "roster.recall", "取回推荐名单", done "推荐名单已取回，可以修改后重新报送。", decision alone "takes back the unit's own";
        RosterReturn = "roster.return", "退回推荐名单", done "推荐名单已退回。", decision alone "sends back, decides nothing";
        RosterOverride = "roster.override", "例外核减", done "例外核减已记录。", decision alone "the head's own reason";
        RosterApprove = "roster.approve", "审定推荐名单", done "推荐名单已审定。", decision after [RosterSave, RosterSubmit];
        RosterPublish = "roster.publish", "发布脱钩名单", done "脱钩名单已发布。", decision alone "what was decided unit by unit";
        RosterPreview = "roster.preview", "名单试算";
        RosterAmend = "roster.amend", "调整已发布的名单", done "名单已调整，编号已确定。", decision after [AmendmentSave, AmendmentAttach, AmendmentPropose];
        AmendmentRead = "amendment.read", "查看名单调整申请";
        AmendmentSave = "amendment.save", "填写名单调整申请", done "名单调整申请已保存。", edit;
        AmendmentAttach = "amendment.attach", "附材料", done "材料已附在名单调整申请后。", edit;
        AmendmentDetach = "amendment.detach", "撤下材料", done "材料已从名单调整申请撤下。", edit;
        AmendmentPropose = "amendment.propose", "报送名单调整申请", done "名单调整申请已报脱钩办。", decision after [AmendmentSave, AmendmentAttach];
        AmendmentRefuse = "amendment.refuse", "不同意名单调整申请", done "名单调整申请未予同意。", decision after [AmendmentSave, AmendmentAttach, AmendmentPropose];
        ObjectionRead = "objection.read", "查看公示异议";
        ObjectionRecord = "objection.record", "登记公示异议", done "异议已登记。", free "there was nothing before" alone "the objector's words";
        ObjectionAttach = "objection.attach", "附异议材料", done "材料已附在异议后。", edit alone "the objector's papers";
        ObjectionAnswer = "objection.answer", "答复公示异议", done "异议已答复。", decision alone "the objector's words are the other side";
    }
}

pub(super) fn roster(actor: &Actor, act: Roster, facts: &Facts) -> Decision {
    let role = actor.role();
    let own = facts.unit == Some(actor.department());
    match act {
        // Anybody who signs in may read the published list; a unit's recommendation
        // is for the unit and for those who read everything (TC-71).
        Roster::RosterRead => {
            let published = facts.unit.is_none();
            allow_if(
                role != Role::Sysadmin && (published || role.is_unit() || role.reads_all()),
                NOT_FOR_ROLE,
            )
        }
        // A unit takes its own row (TC-71).
        Roster::RecommendList => allow_if(
            role.is_unit() || role.reads_all(),
            "单位推荐情况表由业务主管单位和有关部门使用。",
        ),
        Roster::RosterSave => allow_if(
            role == Role::UnitClerk && own,
            "只有本单位经办人可以填写推荐名单。",
        ),
        Roster::RosterSubmit | Roster::RecommendRecall => allow_if(
            role == Role::UnitLeader && own,
            "只有本单位负责人可以报送、取回推荐名单。",
        ),
        Roster::RosterReturn
        | Roster::RosterPreview
        | Roster::ObjectionRecord
        | Roster::ObjectionAttach
        | Roster::ObjectionAnswer => allow_if(role.is_office(), ONLY_OFFICE),
        // Who objects is not everybody's to know.
        Roster::ObjectionRead => allow_if(
            role.is_office() || matches!(role, Role::CivilReg | Role::CivilLeader | Role::Ndrc),
            NOT_FOR_ROLE,
        ),
        Roster::RosterPublish => allow_if(role == Role::OfficeLeader, ONLY_OFFICE_LEADER),
        Roster::AmendmentRead => allow_if(role.is_unit() || role.reads_all(), NOT_FOR_ROLE),
        // Domain 2.2, published list: the office's clerk prepares, its head decides (LI-9).
        Roster::AmendmentSave | Roster::AmendmentAttach | Roster::AmendmentDetach => allow_if(
            (role == Role::UnitClerk && facts.own_unit(actor)) || role == Role::OfficeClerk,
            "只有该协会业务主管单位的经办人和脱钩办经办人可以填写名单调整申请。",
        ),
        Roster::AmendmentPropose => allow_if(
            (role == Role::UnitLeader && facts.own_unit(actor)) || role == Role::OfficeClerk,
            "只有该协会业务主管单位的负责人和脱钩办经办人可以报送名单调整申请。",
        ),
        Roster::RosterOverride
        | Roster::RosterApprove
        | Roster::RosterAmend
        | Roster::AmendmentRefuse => decided_by_office(actor, facts),
    }
}
