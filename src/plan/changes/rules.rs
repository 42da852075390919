//! What a change of a plan under way may touch, and whose approval it needs anew
//! (domain 6.3): matters, measures, steps and owners; never a day that the
//! scheme itself fixes.

use std::collections::BTreeSet;

use crate::access::Act;
use crate::access::case::{Holder, Steps};
use crate::plan::approvals::rules::{Approval, ApprovalState, CHANGE, EXCEPTION};
use crate::plan::draft::rules::{MATTERS, TIMETABLE};
use crate::plan::rules::Refusal;
use crate::scheme::{Answers, Row, Scheme, measure_of};

use ChangeState as At;

crate::words! {
    /// State of a change.
    pub enum ChangeState {
        /// The office's head decides.
        Pending = "pending", "待脱钩办批准";
        /// The plan says so now.
        Approved = "approved", "批准";
        /// The plan stayed as it was.
        Rejected = "rejected", "不同意，按原方案实施";
        /// The plan ended before.
        Lapsed = "lapsed", "随方案终止，不再办理";
    }
}

/// From a state, by an act, to a state: a change moves together with its plan.
pub const STEPS: Steps<ChangeState> = &[
    (At::Pending, Act::ChangeRequest, At::Pending),
    (At::Pending, Act::ChangeApprove, At::Approved),
    (At::Pending, Act::ChangeReject, At::Rejected),
    (At::Pending, Act::ExitDecide, At::Lapsed),
    (At::Pending, Act::RosterAmend, At::Lapsed),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: ChangeState) -> &'static [Holder] {
    match state {
        At::Pending => const { &[Holder::head(Act::ChangeApprove)] },
        At::Approved | At::Rejected | At::Lapsed => &[],
    }
}

/// Parts that a change may touch: matters, measures, steps, owners (domain 6.3).
pub const CHANGEABLE: [&str; 4] = [MATTERS, "PL-3", TIMETABLE, "PL-5"];

/// Item codes whose rows differ between two contents in one of these parts.
#[must_use]
pub fn touched(before: &Answers, after: &Answers, parts: &[&str]) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for part in parts {
        let (old, new) = (before.rows(part), after.rows(part));
        let differs = |row: &Row, others: &[Row]| !others.contains(row);
        let changed = old
            .iter()
            .filter(|row| differs(row, &new))
            .chain(new.iter().filter(|row| differs(row, &old)));
        items.extend(changed.filter_map(|row| row.text("item").map(|item| item.trim().to_owned())));
    }
    items
}

/// What the plan would say with these answers; only parts that may be changed count.
#[must_use]
pub fn applied(before: &Answers, answers: &Answers) -> Answers {
    let mut after = before.clone();
    for part in CHANGEABLE {
        if let Some(answer) = answers.get(part) {
            after.set(part, Some(answer.clone()));
        }
    }
    after
}

/// Whether the change may be asked for; `legal` says whether the scheme fixes an
/// item's day.
pub fn allowed(scheme: &Scheme, before: &Answers, after: &Answers) -> Result<(), Refusal> {
    if CHANGEABLE
        .iter()
        .all(|part| before.get(part) == after.get(part))
    {
        return Err(Refusal::NothingChanged);
    }
    let late = scheme.campaign.parameters.implement_due;
    for item in touched(before, after, &["PL-4"]) {
        let Some(measure) = scheme.measure(measure_of(&item)) else {
            continue;
        };
        let moved = after.rows("PL-4").iter().any(|row| {
            row.text("item").map(str::trim) == Some(&item) && row.date("due") > Some(late)
        });
        if moved || measure.own_deadline {
            return Err(Refusal::LegalDay(format!("{item} {}", measure.text)));
        }
    }
    Ok(())
}

/// Competences to be asked anew: those that approved something of this plan and
/// verify an item whose matter or measure is changed.
#[must_use]
pub fn competences(
    scheme: &Scheme,
    before: &Answers,
    after: &Answers,
    approvals: &[Approval],
) -> Vec<String> {
    let touched = touched(before, after, &["PL-2", "PL-3"]);
    let verifies: BTreeSet<&String> = touched
        .iter()
        .filter_map(|item| scheme.measure(measure_of(item)))
        .flat_map(|measure| &measure.verify)
        .collect();
    let asked = approvals
        .iter()
        .filter(|approval| approval.code != CHANGE && approval.code != EXCEPTION);
    let own: BTreeSet<String> = asked
        .filter(|approval| verifies.contains(&approval.competence))
        .map(|approval| approval.competence.clone())
        .collect();
    own.into_iter().collect()
}

/// Approvals of the change that are not there yet, by department.
pub fn all_agreed(approvals: &[Approval]) -> Result<(), Refusal> {
    let open: Vec<String> = approvals
        .iter()
        .filter(|approval| {
            approval.code == CHANGE
                && approval.state != ApprovalState::NotNeeded
                && !approval.state.is_approved()
        })
        .map(|approval| format!("实施方案变更（{}）", approval.department_name))
        .collect();
    if open.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Unapproved(open))
    }
}

#[cfg(test)]
mod tests;
