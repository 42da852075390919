//! Why an entry cannot be so.

use chrono::NaiveDate;

use crate::database::Explain;

use super::Kind;

/// Why something cannot be entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The kind needs a meeting.
    NoMeeting,
    /// A meeting without its organ, or the other way round.
    NoOrgan,
    /// What it reads from now on is missing.
    NoContent,
    /// Applied for on a day to come.
    ToCome,
    /// Applied for before it was resolved.
    AppliedTooEarly,
    /// Numbers that cannot be.
    ImpossibleVotes,
    /// Some of the three numbers are missing.
    SomeVotes,
    /// Decided on a day to come, or before it was applied for.
    ImpossibleDay(NaiveDate),
    /// Not granted, without a reason.
    NoOpinion,
    /// Granted without its paper.
    NoDocument(Kind),
    /// What the certificate says under 业务主管单位 is missing.
    NoColumn,
    /// Granted though the votes fall short, without a sentence.
    ShortVotes,
    /// The result has to be entered first.
    Undecided,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::NoMeeting => "请填写作出决议的会议日期。".to_owned(),
            Self::NoOrgan => "会议和会议日期要一并填写。".to_owned(),
            Self::NoContent => "请填写变更后的内容。".to_owned(),
            Self::ToCome => "申请日期不能晚于今天。".to_owned(),
            Self::AppliedTooEarly => "申请日期不能早于会议日期和审查同意日期。".to_owned(),
            Self::ImpossibleVotes => {
                "人数有误：同意人数不能多于实到人数，实到人数不能多于应到人数。".to_owned()
            }
            Self::SomeVotes => "应到、实到、同意人数要一并填写，或者都不填。".to_owned(),
            Self::ImpossibleDay(day) => {
                format!("日期{day}不对：不能晚于今天，也不能早于申请日期。")
            }
            Self::NoOpinion => "请写明不予办理的理由。".to_owned(),
            Self::NoDocument(kind) => format!("请填写{}。", kind.document()),
            Self::NoColumn => "请选择新证书业务主管单位栏的登载情况。".to_owned(),
            Self::ShortVotes => {
                "表决人数不足示范章程的规定，准予办理的，请在说明中写明依据。".to_owned()
            }
            Self::Undecided => "请先登记办理结果。".to_owned(),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::NoMeeting => ("met_on", "会议日期"),
            Self::NoOrgan => ("organ", "作出决议的会议"),
            Self::NoContent => ("content", "变更内容"),
            Self::ToCome | Self::AppliedTooEarly => ("applied_on", "申请日期"),
            Self::ImpossibleVotes | Self::SomeVotes => ("entitled", "应到人数"),
            Self::ImpossibleDay(_) => ("decided_on", "办理结果日期"),
            Self::NoOpinion | Self::ShortVotes => ("opinion", "说明"),
            Self::NoDocument(kind) => ("document", kind.document()),
            Self::NoColumn => ("supervisor_column", "业务主管单位栏"),
            Self::Undecided => return None,
        })
    }
}
