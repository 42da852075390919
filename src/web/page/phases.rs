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

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> PhaseMark {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        phase(&scheme, day).unwrap()
    }

    #[test]
    fn the_phase_says_its_days_and_what_is_left_of_it() {
        let mark = |label: &str, dates: &str, left: Option<&str>| PhaseMark {
            label: label.to_owned(),
            dates: dates.to_owned(),
            left: left.map(str::to_owned),
        };
        let second = mark("部署实施阶段", "10-01至11-20", Some("剩32个工作日"));
        assert_eq!(on(2018, 10, 3), second);
        // Of two that overlap the later one.
        let third = mark("总结评估阶段", "11-11至11-30", Some("剩6个工作日"));
        assert_eq!(on(2018, 11, 22), third);
        // Its last day is one of it; after it nothing is left, and its year is told.
        assert_eq!(on(2018, 11, 30).left.as_deref(), Some("剩0个工作日"));
        assert_eq!(on(2018, 12, 1).left, None);
        let over = mark("总结评估阶段", "2018-11-11至2018-11-30", None);
        assert_eq!(on(2019, 1, 5), over);
        // Before the first it is the first, of which nothing has begun.
        let first = mark("准备阶段", "08-09至09-30", None);
        assert_eq!(on(2018, 8, 1), first);
    }
}
