//! Kinds and states of major activities, and what holds one up: a disposal
//! without finance's approval (MA-2), an election of people who must leave (MA-3).

mod kinds;

use chrono::NaiveDate;

use crate::access::Act;
use crate::access::case::{Holder, Steps};
use crate::database::Explain;
use crate::scheme::Answers;
use crate::scheme::persons::{PEOPLE, PersonCategory, category};

pub use kinds::{Kind, State};

/// From a state, by an act, to a state. An approval goes on to the office where
/// the unit's leader says so.
pub const STEPS: Steps<State> = &[
    (State::Registered, Act::ActivitySave, State::Registered),
    (State::Returned, Act::ActivitySave, State::Registered),
    (State::Registered, Act::ActivityNote, State::Registered),
    (State::Returned, Act::ActivityNote, State::Returned),
    (State::WithOffice, Act::ActivityNote, State::WithOffice),
    (State::Registered, Act::ActivityApprove, State::Approved),
    (State::Registered, Act::ActivityApprove, State::WithOffice),
    (State::Registered, Act::ActivityReturn, State::Returned),
    (State::WithOffice, Act::ActivityAllow, State::Approved),
    (State::WithOffice, Act::ActivityRefuse, State::Refused),
    (State::Approved, Act::ActivityFinish, State::Done),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Registered => const { &[Holder::leader(Act::ActivityApprove)] },
        State::Returned => const { &[Holder::clerk(Act::ActivitySave)] },
        State::WithOffice => const { &[Holder::head(Act::ActivityAllow)] },
        State::Approved => const { &[Holder::clerk(Act::ActivityFinish)] },
        State::Refused | State::Done => &[],
    }
}

/// What an activity is judged by.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// What kind it is.
    pub kind: Kind,
    /// When it takes place.
    pub held_on: NaiveDate,
    /// Who is to be elected.
    pub candidates: &'a [String],
    /// Declared that nobody of PE-A to PE-D is among them.
    pub declared: bool,
    /// Competences of the departments whose approval is on record.
    pub approved_by: &'a [String],
}

/// Why an act is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// MA-2.
    NoFinance,
    /// MA-3: nobody is named.
    NoCandidates,
    /// MA-3: not declared.
    NotDeclared,
    /// MA-3: so many of the candidates must leave their posts.
    Barred(usize),
    /// The result lies before the activity.
    TooEarly(NaiveDate),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::NoFinance => "资产清查期间（摸底基准日起至方案办结）不得擅自处置资产；须先取得财政局的批准并登记批准文号，再行审批。".to_owned(),
            Self::NoCandidates => "换届活动须填写拟选负责人。".to_owned(),
            Self::NotDeclared => "换届活动须由协会承诺：不选举现职领导干部、未办理退（离）休手续的领导干部、在职工作人员和退（离）休不满三年的领导干部担任负责人。".to_owned(),
            Self::Barred(count) => format!(
                "拟选负责人中有{count}人在人员登记表中属于不得在协会任职、兼职的人员，须更换人选后再行审批。"
            ),
            Self::TooEarly(held) => format!("结果日期早于活动日期{held}，请核对。"),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        matches!(self, Self::TooEarly(_)).then_some(("result_on", "结果日期"))
    }
}

/// Whether a day lies between the survey's base date and the end of the plan, when
/// assets stand still (MA-2). A plan that is not closed has no end yet.
#[must_use]
pub fn assets_stand_still(held_on: NaiveDate, base: NaiveDate, plan_closed: bool) -> bool {
    held_on >= base && !plan_closed
}

/// People of PE-A to PE-D in the register on a day, among the candidates (MA-3).
#[must_use]
pub fn barred(
    candidates: &[String],
    survey: &Answers,
    on: NaiveDate,
    cooling_months: u32,
) -> Vec<(String, PersonCategory)> {
    survey
        .rows(PEOPLE)
        .iter()
        .filter_map(|row| {
            let name = row.text("name")?.trim();
            let category = category(row, on, cooling_months);
            let leaves = matches!(
                category,
                PersonCategory::Incumbent
                    | PersonCategory::OffPost
                    | PersonCategory::ServingConcurrent
                    | PersonCategory::RetiredUnderThree
            );
            let named = candidates.iter().any(|candidate| candidate.trim() == name);
            (leaves && named).then(|| (name.to_owned(), category))
        })
        .collect()
}

/// What holds up an approval; nothing: it may be given.
pub fn may_approve(
    subject: &Subject<'_>,
    (base, plan_closed): (NaiveDate, bool),
    barred: usize,
) -> Result<(), Refusal> {
    match subject.kind {
        Kind::Disposal
            if assets_stand_still(subject.held_on, base, plan_closed)
                && !subject.approved_by.iter().any(|code| code == "CZ") =>
        {
            Err(Refusal::NoFinance)
        }
        Kind::Election if subject.candidates.is_empty() => Err(Refusal::NoCandidates),
        Kind::Election if barred > 0 => Err(Refusal::Barred(barred)),
        Kind::Election if !subject.declared => Err(Refusal::NotDeclared),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
