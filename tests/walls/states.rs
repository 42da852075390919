//! The state machines as diagrams: docs/states.md is written from the tables of
//! `rules` and compared with them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tuogou::access::Act;
use tuogou::plan::approvals::{ApprovalState, Verdict};
use tuogou::{exits, plan, progress, roster, survey, timeline};

/// A state: its key and what pages call it.
type Named = (&'static str, &'static str);

/// A machine as the document draws it; the first state is the one in which it begins.
struct Machine {
    title: &'static str,
    about: &'static str,
    states: Vec<Named>,
    steps: Vec<(&'static str, String, &'static str)>,
}

fn step(from: &'static str, act: Act, to: &'static str) -> (&'static str, String, &'static str) {
    (from, act.label().to_owned(), to)
}

fn machines() -> Vec<Machine> {
    vec![
        Machine {
            title: "Survey (摸底调查)",
            about: "`survey::rules::STEPS`. Reopening begins a new edition; the confirmed one stays as it is.",
            states: survey::rules::State::ALL
                .iter()
                .map(|state| (state.key(), state.label()))
                .collect(),
            steps: survey::rules::STEPS
                .iter()
                .map(|(from, act, to)| step(from.key(), *act, to.key()))
                .collect(),
        },
        Machine {
            title: "Recommendation (推荐名单)",
            about: "`roster::rules::STEPS`, one for each unit.",
            states: roster::rules::State::ALL
                .iter()
                .map(|state| (state.key(), state.label()))
                .collect(),
            steps: roster::rules::STEPS
                .iter()
                .map(|(from, act, to)| step(from.key(), *act, to.key()))
                .collect(),
        },
        Machine {
            title: "Request to amend the list (名单调整申请)",
            about: "`roster::rules::requests::STEPS`: the unit or the office's clerk asks, the office's head decides; what was refused stays so.",
            states: roster::rules::requests::State::ALL
                .iter()
                .map(|state| (state.key(), state.label()))
                .collect(),
            steps: roster::rules::requests::STEPS
                .iter()
                .map(|(from, act, to)| step(from.key(), *act, to.key()))
                .collect(),
        },
        Machine {
            title: "Plan (实施方案)",
            about: "`plan::rules::STEPS`, one for each association.",
            states: plan::rules::State::ALL
                .iter()
                .map(|state| (state.key(), state.label()))
                .collect(),
            steps: plan::rules::STEPS
                .iter()
                .map(|(from, act, to)| step(from.key(), *act, to.key()))
                .collect(),
        },
        Machine {
            title: "Prior approval (前置审批)",
            about: "`plan::approvals`: asked for until it is there, answered by its department; a refusal sends the plan back and closes the others (TC-66).",
            states: ApprovalState::ALL
                .iter()
                .map(|state| (state.key(), state.label()))
                .collect(),
            steps: approval_steps(),
        },
        Machine {
            title: "Exit (注销、撤销、合并)",
            about: "`exits::rules::STEPS`: the unit proposes, civil affairs decides under its own law.",
            states: exits::rules::State::ALL
                .iter()
                .map(|state| (state.key(), state.label()))
                .collect(),
            steps: exits::rules::STEPS
                .iter()
                .map(|(from, act, to)| step(from.key(), *act, to.key()))
                .collect(),
        },
        Machine {
            title: "Item of the five tracks (五分离事项)",
            about: "`progress::rules::STEPS`. Overdue is derived from the deadline and never a state.",
            states: progress::rules::ItemState::ALL
                .iter()
                .map(|state| (state.key(), state.label()))
                .collect(),
            steps: progress::rules::STEPS
                .iter()
                .map(|(from, act, to)| step(from.key(), *act, to.key()))
                .collect(),
        },
        Machine {
            title: "督办单",
            about: "`timeline::rules::orders::STEPS`: who drafts does not sign; signing for it (签收) is a stamp, not a state.",
            states: timeline::rules::orders::State::ALL
                .iter()
                .map(|state| (state.key(), state.label()))
                .collect(),
            steps: timeline::rules::orders::STEPS
                .iter()
                .map(|(from, act, to)| step(from.key(), *act, to.key()))
                .collect(),
        },
    ]
}

fn approval_steps() -> Vec<(&'static str, String, &'static str)> {
    let asked = ApprovalState::Requested;
    let mut steps = Vec::new();
    for state in ApprovalState::ALL {
        let label = Act::ApprovalRequest.label();
        if state.is_approved() {
            steps.push((state.key(), format!("过期后{label}"), asked.key()));
        } else if state != asked {
            steps.push((state.key(), label.to_owned(), asked.key()));
        }
        let beside = state.beside_a_refusal();
        if beside != state {
            steps.push((state.key(), "另一项不同意".to_owned(), beside.key()));
        }
    }
    for verdict in Verdict::ALL {
        steps.push((
            asked.key(),
            verdict.label().to_owned(),
            verdict.state().key(),
        ));
    }
    steps
}

/// One arrow for each pair of states, with all its acts.
fn arrows(machine: &Machine) -> Vec<(&'static str, &'static str, String)> {
    let place = |key: &str| machine.states.iter().position(|(known, _)| *known == key);
    let mut joined: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for (from, act, to) in &machine.steps {
        let acts = joined
            .entry((place(from), place(to), *from, *to))
            .or_default();
        if !acts.contains(&act.as_str()) {
            acts.push(act);
        }
    }
    joined
        .into_iter()
        .map(|((_, _, from, to), acts)| (from, to, acts.join("、")))
        .collect()
}

fn document() -> String {
    let mut text = String::from(
        "# States\n\nWritten by the test `walls::states` from the machines' own tables; do not edit. \
         Who may do an act is in [permissions.md](permissions.md).\n",
    );
    for machine in machines() {
        let _ = write!(text, "\n## {}\n\n{}\n\n", machine.title, machine.about);
        text.push_str("```mermaid\nstateDiagram-v2\n");
        for (key, label) in &machine.states {
            let _ = writeln!(text, "    {key}: {label}");
        }
        let _ = writeln!(text, "    [*] --> {}", machine.states.first().unwrap().0);
        for (from, to, acts) in arrows(&machine) {
            let _ = writeln!(text, "    {from} --> {to}: {acts}");
        }
        for (key, _) in &machine.states {
            let leaves = machine
                .steps
                .iter()
                .any(|(from, _, to)| from == key && to != key);
            let entered = machine.steps.iter().any(|(_, _, to)| to == key);
            if !leaves && entered {
                let _ = writeln!(text, "    {key} --> [*]");
            }
        }
        text.push_str("```\n");
    }
    text
}

#[test]
fn the_committed_diagrams_are_what_the_machines_do() {
    let path = "docs/states.md";
    if std::env::var_os("TUOGOU_WRITE_DOCS").is_some() {
        std::fs::write(path, document()).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        document(),
        "set TUOGOU_WRITE_DOCS=1 to write it again, and review the difference"
    );
}

#[test]
fn every_step_names_states_of_its_machine_once() {
    for machine in machines() {
        let keys: Vec<&str> = machine.states.iter().map(|(key, _)| *key).collect();
        let mut seen = Vec::new();
        for (from, act, to) in &machine.steps {
            assert!(keys.contains(from) && keys.contains(to), "{from} {act}");
            assert!(
                !seen.contains(&(from, act)),
                "{}: {act} leads from {from} to two states",
                machine.title
            );
            seen.push((from, act));
        }
    }
}
