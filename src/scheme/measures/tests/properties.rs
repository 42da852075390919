//! Whatever is answered: the same items every time, each once, and only where
//! the measure's condition holds and its row is there.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

use super::{day, scheme};
use crate::scheme::conditions::{Moment, holds, holds_on};
use crate::scheme::survey::{AnswerType, Choice, Question};
use crate::scheme::{Answers, ItemKey, Scheme};

/// A value of a simple kind of answer, empty now and then.
fn simple(kind: AnswerType, options: &[Choice]) -> BoxedStrategy<Value> {
    let values: Vec<String> = options.iter().map(|option| option.value.clone()).collect();
    match kind {
        AnswerType::YesNo => any::<bool>().prop_map(Value::from).boxed(),
        AnswerType::Money | AnswerType::Area | AnswerType::Count => {
            (0_i64..4).prop_map(Value::from).boxed()
        }
        AnswerType::Date => (0_u64..3_000)
            .prop_map(|days| (day("2012-01-01") + Days::new(days)).to_string().into())
            .boxed(),
        AnswerType::Choice => select(values).prop_map(Value::from).boxed(),
        AnswerType::Choices => vec(select(values), 0..3).prop_map(Value::from).boxed(),
        AnswerType::Text
        | AnswerType::Longtext
        | AnswerType::Department
        | AnswerType::Rows
        | AnswerType::Total => select(vec!["", "某", "direct"])
            .prop_map(Value::from)
            .boxed(),
    }
}

/// Rows whose keys may be the same, whose columns may be missing.
fn table(question: &Question) -> BoxedStrategy<Value> {
    let columns = question.columns.iter().map(|column| {
        let name = column.name.clone();
        let value = simple(column.kind, &column.options);
        proptest::option::weighted(0.9, value).prop_map(move |value| Some((name.clone(), value?)))
    });
    let key = select(vec!["", "1", "1~", "2", "3"]);
    let row = (key, columns.collect::<Vec<_>>()).prop_map(|(key, columns)| {
        let mut row: Map<String, Value> = columns.into_iter().flatten().collect();
        row.insert("key".to_owned(), key.into());
        Value::Object(row)
    });
    vec(row, 0..5).prop_map(Value::from).boxed()
}

fn answers(scheme: &Scheme) -> impl Strategy<Value = Answers> + use<> {
    let questions = scheme
        .survey
        .sections
        .iter()
        .flat_map(|section| &section.questions);
    let asked = questions.filter(|question| question.kind != AnswerType::Total);
    let each = asked.map(|question| {
        let code = question.code().to_owned();
        let value = match question.kind {
            AnswerType::Rows => table(question),
            kind => simple(kind, &question.options),
        };
        proptest::option::weighted(0.8, value).prop_map(move |value| Some((code.clone(), value?)))
    });
    each.collect::<Vec<_>>()
        .prop_map(|answers| Answers(answers.into_iter().flatten().collect()))
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0_u64..1_500).prop_map(|days| day("2017-01-01") + Days::new(days))
}

#[test]
fn whatever_is_answered() {
    let scheme = scheme();
    proptest!(ProptestConfig::with_cases(256), |(told in answers(&scheme), on in days())| {
        let found = scheme.applicable(&told, on);
        prop_assert_eq!(&found, &scheme.applicable(&told, on));
        let keys: BTreeSet<String> = found.iter().map(ItemKey::text).collect();
        prop_assert_eq!(keys.len(), found.len());
        let moment = Moment { on, cooling_months: scheme.campaign.parameters.cooling_months };
        for item in &found {
            let measure = scheme.measure(&item.measure);
            prop_assert!(measure.is_some_and(|measure| holds_on(&measure.when, &told, moment)));
            prop_assert!(measure.is_some_and(|measure| holds(&measure.when, &told)));
            let rows = measure.and_then(|measure| measure.per.as_ref()).map(|per| &per.rows);
            prop_assert_eq!(rows.is_none(), item.object.is_empty());
            if let Some(rows) = rows {
                prop_assert!(!told.rows(rows).is_empty());
                prop_assert!(scheme.question(rows).is_some_and(|table| table.shown(&told)));
            }
        }
    });
}

#[test]
fn every_function_is_either_kept_or_stripped_and_every_cadre_has_one_measure() {
    let scheme = scheme();
    proptest!(ProptestConfig::with_cases(128), |(told in answers(&scheme), on in days())| {
        let found = scheme.applicable(&told, on);
        let of = |codes: &[&str]| {
            let ours = found.iter().filter(|item| codes.contains(&item.measure.as_str()));
            ours.map(|item| item.object.clone()).collect::<Vec<_>>()
        };
        let functions = of(&["T2-02", "T2-03"]);
        let asked = told.yes("SV-31") == Some(true);
        let expected = if asked { told.rows("SV-32").len() } else { 0 };
        prop_assert_eq!(functions.len(), expected);
        let people = of(&["T4-04", "T4-05", "T4-06", "T4-07"]);
        let once: BTreeSet<&String> = people.iter().collect();
        prop_assert_eq!(once.len(), people.len());
    });
}
