//! Why something cannot be done with an item, in words.

use chrono::NaiveDate;

use crate::database::Explain;

/// What is said where no law is named (TC-20).
pub const NO_LAW: &str = "请写明依据的法律、法规名称；“历来如此”不是依法保留的理由。";
/// What is said where no article is named (TC-20).
pub const NO_ARTICLE: &str = "请写明具体条款，例如“第十二条第二款”。";

/// Why a deed is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Reported without evidence.
    NoEvidence(Vec<String>),
    /// A day that has not come, or is before 2000 (TC-48).
    ImpossibleDay(NaiveDate),
    /// Sent back without a reason.
    NoReason,
    /// No law can keep this measure from being carried out.
    NotExemptable,
    /// Without a law (TC-20).
    NoLaw,
    /// Without an article (TC-20).
    NoArticle,
    /// Nobody asked for an exemption.
    NotAsked,
    /// The same person reported it.
    OwnReport,
    /// The approval of a department that verifies it was withdrawn (TC-35).
    Withdrawn,
    /// A later date that is not later, or is asked for already.
    NoExtension,
    /// What the register says on which an item rests.
    Register(String),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::NoEvidence(kinds) => {
                format!("尚未登记证明材料，请先登记：{}。", kinds.join("、"))
            }
            Self::ImpossibleDay(day) => {
                format!("日期{day}无效：不得早于2000年1月1日，不得晚于今天。")
            }
            Self::NoReason => "请写明理由。".to_owned(),
            Self::NotExemptable => "该事项没有“法律法规另有规定”的例外，须按方案办理。".to_owned(),
            Self::NoLaw => NO_LAW.to_owned(),
            Self::NoArticle => NO_ARTICLE.to_owned(),
            Self::NotAsked => "业务主管单位尚未报告办结，也未申请依法保留。".to_owned(),
            Self::OwnReport => "该事项由您本人报告办结，须由其他人员核实、验收。".to_owned(),
            Self::Withdrawn => {
                "有关部门已撤回对方案的审批意见，脱钩办负责人处理后才能验收销号。".to_owned()
            }
            Self::NoExtension => "延期须晚于现在的时限，且没有待决定的申请。".to_owned(),
            Self::Register(why) => why.clone(),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        matches!(self, Self::NoExtension).then_some(("wanted", "申请延至"))
    }
}
