//! What may happen to a comment.

use chrono::NaiveDate;

use crate::database::Explain;
use crate::ids::{AccountId, DepartmentId};

/// Longest comment, in characters.
pub const LONGEST: usize = 1_000;

/// Name and label of the field of the departments that are asked to read.
pub const ASKED: (&str, &str) = ("asked", "请有关单位阅");

/// Why something is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Only the author withdraws.
    NotAuthor,
    /// The day on which it could be withdrawn is over.
    TooLate,
    /// It is withdrawn already.
    Withdrawn,
    /// The department was not asked to read it.
    NotAsked,
    /// A department that may not see this association cannot be asked.
    Stranger,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::NotAuthor => "只有留言人本人可以撤回。",
            Self::TooLate => "留言只能在当天撤回。",
            Self::Withdrawn => "这条留言已经撤回。",
            Self::NotAsked => "这条留言没有请您单位阅。",
            Self::Stranger => "只能请可以查看这个协会的单位阅。",
        }
        .to_owned()
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        matches!(self, Self::Stranger).then_some(ASKED)
    }
}

/// A comment as far as the rules go.
#[derive(Debug, Clone, Copy)]
pub struct Comment {
    /// Who wrote it.
    pub author: AccountId,
    /// When.
    pub written_on: NaiveDate,
    /// It was withdrawn.
    pub withdrawn: bool,
}

/// The author withdraws on the same day; nothing is ever removed.
pub fn may_withdraw(comment: Comment, who: AccountId, today: NaiveDate) -> Result<(), Refusal> {
    if comment.withdrawn {
        return Err(Refusal::Withdrawn);
    }
    if comment.author != who {
        return Err(Refusal::NotAuthor);
    }
    if comment.written_on != today {
        return Err(Refusal::TooLate);
    }
    Ok(())
}

/// Only departments that may see the association are asked to read.
pub fn may_mention(asked: &[DepartmentId], offered: &[DepartmentId]) -> Result<(), Refusal> {
    if asked.iter().all(|department| offered.contains(department)) {
        Ok(())
    } else {
        Err(Refusal::Stranger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_author_withdraws_on_the_day_itself_and_nobody_else_ever() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let comment = |withdrawn| Comment {
            author: AccountId(1),
            written_on: day("2018-11-20"),
            withdrawn,
        };
        for (withdrawn, who, on, expected) in [
            (false, 1, "2018-11-20", Ok(())),
            (false, 1, "2018-11-21", Err(Refusal::TooLate)),
            (false, 2, "2018-11-20", Err(Refusal::NotAuthor)),
            (true, 1, "2018-11-20", Err(Refusal::Withdrawn)),
        ] {
            assert_eq!(
                may_withdraw(comment(withdrawn), AccountId(who), day(on)),
                expected
            );
        }
    }

    #[test]
    fn only_who_may_see_the_association_is_asked() {
        let offered = [DepartmentId(1), DepartmentId(2)];
        assert_eq!(may_mention(&[DepartmentId(2)], &offered), Ok(()));
        assert_eq!(may_mention(&[], &offered), Ok(()));
        assert_eq!(
            may_mention(&[DepartmentId(2), DepartmentId(3)], &offered),
            Err(Refusal::Stranger)
        );
    }
}
