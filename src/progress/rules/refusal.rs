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
    /// Handed to the leader without the day on which it was done.
    NoDay,
    /// Handed to the leader while the office decides whether a law keeps it.
    ExemptionAsked,
    /// Who checks it has begun to.
    Opened,
    /// Several were to be dealt with, and none was chosen.
    NothingPicked,
    /// Prepared by the person who would sign it together with others.
    OwnDraft,
    /// One of several: which, and why not.
    Of(String, Box<Self>),
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
    /// The association stands still, and with it its items (FD-4).
    Still,
    /// What the register says on which an item rests.
    Register(String),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::NoEvidence(kinds) => {
                format!("尚未登记证明材料，请先登记：{}。", kinds.join("、"))
            }
            Self::NoDay => "尚未填写完成日期，请先填写。".to_owned(),
            Self::ExemptionAsked => "已申请依法保留，待脱钩办决定后再办理。".to_owned(),
            Self::Opened => {
                "核实部门或脱钩办已经提出意见，不能取回；需要修改的，请申请更正。".to_owned()
            }
            Self::NothingPicked => "请先勾选要办理的事项。".to_owned(),
            Self::OwnDraft => "由您本人经办，不能一并签发，请到该事项页面办理。".to_owned(),
            Self::Of(title, why) => format!("{title}：{}", why.explain()),
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
            Self::Still => {
                "协会暂停办理，清单事项恢复后再办理；任职、资产、登记等台账照常登记。".to_owned()
            }
            Self::Register(why) => why.clone(),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NoExtension => Some(("wanted", "申请延至")),
            Self::NothingPicked => Some(("picked", "事项")),
            _ => None,
        }
    }
}
