use super::{Case, Holder, Row, Steps, Stuck, opening, step};
use crate::access::{Act, Seen};

crate::words! {
    /// State of a letter.
    pub enum State {
        /// Written.
        Draft = "draft", "拟稿中", Going;
        /// With the other side.
        Sent = "sent", "已发送", Done;
        /// Not wanted.
        Refused = "refused", "未采纳", Soon;
    }
}

#[derive(Debug)]
struct Letter(State, i32);

impl Case for Letter {
    type State = State;
    const KIND: &'static str = "letter";
    const NAME: &'static str = "函件";
    const STEPS: Steps<State> = &[
        (State::Draft, Act::ExitSave, State::Draft),
        (State::Draft, Act::ExitPropose, State::Sent),
        (State::Sent, Act::ExitDecide, State::Draft),
        (State::Sent, Act::ExitDecide, State::Refused),
    ];
    const FIRST: State = State::Draft;

    fn holder(state: State) -> &'static [Holder] {
        match state {
            State::Draft => const { &[Holder::clerk(Act::ExitSave)] },
            State::Sent | State::Refused => &[],
        }
    }

    fn row(&self) -> Row<State> {
        Row {
            id: 7,
            version: self.1,
            state: self.0,
            association: None,
        }
    }
}

fn stuck(state: State, seen: i32, act: Act) -> Option<Stuck> {
    step(Some(Letter(state, 3)), &Seen::version(seen), act).err()
}

#[test]
fn a_step_is_made_on_what_was_seen_and_where_it_is_open() {
    assert_eq!(stuck(State::Draft, 3, Act::ExitPropose), None);
    assert!(matches!(
        stuck(State::Draft, 2, Act::ExitPropose),
        Some(Stuck::Stale(_))
    ));
    assert_eq!(
        stuck(State::Refused, 3, Act::ExitPropose),
        Some(Stuck::Closed("函件", "未采纳"))
    );
    assert_eq!(State::from_key("sent"), Some(State::Sent));
    let none = step::<Letter>(None, &Seen::version(0), Act::ExitSave).err();
    assert_eq!(none, Some(Stuck::Missing("函件")));
}

#[test]
fn a_branch_must_be_chosen_among_the_machines() {
    let letter = || Some(Letter(State::Sent, 3));
    let taken = step(letter(), &Seen::version(3), Act::ExitDecide).unwrap();
    assert_eq!(taken.next.to, None);
    assert_eq!(taken.to(State::Refused).next.to, Some(State::Refused));
    let taken = step(letter(), &Seen::version(3), Act::ExitDecide).unwrap();
    assert_eq!(taken.to(State::Sent).next.to, None);
}

#[test]
fn what_is_not_there_is_made_by_who_saw_that_there_was_nothing() {
    let made = opening::<Letter>(None, &Seen::version(0), Act::ExitSave).unwrap();
    assert_eq!(
        (made.next.from(), made.next.to),
        (State::Draft, Some(State::Draft))
    );
    assert!(opening::<Letter>(None, &Seen::version(1), Act::ExitSave).is_err());
    let found = Some(Letter(State::Draft, 3));
    assert!(opening(found, &Seen::version(0), Act::ExitSave).is_err());
}
