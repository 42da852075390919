use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn tc_51_a_change_never_reaches_back() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let none = Values::new();
    let new = [("age_limit", json!(65))];
    let today = day("2018-11-22");
    for (on, expected) in [
        ("2018-11-21", Err(Refusal::Past)),
        ("2018-11-22", Ok(())),
        ("2018-12-01", Ok(())),
    ] {
        assert_eq!(
            may_change(&scheme, &none, &new, (day(on), today)),
            expected,
            "{on}"
        );
    }
}

#[test]
fn what_says_nothing_new_or_contradicts_is_refused() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let none = Values::new();
    let days = (day("2018-12-01"), day("2018-11-22"));
    assert_eq!(
        may_change(&scheme, &none, &[("age_limit", json!(70))], days),
        Err(Refusal::Same)
    );
    let changed = Values::from([("age_limit".to_owned(), json!(65))]);
    assert_eq!(
        may_change(&scheme, &changed, &[("age_limit", json!(70))], days),
        Ok(())
    );
    for (name, value) in [
        ("phase2_start", json!("2018-12-24")),
        ("list_ratio_num", json!(3)),
    ] {
        let outcome = may_change(&scheme, &none, &[(name, value)], days);
        assert!(matches!(outcome, Err(Refusal::Contradiction(_))), "{name}");
    }
}

#[test]
fn ratios_and_days_are_read_as_people_write_them() {
    let names = ("list_ratio_num", "list_ratio_den");
    for (typed, expected) in [
        ("2/3", Some((2, 3))),
        (" 1 ／ 2 ", Some((1, 2))),
        ("0/2", None),
        ("0.5", None),
        ("1/x", None),
    ] {
        let read = ratio(typed, names);
        let expected =
            expected.map(|(upper, lower)| vec![(names.0, json!(upper)), (names.1, json!(lower))]);
        assert_eq!(read, expected, "{typed}");
    }
    let parse = |text: &str| match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| String::new()),
    };
    let read = days("2018-10-02、2018-10-01，2018-10-01\n", parse).unwrap();
    assert_eq!(read, [day("2018-10-01"), day("2018-10-02")]);
    assert!(days("国庆节", parse).is_err());
}

#[test]
fn a_deadline_names_the_tasks_and_measures_that_rest_on_it() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    assert!(!rests_on(&scheme, "implement_due").is_empty());
    assert!(rests_on(&scheme, "age_limit").is_empty());
}

#[test]
fn tc_51_days_of_the_calendar_that_are_over_stay() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let days = (day("2018-12-01"), day("2018-11-22"));
    let over = scheme.campaign.days_worked.iter();
    let over = over.filter(|worked| **worked < days.1);
    let before: Vec<String> = over.map(ToString::to_string).collect();
    for (later, earlier, expected) in [
        (vec!["2018-12-30"], before.clone(), Ok(())),
        (vec![], before.clone(), Ok(())),
        (vec!["2018-12-29"], vec![], Err(Refusal::PastDays)),
        (vec!["2018-11-24"], before.clone(), Err(Refusal::PastDays)),
    ] {
        let mut all = earlier;
        all.extend(later.into_iter().map(str::to_owned));
        let new = [("days_worked", json!(all))];
        assert_eq!(
            may_change(&scheme, &Values::new(), &new, days),
            expected,
            "{all:?}"
        );
    }
}
