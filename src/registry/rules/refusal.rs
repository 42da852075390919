//! Why an act on the register is not done.

use crate::database::Explain;

/// Why an act is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Another association has this name (TC-60).
    NameTaken,
    /// Another association has this code.
    CodeTaken,
    /// The unit is no longer there.
    NoUnit,
    /// A decision against the criteria without a reason.
    NoReason,
    /// A decision against the criteria with too short a reason.
    ShortReason,
    /// The tie was ended before.
    TieEnded,
    /// Another organ's tie.
    OthersTie,
    /// A tie cannot end before it began.
    EndsTooEarly,
    /// A value with periods reads otherwise, and nobody says whether it was wrong or has changed.
    NoBasis,
    /// A change from a day before the last one.
    BeforeLastChange,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::NameTaken => "已有协会用了这个名称，请核对是否重复登记。",
            Self::CodeTaken => "已有协会用了这个代码，请核对是否重复登记。",
            Self::NoUnit => "所选的业务主管单位已停用，请重新选择。",
            Self::NoReason => "与系统判断不一致的，请说明理由。",
            Self::ShortReason => "与系统判断不一致的，理由至少10个字。",
            Self::TieEnded => "这项关系已经终止。",
            Self::OthersTie => "这项关系由建立关系的机关自行终止，请与该机关联系。",
            Self::EndsTooEarly => "终止日期早于起始日期。",
            Self::NoBasis => {
                "名称、代码、住所、法定代表人或者业务范围有改动，请选择是更正登记差错还是变更。"
            }
            Self::BeforeLastChange => "变更日期早于上一次变更的日期。",
        }
        .to_owned()
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NameTaken => Some(("name", "协会名称")),
            Self::CodeTaken => Some(("uscc", "统一社会信用代码")),
            Self::NoUnit => Some(("department", "业务主管单位")),
            Self::NoReason | Self::ShortReason => Some(("reason", "理由")),
            Self::EndsTooEarly => Some(("ended_on", "终止日期")),
            Self::NoBasis => Some(("basis", "改动的性质")),
            Self::BeforeLastChange => Some(("changed_on", "变更日期")),
            Self::TieEnded | Self::OthersTie => None,
        }
    }
}
