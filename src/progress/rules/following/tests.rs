use chrono::NaiveDate;

use super::{Says, after};
use crate::access::{Act, Case as _};
use crate::ids::AccountId;
use crate::progress::rules::samples::item;
use crate::progress::rules::{Item, ItemState};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, 12, day).unwrap()
}

const CIVIL: AccountId = AccountId(7);

#[test]
fn an_item_follows_what_its_register_says() {
    use ItemState::{
        Accepted, Exempted, ForSignature, InProgress, NotApplicable, Open, ReportedDone, Returned,
        Verified,
    };
    let applied = Says::Applied(day(10));
    let done = Says::Done {
        reported: day(10),
        on: day(12),
    };
    let not = Says::Not("不予备案".to_owned());
    for (state, says, to) in [
        (Open, &applied, Some(ReportedDone)),
        (InProgress, &applied, Some(ReportedDone)),
        (ForSignature, &applied, Some(ReportedDone)),
        (Returned, &applied, Some(ReportedDone)),
        (Verified, &applied, Some(ReportedDone)),
        (Exempted, &applied, None),
        (NotApplicable, &applied, None),
        (Open, &done, Some(Verified)),
        (ReportedDone, &done, Some(Verified)),
        (Returned, &done, Some(Verified)),
        (NotApplicable, &done, None),
        (Open, &not, None),
        (ReportedDone, &not, Some(Returned)),
        (Verified, &not, Some(Returned)),
        (Accepted, &not, Some(Returned)),
    ] {
        let item = Item { state, ..item() };
        let found = after(&item, says, CIVIL);
        assert_eq!(
            found.as_ref().map(|item| item.state),
            to,
            "{state:?} {says:?}"
        );
        if let Some(found) = found {
            let leads = Item::STEPS
                .iter()
                .any(|(from, act, to)| (*from, *act, *to) == (state, Act::ItemFollow, found.state));
            assert!(leads, "{state:?} {says:?}");
            let resolved = found.resolved_on.is_some();
            assert_eq!(resolved, found.state.resolved(), "{state:?} {says:?}");
        }
    }
}

#[test]
fn r_is_the_day_on_which_it_was_applied_for_and_d_the_day_of_the_result() {
    let done = Says::Done {
        reported: day(10),
        on: day(12),
    };
    let found = after(&item(), &done, CIVIL).unwrap();
    assert_eq!(found.reported_on, Some(day(10)));
    assert_eq!(
        (found.done_on, found.resolved_on),
        (Some(day(12)), Some(day(12)))
    );
    assert_eq!(
        (found.reported_by, found.resolved_by),
        (Some(CIVIL), Some(CIVIL))
    );
    // Said again, it stands so; struck off, too.
    assert_eq!(after(&found, &done, CIVIL), None);
    let accepted = Item {
        state: ItemState::Accepted,
        ..found.clone()
    };
    assert_eq!(after(&accepted, &done, CIVIL), None);
    // A corrected day is another one.
    let corrected = Says::Done {
        reported: day(11),
        on: day(12),
    };
    let again = after(&accepted, &corrected, CIVIL).unwrap();
    assert_eq!(again.state, ItemState::Verified);
    assert_eq!(again.reported_on, Some(day(11)));
}

#[test]
fn who_reported_it_stays_who_reported_it() {
    let unit = AccountId(3);
    let reported = Item {
        state: ItemState::ReportedDone,
        reported_on: Some(day(9)),
        reported_by: Some(unit),
        ..item()
    };
    let done = Says::Done {
        reported: day(9),
        on: day(12),
    };
    let found = after(&reported, &done, CIVIL).unwrap();
    assert_eq!(found.reported_by, Some(unit));
    assert_eq!(found.resolved_by, Some(CIVIL));
}
