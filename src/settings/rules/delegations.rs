//! When a leader may let somebody act in their stead (TC-63).

use chrono::NaiveDate;

use crate::database::Explain;

/// The days of a delegation, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Why a delegation is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Its first day is over.
    Past,
    /// Its last day comes before the first.
    Backwards,
    /// Somebody acts in these days already.
    Overlap,
    /// Not an account of the same department that could act.
    Stranger,
    /// Who gives it does not hold the capacity any more.
    Lost,
    /// It is over.
    Over,
    /// Somebody else gave it.
    Foreign,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Past => "开始日期不能早于今天。",
            Self::Backwards => "结束日期不能早于开始日期。",
            Self::Overlap => "这几天已委托他人代行；请先结束原来的代行，或改填日期。",
            Self::Stranger => "只能委托本单位在用的其他账号代行，请重新选择。",
            Self::Lost => "您已不再担任这一身份，不能委托他人代行。",
            Self::Over => "这项代行已经结束。",
            Self::Foreign => "这项代行不是由您委托的。",
        }
        .to_owned()
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Past | Self::Overlap => Some(("from_on", "开始日期")),
            Self::Backwards => Some(("to_on", "结束日期")),
            Self::Stranger => Some(("delegate", "代行人")),
            Self::Lost | Self::Over | Self::Foreign => None,
        }
    }
}

/// Whether a delegation may be given; `others` are the same person's that were
/// not ended early.
pub fn may_delegate(days: Days, today: NaiveDate, others: &[Days]) -> Result<(), Refusal> {
    if days.from < today {
        return Err(Refusal::Past);
    }
    if days.to < days.from {
        return Err(Refusal::Backwards);
    }
    let meets = |other: &Days| other.from <= days.to && days.from <= other.to;
    if others.iter().any(meets) {
        return Err(Refusal::Overlap);
    }
    Ok(())
}

crate::words! {
    /// How a delegation stands on a day.
    pub enum Standing {
        /// Its first day is to come.
        Coming = "coming", "尚未开始", Todo;
        /// It gives the capacity.
        InForce = "in_force", "代行中", Going;
        /// Its last day is over.
        Over = "over", "已到期", Void;
        /// It was ended early.
        Ended = "ended", "已提前结束", Void;
    }
}

impl Standing {
    /// How a delegation stands.
    #[must_use]
    pub fn of(days: Days, ended: bool, today: NaiveDate) -> Self {
        if ended {
            Self::Ended
        } else if today < days.from {
            Self::Coming
        } else if today > days.to {
            Self::Over
        } else {
            Self::InForce
        }
    }

    /// Whether it can still be ended.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Coming | Self::InForce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, to: &str) -> Days {
        Days {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }
    }

    #[test]
    fn tc_63_a_delegation_is_for_days_to_come_and_for_one_person_at_a_time() {
        let today = "2018-11-22".parse().unwrap();
        let others = [days("2018-12-01", "2018-12-05")];
        for (from, to, expected) in [
            ("2018-11-22", "2018-11-22", Ok(())),
            ("2018-11-22", "2018-11-30", Ok(())),
            ("2018-12-06", "2018-12-07", Ok(())),
            ("2018-11-21", "2018-11-30", Err(Refusal::Past)),
            ("2018-11-30", "2018-11-29", Err(Refusal::Backwards)),
            ("2018-11-30", "2018-12-01", Err(Refusal::Overlap)),
            ("2018-12-05", "2018-12-09", Err(Refusal::Overlap)),
            ("2018-12-02", "2018-12-03", Err(Refusal::Overlap)),
        ] {
            assert_eq!(
                may_delegate(days(from, to), today, &others),
                expected,
                "{from} {to}"
            );
        }
    }

    #[test]
    fn a_delegation_holds_from_its_first_to_its_last_day() {
        let period = days("2018-11-22", "2018-11-30");
        for (on, ended, expected) in [
            ("2018-11-21", false, Standing::Coming),
            ("2018-11-22", false, Standing::InForce),
            ("2018-11-30", false, Standing::InForce),
            ("2018-12-01", false, Standing::Over),
            ("2018-11-25", true, Standing::Ended),
        ] {
            assert_eq!(
                Standing::of(period, ended, on.parse().unwrap()),
                expected,
                "{on}"
            );
        }
    }
}
