//! The traffic light of items and associations, exactly as domain 9.2. A
//! deadline is the end of its day, so that day itself is not overdue (TC-69).

use chrono::NaiveDate;

use crate::scheme::calendar::workdays_after;
use crate::scheme::campaign::Campaign;
use crate::words::Mark;

use super::deadlines::{BEYOND, goes_on};
use super::{Item, ItemState};

/// Where an item or an association stands against its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// Not called for.
    NotApplicable,
    /// Kept as it is by law.
    Exempted,
    /// Resolved in time.
    OnTime,
    /// Resolved, but late.
    Late,
    /// Every item of an association is resolved, some of them perhaps late.
    AllResolved,
    /// Overdue by so many days.
    Overdue(i64),
    /// Reported in time, waiting for the verifier, however long that takes.
    Waiting,
    /// Reported so many days after its day, waiting for the verifier.
    ReportedLate(i64),
    /// Due within the days of warning; how many are left.
    DueSoon(i64),
    /// In time.
    OnTrack,
    /// The batch had ended before the reply: it has no date (FD-2).
    Beyond,
    /// The association stands still (FD-4); whether a date that goes on all the same has
    /// passed.
    Still(bool),
}

impl Light {
    /// What it means.
    #[must_use]
    pub const fn mark(self) -> Mark {
        match self {
            Self::NotApplicable | Self::Exempted | Self::Still(_) | Self::Beyond => Mark::Void,
            Self::OnTime | Self::AllResolved => Mark::Done,
            Self::Late => Mark::DoneLate,
            Self::Overdue(_) | Self::ReportedLate(_) => Mark::Late,
            Self::DueSoon(_) => Mark::Soon,
            Self::Waiting | Self::OnTrack => Mark::Going,
        }
    }

    /// The words that go with it.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::NotApplicable => ItemState::NotApplicable.label().to_owned(),
            Self::Exempted => ItemState::Exempted.label().to_owned(),
            Self::OnTime => "按期完成".to_owned(),
            Self::Late => "逾期完成".to_owned(),
            Self::AllResolved => "全部完成".to_owned(),
            Self::Overdue(days) => format!("逾期{days}天"),
            Self::Waiting => "待核实".to_owned(),
            Self::ReportedLate(days) => format!("逾期{days}天报送，待核实"),
            Self::DueSoon(0) => "临期，今天截止".to_owned(),
            Self::DueSoon(days) => format!("临期，还有{days}天"),
            Self::OnTrack => "正常".to_owned(),
            Self::Beyond => "超出方案时限".to_owned(),
            Self::Still(false) => "暂停办理".to_owned(),
            Self::Still(true) => "暂停办理·已过《方案》时限".to_owned(),
        }
    }
}

/// What a list filters by: the meaning and its words there.
pub const MARKS: [(Mark, &str); 6] = [
    (Mark::Late, "逾期"),
    (Mark::Soon, "临期"),
    (Mark::Going, "正常或待核实"),
    (Mark::Done, "按期完成"),
    (Mark::DoneLate, "逾期完成"),
    (Mark::Void, "暂停办理、依法保留或不适用"),
];

/// The light of an item.
#[must_use]
pub fn light(item: &Item, today: NaiveDate, warn_days: i64) -> Light {
    match item.state {
        ItemState::NotApplicable => Light::NotApplicable,
        ItemState::Exempted => Light::Exempted,
        ItemState::Verified | ItemState::Accepted if late(item) => Light::Late,
        ItemState::Verified | ItemState::Accepted => Light::OnTime,
        ItemState::Open | ItemState::InProgress | ItemState::ForSignature | ItemState::Returned
            if item.due_by == BEYOND =>
        {
            Light::Beyond
        }
        ItemState::ReportedDone if item.due_by == BEYOND || item.reported_in_time() => {
            Light::Waiting
        }
        ItemState::ReportedDone => {
            let reported = item.reported_on.unwrap_or(today);
            Light::ReportedLate((reported - item.owed_on()).num_days())
        }
        ItemState::Open | ItemState::InProgress | ItemState::ForSignature | ItemState::Returned => {
            pending(item.owed_on(), today, warn_days)
        }
    }
}

/// The light of an item of an association that stands still: what is not resolved is
/// neither late nor near; a date that goes on and has passed is told apart (FD-4).
#[must_use]
pub fn at_rest(item: &Item, today: NaiveDate) -> Light {
    match light(item, today, 0) {
        Light::Overdue(_) | Light::ReportedLate(_) => Light::Still(goes_on(&item.due_by)),
        Light::Waiting | Light::DueSoon(_) | Light::OnTrack | Light::Beyond => Light::Still(false),
        settled => settled,
    }
}

/// The light of an item as pages show it: at rest while the association stands still.
#[must_use]
pub fn shown(item: &Item, (today, warn_days): (NaiveDate, i64), still: bool) -> Light {
    if still {
        at_rest(item, today)
    } else {
        light(item, today, warn_days)
    }
}

/// The light of an association that stands still, whatever its items.
#[must_use]
pub fn all_at_rest(items: &[Item], today: NaiveDate) -> Light {
    let counted = items
        .iter()
        .filter(|item| item.mandatory && item.state != ItemState::NotApplicable);
    let mut lights = counted.map(|item| at_rest(item, today));
    Light::Still(lights.any(|light| light == Light::Still(true)))
}

/// Whose clock ran out, where it was not in time, or the verifier has had it too long
/// (FD-3): the unit's runs until it reports, the verifier's from there.
#[must_use]
pub fn whose(item: &Item, campaign: &Campaign, today: NaiveDate) -> Option<String> {
    let unit = || Some("超过时限的是责任单位".to_owned());
    match light(item, today, 0) {
        Light::Overdue(_) | Light::ReportedLate(_) | Light::Late => unit(),
        Light::Waiting => {
            let days = campaign.parameters.prior_approval_sla_workdays;
            let due = workdays_after(campaign, item.reported_on?, days);
            let late = (today - due).num_days();
            (late > 0).then(|| format!("责任单位按期报送；核实单位超过时限{late}天"))
        }
        _ => None,
    }
}

/// Whether it was resolved after its deadline. The unit is measured by the day
/// of its report, so that a slow verifier does not make it late (TC-44).
#[must_use]
pub fn late(item: &Item) -> bool {
    item.state != ItemState::Exempted
        && item.due_by != BEYOND
        && item
            .resolved_on
            .is_some_and(|resolved| item.reported_on.unwrap_or(resolved) > item.owed_on())
}

fn pending(deadline: NaiveDate, today: NaiveDate, warn_days: i64) -> Light {
    let left = (deadline - today).num_days();
    if left < 0 {
        Light::Overdue(-left)
    } else if left <= warn_days {
        Light::DueSoon(left)
    } else {
        Light::OnTrack
    }
}

/// The light of an association: the worst of its mandatory items, done when all
/// are resolved, void when there are none.
#[must_use]
pub fn worst(items: &[Item], today: NaiveDate, warn_days: i64) -> Light {
    items
        .iter()
        .filter(|item| item.mandatory && item.state != ItemState::NotApplicable)
        .map(|item| match light(item, today, warn_days) {
            Light::Exempted | Light::Late | Light::OnTime => Light::AllResolved,
            // As its counters tell it: by the day that was missed.
            Light::ReportedLate(_) => match pending(item.owed_on(), today, warn_days) {
                Light::OnTrack => Light::Waiting,
                other => other,
            },
            other => other,
        })
        .reduce(worse)
        .unwrap_or(Light::NotApplicable)
}

fn worse(one: Light, other: Light) -> Light {
    if rank(other) > rank(one) { other } else { one }
}

/// Late above near above in time; more days overdue, or fewer left, are worse.
const fn rank(light: Light) -> (u8, i64) {
    match light {
        Light::Overdue(days) => (3, days),
        Light::DueSoon(days) => (2, -days),
        Light::Waiting => (2, i64::MIN),
        Light::OnTrack | Light::Beyond => (1, 0),
        Light::AllResolved
        | Light::OnTime
        | Light::Late
        | Light::Exempted
        | Light::NotApplicable
        | Light::ReportedLate(_)
        | Light::Still(_) => (0, 0),
    }
}

/// The light of an association that stands still, from its counters: `fixed` is the
/// earliest date of what is not resolved that goes on all the same.
#[must_use]
pub fn still(fixed: Option<NaiveDate>, today: NaiveDate) -> Light {
    Light::Still(fixed.is_some_and(|day| day < today))
}

/// The same light from the counters of an association, for lists: its mark and
/// days overdue agree with [`worst`].
#[must_use]
pub fn of_counters(
    (applicable, resolved, reported): (i64, i64, i64),
    next_deadline: Option<NaiveDate>,
    today: NaiveDate,
    warn_days: i64,
) -> Light {
    if applicable == 0 {
        return Light::NotApplicable;
    }
    if resolved >= applicable {
        return Light::AllResolved;
    }
    // No day: all that is not resolved was reported in time.
    match next_deadline.map(|day| pending(day, today, warn_days)) {
        None | Some(Light::OnTrack) if reported > 0 => Light::Waiting,
        Some(light) => light,
        None => Light::OnTrack,
    }
}

#[cfg(test)]
mod tests;
