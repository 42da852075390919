//! The state machines as diagrams: docs/states.md is written from the tables of
//! `rules` and compared with them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tuogou::access::Act;
use tuogou::words::Word;
use tuogou::{
    activities, corrections, exits, findings, holdings, oversight, plan, progress, registrations,
    roster, survey, timeline,
};

use super::sources;

/// A state: its key and what pages call it.
type Named = (&'static str, &'static str);

/// A machine as the document draws it; the first state is the one in which it begins.
struct Machine {
    title: &'static str,
    about: &'static str,
    states: Vec<Named>,
    steps: Vec<(&'static str, String, &'static str)>,
}

fn machine<S: Word>(title: &'static str, about: &'static str, steps: &[(S, Act, S)]) -> Machine {
    Machine {
        title,
        about,
        states: S::WORDS
            .iter()
            .map(|state| (state.key(), state.label()))
            .collect(),
        steps: steps
            .iter()
            .map(|(from, act, to)| (from.key(), act.label().to_owned(), to.key()))
            .collect(),
    }
}

fn machines() -> Vec<Machine> {
    let mut all = before_the_reply();
    all.extend(after_the_reply());
    all
}

fn before_the_reply() -> Vec<Machine> {
    vec![
        machine(
            "Survey (摸底调查)",
            "`survey::rules::STEPS`. Reopening begins a new edition; the confirmed one stays as it is.",
            survey::rules::STEPS,
        ),
        machine(
            "Recommendation (推荐名单)",
            "`roster::rules::STEPS`, one for each unit.",
            roster::rules::STEPS,
        ),
        machine(
            "Request to amend the list (名单调整申请)",
            "`roster::rules::requests::STEPS`: the unit or the office's clerk asks, the office's head decides; what was refused stays so.",
            roster::rules::requests::STEPS,
        ),
        machine(
            "Plan (实施方案)",
            "`plan::rules::STEPS`, one for each association.",
            plan::rules::STEPS,
        ),
        machine(
            "Prior approval (前置审批)",
            "`plan::approvals::rules::STEPS`: asked for until it is there, answered by its department; a refusal sends the plan back, and the others rest until it is sent again (FD-4, TC-66).",
            plan::approvals::rules::STEPS,
        ),
        machine(
            "Change of the plan (方案变更)",
            "`plan::changes::rules::STEPS`: it moves together with its plan.",
            plan::changes::rules::STEPS,
        ),
        machine(
            "Condition of a reply (批复条件)",
            "`plan::conditions::rules::STEPS`: the unit reports, the office confirms.",
            plan::conditions::rules::STEPS,
        ),
        machine(
            "Notice (通报)",
            "`plan::notices::rules::STEPS`: its state follows from what stands in the row.",
            plan::notices::rules::STEPS,
        ),
    ]
}

fn after_the_reply() -> Vec<Machine> {
    vec![
        machine(
            "Item of the five tracks (五分离事项)",
            "`progress::rules::STEPS`. Overdue is derived from the deadline and never a state.",
            progress::rules::STEPS,
        ),
        machine(
            "Later date of an item (延期)",
            "`progress::rules::extension::STEPS`: the department that answers for the item decides.",
            progress::rules::extension::STEPS,
        ),
        machine(
            "Row of a register (职能、资产、办公用房)",
            "`holdings::rules::STEPS`.",
            holdings::rules::STEPS,
        ),
        machine(
            "Entry of the register of registration (登记和备案)",
            "`registrations::rules::STEPS`: civil affairs enters what it received and what became of it; the item follows (DN-2).",
            registrations::rules::STEPS,
        ),
        machine(
            "Finding of the audit (审计抽查问题)",
            "`findings::rules::STEPS`: each has an item T3-13 of its own, which ends with it.",
            findings::rules::STEPS,
        ),
        machine(
            "Docket (办件)",
            "`oversight::rules::STEPS`: every edge that a process may have. Which of them it has, who goes them and in which words, is the scheme's (`processes.toml`); docs/processes.md draws each.",
            oversight::rules::STEPS,
        ),
        machine(
            "Exit (注销、撤销、合并)",
            "`exits::rules::STEPS`: the unit proposes, civil affairs decides under its own law.",
            exits::rules::STEPS,
        ),
        machine(
            "Major activity (重大业务活动)",
            "`activities::rules::STEPS`: the unit's leader says whether the office must agree too.",
            activities::rules::STEPS,
        ),
        machine(
            "Request to correct (更正申请)",
            "`corrections::rules::STEPS`: whatever act gives the matter back to its unit ends it.",
            corrections::rules::STEPS,
        ),
        machine(
            "督办单",
            "`timeline::rules::orders::STEPS`: who drafts does not sign.",
            timeline::rules::orders::STEPS,
        ),
    ]
}

/// Every process of both schemes: who does what in which state, by when.
fn processes() -> String {
    let mut text = String::from(
        "# Processes\n\nWritten by the test `walls::states` from `processes.toml`; do not edit. Parties: roles by their codes, \
         lead and owner (the department that a docket belongs to), handler (whom it was handed to), finder (who raised it).\n",
    );
    let national = crate::world::national_scheme();
    let own = tuogou::scheme::Scheme::lvyuan_2018().unwrap();
    let known = |code: &str| own.process(code).is_some();
    let mut all: Vec<_> = own.processes.processes.iter().collect();
    all.extend(
        national
            .processes
            .processes
            .iter()
            .filter(|process| !known(process.code())),
    );
    for process in all {
        let _ = write!(
            text,
            "\n## {} (`{}`)\n\n{}方案{}。\n\n| from | act | to | by | button | on the desk | by when |\n|---|---|---|---|---|---|---|",
            process.title,
            process.code(),
            process.lead,
            process.basis
        );
        for step in &process.steps {
            let by = step.by.iter().map(|party| {
                let role = tuogou::access::Role::from_key(party);
                role.map_or_else(|| party.clone(), |role| role.code().to_owned())
            });
            let _ = write!(
                text,
                "\n| {} | `{}` | {} | {} | {} | {} | {} |",
                step.from.join(", "),
                step.act,
                step.to,
                by.collect::<Vec<String>>().join(", "),
                step.label,
                step.todo,
                step.due
            );
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_committed_processes_are_the_schemes() {
    let path = "docs/processes.md";
    if std::env::var_os("TUOGOU_WRITE_DOCS").is_some() {
        std::fs::write(path, processes()).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        committed,
        processes(),
        "set TUOGOU_WRITE_DOCS=1 to write it again"
    );
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
fn every_table_of_steps_is_drawn() {
    let tables = sources::program()
        .into_iter()
        .map(|(_, text)| text.matches("pub const STEPS: Steps<").count());
    assert_eq!(tables.sum::<usize>(), machines().len());
}

#[test]
fn every_state_is_the_first_or_is_entered() {
    for machine in machines() {
        // A plan is closed by the end of the campaign, which is not built yet.
        let later = |key: &str| key == "closed" && machine.title.starts_with("Plan ");
        for (key, _) in machine.states.iter().skip(1).filter(|(key, _)| !later(key)) {
            let entered = machine.steps.iter().any(|(_, _, to)| to == key);
            assert!(entered, "{}: nothing leads to {key}", machine.title);
        }
    }
}
