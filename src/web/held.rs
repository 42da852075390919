//! A matter's state as it stands today: where somebody has it, whether its day is near or
//! over is the desk's to say, on its own page as in every list; so no page shows as merely
//! under way what the workbench calls late.

use crate::words::{Mark, Marked};

use super::hands::{Hand, Hands};
use super::page::Page;
use super::table::Cell;

/// A state with its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What it means today.
    pub mark: Mark,
    /// 待批，逾期35天.
    pub label: String,
}

impl Held {
    /// A meaning in a room's own words.
    pub fn new(mark: Mark, label: impl Into<String>) -> Self {
        let label = label.into();
        Self { mark, label }
    }

    fn of(state: impl Marked, hand: Option<&Hand>) -> Self {
        let (own, label) = (state.mark(), state.label());
        let mark = hand.map_or(own, |hand| own.on(hand.mark));
        // A day that says nothing is not said, and what is over has none.
        let day = hand.filter(|hand| mark == hand.mark && own != Mark::Void && mark != Mark::Going);
        Self {
            mark,
            label: day.map_or_else(
                || label.to_owned(),
                |hand| format!("{label}，{}", hand.state),
            ),
        }
    }
}

impl Hands {
    /// A matter's state, of its kind and key, with the day of whoever has it.
    #[must_use]
    pub fn held(&self, kind: &str, case: i64, state: impl Marked) -> Held {
        Held::of(state, self.of(kind, case).as_ref())
    }
}

impl Page {
    /// The same of what is around the page's matter, for its template.
    #[must_use]
    pub fn held<S: Marked>(&self, kind: &str, case: &i64, state: &S) -> Held {
        self.around().held(kind, *case, *state)
    }
}

impl Cell {
    /// Lays a day on the states in it.
    pub(super) fn lay(&mut self, day: Mark) {
        match self {
            Self::Mark(mark, _) => *mark = mark.on(day),
            Self::Several(cells) => cells.iter_mut().for_each(|cell| cell.lay(day)),
            _ => {}
        }
    }
}

impl From<Held> for Cell {
    fn from(held: Held) -> Self {
        Self::Mark(held.mark, held.label)
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::access::Role;
    use crate::words::mark::days;

    crate::words! {
        enum State {
            Open = "open", "待落实", Todo;
            Sent = "sent", "待批", Going;
            Back = "back", "已退回", Soon;
            Rests = "rests", "暂停", Void;
            Over = "over", "已落实", Done;
        }
    }

    fn hand(late: Option<i64>) -> Hand {
        let day = NaiveDate::from_ymd_opt(2018, 11, 1).unwrap();
        let (mark, state) = late.map_or_else(
            || (Mark::Void, "暂停办理".to_owned()),
            |late| (Mark::of_days(late, 7), days(late)),
        );
        Hand {
            kind: "letter".to_owned(),
            case: 1,
            association: None,
            title: String::new(),
            href: String::new(),
            department: 1,
            role: Role::OfficeClerk,
            who: String::new(),
            person: String::new(),
            since: day,
            used: String::new(),
            day: String::new(),
            due: None,
            suspended: false,
            go: "",
            mark,
            state,
        }
    }

    #[test]
    fn what_is_open_says_its_day_and_what_is_over_does_not() {
        assert_eq!(State::from_key(State::Open.key()), Some(State::Open));
        for (state, late, mark, words) in [
            (State::Open, Some(-8), Mark::Todo, "待落实"),
            (State::Open, Some(0), Mark::Soon, "待落实，今天到期"),
            (State::Open, Some(1), Mark::Late, "待落实，逾期1天"),
            (State::Sent, Some(35), Mark::Late, "待批，逾期35天"),
            (State::Sent, None, Mark::Void, "待批，暂停办理"),
            (State::Back, Some(-8), Mark::Soon, "已退回"),
            (State::Back, Some(-2), Mark::Soon, "已退回，还有2天"),
            (State::Rests, None, Mark::Void, "暂停"),
            (State::Over, Some(35), Mark::Done, "已落实"),
        ] {
            let held = Hands::new(vec![hand(late)]).held("letter", 1, state);
            assert_eq!(held, Held::new(mark, words), "{state:?} {late:?}");
        }
        let nobody = Hands::default().held("letter", 1, State::Sent);
        assert_eq!(nobody, Held::new(Mark::Going, "待批"));
    }
}
