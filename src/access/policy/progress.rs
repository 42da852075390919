//! 五分离清单 (scheme 三; domain 7).

use crate::access::acts::{Act, acts};
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, ONLY_CLERK, ONLY_LEADER, PLAN_ENDED, allow_if, decided_by_office};

acts! {
    /// 五分离清单 (scheme 三; domain 7).
    Progress {
        ProgressRead = "progress.read", "查看五分离清单";
        ItemSave = "item.save", "填报办理情况", done "办理情况已保存。", edit;
        EvidenceAttach = "evidence.attach", "登记证明材料", done "证明材料已登记。", edit;
        EvidenceDetach = "evidence.detach", "撤下证明材料", done "证明材料已撤下。", edit;
        EvidenceRead = "evidence.read", "查看证明材料";
        ItemPass = "item.pass", "送单位负责人签发", done "已送单位负责人签发。", decision alone "hands on, decides nothing";
        ItemBack = "item.back", "退回修改", done "已退回经办人修改。", decision alone "gives back, decides nothing";
        ItemReport = "item.report", "报告办结", done "已报告办结，待职能部门核实。", decision after [ItemSave, EvidenceAttach, ItemPass];
        ItemRecall = "item.recall", "取回事项", done "已取回，可以修改后重新报告办结。", decision alone "takes back the unit's own";
        ItemVerify = "item.verify", "核实", done "已核实。", decision after [ItemSave, EvidenceAttach, ItemPass, ItemReport];
        ItemReturn = "item.return", "退回事项", done "事项已退回。", decision after [ItemSave, EvidenceAttach, ItemPass, ItemReport];
        ExtensionAsk = "extension.ask", "申请延期", done "延期申请已报有关部门。", decision alone "the leader writes and signs";
        ExtensionDecide = "extension.decide", "决定延期", done "延期申请已决定。", decision after [ExtensionAsk];
        ItemAccept = "item.accept", "验收销号", done "已验收销号。", decision after [ItemSave, EvidenceAttach, ItemPass, ItemVerify, ItemReport, ExemptionAsk];
        ExemptionAsk = "exemption.ask", "申请依法保留", done "依法保留申请已报脱钩办。", decision after [ItemSave, EvidenceAttach];
        ItemRelapse = "item.relapse", "重新打开事项", done "事项已重新打开。", decision alone "comes with an entry of the register";
        ItemFollow = "item.follow", "按登记台账办理", done "事项已按登记台账办理。", decision alone "comes with an entry of the register";
        ItemExempt = "item.exempt", "同意依法保留", done "已同意依法保留。", decision after [ItemSave, EvidenceAttach, ItemPass, ItemVerify, ItemReport, ExemptionAsk];
        RevisionApply = "revision.apply", "按新版摸底调整清单", done "五分离清单已按新版摸底调查调整。", decision alone "carries out what was confirmed";
    }
}

pub(super) fn progress(actor: &Actor, act: Progress, facts: &Facts) -> Decision {
    if facts.plan_ended && Act::from(act).writes() {
        return Decision::Deny(PLAN_ENDED);
    }
    let role = actor.role();
    let clerk = role == Role::UnitClerk && facts.own_unit(actor);
    let leader = role == Role::UnitLeader && facts.own_unit(actor);
    let answerable = facts.verifiers.iter().any(|code| code == role.code());
    match act {
        // A relapse comes with the clerk's own entry on the register of posts (PE-18).
        Progress::ItemSave
        | Progress::ItemPass
        | Progress::EvidenceDetach
        | Progress::ItemRelapse => allow_if(clerk, ONLY_CLERK),
        // What civil affairs and the auditor enter on their registers fills the item (DN-2).
        Progress::ItemFollow => allow_if(
            matches!(role, Role::CivilReg | Role::CivilLeader | Role::Audit),
            "该事项随登记台账办理。",
        ),
        // Domain 2.1: of an item about a person, names and papers are not everybody's.
        Progress::EvidenceRead => allow_if(
            !facts.personal || facts.unit.is_some_and(|unit| actor.reads_persons_of(unit)),
            "该事项的证明材料涉及个人信息，您当前的身份不能查看。",
        ),
        Progress::EvidenceAttach => allow_if(
            clerk || role == Role::Association,
            "只有业务主管单位经办人和协会可以登记证明材料。",
        ),
        Progress::ItemReport
        | Progress::ItemBack
        | Progress::ItemRecall
        | Progress::ExemptionAsk
        | Progress::ExtensionAsk => allow_if(leader, ONLY_LEADER),
        Progress::ItemVerify => allow_if(
            answerable || role == Role::OfficeClerk,
            "只有该事项的职能部门和脱钩办经办人可以核实。",
        ),
        Progress::ItemReturn => allow_if(
            answerable || role.is_office(),
            "只有该事项的职能部门和脱钩办可以退回。",
        ),
        Progress::RevisionApply => allow_if(
            leader || role == Role::OfficeLeader,
            "只有该协会业务主管单位的负责人和脱钩办负责人可以调整清单。",
        ),
        // PL-14: only the department that answers for the item moves its date.
        Progress::ExtensionDecide => allow_if(
            answerable && !role.is_office(),
            "只有该事项的职能部门可以决定延期。",
        ),
        Progress::ItemAccept | Progress::ItemExempt => decided_by_office(actor, facts),
        Progress::ProgressRead => Decision::Allow,
    }
}
