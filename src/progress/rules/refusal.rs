//! Why something cannot be done with an item, in words.

use chrono::NaiveDate;

use super::ItemState;

/// Why a deed is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not there.
    Missing,
    /// Not in this state.
    Closed(ItemState),
    /// Somebody was faster; their name.
    Stale(String),
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
    /// The register on which it rests does not say so yet.
    Register(String),
    /// The register of posts says otherwise.
    Posts(String),
}

impl Refusal {
    /// What is wrong and what to do.
    #[must_use]
    pub fn explain(&self) -> String {
        match self {
            Self::Missing => "清单中没有此事项，请刷新页面。".to_owned(),
            Self::Closed(state) => format!(
                "该事项当前状态为“{}”，不能进行此操作，请刷新页面。",
                state.label()
            ),
            Self::Stale(name) => format!("该事项刚由{name}处理，请刷新后再办。"),
            Self::NoEvidence(kinds) => {
                format!("尚未登记证明材料，请先登记：{}。", kinds.join("、"))
            }
            Self::ImpossibleDay(day) => {
                format!("日期{day}无效：不得早于2000年1月1日，不得晚于今天。")
            }
            Self::NoReason => "请写明退回理由。".to_owned(),
            Self::NotExemptable => "该事项没有“法律法规另有规定”的例外，须按方案办理。".to_owned(),
            Self::NoLaw => "请写明依据的法律、法规名称；“历来如此”不是依法保留的理由。".to_owned(),
            Self::NoArticle => "请写明具体条款，例如“第十二条第二款”。".to_owned(),
            Self::NotAsked => "业务主管单位尚未申请依法保留。".to_owned(),
            Self::Withdrawn => {
                "有关部门已撤回对方案的审批意见，脱钩办负责人处理后才能验收销号。".to_owned()
            }
            Self::NoExtension => {
                "延期须晚于现在的时限，且没有待决定的申请；事项已办结的不能延期。".to_owned()
            }
            Self::Register(why) | Self::Posts(why) => why.clone(),
            Self::OwnReport => "该事项由您本人报告办结，须由其他人员核实、验收。".to_owned(),
        }
    }
}
