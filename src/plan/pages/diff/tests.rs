use serde_json::{Value, json};

use crate::plan::samples::{complete, scheme, with_row};

use super::*;

fn seen(before: &Answers, after: &Answers) -> Vec<(String, String, String)> {
    changes(
        &scheme(),
        before,
        after,
        &[Choice {
            value: "zuzhi".to_owned(),
            label: "区委组织部".to_owned(),
        }],
    )
    .into_iter()
    .map(|change| (change.part, change.before, change.after))
    .collect()
}

fn pair(part: &str, before: &str, after: &str) -> (String, String, String) {
    (part.to_owned(), before.to_owned(), after.to_owned())
}

#[test]
fn nothing_changed_shows_nothing() {
    assert_eq!(seen(&complete(), &complete()), []);
}

#[test]
fn a_changed_cell_shows_only_that_cell() {
    let after = with_row(
        &complete(),
        "PL-4",
        "T1-03",
        &json!({ "due": "2018-11-01" }),
    );
    assert_eq!(
        seen(&complete(), &after),
        [pair("PL-4", "完成日期：2018-11-20", "完成日期：2018-11-01")]
    );
}

#[test]
fn rows_that_come_and_go_are_shown_whole() {
    let mut after = complete();
    let rows = after
        .0
        .get_mut("PL-13")
        .and_then(Value::as_array_mut)
        .unwrap();
    rows.clear();
    rows.push(json!({ "key": "2", "risk": "资产流失", "measure": "清查" }));
    assert_eq!(
        seen(&complete(), &after),
        [
            pair("PL-13", "风险：人员不稳定；应对措施：逐人谈话", ""),
            pair("PL-13", "", "风险：资产流失；应对措施：清查")
        ]
    );
}

#[test]
fn single_answers_are_shown_in_words() {
    let mut before = complete();
    before.set("PL-8-1", None);
    assert_eq!(seen(&before, &complete()), [pair("PL-8", "", "区委组织部")]);
}

#[test]
fn nothing_to_transfer_is_an_answer() {
    let (mut before, mut after) = (Answers::default(), Answers::default());
    after.set("PL-14", Some(json!([])));
    assert_eq!(seen(&before, &after), [pair("PL-14", "", "无")]);
    before.set("PL-14", Some(json!([])));
    assert_eq!(seen(&before, &after), []);
}
