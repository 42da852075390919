use std::collections::HashMap;

use chrono::TimeZone as _;
use proptest::prelude::*;

use super::*;

/// A day as it passes for one server: allowances, and who is known where.
#[derive(Default)]
struct Day {
    spent: HashMap<Counter, Spent>,
    known: Vec<(String, String)>,
}

impl Day {
    /// Whether a password is looked at; if it is right, the try comes back.
    fn tries(&mut self, (name, address): (&str, &str), at: f64, right: bool) -> bool {
        let now = moment(at);
        let pair = (name.to_owned(), address.to_owned());
        let counters = of_sign_in(name, address, self.known.contains(&pair));
        let mut taken = Vec::new();
        for counter in &counters {
            let mut spent = self.spent.get(counter).copied().unwrap_or_default();
            if counter.kind.allowance().take(&mut spent, now).is_err() {
                self.spent.insert(counter.clone(), spent);
                return false;
            }
            taken.push((counter.clone(), spent));
        }
        for (counter, mut spent) in taken {
            if right {
                counter.kind.allowance().give_back(&mut spent);
            }
            self.spent.insert(counter, spent);
        }
        if right {
            self.known.push(pair);
        }
        true
    }
}

fn moment(seconds: f64) -> DateTime<Utc> {
    let begin = Utc.with_ymd_and_hms(2018, 8, 9, 0, 0, 0).unwrap();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a day has few milliseconds"
    )]
    let milliseconds = (seconds * 1_000.0) as i64;
    begin + TimeDelta::milliseconds(milliseconds)
}

/// Ten thousand guesses, evenly.
fn even() -> impl Iterator<Item = f64> {
    (0..10_000_u32).map(|guess| f64::from(guess) * 8.64)
}

const DAY: f64 = 86_400.0;

#[test]
fn s6_a_day_from_one_address_verifies_at_most_a_hundred_and_the_owner_is_back() {
    for owner in ["10.0.0.1", "10.0.0.2"] {
        for signed_in_before in [false, true] {
            let mut day = Day::default();
            if signed_in_before {
                assert!(day.tries(("gongxin", owner), -60.0, true));
            }
            let guesses = even()
                .filter(|at| day.tries(("gongxin", "10.0.0.1"), *at, false))
                .count();
            assert!((10..=100).contains(&guesses), "{guesses}");
            // The last guess came at 86,391.36.
            assert!(day.tries(("gongxin", owner), 86_401.36, true), "{owner}");
        }
    }
}

#[test]
fn s6_a_day_from_ten_thousand_addresses_leaves_the_owner_a_way_in() {
    let mut day = Day::default();
    assert!(day.tries(("gongxin", "10.0.0.1"), -60.0, true));
    let mut verified = 0;
    for (guess, at) in even().enumerate() {
        let address = format!("172.16.{}.{}", guess / 256, guess % 256);
        verified += usize::from(day.tries(("gongxin", &address), at, false));
        if guess % 500 == 499 {
            // In the middle of it, from where the owner has been before.
            assert!(day.tries(("gongxin", "10.0.0.1"), at + 1.0, true));
        }
    }
    assert!(verified <= 100, "{verified}");
    // From where the owner has never been, when it has stopped.
    assert!(day.tries(("gongxin", "10.0.0.9"), 86_401.36, true));
}

#[test]
fn s6_who_waits_as_told_verifies_no_more_and_holds_up_nobody_elsewhere() {
    for addresses in [1_u32, 10, 1_000] {
        let mut day = Day::default();
        assert!(day.tries(("gongxin", "10.0.0.1"), -60.0, true));
        let (mut verified, mut at, mut turn) = (0, 0.0, 0_u32);
        while at < DAY {
            turn += 1;
            let address = format!("172.16.0.{}", turn % addresses);
            verified += u32::from(day.tries(("gongxin", &address), at, false));
            at += 10.0;
        }
        assert!(verified <= 30, "{addresses}: {verified}");
        assert!(day.tries(("gongxin", "10.0.0.1"), at, true));
    }
}

#[test]
fn s6_all_ways_into_one_account_together_give_a_hundred_a_day() {
    let kinds = [Kind::NewAnywhere, Kind::KnownAnywhere, Kind::Session];
    let most: i64 = kinds
        .into_iter()
        .map(|kind| {
            let allowance = kind.allowance();
            i64::from(allowance.size) + 86_400 / allowance.back_after.num_seconds()
        })
        .sum();
    assert_eq!(most, 100);
}

#[test]
fn s6_sixty_at_once_are_three() {
    let mut day = Day::default();
    let verified = (0..60).filter(|_| day.tries(("gongxin", "10.0.0.1"), 0.0, false));
    assert_eq!(verified.count(), 3);
}

#[test]
fn s6_one_password_on_five_hundred_accounts_is_sixty_an_hour() {
    for pause in [0.0, 1.0, 7.2, 10.0, 30.0] {
        let mut day = Day::default();
        let (mut verified, mut at) = (0, 0.0);
        for account in 0..500 {
            verified += u32::from(
                at < 3_600.0 && day.tries((&format!("u{account}"), "10.0.0.1"), at, false),
            );
            at += pause;
        }
        assert!((10..=60).contains(&verified), "{pause}: {verified}");
    }
}

#[test]
fn b66_the_eleventh_from_one_address_waits_and_who_is_known_there_does_not() {
    let mut day = Day::default();
    assert!(day.tries(("gongxin", "10.0.0.1"), -5.0, true));
    for account in 0..10 {
        assert!(day.tries((&format!("u{account}"), "10.0.0.1"), 0.0, false));
    }
    assert!(!day.tries(("nongye", "10.0.0.1"), 1.0, true));
    assert!(day.tries(("gongxin", "10.0.0.1"), 1.0, true));
    // Who waits as told gets in, though the address has nothing left at once.
    assert!(day.tries(("nongye", "10.0.0.1"), 11.0, true));
}

#[test]
fn a_clock_set_back_holds_nobody_up() {
    let mut day = Day::default();
    for _ in 0..3 {
        day.tries(("gongxin", "10.0.0.1"), DAY, false);
    }
    assert!(day.tries(("gongxin", "10.0.0.1"), 60.0, true));
}

#[test]
fn the_wait_is_told_in_seconds_or_minutes() {
    assert_eq!(seconds(TimeDelta::milliseconds(1)), 1);
    assert_eq!(seconds(TimeDelta::milliseconds(9_001)), 10);
    assert!(please_wait(10).contains("请在10秒后重试"));
    assert!(please_wait(3_601).contains("请在61分钟后重试"));
}

#[test]
fn neighbours_in_one_ipv6_network_are_one() {
    assert_eq!(network("2001:db8:1:2:3::4"), network("2001:db8:1:2::"));
    assert_ne!(network("2001:db8:1:3::4"), network("2001:db8:1:2::4"));
    assert_eq!(network("::ffff:10.0.0.1"), "10.0.0.1");
    assert_eq!(network("local"), "local");
}

proptest! {
    /// However guesses are spread over addresses and time, and whatever is known.
    #[test]
    fn s6_no_way_of_guessing_verifies_more_than_a_hundred_in_a_day(
        guesses in proptest::collection::vec((0..40_u8, 0..60_000_u32), 1..1_500),
        known in proptest::collection::vec(0..40_u8, 0..5),
    ) {
        let address = |number: u8| format!("10.0.0.{number}");
        let mut day = Day::default();
        for number in known {
            day.known.push(("gongxin".to_owned(), address(number)));
        }
        let (mut at, mut verified) = (0.0, 0);
        for (number, pause) in guesses {
            at += f64::from(pause) / 1_000.0;
            if at < DAY {
                verified += u32::from(day.tries(("gongxin", &address(number)), at, false));
            }
        }
        prop_assert!(verified <= 80, "{}", verified);
    }

    /// An owner comes in who has an address of their own: whatever went on elsewhere.
    #[test]
    fn s6_a_known_address_is_not_held_up_by_any_other_where_the_name_is_new(
        guesses in proptest::collection::vec((1..40_u8, 0..20_000_u32), 1..500),
    ) {
        let mut day = Day::default();
        prop_assert!(day.tries(("gongxin", "10.0.0.0"), -60.0, true));
        let mut at = 0.0;
        for (number, pause) in guesses {
            at += f64::from(pause) / 1_000.0;
            day.tries(("gongxin", &format!("10.0.0.{number}")), at, false);
        }
        prop_assert!(day.tries(("gongxin", "10.0.0.0"), at, true));
    }
}
