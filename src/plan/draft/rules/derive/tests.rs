use std::collections::BTreeSet;

use crate::plan::samples::{day, derived, scheme, survey};

use super::*;

#[test]
fn every_applicable_item_of_the_five_tracks_has_matter_measure_step_and_owner() {
    let content = derived(&survey());
    let expected: BTreeSet<String> = scheme()
        .applicable(&survey(), day(10, 9))
        .iter()
        .filter(|key| in_five(&scheme(), &key.measure))
        .map(ItemKey::text)
        .collect();
    assert!(expected.len() > 20);
    for part in ["PL-2", "PL-3", "PL-4", "PL-5"] {
        let rows = content.rows(part);
        let found: BTreeSet<String> = rows
            .iter()
            .filter_map(|row| row.text("item"))
            .map(str::to_owned)
            .collect();
        assert_eq!(found, expected, "{part}");
        assert_eq!(
            rows.iter()
                .map(crate::scheme::Row::key)
                .collect::<BTreeSet<_>>()
                .len(),
            rows.len(),
            "{part}: keys"
        );
    }
}

#[test]
fn what_only_people_know_stays_blank() {
    let content = derived(&survey());
    for code in ["PL-7", "PL-13", "PL-14", "PL-15-1", "PL-15-2"] {
        assert!(!content.has(code), "{code}");
    }
    assert!(
        content
            .rows("PL-12")
            .iter()
            .all(|row| row.date("sent_on").is_none())
    );
}

#[test]
fn people_and_assets_are_those_that_must_be_settled() {
    let content = derived(&survey());
    let people: Vec<_> = content
        .rows("PL-10")
        .iter()
        .filter_map(|row| row.text("person"))
        .map(str::to_owned)
        .collect();
    assert_eq!(people, ["李某", "张某", "王某", "赵某"]);
    let objects: Vec<_> = content
        .rows("PL-11")
        .iter()
        .filter_map(|row| row.text("object"))
        .map(str::to_owned)
        .collect();
    assert_eq!(objects, ["计算机", "展示设备", "交通局办公楼312室"]);
}

#[test]
fn the_receiving_department_is_never_missing() {
    assert_eq!(derived(&survey()).text("PL-8-1"), Some("zuzhi"));
    let mut named = survey();
    named.set("SV-74", Some("minzheng".into()));
    assert_eq!(derived(&named).text("PL-8-1"), Some("minzheng"));
    assert_eq!(derived(&survey()).text("PL-8-3"), Some("branch"));
}

#[test]
fn steps_never_begin_after_they_end_nor_end_too_late_on_any_day() {
    let scheme = scheme();
    let last = scheme.campaign.parameters.office_space_due;
    for on in day(9, 20).iter_days().take(60) {
        let content = content(&Basis {
            scheme: &scheme,
            survey: &survey(),
            association: "会",
            unit: "局",
            linked: &[],
            on,
        });
        for row in content.rows("PL-4") {
            let (start, due) = (row.date("start").unwrap(), row.date("due").unwrap());
            assert!(start <= due && due <= last, "{on}: {:?}", row.text("item"));
        }
    }
}
