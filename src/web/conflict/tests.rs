//! Three versions made one: who touched what, and that nothing is lost.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::base::Base;
use super::choosing::{marked, name, settle};
use super::merge::{Change, Merged, Merging, Verdict, Version, Was, weigh};
use super::shape::{Line, Part, Table};
use super::sides::Side;
use crate::audit::AuditKey;
use crate::scheme::Choice;
use crate::web::marks::Marks;

type Fields = Vec<(String, String)>;

fn marks() -> Marks {
    Marks::new(&AuditKey::parse(&"7a".repeat(32)).unwrap())
}

fn fields(of: &[(&str, &str)]) -> Fields {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    of.iter().map(own).collect()
}

fn options(of: &[(&str, &str)]) -> Vec<Choice> {
    fields(of).into_iter().map(Choice::from).collect()
}

/// A form with every kind of field.
fn form() -> Vec<Part> {
    vec![
        Part::Line(Line::text("name", "名称")),
        Part::Line(Line::money("pay", "年报酬")),
        Part::Line(Line::day("day", "日期")),
        Part::Line(Line::yes_no("own", "有独立账号")),
        Part::Line(Line::tick("paid", "取酬")),
        Part::Line(Line::of(
            "basis",
            "会员主体",
            &options(&[("a", "企业"), ("b", "个人")]),
        )),
        Part::Table(Table {
            name: "T".to_owned(),
            label: "人员".to_owned(),
            columns: vec![Line::text("name", "姓名"), Line::money("pay", "报酬")],
            nil: Some(Line::tick("T.nil", "人员：无")),
        }),
    ]
}

fn merged(base: Option<&Fields>, mine: &Fields, theirs: &Fields) -> Merged {
    let (parts, marks) = (form(), marks());
    let base = base.map(|base| Base::of(&parts, base, &marks));
    // As it travels in the form.
    let base = base.map(|base| Base::parse(&base.text()).unwrap());
    let merging = Merging {
        base: base.as_ref(),
        mine: Side::of(mine),
        theirs: Side::of(theirs),
        marks: &marks,
    };
    merging.run(&parts)
}

/// The form as it is saved by one click, with the proposed choices.
fn saved(merged: &Merged) -> Fields {
    let mut sent = merged.fields.clone();
    for (open, number) in merged.open.iter().zip(1..) {
        let side = if open.propose_mine { "mine" } else { "theirs" };
        sent.push((name(number), side.to_owned()));
        sent.extend(marked(number, "mine", &open.mine));
        sent.extend(marked(number, "theirs", &open.theirs));
    }
    settle(&mut sent);
    sent
}

fn names_of(fields: &Fields) -> BTreeSet<String> {
    let names = fields
        .iter()
        .filter(|(name, _)| matches!(name.split('.').collect::<Vec<_>>()[..], ["T", _, "name"]));
    names.map(|(_, value)| value.clone()).collect()
}

#[test]
fn who_touched_what() {
    let (a, b, c) = (Some("a"), Some("b"), Some("c"));
    for (was, mine, theirs, verdict) in [
        (Was::Mark("a"), a, a, Verdict::Same),
        (Was::Mark("a"), b, b, Verdict::Same),
        (Was::Mark("a"), a, b, Verdict::Theirs),
        (Was::Mark("a"), b, a, Verdict::Mine),
        (Was::Mark("a"), b, c, Verdict::Both),
        (Was::Nothing, a, None, Verdict::Mine),
        (Was::Nothing, None, a, Verdict::Theirs),
        (Was::Mark("a"), None, a, Verdict::Mine),
        (Was::Mark("a"), a, None, Verdict::Theirs),
        (Was::Mark("a"), None, b, Verdict::Both),
        (Was::Unknown, a, a, Verdict::Same),
        (Was::Unknown, a, b, Verdict::Both),
        (Was::Unknown, None, b, Verdict::Both),
    ] {
        assert_eq!(
            weigh(was, mine, theirs),
            verdict,
            "{was:?} {mine:?} {theirs:?}"
        );
    }
}

#[test]
fn what_i_did_not_touch_takes_the_newer_value_and_what_only_i_touched_stays() {
    let base = fields(&[
        ("name", "甲"),
        ("own", "no"),
        ("basis", "a"),
        ("pay", "1.00"),
    ]);
    // Another ticked, chose and wrote; I wrote elsewhere. A box that is not ticked is not sent.
    let theirs = fields(&[
        ("name", "甲"),
        ("own", "yes"),
        ("paid", "yes"),
        ("basis", "b"),
        ("pay", "1.00"),
    ]);
    let mine = fields(&[
        ("name", "甲二"),
        ("own", "no"),
        ("basis", "a"),
        ("pay", "1"),
    ]);
    let merged = merged(Some(&base), &mine, &theirs);
    assert!(merged.open.is_empty(), "{:?}", merged.open);
    let told: Vec<_> = merged
        .taken
        .iter()
        .map(|told| (told.label.as_str(), told.stays.text.as_str()))
        .collect();
    assert_eq!(
        told,
        [("有独立账号", "是"), ("取酬", "是"), ("会员主体", "个人")]
    );
    let kept: Vec<_> = merged
        .kept
        .iter()
        .map(|told| told.stays.text.as_str())
        .collect();
    assert_eq!(kept, ["甲二"]);
    let saved = saved(&merged);
    for pair in [
        ("name", "甲二"),
        ("own", "yes"),
        ("paid", "yes"),
        ("basis", "b"),
    ] {
        assert!(
            saved.contains(&(pair.0.to_owned(), pair.1.to_owned())),
            "{pair:?} {saved:?}"
        );
    }
}

#[test]
fn what_both_touched_is_a_choice_in_words() {
    let base = fields(&[("pay", "1.00"), ("day", "2018-11-01"), ("paid", "yes")]);
    let theirs = fields(&[("pay", "2.00"), ("day", "2018-11-02"), ("paid", "yes")]);
    let mine = fields(&[("pay", "3"), ("day", "2018年11月3日")]);
    let merged = merged(Some(&base), &mine, &theirs);
    let choices: Vec<_> = merged
        .open
        .iter()
        .map(|open| {
            (
                open.label.as_str(),
                open.mine.text.as_str(),
                open.theirs.text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        choices,
        [
            ("年报酬", "3.00万元", "2.00万元"),
            ("日期", "2018-11-03", "2018-11-02")
        ]
    );
    // I took the tick away, and nobody else touched it: it stays away.
    assert_eq!(merged.kept.len(), 1);
    assert!(!saved(&merged).iter().any(|(name, _)| name == "paid"));
}

#[test]
fn rows_of_either_stay_and_two_that_were_added_under_one_number_are_two() {
    let base = fields(&[("T.1.name", "老甲"), ("T.2.name", "老乙")]);
    let theirs = fields(&[
        ("T.1.name", "老甲"),
        ("T.2.name", "老乙"),
        ("T.3.name", "张三"),
        ("T.4.name", "李四"),
        ("T.5.name", "王五"),
    ]);
    let mine = fields(&[
        ("T.1.name", "老甲"),
        ("T.2.name", "老乙"),
        ("T.3.name", "赵六"),
        ("T.3.pay", ""),
    ]);
    let merged = merged(Some(&base), &mine, &theirs);
    assert!(merged.open.is_empty());
    let wanted = ["老甲", "老乙", "张三", "李四", "王五", "赵六"].map(str::to_owned);
    let saved = saved(&merged);
    assert_eq!(names_of(&saved), BTreeSet::from(wanted));
    assert!(
        saved.contains(&("T.6.name".to_owned(), "赵六".to_owned())),
        "{saved:?}"
    );
    assert!(merged.taken.iter().all(|told| told.change == Change::Added));
}

#[test]
fn a_row_taken_away_by_one_goes_unless_the_other_changed_it() {
    let base = fields(&[("T.1.name", "甲"), ("T.2.name", "乙"), ("T.2.pay", "1.00")]);
    let gone = fields(&[("T.1.name", "甲")]);
    let untouched = merged(Some(&base), &base, &gone);
    assert!(untouched.open.is_empty());
    assert_eq!(
        names_of(&saved(&untouched)),
        BTreeSet::from(["甲".to_owned()])
    );
    assert_eq!(
        untouched.taken.first().map(|told| told.change),
        Some(Change::Removed)
    );

    let changed = fields(&[("T.1.name", "甲"), ("T.2.name", "乙"), ("T.2.pay", "5")]);
    for (mine, theirs) in [(&changed, &gone), (&gone, &changed)] {
        let merged = merged(Some(&base), mine, theirs);
        assert_eq!(merged.open.len(), 1);
        assert!(
            names_of(&saved(&merged)).contains("乙"),
            "it is kept unless somebody says otherwise"
        );
    }
}

#[test]
fn none_and_rows_cannot_both_be() {
    let base = fields(&[]);
    let (nil, rows) = (fields(&[("T.nil", "yes")]), fields(&[("T.1.name", "甲")]));
    for (mine, theirs) in [(&nil, &rows), (&rows, &nil)] {
        let merged = merged(Some(&base), mine, theirs);
        let open = merged.open.first().unwrap();
        assert_eq!((merged.open.len(), open.propose_mine), (1, mine == &rows));
        assert_eq!(names_of(&saved(&merged)), BTreeSet::from(["甲".to_owned()]));
        assert!(!saved(&merged).iter().any(|(name, _)| name == "T.nil"));
    }
}

#[test]
fn without_what_stood_there_every_difference_is_a_choice_and_no_row_goes() {
    let theirs = fields(&[("own", "yes"), ("T.1.name", "甲"), ("T.2.name", "乙")]);
    let mine = fields(&[("name", "丙"), ("T.1.name", "甲")]);
    let merged = merged(None, &mine, &theirs);
    let labels: Vec<_> = merged.open.iter().map(|open| open.label.as_str()).collect();
    assert_eq!(labels, ["名称", "有独立账号", "人员"]);
    assert!(names_of(&saved(&merged)).contains("乙"));
}

#[test]
fn a_choice_is_read_as_the_fields_of_the_chosen_side() {
    let version = |value: &str| Version {
        fields: fields(&[("T.2.name", value)]),
        ..Version::default()
    };
    let mut sent = fields(&[("version", "3"), ("@1", "theirs")]);
    sent.extend(marked(1, "mine", &version("甲")));
    sent.extend(marked(1, "theirs", &version("乙")));
    sent.extend(marked(2, "mine", &version("丙")));
    settle(&mut sent);
    assert_eq!(
        sent,
        fields(&[("version", "3"), ("T.2.name", "乙"), ("T.2.name", "丙")])
    );
}

#[test]
fn a_base_says_nothing_of_what_it_is_made_of() {
    let base = fields(&[("name", "张某"), ("T.1.name", "李某")]);
    let text = Base::of(&form(), &base, &marks()).text();
    assert!(!text.contains('张') && !text.contains('李'));
    let other = Marks::new(&AuditKey::parse(&"7b".repeat(32)).unwrap());
    assert_ne!(text, Base::of(&form(), &base, &other).text());
    assert_eq!(Base::parse("1"), Some(Base::default()));
    assert_eq!(Base::parse("rubbish"), None);
    assert_eq!(Base::parse("1 rubbish"), None);
}

/// A version of the form: single fields, and rows by number.
fn version() -> impl Strategy<Value = Fields> {
    let word = || prop_oneof![Just(""), Just("甲"), Just("乙"), Just("丙")];
    let single = (
        word(),
        prop_oneof![Just(""), Just("yes"), Just("no")],
        any::<bool>(),
    );
    let rows = prop::collection::btree_map(1_u32..6, word(), 0..5);
    (single, rows).prop_map(|((name, own, paid), rows)| {
        let mut all = fields(&[("name", name), ("own", own)]);
        if paid {
            all.extend(fields(&[("paid", "yes")]));
        }
        let rows = rows.into_iter();
        all.extend(rows.map(|(number, name)| (format!("T.{number}.name"), name.to_owned())));
        all
    })
}

/// What a version says, normally written: names of rows as a multiset.
fn says(fields: &Fields) -> (Vec<(String, String)>, Vec<String>) {
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    let (rows, mut single): (Fields, Fields) = filled
        .cloned()
        .partition(|(name, _)| name.starts_with("T."));
    single.sort();
    let mut rows: Vec<String> = rows.into_iter().map(|(_, value)| value).collect();
    rows.sort();
    (single, rows)
}

proptest! {
    #[test]
    fn one_who_did_nothing_changes_nothing(base in version(), other in version()) {
        let mine_untouched = merged(Some(&base), &base, &other);
        prop_assert!(mine_untouched.open.is_empty() && mine_untouched.kept.is_empty());
        prop_assert_eq!(says(&saved(&mine_untouched)), says(&other));
        let theirs_untouched = merged(Some(&base), &other, &base);
        prop_assert!(theirs_untouched.open.is_empty() && theirs_untouched.taken.is_empty());
        prop_assert_eq!(says(&saved(&theirs_untouched)), says(&other));
    }

    #[test]
    fn it_does_not_matter_who_came_first(base in version(), one in version(), two in version()) {
        let (forth, back) = (merged(Some(&base), &one, &two), merged(Some(&base), &two, &one));
        prop_assert_eq!(forth.open.len(), back.open.len());
        prop_assert_eq!(forth.taken.len(), back.kept.len());
        prop_assert_eq!(forth.kept.len(), back.taken.len());
        if forth.open.is_empty() {
            prop_assert_eq!(says(&saved(&forth)), says(&saved(&back)));
        }
    }

    #[test]
    fn no_row_is_lost_but_one_that_its_owner_took_away(
        base in version(), mine in version(), theirs in version(),
    ) {
        let merged = merged(Some(&base), &mine, &theirs);
        let mut shown: BTreeSet<String> = names_of(&merged.fields);
        for open in &merged.open {
            shown.extend(names_of(&open.mine.fields.iter().map(own).collect()));
            shown.extend(names_of(&open.theirs.fields.iter().map(own).collect()));
        }
        let row = |of: &Fields, name: &str| of.iter().find(|(key, _)| key == name).map(|(_, it)| it.clone()).unwrap_or_default();
        for (side, other) in [(&mine, &theirs), (&theirs, &mine)] {
            for (name, value) in side.iter().filter(|(name, value)| name.starts_with("T.") && !value.is_empty()) {
                let untouched = row(&base, name) == *value;
                // Where I left a row as it was, the other's word on it holds.
                let overruled = untouched && row(other, name) != *value;
                prop_assert!(overruled || shown.contains(value), "{} {} {:?}", name, value, merged);
            }
        }
    }

    #[test]
    fn without_a_base_everything_of_both_is_there(mine in version(), theirs in version()) {
        let merged = merged(None, &mine, &theirs);
        let mut all = says(&merged.fields);
        for open in &merged.open {
            for side in [&open.mine, &open.theirs] {
                let (single, rows) = says(&side.fields);
                all.0.extend(single);
                all.1.extend(rows);
            }
        }
        for side in [&mine, &theirs] {
            let (single, rows) = says(side);
            prop_assert!(single.iter().all(|pair| all.0.contains(pair)));
            prop_assert!(rows.iter().all(|row| all.1.contains(row)));
        }
    }
}

fn own(pair: &(String, String)) -> (String, String) {
    pair.clone()
}
