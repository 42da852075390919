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
    /// associations in scope, whether it has reported nil and asks for a correction.
    #[must_use]
    pub const fn of(
        state: Option<State>,
        has_any: bool,
        (nil, asked): (bool, bool),
    ) -> Option<Self> {
        match state {
            Some(State::Approved | State::Published) if asked => Some(Self::Asked),
            Some(State::Approved | State::Published) => None,
            _ if has_any => Some(Self::Undecided),
            _ if nil => None,
            _ => Some(Self::Silent),
        }
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
}
