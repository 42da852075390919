//! Prior approvals (PA-1 to PA-11, and one for each department whose item asks
//! for an exception, PL-14): which are demanded, their states, and what they
//! hold up. A refusal sends the plan back, and what is asked beside it rests until the
//! plan is sent again (FD-4, TC-66).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::access::{Act, Seen};
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::{Answers, Scheme, measure_of};

use crate::plan::rules::{Refusal, State};

pub use agreed::{AGREED, Which, agreed, agreed_to};
pub use state::{ApprovalState, STEPS, Verdict, holder};

mod agreed;
mod state;

pub use crate::scheme::calendar::{workdays, workdays_after};

/// The code under which exceptions are approved.
pub const EXCEPTION: &str = "PL-14";
/// The code under which a change of the plan under way is approved (domain 6.3).
pub const CHANGE: &str = "change";
/// The prior approval about retired cadres who keep a post: given with the plan, it is the
/// filing of the people whom it is about (DN-6).
pub const FILES_PEOPLE: &str = "PA-6";

/// The answers of the survey and the plan that a department judges by.
const TRIGGERS: [(&str, &[&str]); 13] = [
    ("PA-1", &["SV-24", "SV-65-1"]),
    ("PA-2", &["SV-32", "SV-34", "PL-6"]),
    ("PA-3", &["SV-51", "SV-53", "PL-11"]),
    ("PA-4", &["SV-46", "PL-7", "PL-7-1"]),
    ("PA-5", &["SV-55", "PL-11"]),
    ("PA-6", &["PL-10"]),
    ("PA-7", &["PL-10"]),
    ("PA-8", &["SV-65-1", "SV-65-2", "SV-64-1", "SV-64-2"]),
    ("PA-9", &["SV-70-1", "SV-72", "PL-8-1", "PL-8-3", "PL-8-4"]),
    ("PA-10", &["SV-97"]),
    ("PA-11", &["SV-22"]),
    (EXCEPTION, &["PL-14"]),
    (CHANGE, &["PL-2", "PL-3"]),
];

/// The answers that a department judges this approval by.
#[must_use]
pub fn triggers(approval: &str) -> &'static [&'static str] {
    let found = TRIGGERS.iter().find(|(code, _)| *code == approval);
    found.map(|(_, codes)| *codes).unwrap_or_default()
}

/// A prior approval of a plan.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Its key.
    pub id: i64,
    /// The plan.
    pub plan: i64,
    /// The association.
    pub association: AssociationId,
    /// PA-1 …, or [`EXCEPTION`].
    pub code: String,
    /// The competence asked.
    pub competence: String,
    /// The department asked.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: String,
    /// Its state.
    pub state: ApprovalState,
    /// When it was asked for.
    pub requested_on: Option<NaiveDate>,
    /// When it was answered.
    pub decided_on: Option<NaiveDate>,
    /// Number of the answer.
    pub document_number: Option<String>,
    /// Date of the answer.
    pub document_date: Option<NaiveDate>,
    /// The department's words.
    pub opinion: Option<String>,
    /// Its conditions.
    pub conditions: Option<String>,
    /// Until when it holds.
    pub expires_on: Option<NaiveDate>,
    /// When the department took it back.
    pub withdrawn_on: Option<NaiveDate>,
    /// Why.
    pub withdrawn_reason: Option<String>,
    /// When the office's head let the plan stand in spite of that.
    pub withdrawal_settled_on: Option<NaiveDate>,
    /// Why.
    pub withdrawal_settled_reason: Option<String>,
    /// Row version.
    pub version: i32,
}

impl Approval {
    /// Taken back, and the office's head has not decided on that (TC-35).
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.state == ApprovalState::Withdrawn && self.withdrawal_settled_on.is_none()
    }

    /// Agreed and still in force on a day.
    #[must_use]
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.state.is_approved() && self.expires_on.is_none_or(|last| on <= last)
    }

    /// Whether it can be asked for (again) on a day.
    #[must_use]
    pub fn askable(&self, on: NaiveDate) -> bool {
        let asked = self.state == ApprovalState::Requested || self.state.waits_for_sending();
        !asked && !self.holds(on)
    }

    /// Whether the plan's survey and content call for it.
    #[must_use]
    pub fn is_demanded(&self, demands: &[Demand]) -> bool {
        demands.iter().any(|demand| self.is(demand))
    }

    /// What a department judges by: what is asked, and the plan as it stands.
    #[must_use]
    pub fn seen(&self, plan_version: i32) -> Seen {
        Seen::list([self.version, plan_version].map(|version| version.to_string()))
    }

    fn is(&self, demand: &Demand) -> bool {
        self.code == demand.code && self.competence == demand.competence
    }
}

/// A prior approval that a plan needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Demand {
    /// PA-1 …, or [`EXCEPTION`].
    pub code: String,
    /// The competence asked.
    pub competence: String,
}

/// The competence that decides on an exception for an item: the first that verifies it.
fn decides<'a>(scheme: &'a Scheme, item: &str) -> Option<&'a str> {
    let measure = scheme.measure(measure_of(item))?;
    measure.verify.first().map(String::as_str)
}

/// The prior approvals that survey and plan call for (domain 6.2), in the scheme's order.
#[must_use]
pub fn demanded(scheme: &Scheme, survey: &Answers, content: &Answers) -> Vec<Demand> {
    let prior = scheme
        .approvals_required(survey)
        .into_iter()
        .map(|(approval, competence)| Demand {
            code: approval.code().to_owned(),
            competence: competence.to_owned(),
        });
    let exceptions: BTreeSet<&str> = content
        .rows(EXCEPTION)
        .iter()
        .filter_map(|row| decides(scheme, row.text("item")?))
        .collect();
    let exceptions = exceptions.into_iter().map(|competence| Demand {
        code: EXCEPTION.to_owned(),
        competence: competence.to_owned(),
    });
    prior.chain(exceptions).collect()
}

/// What is asked, in words.
#[must_use]
pub fn title(scheme: &Scheme, code: &str) -> String {
    if code == EXCEPTION {
        return "例外与延期申请".to_owned();
    }
    if code == CHANGE {
        return "实施方案变更".to_owned();
    }
    scheme
        .approval(code)
        .map_or_else(|| code.to_owned(), |approval| approval.title.clone())
}

/// Titles with the competence's department, of demands that fail `fits`.
fn failing(
    scheme: &Scheme,
    demands: &[Demand],
    approvals: &[Approval],
    fits: impl Fn(&Approval) -> bool,
) -> Vec<String> {
    demands
        .iter()
        .filter_map(|demand| {
            let found = approvals.iter().find(|approval| approval.is(demand));
            match found {
                Some(approval) if fits(approval) => None,
                Some(approval) => Some(format!(
                    "{}（{}）",
                    title(scheme, &demand.code),
                    approval.department_name
                )),
                None => Some(title(scheme, &demand.code)),
            }
        })
        .collect()
}

/// Before submitting, every demanded approval has been asked for, rests, or is marked to
/// go with this submission.
pub fn all_asked(
    scheme: &Scheme,
    demands: &[Demand],
    approvals: &[Approval],
    on: NaiveDate,
) -> Result<(), Refusal> {
    let unasked = failing(scheme, demands, approvals, |approval| !approval.askable(on));
    if unasked.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Unasked(unasked))
    }
}

/// Before checking and approving, every demanded approval is there and in force.
pub fn all_approved(
    scheme: &Scheme,
    demands: &[Demand],
    approvals: &[Approval],
    on: NaiveDate,
) -> Result<(), Refusal> {
    let open = failing(scheme, demands, approvals, |approval| approval.holds(on));
    if open.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Unapproved(open))
    }
}

/// Demands for which no department was found.
#[must_use]
pub fn unplaced(scheme: &Scheme, demands: &[Demand], approvals: &[Approval]) -> Vec<String> {
    failing(scheme, demands, approvals, |_| true)
}

/// The approvals to ask for now: keys of all that are demanded and can be asked.
#[must_use]
pub fn to_ask(demands: &[Demand], approvals: &[Approval], on: NaiveDate) -> Vec<i64> {
    approvals
        .iter()
        .filter(|approval| approval.is_demanded(demands) && approval.askable(on))
        .map(|approval| approval.id)
        .collect()
}

/// By which act the unit asks: of a plan that was sent before it only marks what is to be
/// asked for with the next submission (FD-4).
#[must_use]
pub const fn asking(was_sent: bool) -> Act {
    if was_sent {
        Act::ApprovalMark
    } else {
        Act::ApprovalRequest
    }
}

/// Approvals that move as the plan is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Asked for from this day on.
    pub asked: Vec<i64>,
    /// Not needed any more.
    pub closed: Vec<i64>,
}

/// What sending the plan does to its approvals; `again` where it was sent before: then
/// every request in it was at rest, and its clock begins anew.
#[must_use]
pub fn sending(demands: &[Demand], approvals: &[Approval], again: bool) -> Sent {
    let mut sent = Sent::default();
    for approval in approvals {
        let to = approval
            .state
            .once_sent(approval.is_demanded(demands), again);
        let rested = again && approval.state == ApprovalState::Requested;
        match to {
            ApprovalState::Requested if rested || to != approval.state => {
                sent.asked.push(approval.id);
            }
            ApprovalState::NotNeeded if to != approval.state => sent.closed.push(approval.id),
            _ => {}
        }
    }
    sent
}

/// Whether a department can answer while the plan is in this state. In a plan that went
/// back to its unit nothing is asked (FD-4).
#[must_use]
pub const fn answerable(state: State) -> bool {
    matches!(
        state,
        State::Draft | State::ForSignature | State::Submitted | State::ChangePending
    )
}

/// Conditions of approvals in force, each with its source, to be copied into the reply.
#[must_use]
pub fn conditions(approvals: &[Approval], on: NaiveDate) -> Vec<String> {
    approvals
        .iter()
        .filter(|approval| {
            approval.state == ApprovalState::ApprovedWithConditions && approval.holds(on)
        })
        .filter_map(|approval| {
            let words = approval
                .conditions
                .as_deref()?
                .trim_end_matches(['。', '；', ';']);
            let number = approval
                .document_number
                .as_deref()
                .map(|number| format!("，{number}"))
                .unwrap_or_default();
            Some(format!("{words}（{}{number}）", approval.department_name))
        })
        .collect()
}

/// Items whose later date a department has approved, with that date (TC-53).
#[must_use]
pub fn exceptions(
    scheme: &Scheme,
    content: &Answers,
    approvals: &[Approval],
    on: NaiveDate,
) -> BTreeMap<String, NaiveDate> {
    content
        .rows(EXCEPTION)
        .iter()
        .filter_map(|row| {
            let (item, until) = (row.text("item")?, row.date("new_date")?);
            let competence = decides(scheme, item)?;
            approvals
                .iter()
                .any(|approval| {
                    approval.code == EXCEPTION
                        && approval.competence == competence
                        && approval.holds(on)
                })
                .then(|| (item.to_owned(), until))
        })
        .collect()
}

#[cfg(test)]
mod tests;
