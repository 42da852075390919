//! What is recorded in each register: one table knows the fields, and form,
//! reading and page follow from it.

use super::Register;

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A day up to today.
    Day,
    /// A day to come.
    Until,
    /// 万元, kept in cents.
    Money,
    /// m², kept in hundredths.
    Area,
    /// One of a few.
    Choice(&'static [(&'static str, &'static str)]),
}

/// A field of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in forms and facts.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What helps to fill it in.
    pub hint: &'static str,
    /// How it is written.
    pub kind: Kind,
    /// Must be filled in.
    pub required: bool,
}

const fn must(name: &'static str, label: &'static str, kind: Kind, hint: &'static str) -> Field {
    Field {
        name,
        label,
        hint,
        kind,
        required: true,
    }
}

const fn may(name: &'static str, label: &'static str, kind: Kind, hint: &'static str) -> Field {
    Field {
        name,
        label,
        hint,
        kind,
        required: false,
    }
}

/// Who owns an asset (SV-51), once it is determined.
pub const OWNERSHIP: &[(&str, &str)] = &[
    ("association", "协会"),
    ("state", "国有"),
    ("provisional", "暂按国有管理"),
];

/// What becomes of an asset.
pub const DISPOSITIONS: &[(&str, &str)] = &[
    ("keep", "归协会"),
    ("return", "收回"),
    ("paid", "有偿使用"),
    ("free", "无偿使用"),
    ("write_off", "核销"),
];

/// How money paid after the stop is dealt with (⚠AMB-7, TC-16).
pub const HANDLINGS: &[(&str, &str)] = &[
    ("repaid", "已退回"),
    ("explained", "作出说明"),
    ("contract", "购买服务，登记合同"),
];

/// Whose the association's own premises are (SV-56); not an organ's.
pub const NATURES: &[(&str, &str)] = &[
    ("own", "自有"),
    ("rent", "租赁社会房屋"),
    ("member", "会员提供"),
];

const FUNCTION: &[Field] = &[
    must("ended_on", "委托终止日期", Kind::Day, ""),
    must("document", "终止文件文号", Kind::Text, ""),
    may(
        "notice",
        "停止收费公告",
        Kind::Text,
        "原有收费的，填写公告文号和日期",
    ),
];
const TRANSFER: &[Field] = &[
    may("handed_on", "移交日期", Kind::Day, ""),
    may("record", "移交记录文号", Kind::Text, "双方签署"),
    may("measure", "监管措施文件文号", Kind::Text, ""),
    may("measure_on", "监管措施存档日期", Kind::Day, ""),
    may("section", "监管责任科室", Kind::Text, ""),
];
const PURCHASE: &[Field] = &[
    must("contract", "合同编号", Kind::Text, ""),
    must("signed_on", "签订日期", Kind::Day, ""),
    must("amount", "合同金额", Kind::Money, ""),
];
const CUSTODY: &[Field] = &[
    must("agreed_on", "双方协议签订日期", Kind::Day, ""),
    must("agreement", "协议文号", Kind::Text, "没有文号的填“无”"),
    must("article", "拟写入章程的条款", Kind::Text, ""),
];
const OWNED: &[Field] = &[
    must("ownership", "界定结果", Kind::Choice(OWNERSHIP), ""),
    must(
        "document",
        "界定文件文号",
        Kind::Text,
        "双方签署的权属表或有关批复",
    ),
    must("determined_on", "界定日期", Kind::Day, ""),
];
const ASSET: &[Field] = &[
    must("disposition", "处置方式", Kind::Choice(DISPOSITIONS), ""),
    may("returned", "收回金额", Kind::Money, "按净值填写"),
    may(
        "used",
        "按协议使用金额",
        Kind::Money,
        "有偿使用、无偿使用的净值",
    ),
    may("written_off", "核销金额", Kind::Money, ""),
    may("kept", "归协会金额", Kind::Money, ""),
    may(
        "difference",
        "差额说明",
        Kind::Text,
        "以上合计与净值不一致时填写，相差0.01万元也须说明",
    ),
];
const COMPLETION: &[Field] = &[
    must("completed_on", "完成日期", Kind::Day, ""),
    must("paper", "收回记录、协议或核销凭证文号", Kind::Text, ""),
];
const APPROPRIATION: &[Field] = &[
    must("handling", "处理方式", Kind::Choice(HANDLINGS), ""),
    must("handled_on", "处理日期", Kind::Day, ""),
    must("document", "退回凭证、说明或合同文号", Kind::Text, ""),
    may("note", "说明", Kind::Text, ""),
];
const ROOM: &[Field] = &[
    must("vacated_on", "移交日期", Kind::Day, ""),
    must("given_up", "移交面积", Kind::Area, ""),
    must("record", "移交记录文号", Kind::Text, ""),
    may(
        "lease",
        "租用协议文号",
        Kind::Text,
        "按规定租用的填写，未移交的面积填0",
    ),
    may(
        "difference",
        "面积差异说明",
        Kind::Text,
        "移交面积与占用面积不一致时填写",
    ),
];
const DELAY: &[Field] = &[
    must("until", "申请延期至", Kind::Until, ""),
    must("reason", "理由", Kind::Text, ""),
];

const PREMISES: &[Field] = &[
    must("nature", "办公场所性质", Kind::Choice(NATURES), ""),
    must("address", "地址", Kind::Text, ""),
    must("started_on", "启用日期", Kind::Day, ""),
    must(
        "paper",
        "租赁合同或产权证明文号",
        Kind::Text,
        "没有文号的填“无”",
    ),
];

/// The fields of a register.
#[must_use]
pub const fn fields(register: Register) -> &'static [Field] {
    match register {
        Register::Function => FUNCTION,
        Register::Transfer => TRANSFER,
        Register::Purchase => PURCHASE,
        Register::Custody => CUSTODY,
        Register::Ownership => OWNED,
        Register::Asset => ASSET,
        Register::Completion => COMPLETION,
        Register::Appropriation => APPROPRIATION,
        Register::Room => ROOM,
        Register::Delay => DELAY,
        Register::Premises => PREMISES,
    }
}

/// A value's label among choices.
#[must_use]
pub fn label(choices: &'static [(&'static str, &'static str)], value: &str) -> &'static str {
    choices
        .iter()
        .find(|(key, _)| *key == value)
        .map_or("", |(_, label)| label)
}
