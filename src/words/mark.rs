//! The seven meanings that a state can have, each with its shape: one vocabulary for the
//! whole product, so that a shape never says two things. Rooms name the meaning and its
//! words; the style sheet alone knows shape and colour.

crate::words! {
    /// What a state means for who reads it.
    pub enum Mark {
        /// Not begun, or it cannot begin.
        Todo = "todo", "未开始";
        /// Under way, in time.
        Going = "going", "办理中";
        /// Due within the days of warning, or returned.
        Soon = "soon", "临期或退回";
        /// Past its day, or against a rule that holds already.
        Late = "late", "逾期";
        /// Finished in time.
        Done = "done", "已办结";
        /// Finished late.
        DoneLate = "done_late", "逾期办结";
        /// Withdrawn, suspended, not called for.
        Void = "void", "不再办理";
    }
}

impl Mark {
    /// Of what is not finished and is so many days past its day; negative: days left, of
    /// which `warn` are near. The only place that makes something late.
    #[must_use]
    pub const fn of_days(late: i64, warn: i64) -> Self {
        match late {
            1.. => Self::Late,
            _ if -late <= warn => Self::Soon,
            _ => Self::Going,
        }
    }

    /// Whether whoever has it is to be reminded of it: its day is near or over.
    #[must_use]
    pub const fn presses(self) -> bool {
        matches!(self, Self::Soon | Self::Late)
    }

    /// A state as it stands on a day: what is not finished takes on that its day is near or
    /// over; what is finished or over has no day any more.
    #[must_use]
    pub const fn on(self, day: Self) -> Self {
        match (self, day) {
            (Self::Todo | Self::Going | Self::Soon, Self::Late) => Self::Late,
            (Self::Todo | Self::Going, Self::Soon) => Self::Soon,
            (Self::Todo | Self::Going | Self::Soon, Self::Void) => Self::Void,
            _ => self,
        }
    }
}

/// A set whose values are drawn with a mark.
pub trait Marked: super::Word {
    /// What the value means for who reads it.
    fn mark(self) -> Mark;
}

/// 逾期3天, 今天到期, 还有2天.
#[must_use]
pub fn days(late: i64) -> String {
    match late {
        0 => "今天到期".to_owned(),
        1.. => format!("逾期{late}天"),
        _ => format!("还有{}天", -late),
    }
}

#[cfg(test)]
mod tests {
    use super::Mark::{Done, DoneLate, Going, Late, Soon, Todo, Void};
    use super::*;

    #[test]
    fn a_day_makes_late_only_after_it_is_over() {
        for (late, mark, words) in [
            (-8, Going, "还有8天"),
            (-7, Soon, "还有7天"),
            (0, Soon, "今天到期"),
            (1, Late, "逾期1天"),
            (34, Late, "逾期34天"),
        ] {
            assert_eq!((Mark::of_days(late, 7), days(late)), (mark, words.into()));
        }
    }

    #[test]
    fn only_what_is_open_takes_on_its_day() {
        for open in [Todo, Going, Soon] {
            assert_eq!(open.on(Late), Late);
            assert_eq!(open.on(Soon), Soon);
            assert_eq!(open.on(Void), Void);
            assert_eq!(open.on(Going), open);
        }
        for over in [Late, Done, DoneLate, Void] {
            for day in Mark::ALL {
                assert_eq!(over.on(day), over, "{over:?} {day:?}");
            }
        }
    }
}
