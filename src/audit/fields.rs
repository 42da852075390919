//! What pages call the fields that acts change, besides the questions of the scheme and
//! the parameters, which have their own labels.

use crate::scheme::parameters;

/// Field and label.
const LABELS: &[(&str, &str)] = &[
    ("state", "状态"),
    ("deadline", "时限"),
    ("done_on", "完成日期"),
    ("note", "情况说明"),
    ("from", "开始日期"),
    ("due", "截止日期"),
    ("unit", "业务主管单位"),
    ("exit_kind", "退出情形"),
    ("suspended_on", "中止日期"),
    ("expected_on", "预计恢复日期"),
    ("name", "协会名称"),
    ("department_name", "单位名称"),
    ("department_short_name", "单位简称"),
    ("uscc", "统一社会信用代码"),
    ("uscc_note", "校验位不符的说明"),
    ("certificate_no", "登记证号"),
    ("registrar", "登记机关"),
    ("direct_registration", "直接登记"),
    ("registered_on", "成立登记日期"),
    ("domicile", "住所"),
    ("legal_representative", "法定代表人"),
    ("business_scope", "业务范围"),
    ("member_basis", "会员主体"),
    ("scope", "是否纳入脱钩"),
    ("registration_organ", "作出决议的会议"),
    ("met_on", "会议日期"),
    ("votes", "表决人数"),
    ("consented_on", "审查同意日期"),
    ("registration_content", "变更内容"),
    ("applied_on", "申请日期"),
    ("verdict", "办理结果"),
    ("decided_on", "办理结果日期"),
    ("registration_document", "证书或文书编号"),
    ("supervisor_column", "业务主管单位栏"),
    ("registration_opinion", "说明"),
    ("finding_summary", "审计问题"),
    ("finding_kind", "类型"),
    ("finding_level", "级别"),
    ("finding_assets", "涉及的资产"),
    ("amount", "涉及金额"),
    ("found_on", "发现日期"),
    ("due_on", "整改期限"),
    ("disabled", "停用"),
    ("added", "增加的身份"),
    ("removed", "撤销的身份"),
];

/// The label of a field; nothing for a question of the scheme, which has its own.
#[must_use]
pub fn label(field: &str) -> Option<&'static str> {
    let told = LABELS.iter().find(|(name, _)| *name == field);
    told.map(|(_, label)| *label)
        .or_else(|| parameters::named(field).map(|parameter| parameter.label))
}
