//! A rule reads what it declares and nothing else: what stands elsewhere never changes what
//! it finds, and what was said of its finding lapses with every value that it reads.

use serde_json::{Value, json};
use tuogou::scheme::checks::{Check, NAMED, NamedCheck};
use tuogou::scheme::conditions::{self, COUNTERS, Function};
use tuogou::scheme::survey::Question;
use tuogou::scheme::{AnswerType, Answers, Scheme};
use tuogou::survey::rules::{is_within, section_of};

fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

fn worked_example() -> Answers {
    let text = include_str!("../../src/scheme/tests/worked_example.json");
    serde_json::from_str(text).unwrap()
}

fn questions(scheme: &Scheme) -> Vec<&Question> {
    let sections = scheme.survey.sections.iter();
    let survey = sections.flat_map(|section| &section.questions);
    let facts = scheme.measures.measures.iter();
    let all = survey.chain(facts.flat_map(|measure| &measure.facts));
    all.filter(|question| question.kind != AnswerType::Total)
        .collect()
}

fn values(kind: AnswerType, options: &[tuogou::scheme::Choice]) -> Vec<Value> {
    match kind {
        AnswerType::Money | AnswerType::Area | AnswerType::Count => {
            [0, 1, 2, 3, 9, 1_000_000].map(Value::from).into()
        }
        AnswerType::YesNo => vec![json!(true), json!(false)],
        AnswerType::Date => vec![json!("2010-01-01"), json!("2018-12-31")],
        AnswerType::Choice => options.iter().map(|each| json!(each.value)).collect(),
        AnswerType::Choices => {
            let each = options.iter().map(|each| json!([each.value]));
            each.chain([json!([])]).collect()
        }
        _ => vec![json!("甲"), json!("乙")],
    }
}

/// Other answers to a question: each value, and of a table each value of each cell.
fn others(question: &Question) -> Vec<Option<Value>> {
    if question.kind != AnswerType::Rows {
        let values = values(question.kind, &question.options).into_iter();
        return values.map(Some).chain([None]).collect();
    }
    let first = |columns: &[tuogou::scheme::Column]| -> serde_json::Map<String, Value> {
        let cells = columns.iter().map(|column| {
            let value = values(column.kind, &column.options).remove(0);
            (column.name.clone(), value)
        });
        cells.chain([("key".to_owned(), json!("1"))]).collect()
    };
    let mut others = vec![None, Some(json!([]))];
    for column in &question.columns {
        for value in values(column.kind, &column.options) {
            let mut row = first(&question.columns);
            row.insert(column.name.clone(), value);
            others.push(Some(json!([row])));
        }
    }
    others
}

/// Every survey that differs from these in one answer: the question, and the answers.
fn neighbours<'a>(
    questions: &'a [&'a Question],
    from: &'a Answers,
) -> impl Iterator<Item = (&'a str, Answers)> {
    questions.iter().flat_map(move |question| {
        others(question).into_iter().map(move |value| {
            let mut answers = from.clone();
            answers.set(question.code(), value);
            (question.code(), answers)
        })
    })
}

/// Surveys to begin from: the worked example, nothing, and one in which all is answered.
fn beginnings(questions: &[&Question]) -> Vec<Answers> {
    let mut full = Answers::default();
    for question in questions {
        full.set(
            question.code(),
            others(question).into_iter().flatten().last(),
        );
    }
    vec![worked_example(), Answers::default(), full]
}

fn checks(scheme: &Scheme) -> Vec<&Check> {
    let own = scheme.measures.measures.iter();
    let own = own.flat_map(|measure| &measure.checks);
    scheme.survey.checks.iter().chain(own).collect()
}

#[test]
fn an_explanation_lapses_with_every_value_that_its_rule_reads_and_no_other() {
    let scheme = scheme();
    let questions = questions(&scheme);
    let checks = checks(&scheme);
    assert!(checks.len() > 35);
    for from in beginnings(&questions) {
        let stood = checks.iter().map(|check| {
            let reads = check.reads().codes;
            assert!(!reads.is_empty(), "{} reads nothing", check.code());
            (check, reads, check.digest(&from), check.passes(&from))
        });
        let stood: Vec<_> = stood.collect();
        for (code, answers) in neighbours(&questions, &from) {
            let same = answers.get(code) == from.get(code);
            for (check, reads, before, passed) in &stood {
                let lapses = check.digest(&answers) != *before;
                let declared = reads.contains(&code);
                assert_eq!(lapses, declared && !same, "{} and {code}", check.code());
                if !declared {
                    assert_eq!(check.passes(&answers), *passed, "{} {code}", check.code());
                }
            }
        }
    }
}

/// What a function reads besides what it declares, as far as these surveys show it.
fn undeclared(
    (name, declared): (&str, &[&str]),
    function: impl Fn(&Answers) -> i64,
    questions: &[&Question],
) -> Vec<String> {
    let mut found = Vec::new();
    for from in beginnings(questions) {
        let before = function(&from);
        for (code, answers) in neighbours(questions, &from) {
            if !declared.contains(&code) && function(&answers) != before {
                found.push(format!("{name} reads {code}"));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn no_named_function_reads_what_it_does_not_declare() {
    let scheme = scheme();
    let questions = questions(&scheme);
    let mut found = Vec::new();
    for (name, reads, function) in NAMED {
        let function = |answers: &Answers| i64::from(function(answers));
        found.extend(undeclared((name, reads), function, &questions));
    }
    for (name, reads, function) in COUNTERS {
        found.extend(undeclared((name, reads), function, &questions));
    }
    for (name, reads, function) in conditions::NAMED {
        if let Function::Plain(function) = function {
            let function = |answers: &Answers| i64::from(function(answers));
            found.extend(undeclared((name, reads), function, &questions));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_function_that_reads_more_than_it_declares_is_found() {
    let scheme = scheme();
    let questions = questions(&scheme);
    let sly: NamedCheck = ("sly", &["SV-63"], |answers| {
        answers.number("SV-63") >= answers.number("SV-64-1")
    });
    let (name, reads, function) = sly;
    let function = |answers: &Answers| i64::from(function(answers));
    let found = undeclared((name, reads), function, &questions);
    assert_eq!(found, ["sly reads SV-64-1"]);
}

/// Where a finding stands follows from what its rule reads: in the section that asks all of
/// it, at the question that is mended first.
#[test]
fn every_finding_stands_in_the_section_that_its_rule_reads() {
    let scheme = scheme();
    let mut across = Vec::new();
    for check in &scheme.survey.checks {
        let reads = check.reads().codes;
        let fields = reads.iter().map(|code| (*code).to_owned()).collect();
        let finding = tuogou::scheme::Finding {
            code: check.code().to_owned(),
            severity: check.severity(),
            message: check.message.clone(),
            fields,
            blank: false,
        };
        let first = section_of(&scheme, reads[0]).unwrap();
        if !is_within(first, &finding) {
            across.push(check.code().to_owned());
        }
    }
    assert_eq!(
        across,
        ["E103"],
        "the legal representative and the register of people"
    );
}
