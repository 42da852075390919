use std::collections::BTreeSet;

use super::figures::Counted;
use super::sampling::{digest, ordered, sample};
use super::{STEPS, State, codes, missing, worded};
use crate::access::Act;
use crate::scheme::processes::STATES;
use crate::scheme::{Answers, Scheme};
use serde_json::json;

fn schemes() -> Vec<Scheme> {
    let national = std::path::Path::new("src/scheme/national_2019");
    vec![
        Scheme::lvyuan_2018().unwrap(),
        Scheme::load(national).unwrap(),
    ]
}

#[test]
fn every_step_of_every_process_is_an_edge_of_the_machine() {
    let keys: Vec<&str> = State::ALL.into_iter().map(State::key).collect();
    assert_eq!(keys, STATES);
    for scheme in schemes() {
        for process in &scheme.processes.processes {
            for step in &process.steps {
                let act = Act::from_name(&step.act);
                let act = act.unwrap_or_else(|| panic!("{}: no act {}", process.code(), step.act));
                for from in &step.from {
                    let to = if step.to.is_empty() { from } else { &step.to };
                    if act == Act::DocketAdvise {
                        continue;
                    }
                    let known = STEPS.iter().any(|(state, by, next)| {
                        state.key() == from && *by == act && next.key() == to
                    });
                    assert!(known, "{}: {from} {} {to}", process.code(), step.act);
                }
            }
        }
    }
}

/// Nothing begins that nobody can end: from every state that is reached something leads on,
/// and what leads on without waiting for a wish lies on somebody's desk.
#[test]
fn no_docket_comes_to_a_state_in_which_nobody_has_it() {
    for scheme in schemes() {
        for process in &scheme.processes.processes {
            for level in ["normal", "major"] {
                let mut reached = BTreeSet::from(["draft".to_owned()]);
                loop {
                    let before = reached.len();
                    for state in reached.clone() {
                        let open = process.open(&state, level);
                        let next = open.filter(|step| !step.to.is_empty());
                        reached.extend(next.map(|step| step.to.clone()));
                    }
                    if reached.len() == before {
                        break;
                    }
                }
                for state in reached {
                    if matches!(state.as_str(), "settled" | "withdrawn") {
                        continue;
                    }
                    let leads = process.open(&state, level).any(|step| !step.to.is_empty());
                    assert!(
                        leads,
                        "{} {level}: nothing leads on from {state}",
                        process.code()
                    );
                    let begun = state == "draft" && !process.begin.is_empty();
                    let waits = process
                        .open(&state, level)
                        .any(|step| !step.todo.is_empty() && !step.quiet.contains(&state));
                    assert!(
                        begun || waits,
                        "{} {level}: nobody has {state}",
                        process.code()
                    );
                }
            }
        }
    }
}

#[test]
fn the_sample_is_what_a_ten_line_script_draws() {
    // python3 -c "import hashlib;print(hashlib.sha256(b'2018-11:7').hexdigest())"
    assert_eq!(
        digest("2018-11", 7),
        hex::encode(<sha2::Sha256 as sha2::Digest>::digest(b"2018-11:7"))
    );
    let numbers: Vec<i64> = (1..=40).collect();
    let first = sample("绿园督导一", &numbers, 5);
    assert_eq!(first.len(), 5);
    // The order of the candidates does not matter, the seed does.
    let backwards: Vec<i64> = (1..=40).rev().collect();
    assert_eq!(sample("绿园督导一", &backwards, 5), first);
    assert_ne!(sample("绿园督导二", &numbers, 5), first);
    let order = ordered("绿园督导一", &numbers);
    assert!(order.is_sorted());
    assert_eq!(sample("x", &numbers, 100).len(), 40);
}

#[test]
fn what_must_be_written_is_named_and_a_nil_report_owes_nothing() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let process = scheme.process("midterm").unwrap();
    let mut answers = Answers::default();
    assert_eq!(missing(process, &answers, false).len(), 4);
    assert!(missing(process, &answers, true).is_empty());
    answers.set("midterm_progress", Some(json!("已启动。")));
    assert_eq!(missing(process, &answers, false).len(), 3);
    // A question that is not asked is not owed: the budget is PD-5's alone.
    let report = scheme.process("policy_midterm").unwrap();
    let mut answers = Answers::default();
    answers.set("policy_midterm_text", Some(json!("已执行。")));
    answers.set("policy_midterm_document", Some(json!("PD-1")));
    assert!(missing(report, &answers, false).is_empty());
    answers.set("policy_midterm_document", Some(json!("PD-5")));
    assert_eq!(missing(report, &answers, false).len(), 1);
}

#[test]
fn codes_are_read_as_people_write_them() {
    assert_eq!(codes("T3-06、sv-38， PL-4"), ["T3-06", "SV-38", "PL-4"]);
    assert!(codes("  ").is_empty());
    // What was kept is read back as it was typed.
    let scheme = Scheme::lvyuan_2018().unwrap();
    let named = ["T3-06", "SV-38"].map(str::to_owned);
    let kept = worded(&scheme, &named);
    assert!(kept.contains(scheme.called("T3-06").unwrap()), "{kept}");
    assert_eq!(codes(&kept), named);
}

#[test]
fn an_edition_shows_the_cells_that_changed() {
    let table = |rows: &[&[&str]]| Counted {
        rows: rows
            .iter()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect(),
        ..Counted::default()
    };
    let before = table(&[&["甲", "3/8"], &["乙", "1/8"]]);
    let after = table(&[&["乙", "1/8"], &["甲", "4/8"], &["丙", "0/8"]]);
    assert_eq!(after.differing(&before), [(1, 1), (2, 0), (2, 1)]);
}
