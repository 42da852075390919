//! What rows set, read by the reader of the forms.

use serde_json::json;

use crate::scheme::{Answers, Choice, Scheme};

use super::*;

fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

fn answers(value: Value) -> Answers {
    serde_json::from_value(value).unwrap()
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    let pairs = pairs.iter();
    pairs
        .map(|(field, said)| ((*field).to_owned(), (*said).to_owned()))
        .collect()
}

fn units() -> Vec<Choice> {
    vec![Choice::from((
        "nongye".to_owned(),
        "绿园区农业局".to_owned(),
    ))]
}

fn checked(said: &[(&str, &str)], before: &Answers) -> Result<Change, Vec<FieldError>> {
    let (scheme, departments) = (scheme(), units());
    let asked = Asked {
        scheme: &scheme,
        departments: &departments,
    };
    check(&typed(said), before, &asked)
}

fn person(said: &[(&str, &str)], before: &Answers) -> Result<Change, Vec<FieldError>> {
    let (scheme, departments) = (scheme(), units());
    let asked = Asked {
        scheme: &scheme,
        departments: &departments,
    };
    check_person(&typed(said), before, &asked)
}

fn listed(said: &[(&str, &str)], key: &str, before: &Answers) -> Result<Change, Vec<FieldError>> {
    let (scheme, departments) = (scheme(), units());
    let asked = Asked {
        scheme: &scheme,
        departments: &departments,
    };
    check_listed(&typed(said), key, before, &asked)
}

/// The differences in short: `field before→after`.
fn told(change: &Change) -> Vec<String> {
    let told = change.differences.iter();
    told.map(|each| format!("{} {}→{}", each.field, each.before, each.after))
        .collect()
}

fn after(change: &Change, before: &Answers) -> Answers {
    let mut after = before.clone();
    for edit in &change.edits {
        edit.put(&mut after);
    }
    after
}

#[test]
fn each_kind_of_answer_is_read_as_in_the_form() {
    let nothing = Answers::default();
    for (code, said, value, words) in [
        ("SV-18-1", " 王明 ", json!("王明"), "王明"),
        ("SV-09", "3.5", json!(3_500_000), "3.50"),
        ("SV-10", "12", json!(12), "12"),
        ("SV-04", "2009-05-18", json!("2009-05-18"), "2009-05-18"),
        ("SV-25", "no", json!(false), "否"),
        ("SV-16", "good", json!("good"), "合格"),
        (
            "SV-97",
            "name,scope",
            json!(["name", "scope"]),
            "名称、业务范围",
        ),
        ("SV-74", "nongye", json!("nongye"), "绿园区农业局"),
        ("SV-05", "direct", json!("direct"), "直接登记"),
    ] {
        let change = checked(&[(code, said)], &nothing).unwrap();
        assert_eq!(change.edits, [Edit::Answer(code.to_owned(), Some(value))]);
        assert_eq!(told(&change), [format!("{code} →{words}")]);
    }
}

#[test]
fn what_the_form_refuses_is_refused() {
    let nothing = Answers::default();
    for (code, said) in [
        ("SV-10", "-1"),
        ("SV-16", "excellent"),
        ("SV-04", "2009-02-30"),
        ("SV-74", "nobody"),
        ("SV-02", "51220106MJ000940XE0"),
    ] {
        let errors = checked(&[(code, said)], &nothing).unwrap_err();
        assert_eq!(errors.len(), 1, "{code}");
        assert_eq!(errors[0].name, code);
    }
}

#[test]
fn blank_changes_nothing_and_an_empty_text_takes_away() {
    let before = answers(json!({ "SV-10": 5, "SV-11": 6, "SV-12": 11, "SV-66": "制度" }));
    assert_eq!(checked(&[], &before).unwrap(), Change::default());
    assert_eq!(
        checked(&[("SV-10", "5"), ("SV-66", "制度")], &before).unwrap(),
        Change::default()
    );
    let change = checked(&[("SV-11", ""), ("SV-66", "")], &before).unwrap();
    assert_eq!(told(&change), ["SV-11 6→", "SV-66 制度→", "SV-12 11→"]);
    assert_eq!(after(&change, &before), answers(json!({ "SV-10": 5 })));
}

#[test]
fn sums_follow_and_are_never_typed() {
    let before = answers(json!({ "SV-10": 5, "SV-11": 6, "SV-12": 11 }));
    let change = checked(&[("SV-10", "7"), ("SV-12", "99")], &before).unwrap();
    assert_eq!(after(&change, &before).number("SV-12"), Some(13));
}

#[test]
fn what_is_not_everybodys_is_not_told() {
    let before = answers(json!({ "SV-42-2": "6222" }));
    let change = checked(&[("SV-42-2", "6223")], &before).unwrap();
    assert_eq!(told(&change), ["SV-42-2 已填写→已更改"]);
    let change = checked(&[("SV-42-2", "")], &before).unwrap();
    assert_eq!(told(&change), ["SV-42-2 已填写→已清空"]);
    let change = checked(&[("SV-42-2", "6223")], &Answers::default()).unwrap();
    assert_eq!(told(&change), ["SV-42-2 →已填写"]);
}

/// Money by year: before, what is typed, after, what is told.
/// What stood, what a row says, and what stands then.
type Case<'a> = (
    Option<Value>,
    &'a [(&'a str, &'a str)],
    Option<Value>,
    &'a [&'a str],
);

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cases")]
fn money_by_year_goes_into_its_rows() {
    let row = |key: &str, year: &str, class: &str, amount: i64| json!({ "key": key, "year": year, "class": class, "amount": amount });
    let (basic, project) = ("SV-46:2018:basic", "SV-46:2017:project");
    let kept = json!({ "key": "4", "year": "2018", "class": "basic", "amount": 1_000_000, "channel": "财政" });
    let more = json!({ "key": "4", "year": "2018", "class": "basic", "amount": 2_000_000, "channel": "财政" });
    let cases: [Case<'_>; 9] = [
        (
            None,
            &[(basic, "2.5")],
            Some(json!([row("1", "2018", "basic", 2_500_000)])),
            &["SV-46:2018:basic →2.50"],
        ),
        (
            None,
            &[(basic, "0"), (project, "0")],
            Some(json!([])),
            &["SV-46:2017:project →无拨款"],
        ),
        (Some(json!([])), &[(basic, "0")], Some(json!([])), &[]),
        (
            Some(json!([kept])),
            &[(basic, "2")],
            Some(json!([more])),
            &["SV-46:2018:basic 1.00→2.00"],
        ),
        (
            Some(json!([kept])),
            &[(project, "0")],
            Some(json!([kept])),
            &[],
        ),
        // The number of the row that goes is not given to the one that comes.
        (
            Some(json!([kept])),
            &[(basic, ""), (project, "3")],
            Some(json!([row("5", "2017", "project", 3_000_000)])),
            &["SV-46:2017:project →3.00", "SV-46:2018:basic 1.00→"],
        ),
        (
            Some(json!([kept])),
            &[(basic, "")],
            None,
            &["SV-46:2018:basic 1.00→"],
        ),
        (
            Some(json!([])),
            &[(basic, "1")],
            Some(json!([row("1", "2018", "basic", 1_000_000)])),
            &["SV-46:2018:basic →1.00", "SV-46:2018:basic 无拨款→"],
        ),
        (None, &[(basic, "")], None, &[]),
    ];
    for (stood, said, stands, words) in cases {
        let mut before = Answers::default();
        before.set("SV-46", stood);
        let change = checked(said, &before).unwrap();
        assert_eq!(
            after(&change, &before).get("SV-46"),
            stands.as_ref(),
            "{said:?}"
        );
        assert_eq!(told(&change), words, "{said:?}");
    }
    let twice =
        answers(json!({ "SV-46": [row("1", "2018", "basic", 1), row("2", "2018", "basic", 2)] }));
    let errors = checked(&[(basic, "5")], &twice).unwrap_err();
    assert_eq!(errors[0].name, basic);
}

#[test]
fn people_come_in_or_read_otherwise_and_never_go() {
    let before = answers(json!({ "SV-60": [
        { "key": "2", "name": "李明", "sex": "m", "post": "staff" },
        { "key": "7", "name": "王芳", "retired_on": "2015-01-01" },
    ] }));
    let new = person(
        &[("SV-60.name", "赵强"), ("SV-60.birth", "1960-02-01")],
        &before,
    )
    .unwrap();
    assert_eq!(told(&new), ["SV-60.name →增加1人"]);
    let stands = after(&new, &before);
    let rows = stands.rows("SV-60");
    assert_eq!(rows.len(), 3);
    assert_eq!(
        (rows[2].key(), rows[2].text("birth")),
        ("8", Some("1960-02-01"))
    );

    let changed = [
        ("SV-60.name", " 王 芳"),
        ("SV-60.post", "president"),
        ("SV-60.retired_on", ""),
    ];
    let change = person(&changed, &before).unwrap();
    assert_eq!(
        told(&change),
        ["SV-60.post →已填写", "SV-60.retired_on 已填写→已清空"]
    );
    let stands = after(&change, &before);
    assert_eq!(
        stands.get("SV-60").unwrap()[1],
        json!({ "key": "7", "name": "王芳", "post": "president" })
    );
    let same = person(&[("SV-60.name", "李明"), ("SV-60.sex", "m")], &before).unwrap();
    assert_eq!(same, Change::default());
}

#[test]
fn who_is_meant_is_not_guessed() {
    let before = answers(json!({ "SV-60": [
        { "key": "1", "name": "李明" }, { "key": "2", "name": "李　明" },
    ] }));
    for (said, field) in [
        (&[("SV-60.name", "李明")][..], "SV-60.name"),
        (&[("SV-60.sex", "m")], "SV-60.name"),
        (
            &[("SV-60.name", "王芳"), ("SV-60.birth", "1968-01")],
            "SV-60.birth",
        ),
        (
            &[("SV-60.name", "王芳"), ("SV-60.post", "boss")],
            "SV-60.post",
        ),
    ] {
        let errors = person(said, &before).unwrap_err();
        assert_eq!(errors[0].name, field, "{said:?}");
    }
}

#[test]
fn who_is_listed_under_a_number_stays_the_same_person_under_another_name() {
    let before = answers(json!({ "SV-60": [
        { "key": "2", "name": "李明", "sex": "m" },
        { "key": "7", "name": "李明", "post": "staff" },
    ] }));
    // Of two with one name the number says which.
    let renamed = listed(&[("SV-60.name", "李明远")], "7", &before).unwrap();
    assert_eq!(told(&renamed), ["SV-60.name 已填写→已更改"]);
    let stands = after(&renamed, &before);
    assert_eq!(
        stands.get("SV-60").unwrap(),
        &json!([
            { "key": "2", "name": "李明", "sex": "m" },
            { "key": "7", "name": "李明远", "post": "staff" },
        ])
    );
    // A name that somebody else bears already is theirs and this one's.
    let same_name = listed(&[("SV-60.name", "李明远")], "2", &stands).unwrap();
    let stands = after(&same_name, &stands);
    assert_eq!(stands.rows("SV-60").len(), 2);
    // What is not said stays, the name too.
    let change = listed(&[("SV-60.sex", "f")], "2", &before).unwrap();
    assert_eq!(told(&change), ["SV-60.sex 已填写→已更改"]);
    for nothing in [&[][..], &[("SV-60.sex", "m")], &[("SV-01", "茶叶协会")]] {
        assert_eq!(listed(nothing, "2", &before).unwrap(), Change::default());
    }
}

#[test]
fn who_was_taken_away_is_not_brought_back_by_a_change() {
    let before = answers(json!({ "SV-60": [{ "key": "2", "name": "李明" }] }));
    for said in [("SV-60.name", "李明"), ("SV-60.sex", "m")] {
        let errors = listed(&[said], "3", &before).unwrap_err();
        assert_eq!(errors[0].name, "SV-60.name");
        assert!(errors[0].message.contains("已从人员登记表中删去"));
    }
    assert_eq!(listed(&[], "3", &before).unwrap(), Change::default());
    // Nobody goes without a name.
    let errors = listed(&[("SV-60.name", " ")], "2", &before).unwrap_err();
    assert_eq!(errors[0].message, "缺姓名，请填写。");
}

#[test]
fn a_survey_that_was_handed_in_is_closed() {
    for (state, open) in [
        (State::Draft, true),
        (State::Returned, true),
        (State::ForSignature, true),
        (State::Submitted, false),
        (State::Confirmed, false),
    ] {
        assert_eq!(closed(state).is_none(), open);
    }
}
