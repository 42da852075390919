//! 一会一方案: writing, prior approvals, review, reply, changes.

use crate::paths::plan;

super::guide! {
    plan::WAITING_APPROVALS, ApprovalList, "方案审批", "plan",
        "实施方案、前置审批、变更和条件按在谁手里分列，先到的在前。",
        "业务主管单位看本单位的，脱钩办和有批准权的部门看等待自己办理的。";
    plan::PLAN, PlanRead, "实施方案", "plan" signed,
        "一会一方案：看方案全文、前置审批、核查结果和批复，现在在谁手里；审查时在各部分末尾勾选通过或者写补正意见，随看随存。",
        "经办人编制，单位负责人报送，有关部门先行批准，脱钩办逐部分审查，受理或者退回，负责人批复。";
    plan::PART, PlanSave, "编制方案", "plan" signed,
        "填写方案的一个部分；摸底调查已有的内容自动带入。",
        "业务主管单位经办人填写。";
    plan::APPROVAL, PlanRead, "前置审批", "prior",
        "须有关部门批准的事项，先报该部门批准后再批复方案。",
        "业务主管单位报请，有批准权的部门出具意见。";
    plan::REQUEST, PlanRead, "请示", "plan",
        "报送实施方案的请示，附方案和前置审批意见汇总表；数字注明来源，与现有事实不符的在原处标出。",
        "业务主管单位核对后下载或者打印，按公文程序报送。";
    plan::NEW_REPLY, PlanApprove, "批复实施方案", "plan",
        "核对方案和前置审批后签发批复，需要时附条件。",
        "脱钩办负责人签发；文号按年度连续编定。";
    plan::REPLY, PlanRead, "批复", "plan",
        "批复原文；签发后不再变化。",
        "脱钩办负责人签发，有权查看方案的单位查阅。";
    plan::CHANGES, ChangeRequest, "申请变更实施方案", "plan",
        "批复后需要变更方案的，写明变更的部分和理由；法定时限不能变更。",
        "业务主管单位负责人申请，脱钩办负责人批准后生效。";
    plan::CHANGE_REJECTION, ChangeReject, "不同意方案变更", "plan",
        "写明不同意变更的理由，答复业务主管单位。",
        "脱钩办负责人决定。";
    plan::SUSPENSION, PlanSuspend, "暂停实施方案", "implementation",
        "因诉讼等原因不能推进的，写明理由暂停；暂停期间不计时、不催办。",
        "脱钩办负责人决定。";
    plan::RESUMPTION, PlanResume, "恢复实施方案", "implementation",
        "原因消除后恢复办理，时限按暂停的天数顺延。",
        "脱钩办负责人决定。";
    plan::VOIDING, PlanVoid, "作废批复", "plan",
        "批复有误的，写明理由作废，方案退回重新审查。",
        "脱钩办负责人决定。";
    plan::CONDITION, PlanRead, "批复条件", "plan",
        "批复所附条件的落实情况和证明材料。",
        "业务主管单位负责人报告落实，脱钩办确认或者退回。";
    plan::NOTICES, NoticeRead, "通报有关部门", "notice" signed,
        "脱钩事项涉及挂靠、联系其他部门的，及时通报该部门。",
        "业务主管单位通报，该部门签收并回复。";
}
