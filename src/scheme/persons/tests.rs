//! Categories on a day (domain 8.2, TC-21, TC-22, TC-27).

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{PersonCategory, category, cooling_ends};
use crate::scheme::Answers;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of(row: &Value, on: &str) -> PersonCategory {
    let answers: Answers = serde_json::from_value(json!({ "SV-60": [row] })).unwrap();
    let rows = answers.rows("SV-60");
    category(rows.first().unwrap(), day(on), 36)
}

#[test]
fn three_years_to_the_day_are_three_years() {
    let retired = json!({ "identity": "retired_cadre", "retired_on": "2015-11-22" });
    assert_eq!(
        of(&retired, "2018-11-21"),
        PersonCategory::RetiredUnderThree
    );
    assert_eq!(of(&retired, "2018-11-22"), PersonCategory::RetiredOverThree);
}

#[test]
fn the_end_of_a_month_is_clamped() {
    for (retired, ends) in [
        ("2016-02-29", "2019-02-28"),
        ("2015-08-31", "2018-08-31"),
        ("2013-02-28", "2016-02-28"),
    ] {
        assert_eq!(cooling_ends(day(retired), 36), day(ends));
    }
    assert_eq!(cooling_ends(day("2018-01-31"), 1), day("2018-02-28"));
    let leap = json!({ "identity": "retired_cadre", "retired_on": "2016-02-29" });
    assert_eq!(of(&leap, "2019-02-27"), PersonCategory::RetiredUnderThree);
    assert_eq!(of(&leap, "2019-02-28"), PersonCategory::RetiredOverThree);
}

#[test]
fn every_identity_has_its_category() {
    for (identity, kind, letter) in [
        ("incumbent", "concurrent", "A"),
        ("off_post", "concurrent", "B"),
        ("serving", "concurrent", "C"),
        ("serving", "full", "F"),
        ("institution", "full", "G"),
        ("diverted", "full", "H"),
        ("retired_servant", "full", "I"),
        ("hired", "full", "J"),
        ("member", "concurrent", "K"),
        // No date of retirement: 待核 (PE-20).
        ("retired_cadre", "concurrent", "?"),
        ("somebody", "full", "?"),
    ] {
        let row = json!({ "identity": identity, "kind": kind });
        assert_eq!(of(&row, "2018-09-14").key(), letter, "{identity} {kind}");
    }
}

#[test]
fn an_adviser_who_has_not_retired_is_in_category_b() {
    let row = json!({ "identity": "off_post", "post": "adviser", "kind": "concurrent" });
    assert_eq!(of(&row, "2018-09-14"), PersonCategory::OffPost);
}

#[test]
fn letters_and_labels_are_all_different() {
    for (number, one) in PersonCategory::ALL.iter().enumerate() {
        for other in PersonCategory::ALL.iter().skip(number + 1) {
            assert_ne!(one.key(), other.key());
            assert_ne!(one.label(), other.label());
        }
    }
}
