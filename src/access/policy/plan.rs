//! 一会一方案 (scheme 四·2·1; domain 6).

use crate::access::acts::{Act, acts};
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{
    Decision, NOT_FOR_ROLE, ONLY_CLERK, ONLY_LEADER, ONLY_OFFICE, PLAN_ENDED, allow_if,
    decided_by_office,
};

acts! {
    /// 一会一方案 (scheme 四·2·1; domain 6).
    Plan {
        ApprovalList = "approval.list", "查看待办审批";
        ReplyList = "reply.list", "查看批复登记表";
        PlanRead = "plan.read", "查看实施方案";
        PlanCreate = "plan.create", "编制实施方案", done "实施方案已按摸底情况生成，请逐部分核对补充。", decision alone "made from the confirmed survey";
        PlanSave = "plan.save", "修改实施方案", done "本部分已保存。", edit;
        ApprovalRequest = "approval.request", "报请有关部门批准", done "已报请有关部门批准。", decision alone "asks, decides nothing";
        ApprovalMark = "approval.mark", "标明重新报请", done "已标明，方案重新报送时一并报请有关部门。", decision alone "asks with the next submission, decides nothing";
        ApprovalUnmark = "approval.unmark", "取消重新报请", done "已取消，方案重新报送时不报请本项。", decision alone "takes back the unit's own mark";
        ApprovalAnswer = "approval.answer", "出具审批意见", done "审批意见已出具。", decision after [PlanSave, ApprovalRequest, ApprovalMark, PlanSubmit];
        PlanPass = "plan.pass", "送单位负责人签发", done "实施方案已送单位负责人签发。", decision alone "hands on, decides nothing";
        PlanBack = "plan.back", "退回修改", done "实施方案已退回经办人修改。", decision alone "sends back, decides nothing";
        PlanSubmit = "plan.submit", "报送实施方案", done "实施方案已报送脱钩办。", decision after [PlanCreate, PlanSave];
        PlanRecall = "plan.recall", "取回实施方案", done "实施方案已取回，可以修改后重新报送。", decision alone "takes back the unit's own";
        PlanCheck = "plan.check", "受理实施方案", done "实施方案已受理，转负责人审批。", decision alone "looks whether all is there, decides nothing";
        PlanMark = "plan.mark", "审查实施方案", done "审查意见已保存，退回时一并告知业务主管单位。", decision alone "keeps the office's own notes, decides nothing";
        PlanReturn = "plan.return", "退回实施方案", done "实施方案已退回补正。", decision alone "sends back, decides nothing";
        PlanApprove = "plan.approve", "批复实施方案", done "已批复，文号已编定。", decision after [PlanSave, PlanSubmit, PlanCheck];
        PlanVoid = "plan.void", "作废批复", done "批复已作废，文号保留，方案退回补正。", decision alone "the head's own reason";
        PlanSuspend = "plan.suspend", "暂停实施方案", done "方案已暂停办理。", decision alone "the head's own reason";
        PlanResume = "plan.resume", "恢复实施方案", done "方案已恢复办理。", decision alone "the head's own reason";
        ChangeRequest = "change.request", "申请变更方案", done "变更申请已报送脱钩办。", edit alone "the leader writes and signs";
        ChangeApprove = "change.approve", "批准方案变更", done "方案变更已批准，事项时限已按变更后的方案调整。", decision after [ChangeRequest];
        ChangeReject = "change.reject", "不同意方案变更", done "方案变更未予同意，按原方案实施。", decision after [ChangeRequest];
        ConditionReport = "condition.report", "报告条件落实", done "条件落实情况已报脱钩办。", decision alone "the leader writes and signs";
        ConditionRecall = "condition.recall", "取回落实报告", done "落实报告已取回，可以修改后重新报告。", decision alone "takes back the unit's own";
        ConditionConfirm = "condition.confirm", "确认条件落实", done "条件落实情况已确认。", decision after [ConditionReport];
        ConditionReturn = "condition.return", "退回条件落实", done "条件落实情况已退回。", decision after [ConditionReport];
        ApprovalWithdraw = "approval.withdraw", "撤回审批意见", done "审批意见已撤回，已提请脱钩办负责人处理。", decision alone "takes back the department's own";
        WithdrawalSettle = "withdrawal.settle", "处理撤回的审批", done "撤回的审批已处理。", decision after [ApprovalWithdraw];
        NoticeRead = "notice.read", "查看通报";
        NoticeSend = "notice.send", "通报有关部门", done "通报已发送。", free "there was nothing before";
        NoticeSign = "notice.sign", "签收通报", done "通报已签收。", free "签收 decides nothing";
        NoticeAnswer = "notice.answer", "回复通报", done "回复已发送业务主管单位。", decision after [NoticeSend];
        PlanBegin = "plan.begin", "启动实施", done "已启动实施，五分离清单已生成。", decision alone "carries out what was approved";
    }
}

pub(super) fn plan(actor: &Actor, act: Plan, facts: &Facts) -> Decision {
    if facts.plan_ended && Act::from(act).writes() {
        return Decision::Deny(PLAN_ENDED);
    }
    let role = actor.role();
    let clerk = role == Role::UnitClerk && facts.own_unit(actor);
    let leader = role == Role::UnitLeader && facts.own_unit(actor);
    match act {
        Plan::ApprovalList => allow_if(role.reads_all() || role.is_unit(), NOT_FOR_ROLE),
        Plan::ReplyList => allow_if(
            role.reads_all() || role.is_unit(),
            "批复登记表由业务主管单位和有关部门使用；本协会的批复请在实施方案页面查看。",
        ),
        Plan::PlanCreate
        | Plan::PlanSave
        | Plan::PlanPass
        | Plan::ApprovalRequest
        | Plan::ApprovalMark
        | Plan::ApprovalUnmark => allow_if(clerk, ONLY_CLERK),
        Plan::ApprovalAnswer => allow_if(
            role.is_specialist() && facts.asked == Some(actor.department()),
            "只有被报请的部门可以出具审批意见。",
        ),
        Plan::PlanSubmit
        | Plan::PlanBack
        | Plan::PlanRecall
        | Plan::PlanBegin
        | Plan::ChangeRequest
        | Plan::ConditionReport
        | Plan::ConditionRecall => allow_if(leader, ONLY_LEADER),
        Plan::PlanCheck => allow_if(role == Role::OfficeClerk, "只有脱钩办经办人可以受理。"),
        Plan::PlanMark | Plan::PlanReturn | Plan::ConditionConfirm | Plan::ConditionReturn => {
            allow_if(role.is_office(), ONLY_OFFICE)
        }
        Plan::PlanApprove
        | Plan::PlanVoid
        | Plan::PlanSuspend
        | Plan::PlanResume
        | Plan::ChangeApprove
        | Plan::ChangeReject
        | Plan::WithdrawalSettle => decided_by_office(actor, facts),
        Plan::ApprovalWithdraw => allow_if(
            role.is_specialist() && facts.asked == Some(actor.department()),
            "只有作出审批的部门可以撤回。",
        ),
        Plan::NoticeSend => allow_if(clerk || leader, ONLY_CLERK),
        // 五(二): the notice is the linked department's to read and to answer (TC-50).
        Plan::NoticeRead => allow_if(
            role != Role::Association && role != Role::Superior && role != Role::Sysadmin,
            NOT_FOR_ROLE,
        ),
        Plan::NoticeSign | Plan::NoticeAnswer => {
            allow_if(facts.only_linked(actor), "只有被通报的部门可以签收和回复。")
        }
        Plan::PlanRead => Decision::Allow,
    }
}
