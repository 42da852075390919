use super::{compare, lapse_reason, uncovered};
use crate::progress::rules::samples::item;
use crate::progress::rules::{Item, ItemState};
use crate::scheme::{ItemKey, Scheme};

fn key(measure: &str, object: &str) -> ItemKey {
    ItemKey {
        measure: measure.to_owned(),
        object: object.to_owned(),
        label: String::new(),
    }
}

fn stands(id: i64, (measure, object): (&str, &str), state: ItemState) -> Item {
    Item {
        id,
        measure: measure.to_owned(),
        object: object.to_owned(),
        state,
        ..item()
    }
}

#[test]
fn tc_39_what_is_done_stays_and_what_is_not_done_lapses() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let existing = [
        stands(1, ("T2-02", "SV-32#1"), ItemState::Verified),
        stands(2, ("T2-02", "SV-32#2"), ItemState::InProgress),
        stands(3, ("T2-02", "SV-32#3"), ItemState::ReportedDone),
        stands(4, ("T2-02", "SV-32#4"), ItemState::Exempted),
        stands(5, ("T2-01", ""), ItemState::Open),
        stands(6, ("T1-01", "SV-20#1"), ItemState::NotApplicable),
        stands(7, ("T1-01", "SV-20#2"), ItemState::NotApplicable),
    ];
    let wanted = [
        key("T2-01", ""),
        key("T1-01", "SV-20#1"),
        key("T3-05", ""),
        key("T6-01", ""),
    ];
    let revision = compare(&scheme, &existing, &wanted);
    let ids = |items: &[Item]| items.iter().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(ids(&revision.lapsed), [2, 3]);
    assert_eq!(ids(&revision.kept), [1, 4]);
    assert_eq!(ids(&revision.revived), [6]);
    assert_eq!(revision.same, 1);
    assert_eq!(revision.added, [key("T3-05", ""), key("T6-01", "")]);
    // T6 is no matter of the plan; T3-05 is, and is not covered.
    let open = uncovered(&scheme, &revision, &["T2-01".to_owned()]);
    assert_eq!(open, [&key("T3-05", "")]);
    assert!(uncovered(&scheme, &revision, &["T3-05".to_owned()]).is_empty());
    assert!(lapse_reason(2).contains("第2版"));
}

#[test]
fn the_same_edition_changes_nothing() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let existing = [stands(1, ("T2-01", ""), ItemState::Open)];
    let revision = compare(&scheme, &existing, &[key("T2-01", "")]);
    assert!(revision.is_empty() && revision.kept.is_empty());
    assert_eq!(revision.same, 1);
}
