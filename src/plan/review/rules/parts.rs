//! How one part of a plan stands for whoever reads it: the office sees what it has found
//! itself, the unit what is to be mended and what it has mended since.

crate::words! {
    /// How a part stands.
    pub enum PartState {
        /// The office has not said anything of it in this round.
        Unread = "unread", "未审", Todo;
        /// The office finds that it can stay.
        Passed = "passed", "通过", Done;
        /// The office wants it mended, and has not sent the plan back yet.
        Remarked = "remarked", "要求补正", Soon;
        /// It was sent back and reads as before.
        Returned = "returned", "退回待补正", Soon;
        /// It was sent back and reads otherwise now.
        Mended = "mended", "已修改", Going;
        /// Something in it is wrong or missing.
        Wrong = "wrong", "有错误或漏填", Soon;
        /// Something in it looks odd.
        Odd = "odd", "有提醒", Soon;
        /// Nothing is missing.
        Whole = "whole", "完整", Done;
    }
}

/// What the state of a part rests on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standing {
    /// The office reads the plan: `Some(true)` it passed, `Some(false)` it is to be mended.
    pub found: Option<bool>,
    /// The office reads the plan.
    pub reading: bool,
    /// It was sent back the last time, and the plan is the unit's to mend.
    pub returned: bool,
    /// It reads otherwise than when it was last sent.
    pub changed: bool,
    /// How many errors there are.
    pub errors: usize,
    /// How many reminders.
    pub warnings: usize,
}

impl Standing {
    /// How it stands.
    #[must_use]
    pub const fn state(self) -> PartState {
        match self {
            Self {
                found: Some(true), ..
            } => PartState::Passed,
            Self {
                found: Some(false), ..
            } => PartState::Remarked,
            Self { errors: 1.., .. } => PartState::Wrong,
            Self {
                returned: true,
                changed: false,
                ..
            } => PartState::Returned,
            Self { returned: true, .. } => PartState::Mended,
            Self { warnings: 1.., .. } => PartState::Odd,
            Self { reading: true, .. } => PartState::Unread,
            Self { .. } => PartState::Whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_back_is_not_complete_until_it_is_mended() {
        let back = Standing {
            returned: true,
            ..Standing::default()
        };
        assert_eq!(back.state(), PartState::Returned);
        let mended = Standing {
            changed: true,
            ..back
        };
        assert_eq!(mended.state(), PartState::Mended);
        let wrong = Standing { errors: 2, ..back };
        assert_eq!(wrong.state(), PartState::Wrong);
        assert_eq!(Standing::default().state(), PartState::Whole);
    }

    #[test]
    fn the_office_sees_what_it_found() {
        let unread = Standing {
            reading: true,
            ..Standing::default()
        };
        assert_eq!(unread.state(), PartState::Unread);
        let found = |passed| Standing {
            found: Some(passed),
            warnings: 1,
            ..unread
        };
        assert_eq!(found(true).state(), PartState::Passed);
        assert_eq!(found(false).state(), PartState::Remarked);
        let odd = Standing {
            warnings: 1,
            ..unread
        };
        assert_eq!(odd.state(), PartState::Odd);
    }
}
