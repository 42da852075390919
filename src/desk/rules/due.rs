//! By when. Each clock belongs to one pair of hands (FD-3): the unit's until it reports, the
//! verifier's from the report, the office's from receipt, the linked department's from the
//! notice; after a return the unit has some working days more.

use chrono::{NaiveDate, TimeDelta};

use crate::access::{Act, Case as _};
use crate::activities::store::Activity;
use crate::corrections::store::Correction;
use crate::exits::store::Exit;
use crate::holdings::rules::book::Entry;
use crate::plan::approvals::rules::Approval;
use crate::plan::changes::store::Change;
use crate::plan::conditions::store::Condition;
use crate::plan::notices::store::Notice;
use crate::plan::store::Plan;
use crate::progress::rules::Item;
use crate::registry::rules::suspension::{moved, stood};
use crate::roster::store::requests::Request;
use crate::scheme::calendar::workdays_after;
use crate::survey::store::Survey;
use crate::timeline::rules::reminders::NOTICE;
use crate::timeline::store::orders::Order;
use crate::workgroups::rules::Part;

use super::machines::{EXTENSION, NOTICE_DUE, OBJECTION, RECOMMENDATION, rests};
use super::{Found, Judge};

/// Working days within which the office does what the scheme sets no day for [D].
const DAYS: i64 = 5;
/// Working days within which the office's head signs a 督办单 [D].
const SIGNATURE: i64 = 2;
/// Working days within which a notice is signed for; the scheme sets none [D].
const RECEIPT: i64 = 1;
/// Days within which a plan is begun after its reply; the scheme sets none [D].
const BEGIN: i64 = 7;

/// The end of this day; none: no day is set.
pub(super) fn day(judge: &Judge<'_>, matter: &Found, act: Act) -> Option<NaiveDate> {
    let campaign = judge.campaign(matter);
    let set = &campaign.parameters;
    let from = |days: i64| clock(judge, matter, (matter.since, days));
    let (office, verifier) = (
        set.office_review_sla_workdays,
        set.prior_approval_sla_workdays,
    );
    let day = match matter.kind.as_str() {
        Survey::KIND => survey(judge, matter, act),
        "survey_start" => ends(judge, "survey", set.survey_due),
        "scope" if matter.state == "proposed" => from(office),
        "scope" => set.survey_due,
        "plan_start" => later(
            judge,
            matter,
            batch_ends(judge, matter, "plan", set.plan_submit_due),
        ),
        Plan::KIND => plan(judge, matter),
        RECOMMENDATION => recommendation(judge, matter),
        Approval::KIND if matter.state == "requested" => from(verifier),
        Approval::KIND if matter.state == "withdrawn" => from(office),
        Approval::KIND => later(
            judge,
            matter,
            batch_ends(judge, matter, "plan", set.plan_submit_due),
        ),
        Change::KIND | Correction::KIND => from(office),
        Condition::KIND if matter.state == "reported" => from(office),
        Condition::KIND => resubmitted(judge, matter, matter.due?),
        Notice::KIND => from(set.linked_reply_workdays),
        Item::KIND => item(judge, matter)?,
        EXTENSION => from(verifier),
        Entry::KIND => entry(judge, matter),
        Activity::KIND if matter.state == "approved" => workdays_after(campaign, matter.due?, DAYS),
        Activity::KIND | Exit::KIND | Request::KIND | "revision" | "amendment" | "founding" => {
            from(DAYS)
        }
        "post" if matter.state == "decide" => from(verifier),
        "post" if matter.state == "arranged" => from(DAYS),
        "post" | "post_register" => matter.due.unwrap_or(set.implement_due),
        "nil_report" => ends(judge, "survey", set.survey_due),
        part if Part::from_key(part).is_some() => workgroup(judge, matter),
        NOTICE_DUE => batch_ends(judge, matter, "notices", set.plan_submit_due),
        OBJECTION => from(DAYS),
        Order::KIND if matter.state == "draft" => from(SIGNATURE),
        NOTICE => from(RECEIPT),
        _ => matter.due?,
    };
    Some(day)
}

/// The last day of the window of a task, as moved.
fn ends(judge: &Judge<'_>, measured: &str, otherwise: NaiveDate) -> NaiveDate {
    let window = judge.windows.get(measured);
    window.and_then(|window| window.due).unwrap_or(otherwise)
}

/// The same of what goes with the batch: a later one has its own dates (FD-1).
fn batch_ends(
    judge: &Judge<'_>,
    matter: &Found,
    measured: &str,
    otherwise: NaiveDate,
) -> NaiveDate {
    if judge.batches.has(matter.association) {
        otherwise
    } else {
        ends(judge, measured, otherwise)
    }
}

/// What was sent back is due some working days after that, if not later anyway.
fn resubmitted(judge: &Judge<'_>, matter: &Found, day: NaiveDate) -> NaiveDate {
    if matter.state != "returned" {
        return day;
    }
    again(judge, matter).max(day)
}

fn again(judge: &Judge<'_>, matter: &Found) -> NaiveDate {
    let days = judge.campaign(matter).parameters.resubmit_workdays;
    clock(judge, matter, (matter.since, days))
}

/// Working days that the matter's association stood still, since a day or ever.
fn still(judge: &Judge<'_>, matter: &Found, since: Option<NaiveDate>) -> i64 {
    let known = matter.association.and_then(|id| judge.stood.get(&id));
    let known = known.filter(|_| rests(&matter.kind));
    known.map_or(0, |all| stood(judge.campaign(matter), all, since))
}

/// A clock of a pair of hands: what stood still since then does not count (FD-4).
fn clock(judge: &Judge<'_>, matter: &Found, (since, days): (NaiveDate, i64)) -> NaiveDate {
    let days = days + still(judge, matter, Some(since));
    workdays_after(judge.campaign(matter), since, days)
}

/// A date of the batch, moved by what the association stood still.
fn later(judge: &Judge<'_>, matter: &Found, day: NaiveDate) -> NaiveDate {
    moved(judge.campaign(matter), day, still(judge, matter, None))
}

/// What was sent back or opened again is due some working days after that day, in whichever
/// of the unit's hands it is.
fn survey(judge: &Judge<'_>, matter: &Found, act: Act) -> NaiveDate {
    let campaign = judge.campaign(matter);
    let set = &campaign.parameters;
    let end = ends(judge, "survey", set.survey_due);
    if matches!(act, Act::SurveyReturn | Act::SurveyConfirm) {
        return workdays_after(campaign, matter.since, set.office_review_sla_workdays);
    }
    let from = matter
        .due
        .or_else(|| (matter.state == "returned").then_some(matter.since));
    from.map_or(end, |day| {
        workdays_after(campaign, day, set.resubmit_workdays).max(end)
    })
}

fn plan(judge: &Judge<'_>, matter: &Found) -> NaiveDate {
    let set = &judge.campaign(matter).parameters;
    match matter.state.as_str() {
        "submitted" | "under_review" => {
            let days = set.office_review_sla_workdays;
            clock(judge, matter, (matter.since, days))
        }
        "approved" => {
            let end = matter.since + TimeDelta::days(BEGIN);
            let still = still(judge, matter, Some(matter.since));
            workdays_after(judge.campaign(matter), end, still)
        }
        // Whoever has it in the unit: the day is that of the plan, or counts from its return.
        _ => {
            let end = later(
                judge,
                matter,
                batch_ends(judge, matter, "plan", set.plan_submit_due),
            );
            let again = |returned| clock(judge, matter, (returned, set.resubmit_workdays));
            matter.due.map_or(end, |returned| again(returned).max(end))
        }
    }
}

fn recommendation(judge: &Judge<'_>, matter: &Found) -> NaiveDate {
    let campaign = judge.campaign(matter);
    let set = &campaign.parameters;
    match matter.state.as_str() {
        "submitted" => workdays_after(campaign, matter.since, set.office_review_sla_workdays),
        "approved" => set.list_publish_due,
        _ => {
            let end = ends(judge, "recommendation", set.list_recommend_due);
            resubmitted(judge, matter, end)
        }
    }
}

/// The unit's clock is the item's own day, or some days after it came back; the verifier's
/// begins with the report, the office's with the verification.
fn item(judge: &Judge<'_>, matter: &Found) -> Option<NaiveDate> {
    let set = &judge.campaign(matter).parameters;
    let from = |days: i64| clock(judge, matter, (matter.since, days));
    Some(match matter.state.as_str() {
        "reported_done" => from(set.prior_approval_sla_workdays),
        "verified" | "exemption" => from(set.office_review_sla_workdays),
        _ => resubmitted(judge, matter, matter.due?),
    })
}

/// Registers are done by the end of the five separations; rooms have the scheme's own day.
fn entry(judge: &Judge<'_>, matter: &Found) -> NaiveDate {
    let campaign = judge.campaign(matter);
    let set = &campaign.parameters;
    if matter.state == "submitted" {
        return workdays_after(campaign, matter.since, set.prior_approval_sla_workdays);
    }
    let end = match matter.note.as_str() {
        "room" | "delay" => set.office_space_due,
        _ => set.implement_due,
    };
    resubmitted(judge, matter, end)
}

fn workgroup(judge: &Judge<'_>, matter: &Found) -> NaiveDate {
    let campaign = judge.campaign(matter);
    let set = &campaign.parameters;
    if matter.state == "reported" {
        return workdays_after(campaign, matter.since, set.office_review_sla_workdays);
    }
    resubmitted(judge, matter, ends(judge, &matter.kind, set.phase1_end))
}
