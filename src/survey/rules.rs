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
        /// With the unit's leader, who signs it or gives it back.
        ForSignature = "for_signature", "已填报，待单位负责人签发", blue;
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

/// How many there are in each section, in the order of the sections.
pub type Places = Vec<(String, usize)>;

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
    /// The unit has associations, so it has no nil to report.
    HasAssociations,
    /// Founded from the scheme's date on: not surveyed as stock (SC-11).
    New,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Errors(places) => {
                let (count, places) = told(places, "处");
                format!("还有{count}处错误或漏填（{places}），请先更正。")
            }
            Self::Unexplained(places) => {
                let (count, places) = told(places, "条");
                format!("还有{count}条提醒没有说明（{places}），请经办人逐条说明。")
            }
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

/// How many in all, and how many in each section.
fn told(places: &[(String, usize)], unit: &str) -> (usize, String) {
    let all = places.iter().map(|(_, count)| count).sum();
    let words = places
        .iter()
        .map(|(title, count)| format!("{title}{count}{unit}"));
    (all, words.collect::<Vec<_>>().join("、"))
}

/// In which sections these findings are: a finding is where its first question stands.
fn places<'a>(scheme: &Scheme, findings: impl Iterator<Item = &'a Finding>) -> Places {
    let first: Vec<&str> = findings
        .map(|finding| finding.fields.first().map_or("", String::as_str))
        .collect();
    let known = |field: &&str| section_of(scheme, field).is_some();
    let sections = scheme.survey.sections.iter().map(|section| {
        let here = |field: &&&str| section.questions.iter().any(|each| each.code() == **field);
        (section.title.clone(), first.iter().filter(here).count())
    });
    let elsewhere = first.iter().filter(|field| !known(field)).count();
    let all = sections.chain([("跨部分核查".to_owned(), elsewhere)]);
    all.filter(|(_, count)| *count > 0).collect()
}

/// The section in which a question stands.
#[must_use]
pub fn section_of<'a>(scheme: &'a Scheme, question: &str) -> Option<&'a str> {
    let mut sections = scheme.survey.sections.iter();
    let section = sections.find(|section| {
        let mut questions = section.questions.iter();
        questions.any(|each| each.code() == question)
    })?;
    Some(section.code.as_str())
}

/// Findings of a survey as it stands.
#[must_use]
pub fn findings(scheme: &Scheme, answers: &Answers) -> Vec<Finding> {
    checks::findings(&scheme.survey, answers)
}

/// Whether the survey may be signed, and be sent for that: no error, every warning explained,
/// every section marked as filled in.
pub fn may_submit(
    scheme: &Scheme,
    answers: &Answers,
    acknowledged: &BTreeMap<String, String>,
    done: &[String],
) -> Result<(), Refusal> {
    let findings = findings(scheme, answers);
    let errors = findings.iter();
    let errors = errors.filter(|finding| finding.severity == Severity::Error);
    let errors = places(scheme, errors);
    if !errors.is_empty() {
        return Err(Refusal::Errors(errors));
    }
    let unexplained = findings.iter();
    let unexplained = unexplained.filter(|finding| !acknowledged.contains_key(&finding.code));
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
