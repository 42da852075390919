//! docs/traceability.md: every sentence of the scheme has its place; one that is marked as
//! carried names who does what on which page, and they can; every page, act, rule and test
//! named there exists; every tricky case has a test of its number or stands in the list with
//! a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use tuogou::access::Act;
use tuogou::scheme::Scheme;
use tuogou::web::routes::{Access, Route};
use tuogou::{server, start};

/// Sentences of the scheme in domain.md 14.
const SENTENCES: usize = 94;
/// Cases of domain.md 12.2 and 15.
const CASES: usize = 72;

fn document() -> String {
    fs::read_to_string("docs/traceability.md").unwrap()
}

/// Rows of tables whose first cell begins so: number and cells.
fn rows(prefix: &str) -> BTreeMap<usize, Vec<String>> {
    let document = document();
    let rows = document.lines().filter_map(|line| {
        let cells: Vec<String> = line
            .trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().to_owned())
            .collect();
        let number = cells.first()?.strip_prefix(prefix)?.parse().ok()?;
        Some((number, cells))
    });
    rows.collect()
}

/// What stands between backticks in a cell.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            functions(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let names = text.split("fn ").skip(1).filter_map(|rest| {
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
                Some(rest.get(..end)?.to_owned())
            });
            found.extend(names);
        }
    }
}

fn all_functions() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    functions(Path::new("src"), &mut found);
    functions(Path::new("tests"), &mut found);
    found
}

/// A code of the scheme: question, measure, approval, part, task, document, date.
fn is_data(scheme: &Scheme, name: &str) -> bool {
    let task = |code: &str| {
        let tasks = &scheme.timeline.tasks;
        tasks.iter().any(|task| task.code.get_ref() == code)
    };
    let policy = |code: &str| {
        let policies = &scheme.campaign.policies;
        policies.iter().any(|policy| policy.code.get_ref() == code)
    };
    scheme.question(name).is_some()
        || scheme.part(name).is_some()
        || scheme.measure(name).is_some()
        || scheme.approval(name).is_some()
        || tuogou::scheme::parameters::named(name).is_some()
        || task(name)
        || policy(name)
        || name.strip_prefix("campaign.toml: ").is_some_and(|key| {
            include_str!("../../src/scheme/lvyuan_2018/campaign.toml").contains(key)
        })
}

/// The rooms that bring what cannot be done yet.
const ROOMS: &[&str] = &["办结"];
/// Whom a tie, a notice or a request names: the table of permissions knows no such role.
const NAMED: &str = "LD";
/// What they do.
const OF_THE_NAMED: &[&str] = &["notice.sign", "notice.answer", "tie.end"];

/// Who may do what, as docs/permissions.md has it: act and role.
fn permitted() -> BTreeSet<(String, String)> {
    let table = fs::read_to_string("docs/permissions.md").unwrap();
    let cells = |line: &str| -> Vec<String> {
        let cells = line.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().to_owned()).collect()
    };
    let roles = table.lines().find(|line| line.starts_with("| act |"));
    let roles = cells(roles.unwrap());
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let rows = rows.flat_map(|line| {
        let row = cells(line);
        let act = row.first().unwrap().trim_matches('`').to_owned();
        let may = row.iter().zip(&roles).skip(2);
        let may = may.filter(|(cell, _)| cell.contains('●'));
        let may: Vec<_> = may.map(|(_, role)| (act.clone(), role.clone())).collect();
        may
    });
    rows.collect()
}

/// One step of a duty: `DC、AS `survey.save` 于 `/…``.
struct Step<'a> {
    roles: Vec<&'a str>,
    acts: Vec<&'a str>,
    pages: Vec<&'a str>,
}

fn steps(cell: &str) -> Vec<Step<'_>> {
    let cell = cell.rsplit_once("现有：").map_or(cell, |(_, now)| now);
    let told = cell.split('；').filter(|step| step.contains('`'));
    told.map(|step| {
        let roles = step.split('`').next().unwrap_or_default();
        let (pages, acts) = quoted(step)
            .into_iter()
            .partition(|one| one.starts_with('/'));
        Step {
            roles: roles.trim().split('、').collect(),
            acts,
            pages,
        }
    })
    .collect()
}

/// What is wrong with a step: acts and pages that are not there, or are not theirs.
fn wrong_step(
    step: &Step<'_>,
    table: &[Route],
    permitted: &BTreeSet<(String, String)>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    if step.acts.is_empty()
        || step.pages.len() != 1
        || step.roles.iter().any(|role| role.is_empty())
    {
        wrong.push(format!("a step is who, what and where: {:?}", step.acts));
    }
    let opens = |page: &str| {
        let mut pages = table.iter().filter(|route| route.method == "GET");
        let route = pages.find(|route| route.path == page)?;
        match route.access {
            Access::Act(act) => Some(act.name()),
            Access::Public => None,
        }
    };
    for page in &step.pages {
        let Some(read) = opens(page) else {
            wrong.push(format!("no page {page}"));
            continue;
        };
        let kept_out = step.roles.iter().filter(|role| {
            **role != NAMED && !permitted.contains(&(read.to_owned(), (**role).to_owned()))
        });
        wrong.extend(kept_out.map(|role| format!("{role} may not open {page}")));
    }
    for name in &step.acts {
        let Some(act) = Act::from_name(name) else {
            wrong.push(format!("no act {name}"));
            continue;
        };
        let own = table.iter();
        let own = own.filter(|route| route.access == Access::Act(act));
        let own: Vec<_> = own.map(|route| (route.method, route.path)).collect();
        if own.is_empty() {
            wrong.push(format!("{name} has no address"));
        }
        // What has a page of its own is done there, and not on the one that leads to it.
        let mut shown = own.iter().filter(|(method, _)| *method == "GET").peekable();
        if shown.peek().is_some() && !shown.any(|(_, path)| step.pages.contains(path)) {
            wrong.push(format!("{name} has a page of its own"));
        }
        for role in &step.roles {
            let may = if *role == NAMED {
                OF_THE_NAMED.contains(name)
            } else {
                permitted.contains(&((*name).to_owned(), (*role).to_owned()))
            };
            if !may {
                wrong.push(format!("{role} may not do {name}"));
            }
        }
    }
    wrong
}

/// What is wrong with how a duty is said to be done.
fn wrong_duty(can: &str, how: &str) -> Option<String> {
    let room = how
        .strip_prefix("后续（")
        .and_then(|rest| rest.split('）').next());
    let carried = !steps(how).is_empty() && room.is_none();
    match can {
        "已" => (!carried).then(|| "carried, and nobody does anything".to_owned()),
        "未" => {
            let known = room.is_some_and(|room| ROOMS.contains(&room));
            (!known).then(|| "not yet, and no room brings it".to_owned())
        }
        other => Some(format!("{other} is neither 已 nor 未")),
    }
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "names of what the files hold")]
async fn every_sentence_of_the_scheme_has_its_page_rule_and_test() {
    let program = start::program_without_database().unwrap();
    let routes = server::routes(&program);
    let (functions, permitted, rows) = (all_functions(), permitted(), rows("Z"));
    let mut wrong = Vec::new();
    for number in 1..=SENTENCES {
        let Some(row) = rows.get(&number) else {
            wrong.push(format!("Z{number:02} is missing"));
            continue;
        };
        let [_, _, _, _, can, how, rule, test] = row.as_slice() else {
            wrong.push(format!("Z{number:02} has {} cells", row.len()));
            continue;
        };
        let mut say = |what: &str| wrong.push(format!("Z{number:02}: {what}"));
        if let Some(what) = wrong_duty(can, how) {
            say(&what);
        }
        for step in steps(how) {
            for what in wrong_step(&step, routes.table(), &permitted) {
                say(&what);
            }
        }
        if quoted(rule).is_empty() || quoted(test).is_empty() {
            say("no rule or no test");
        }
        for name in quoted(rule) {
            if !functions.contains(name) && !is_data(program.as_written(), name) {
                say(&format!("no rule {name}"));
            }
        }
        for name in quoted(test) {
            if !functions.contains(name) {
                say(&format!("no test {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(rows.len(), SENTENCES);
}

#[test]
fn a_duty_that_nobody_can_do_is_not_carried() {
    let step = "DC `survey.save` 于 `/associations/{association}/survey/sections/{section}`";
    assert_eq!(wrong_duty("已", step), None);
    assert!(wrong_duty("已", "目前只作为数据列出").is_some());
    let later = "后续（办结）：工作总结";
    assert!(wrong_duty("已", later).is_some());
    assert_eq!(wrong_duty("未", later), None);
    assert!(wrong_duty("未", step).is_some());
    assert!(wrong_duty("未", "后续（何处）：工作总结").is_some());
    assert!(wrong_duty("部分", step).is_some());
    let (table, permitted) = (Vec::new(), permitted());
    let wrong = steps("SJ `survey.save` 于 `/nowhere`；DL `survey.vote` 于 `/`");
    let wrong: Vec<String> = wrong
        .iter()
        .flat_map(|step| wrong_step(step, &table, &permitted))
        .collect();
    for what in [
        "no page /nowhere",
        "SJ may not do survey.save",
        "no act survey.vote",
    ] {
        assert!(wrong.iter().any(|said| said == what), "{what}: {wrong:?}");
    }
}

#[test]
fn every_tricky_case_has_a_test_of_its_number_or_a_reason() {
    let functions = all_functions();
    let excused = rows("TC-");
    let mut wrong = Vec::new();
    for case in 1..=CASES {
        let tested = functions
            .iter()
            .any(|name| name.starts_with(&format!("tc_{case:02}_")));
        let reason = excused.get(&case).and_then(|row| row.get(1));
        if !tested && reason.is_none_or(String::is_empty) {
            wrong.push(format!("TC-{case:02} has neither test nor reason"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
