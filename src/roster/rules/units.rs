//! Which units hold up the publication (LI-10, TC-54).

use super::State;

crate::words! {
    /// What a unit has not done.
    pub enum Missing {
        /// Its recommendation is not decided on.
        Undecided = "undecided", "推荐名单尚未审定";
        /// It asks for the correction of what was decided on.
        Asked = "asked", "推荐名单正申请更正";
        /// It has nothing in scope and has not said so.
        Silent = "silent", "没有推荐名单，也没有零报告";
    }
}

impl Missing {
    /// What is missing of a unit: the state of its recommendation, whether it has
    /// associations that the list could take, whether nothing more is to be said (it has
    /// reported nil, or what it has is on the list already), and whether it asks for a correction.
    #[must_use]
    pub const fn of(
        state: Option<State>,
        has_any: bool,
        (settled, asked): (bool, bool),
    ) -> Option<Self> {
        match state {
            Some(State::Approved | State::Published) if asked => Some(Self::Asked),
            Some(State::Approved | State::Published) => None,
            _ if has_any => Some(Self::Undecided),
            _ if settled => None,
            _ => Some(Self::Silent),
        }
    }

    /// The same from how many it has in scope, and how many of them were never on the list. What
    /// was put on it by an amendment needs no recommendation any more.
    #[must_use]
    pub const fn counted(
        state: Option<State>,
        (managed, unlisted): (i64, i64),
        (nil, asked): (bool, bool),
    ) -> Option<Self> {
        Self::of(state, unlisted > 0, (nil || managed > unlisted, asked))
    }

    /// Whether the unit has not reported: its base is then 未报. One that asks for a
    /// correction has.
    #[must_use]
    pub const fn is_unreported(self) -> bool {
        !matches!(self, Self::Asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tc_54_who_neither_recommended_nor_reported_nil_is_missing() {
        let none = (false, false);
        let nil = (true, false);
        assert_eq!(Missing::of(None, false, none), Some(Missing::Silent));
        assert_eq!(Missing::of(None, false, nil), None);
        // A nil report does not cover what is in scope.
        assert_eq!(Missing::of(None, true, nil), Some(Missing::Undecided));
        let sent = Some(State::Submitted);
        assert_eq!(Missing::of(sent, true, none), Some(Missing::Undecided));
        let decided = Some(State::Approved);
        assert_eq!(Missing::of(decided, true, none), None);
        assert_eq!(
            Missing::of(decided, true, (false, true)),
            Some(Missing::Asked)
        );
    }

    #[test]
    fn who_has_all_on_the_list_does_not_hold_up_a_later_one() {
        let (draft, none) = (Some(State::Draft), (false, false));
        let undecided = Some(Missing::Undecided);
        assert_eq!(Missing::counted(draft, (2, 1), none), undecided);
        assert_eq!(Missing::counted(draft, (2, 0), none), None);
        // Nothing in scope is not the same: that must be said.
        let silent = Some(Missing::Silent);
        assert_eq!(Missing::counted(draft, (0, 0), none), silent);
        assert_eq!(Missing::counted(draft, (0, 0), (true, false)), None);
    }
}
