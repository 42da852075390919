//! The state machine of a survey, and what must hold before it moves on.

mod known;

use std::collections::BTreeMap;

use crate::access::Act;
use crate::access::case::{Holder, Steps};
use crate::database::Explain;
use crate::scheme::{Answers, Finding, Scheme, Severity, checks};

pub use known::{REGISTERED_ON, prefilled};

crate::words! {
    /// State of an edition.
    pub enum State {
        /// Being filled in.
        Draft = "draft", "填报中，尚未报送";
        /// With the office.
        Submitted = "submitted", "已报送，待脱钩办确认";
        /// Sent back with opinions.
        Returned = "returned", "已退回，待补正";
        /// Facts for everything that follows.
        Confirmed = "confirmed", "已确认";
    }
}

/// From a state, by an act, to a state. `SurveyReopen` begins a new edition and
/// leaves the confirmed one as it is.
pub const STEPS: Steps<State> = &[
    (State::Draft, Act::SurveySave, State::Draft),
    (State::Returned, Act::SurveySave, State::Draft),
    (State::Draft, Act::SurveyExplain, State::Draft),
    (State::Draft, Act::SurveySubmit, State::Submitted),
    (State::Submitted, Act::SurveyTakeBack, State::Draft),
    (State::Submitted, Act::SurveyReturn, State::Returned),
    (State::Submitted, Act::SurveyConfirm, State::Confirmed),
    (State::Confirmed, Act::SurveyReopen, State::Confirmed),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Draft => {
            const {
                &[
                    Holder::clerk(Act::SurveySave).incomplete(),
                    Holder::leader(Act::SurveySubmit).complete(),
                ]
            }
        }
        State::Returned => const { &[Holder::clerk(Act::SurveySave)] },
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
    /// This many errors.
    Errors(usize),
    /// This many warnings without explanation.
    Unexplained(usize),
    /// Sections that are not marked as filled in.
    Unfinished(Vec<String>),
    /// The office has begun to check it.
    Opened,
    /// A return needs an opinion.
    NoOpinion,
    /// The unit has associations, so it has no nil to report.
    HasAssociations,
    /// Founded from the scheme's date on: not surveyed as stock (SC-11).
    New,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Errors(count) => format!("还有{count}处错误或漏填，请先更正。"),
            Self::Unexplained(count) => format!("还有{count}条提醒没有说明，请经办人逐条说明。"),
            Self::Unfinished(sections) => {
                format!("以下部分尚未标明“已填完”：{}。", sections.join("、"))
            }
            Self::Opened => {
                "脱钩办已经对这次报送提出意见，不能取回；需要修改的，请脱钩办退回补正。".to_owned()
            }
            Self::NoOpinion => "请至少在一个项目旁写明需要补正的内容。".to_owned(),
            Self::HasAssociations => {
                "本单位有主管的协会，应逐个填报摸底调查，不能零报告。".to_owned()
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

/// Whether the survey may be submitted: no error, every warning explained,
/// every section marked as filled in.
pub fn may_submit(
    scheme: &Scheme,
    answers: &Answers,
    acknowledged: &BTreeMap<String, String>,
    done: &[String],
) -> Result<(), Refusal> {
    let findings = findings(scheme, answers);
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    if errors > 0 {
        return Err(Refusal::Errors(errors));
    }
    let unexplained = findings
        .iter()
        .filter(|finding| !acknowledged.contains_key(&finding.code))
        .count();
    if unexplained > 0 {
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

/// The explanations that still fit: one lapses when a value that it was about changes.
#[must_use]
pub fn still_explained(
    scheme: &Scheme,
    acknowledged: &BTreeMap<String, String>,
    before: &Answers,
    after: &Answers,
) -> BTreeMap<String, String> {
    acknowledged
        .iter()
        .filter(|(code, _)| {
            scheme
                .survey
                .checks
                .iter()
                .find(|check| check.code() == code.as_str())
                .is_some_and(|check| {
                    check
                        .fields
                        .iter()
                        .all(|field| before.get(field) == after.get(field))
                })
        })
        .map(|(code, sentence)| (code.clone(), sentence.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
