use serde_json::{Value, json};

use super::Say;
use crate::scheme::survey::Privacy;
use crate::scheme::{Answers, Scheme};

fn answers(values: Value) -> Answers {
    serde_json::from_value(values).unwrap()
}

/// The open fields and the private ones that a change of these answers leaves.
fn told(before: Value, after: Value) -> (Vec<String>, Vec<(Privacy, String)>) {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let sections = scheme.survey.sections.iter();
    let questions = sections.flat_map(|section| &section.questions);
    let say = Say::new("填写").answers(&scheme, questions, &answers(before), &answers(after));
    let private = say.private.iter();
    (
        say.changes.keys().cloned().collect(),
        private
            .map(|change| (change.privacy, change.field.clone()))
            .collect(),
    )
}

#[test]
fn an_open_answer_stands_in_the_chain() {
    let (open, private) = told(json!({"SV-42": false}), json!({"SV-42": true}));
    assert_eq!((open, private), (vec!["SV-42".to_owned()], vec![]));
}

#[test]
fn an_account_number_and_names_do_not() {
    let person = |name: &str, duty: &str| json!([{"key": "k1", "name": name, "duty": duty}]);
    let (open, private) = told(
        json!({"SV-42-2": "22001", "SV-45": person("甲某", "cashier")}),
        json!({"SV-42-2": "22002", "SV-45": person("乙某", "cashier")}),
    );
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(
        private,
        [
            (Privacy::Masked, "SV-42-2".to_owned()),
            (Privacy::Personal, "SV-45#k1.name".to_owned()),
        ]
    );
}

#[test]
fn a_row_that_comes_or_goes_tells_its_cells() {
    let row = json!([{"key": "k1", "name": "甲某", "birth": "1960-01-01"}]);
    let (open, private) = told(json!({"SV-60": []}), json!({ "SV-60": row }));
    assert!(open.is_empty(), "{open:?}");
    let fields: Vec<&str> = private.iter().map(|(_, field)| field.as_str()).collect();
    assert_eq!(fields, ["SV-60#k1.name", "SV-60#k1.birth"]);
    let (_, gone) = told(json!({ "SV-60": row }), json!({}));
    assert_eq!(gone, private);
}

#[test]
fn what_did_not_change_is_not_told() {
    let same = json!({"SV-42": true, "SV-60": [{"key": "k1", "name": "甲某"}]});
    assert_eq!(told(same.clone(), same), (vec![], vec![]));
}
