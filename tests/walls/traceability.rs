//! docs/traceability.md: every sentence of the scheme has its place, and every
//! page, rule and test named there exists; every tricky case has a test of its
//! number or stands in the list with a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use tuogou::scheme::Scheme;
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

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "names of what the files hold")]
async fn every_sentence_of_the_scheme_has_its_page_rule_and_test() {
    let program = start::program_without_database().unwrap();
    let pages: BTreeSet<&str> = server::routes(&program)
        .table()
        .iter()
        .map(|route| route.path)
        .collect();
    let functions = all_functions();
    let rows = rows("Z");
    let mut wrong = Vec::new();
    for number in 1..=SENTENCES {
        let Some(row) = rows.get(&number) else {
            wrong.push(format!("Z{number:02} is missing"));
            continue;
        };
        let [_, _, _, _, page, rule, test] = row.as_slice() else {
            wrong.push(format!("Z{number:02} has {} cells", row.len()));
            continue;
        };
        let mut say = |what: &str| wrong.push(format!("Z{number:02}: {what}"));
        if quoted(page).is_empty() && !page.contains("后续：") {
            say("no page, and no reason why not");
        }
        if quoted(rule).is_empty() || quoted(test).is_empty() {
            say("no rule or no test");
        }
        for path in quoted(page) {
            if !pages.contains(path) {
                say(&format!("no page {path}"));
            }
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
