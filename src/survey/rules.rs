//! The state machine of a survey, and what must hold before it moves on.

mod editions;
mod explained;
pub mod incoming;
mod known;
pub mod marks;
pub mod nil;
mod sections;
mod signed;
pub mod summary;

use crate::access::Act;
use crate::access::case::{Holder, Steps};
use crate::database::Explain;
use crate::scheme::{Answers, Finding, Scheme, Severity, checks};

pub use editions::{Fate, Line, differing, lines};
pub use explained::{Digests, Explained, Explanations};
pub use known::{NAME, REGISTERED_ON, prefilled};
pub use sections::{Filled, Places, counted, filled, is_within, places, saved, section_of, told};
pub use signed::{SIGNED, is_signature};

crate::words! {
    /// State of an edition.
    pub enum State {
        /// Being filled in.
        Draft = "draft", "填报中，尚未报送", Going;
        /// With the unit's leader, who signs it or gives it back.
        ForSignature = "for_signature", "已填报，待单位负责人签发", Going;
        /// With the office.
        Submitted = "submitted", "已报送，待脱钩办确认", Going;
        /// Sent back with opinions.
        Returned = "returned", "已退回，待补正", Soon;
        /// Facts for everything that follows.
        Confirmed = "confirmed", "已确认", Done;
    }
}

/// From a state, by an act, to a state. `SurveyReopen` begins a new edition and
/// leaves the confirmed one as it is.
pub const STEPS: Steps<State> = &[
    (State::Draft, Act::SurveySave, State::Draft),
    (State::Returned, Act::SurveySave, State::Draft),
    // What is written on is not what the leader was given to sign.
    (State::ForSignature, Act::SurveySave, State::Draft),
    (State::Draft, Act::SurveyExplain, State::Draft),
    (State::Draft, Act::SurveyPass, State::ForSignature),
    (State::Returned, Act::SurveyPass, State::ForSignature),
    (State::ForSignature, Act::SurveyBack, State::Draft),
    // Who leads a small unit may sign without being asked to.
    (State::Draft, Act::SurveySubmit, State::Submitted),
    (State::ForSignature, Act::SurveySubmit, State::Submitted),
    (State::Submitted, Act::SurveyTakeBack, State::Draft),
    (State::Submitted, Act::SurveyMark, State::Submitted),
    (State::Submitted, Act::SurveyReturn, State::Returned),
    (State::Submitted, Act::SurveyConfirm, State::Confirmed),
    (State::Confirmed, Act::SurveyReopen, State::Confirmed),
    // What was signed and confirmed reads otherwise now.
    (State::Submitted, Act::SignatureVoid, State::Draft),
    (State::Confirmed, Act::SignatureVoid, State::Draft),
    (State::Submitted, Act::CorrectionAsk, State::Submitted),
    (State::Confirmed, Act::CorrectionAsk, State::Confirmed),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Draft | State::Returned => const { &[Holder::clerk(Act::SurveySave)] },
        State::ForSignature => const { &[Holder::leader(Act::SurveySubmit)] },
        State::Submitted => {
            const {
                &[
                    Holder::office(Act::SurveyReturn),
                    Holder::head(Act::SurveyConfirm),
                ]
            }
        }
        State::Confirmed => &[],
    }
}

/// Why an act is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Errors, and where they are.
    Errors(Places),
    /// Warnings without explanation, and where they are.
    Unexplained(Places),
    /// Sections that are not marked as filled in.
    Unfinished(Vec<String>),
    /// The office has begun to check it.
    Opened,
    /// A return needs an opinion.
    NoOpinion,
    /// Questions that the office wants mended: what they are called.
    Remarked(Vec<String>),
    /// The unit has associations in scope or undecided, or has reported before.
    HasAssociations,
    /// Founded from the scheme's date on: not surveyed as stock (SC-11).
    New,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Errors(places) => {
                let (count, places) = counted(places, "处");
                format!("还有{count}处错误或漏填（{places}），请先更正。")
            }
            Self::Unexplained(places) => {
                let (count, places) = counted(places, "条");
                format!("还有{count}条提醒没有说明（{places}），请经办人逐条说明。")
            }
            Self::Unfinished(sections) => {
                format!("以下部分尚未标明“已填完”：{}。", sections.join("、"))
            }
            Self::Opened => {
                "脱钩办已经对这次报送提出意见，不能取回；需要修改的，请脱钩办退回补正。".to_owned()
            }
            Self::NoOpinion => "请至少在一个项目旁写明需要补正的内容。".to_owned(),
            Self::Remarked(labels) => format!(
                "以下项目要求补正：{}。请退回补正，或者删去这些意见后再确认。",
                labels.join("、")
            ),
            Self::HasAssociations => {
                "本单位有纳入脱钩范围或者尚未认定的协会，或者已经零报告，不能零报告。".to_owned()
            }
            Self::New => {
                "方案印发之日起新设立的协会不作摸底调查，由民政局作新设立核查。".to_owned()
            }
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        matches!(self, Self::NoOpinion).then_some(("form", "意见"))
    }
}

/// Findings of a survey as it stands.
#[must_use]
pub fn findings(scheme: &Scheme, answers: &Answers) -> Vec<Finding> {
    checks::findings(&scheme.survey, answers)
}

/// Whether the survey may be signed, and be sent for that: no error, every warning explained
/// for the answers as they stand, every section marked as filled in.
pub fn may_submit(
    scheme: &Scheme,
    (answers, findings): (&Answers, &[Finding]),
    explained: &Explained,
    done: &[String],
) -> Result<(), Refusal> {
    let errors = findings.iter();
    let errors = errors.filter(|finding| finding.severity == Severity::Error);
    let errors = places(scheme, errors);
    if !errors.is_empty() {
        return Err(Refusal::Errors(errors));
    }
    let unexplained = findings.iter().filter(|finding| {
        let said = explained.sentence(scheme, &finding.code, answers);
        said.is_none()
    });
    let unexplained = places(scheme, unexplained);
    if !unexplained.is_empty() {
        return Err(Refusal::Unexplained(unexplained));
    }
    let unfinished: Vec<String> = scheme
        .survey
        .sections
        .iter()
        .filter(|section| !done.contains(&section.code))
        .map(|section| section.title.clone())
        .collect();
    if unfinished.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Unfinished(unfinished))
    }
}

#[cfg(test)]
mod tests;
