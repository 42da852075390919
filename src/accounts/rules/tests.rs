use chrono::TimeZone as _;

use super::*;

#[test]
fn the_wait_grows_and_never_lasts_for_ever() {
    let seconds: Vec<i64> = [0, 1, 3, 9, 25, 100, 5_000]
        .into_iter()
        .map(|failures| wait_after(failures).num_seconds())
        .collect();
    assert_eq!(seconds, [0, 1, 3, 5, 10, 3_600, 3_600]);
}

#[test]
fn a_day_of_guessing_verifies_at_most_a_hundred_and_some() {
    let begin = Utc.with_ymd_and_hms(2018, 8, 9, 0, 0, 0).unwrap();
    let (mut failures, mut last, mut verified) = (0, begin - Duration::days(1), 0);
    for second in 0..86_400 {
        let now = begin + Duration::seconds(second);
        if on_hold(failures, last, now).is_none() {
            verified += 1;
            failures += 1;
            last = now;
        }
    }
    assert!(verified <= 124, "{verified}");
}

#[test]
fn weak_passwords_are_told_why() {
    let place = ["lvyuan".to_owned(), "绿园".to_owned()];
    let password_problem = |new: &str, username: &str, old: Option<&str>| {
        super::password_problem(new, username, old, &place)
    };
    for weak in [
        "short",
        "123456789012",
        "abcdefghijkl",
        "aaaaaaaaaaaa",
        "lvyuanqu2018!",
        "xx-jiaotong-2018",
        "我爱绿园我爱绿园我爱绿园",
    ] {
        assert!(password_problem(weak, "jiaotong", None).is_some(), "{weak}");
    }
    assert_eq!(
        password_problem("cinnabar seal 7 papers", "jiaotong", None),
        None
    );
    assert!(
        password_problem(
            "cinnabar seal 7 papers",
            "jiaotong",
            Some("cinnabar seal 7 papers")
        )
        .is_some()
    );
}

#[test]
fn capacities_need_the_department_for_them() {
    let finance = vec!["CZ".to_owned()];
    assert!(role_fits(Role::Finance, &finance, false));
    assert!(!role_fits(Role::OfficeLeader, &finance, false));
    assert!(!role_fits(Role::UnitClerk, &finance, false));
    assert!(role_fits(Role::UnitClerk, &finance, true));
}
