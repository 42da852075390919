//! The phase of the campaign in the head of every page.

use chrono::{Datelike as _, NaiveDate};

use crate::scheme::Scheme;
use crate::scheme::calendar::workdays;

/// The phase that the campaign is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseMark {
    /// 总结评估阶段.
    pub label: String,
    /// 11-11至11-30.
    pub dates: String,
    /// 剩6个工作日; none once it is over.
    pub left: Option<String>,
}

/// Of phases that overlap the later one; before the first and after the last that one.
pub(super) fn phase(scheme: &Scheme, today: NaiveDate) -> Option<PhaseMark> {
    let phases = scheme.phases();
    let begun = phases.iter().rev().find(|(_, from, _)| *from <= today);
    let (label, from, to) = begun.or_else(|| phases.first())?;
    // Years are written where they are not this one's.
    let this_year = from.year() == today.year() && to.year() == today.year();
    let form = if this_year { "%m-%d" } else { "%Y-%m-%d" };
    let left = workdays(&scheme.campaign, today, *to);
    Some(PhaseMark {
        label: label.clone(),
        dates: format!("{}至{}", from.format(form), to.format(form)),
        left: (today >= *from && today <= *to).then(|| format!("剩{left}个工作日")),
    })
}
