//! Why something cannot be done with an item, in words.

use chrono::NaiveDate;

use crate::database::Explain;

use super::facts::Missing;

/// What is said where no law is named (TC-20).
pub const NO_LAW: &str = "请写明依据的法律、法规名称；“历来如此”不是依法保留的理由。";
/// What is said where no article is named (TC-20).
pub const NO_ARTICLE: &str = "请写明具体条款，例如“第十二条第二款”。";

/// What is said where the sole proof of what is done would go (DN-5).
pub const SOLE_PROOF: &str =
    "本事项已办结，这是唯一的证明材料，不能撤下；需要更换的，请先登记新的材料。";

/// Why a deed is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Reported without evidence.
    NoEvidence(Vec<String>),
    /// Handed to the leader while the office decides whether a law keeps it.
    ExemptionAsked,
    /// Who checks it has begun to.
    Opened,
    /// Several were to be dealt with, and none was chosen.
    NothingPicked,
    /// Of several that were chosen none could be dealt with.
    NoneDone,
    /// Prepared by the person who would sign it together with others.
    OwnDraft,
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
    /// What civil affairs reported, the unit does not take back (DN-2).
    NotItsOwn,
    /// The last piece of evidence of an item that counts as done (DN-5).
    SoleProof,
    /// A paper that records what happened later: kind, its date, the fact's.
    PaperTooEarly(String, NaiveDate, NaiveDate),
    /// A paper that authorised it more than a year before, without a sentence why.
    PaperUnexplained(String, NaiveDate, NaiveDate),
    /// What it is not done without: facts of its own and of registers (DN-3).
    Missing(Vec<Missing>),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::NoEvidence(kinds) => {
                format!("请先登记证明材料（{}），再报告办结。", kinds.join("、"))
            }
            Self::ExemptionAsked => "已申请依法保留，待脱钩办决定后再办理。".to_owned(),
            Self::Opened => {
                "核实部门或脱钩办已经提出意见，不能取回；需要修改的，请申请更正。".to_owned()
            }
            Self::NothingPicked => "请先勾选要办理的事项。".to_owned(),
            Self::NoneDone => "所选事项都没有办理，原因见各事项。".to_owned(),
            Self::OwnDraft => "由您本人经办，不能一并签发，请到该事项页面办理。".to_owned(),
            Self::ImpossibleDay(day) => {
                format!("日期{day}无效：不得早于2000-01-01，不得晚于今天。")
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
            Self::NotItsOwn => {
                "该事项随登记和备案台账报告，不能取回；登记有误的，由登记管理机关更正。".to_owned()
            }
            Self::SoleProof => SOLE_PROOF.to_owned(),
            Self::PaperTooEarly(kind, on, fact) => {
                format!("“{kind}”记录事实，文件日期{on}不能早于事实发生的日期{fact}。")
            }
            Self::PaperUnexplained(kind, on, fact) => {
                format!("“{kind}”的文件日期{on}比事实发生的日期{fact}早一年以上，请写明日期说明。")
            }
            Self::Missing(missing) => told(missing),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NoExtension => Some(("wanted", "申请延至")),
            Self::PaperTooEarly(..) => Some(("document_date", "文件日期")),
            Self::PaperUnexplained(..) => Some(("date_note", "日期说明")),
            Self::NothingPicked => Some(("picked", "事项")),
            _ => None,
        }
    }
}

/// What is missing, one after the other; the item's page has a link for each.
fn told(missing: &[Missing]) -> String {
    let words: Vec<&str> = missing.iter().map(|each| each.words.as_str()).collect();
    match words.as_slice() {
        [one] => (*one).to_owned(),
        several => format!("尚缺{}项：{}", several.len(), several.concat()),
    }
}
