//! The order of the rooms: a room uses only what stands before it, and inside a
//! room `rules` know neither the database nor the web.
//!
//! There are two storeys. Below stand the rules, stores and acts of the rooms, in the
//! order, and after the rooms whose acts they put together the `crossings`; above stand
//! the pages, in the same order, with the routes that lead to them. Nothing below names
//! a page. So every page may call a crossing, whatever rooms that goes through, and no
//! arrow comes back.

use std::fs;
use std::path::Path;

/// docs/architecture.md, Arrows.
const ORDER: [&str; 47] = [
    "words",
    "paths",
    "ids",
    "config",
    "clock",
    "scheme",
    "access",
    "audit",
    "database",
    "web",
    "sheets",
    "documents",
    "accounts",
    "settings",
    "phrases",
    "readings",
    "signatures",
    "workgroups",
    "figures",
    "registry",
    "comments",
    "corrections",
    "survey",
    "roster",
    "plan",
    "holdings",
    "posts",
    "registrations",
    "findings",
    "progress",
    "oversight",
    "closing",
    "exits",
    "activities",
    "timeline",
    "settling",
    "desk",
    CROSSINGS,
    "signing",
    "imports",
    "archive",
    "dashboard",
    "help",
    "demo",
    "bench",
    "start",
    "server",
];
/// The acts in which two rooms change together.
const CROSSINGS: &str = "crossings";
/// The three that put everything together know each other.
const TOP: [&str; 3] = ["start", "server", "cli"];
/// They name every room and are none.
const ROOTS: [&str; 2] = ["lib", "main"];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push((
                path.strip_prefix("src").unwrap().display().to_string(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(Path::new("src"), &mut found);
    found
}

fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// On the upper storey: pages, and a room's `mod.rs` with its routes.
fn is_page(file: &str) -> bool {
    let own = room(file);
    let door = file == format!("{own}/mod.rs");
    own != CROSSINGS && (door || file.split(['/', '.']).any(|part| part == "pages"))
}

/// Without comments, in one line.
fn code(text: &str) -> String {
    text.lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Rooms named by `crate::…` outside comments, braces included.
fn named(text: &str) -> Vec<String> {
    let code = code(text);
    let mut rooms = Vec::new();
    for piece in code.split("crate::").skip(1) {
        if let Some(list) = piece.strip_prefix('{') {
            let inside = list.split("};").next().unwrap();
            rooms.extend(
                inside
                    .split(',')
                    .map(|name| name.trim().split("::").next().unwrap().to_owned()),
            );
        } else {
            rooms.push(
                piece
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    rooms
}

/// Arrows that go the wrong way, and rooms that have no place among the others: of
/// those nothing would be known.
fn astray(files: &[(String, String)]) -> Vec<String> {
    let place = |room: &str| ORDER.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for (file, text) in files {
        let own = room(file);
        if TOP.contains(&own) || ROOTS.contains(&own) {
            continue;
        }
        let Some(here) = place(own) else {
            wrong.push(format!(
                "{file}: the room {own} has no place in ORDER: give it one here and in \
                 docs/architecture.md"
            ));
            continue;
        };
        let page = is_page(file);
        for used in named(text) {
            let later = place(&used).is_some_and(|there| there > here);
            // demo knows the error of start, which tells operators of both.
            let known = (own == "demo" && used == "start") || (page && used == CROSSINGS);
            // A crossing has no page and no address.
            let upwards = own == CROSSINGS && used == "web";
            if (later && !known) || upwards {
                wrong.push(format!("{file} uses {used}"));
            }
        }
        if !page
            && ["pages::", "::pages"]
                .iter()
                .any(|word| code(text).contains(word))
        {
            wrong.push(format!("{file} uses pages"));
        }
    }
    wrong
}

#[test]
fn arrows_go_one_way() {
    let wrong = astray(&all());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_wrong_arrow_and_an_unknown_room_are_found() {
    let files = [
        ("survey/acts.rs", "use crate::registry::store;"),
        (
            "registry/acts.rs",
            "use crate::{access::Act, survey::rules};",
        ),
        ("weather/mod.rs", "use crate::ids;"),
        ("tides.rs", ""),
        ("plan/review/pages.rs", "use crate::crossings::beginning;"),
        ("plan/acts.rs", "use crate::crossings::exit;"),
        ("crossings/exit.rs", "use crate::exits::pages::show;"),
        ("crossings/mod.rs", "use crate::web::Routes;"),
        ("exits/acts.rs", "use super::pages::show;"),
        ("exits/mod.rs", "use pages::show;"),
        ("exits/pages/show.rs", "use crate::timeline::pages::task;"),
        ("demo/mod.rs", "use crate::start::StartError;"),
        ("cli.rs", "use crate::bench;"),
        ("lib.rs", "pub mod weather;"),
    ];
    let files = files.map(|(file, text)| (file.to_owned(), text.to_owned()));
    let wrong = astray(&files);
    let said = [
        "registry/acts.rs uses survey",
        "weather/mod.rs: the room weather",
        "tides.rs: the room tides",
        "plan/acts.rs uses crossings",
        "crossings/exit.rs uses pages",
        "crossings/mod.rs uses web",
        "exits/acts.rs uses pages",
        "exits/pages/show.rs uses timeline",
    ];
    assert_eq!(wrong.len(), said.len(), "{wrong:#?}");
    for (wrong, said) in wrong.iter().zip(said) {
        assert!(wrong.starts_with(said), "{wrong}");
    }
}

#[test]
fn rules_know_neither_database_nor_web() {
    for (file, text) in all() {
        if file.contains("/rules") || file.starts_with("scheme/") {
            for forbidden in ["sqlx::query", "axum::", "async fn", "Utc::now"] {
                assert!(!text.contains(forbidden), "{file} contains {forbidden}");
            }
        }
    }
}

#[test]
fn files_are_short() {
    let mut lengths: Vec<(usize, String)> = all()
        .into_iter()
        .map(|(file, text)| (text.lines().count(), file))
        .collect();
    lengths.sort();
    let longest = lengths.last().unwrap();
    assert!(longest.0 <= 400, "{longest:?}");
    let median = &lengths[lengths.len() / 2];
    assert!(median.0 <= 150, "median {median:?}");
}

/// Rooms with a state machine, and the table that keeps the state.
const MACHINES: &[(&str, &str)] = &[
    ("survey", "survey"),
    ("roster", "recommendation"),
    ("plan", "plan"),
    ("exits", "exit_case"),
    ("activities", "activity"),
    ("holdings", "holding"),
    ("registrations", "registration"),
    ("findings", "finding"),
    ("oversight", "docket"),
    ("timeline", "supervision_order"),
];

#[test]
fn one_statement_sets_each_state() {
    for (room, table) in MACHINES {
        let by_hand = format!("update {table} set state =");
        let named = format!(", \"{table}\"");
        let count: usize = all()
            .iter()
            .filter(|(file, _)| file.starts_with(room))
            .map(|(_, text)| {
                let tells = |line: &&str| {
                    (line.starts_with("machine!(") || line.starts_with("moves!("))
                        && line.contains(&named)
                };
                text.matches(&by_hand).count() + text.lines().filter(tells).count()
            })
            .sum();
        assert_eq!(count, 1, "{table}");
    }
}

/// Whoever audits who took personal data finds every way of taking it in one list.
#[test]
fn every_taking_of_personal_data_is_listed_for_the_auditor() {
    let sources = all();
    let (_, lending) = sources
        .iter()
        .find(|(file, _)| file == "documents/lending.rs")
        .unwrap();
    let listed = lending.split("pub const TAKES").nth(1).unwrap();
    let listed = listed.split("];").next().unwrap();
    let mut ways = 0;
    for (file, text) in &sources {
        for line in text
            .lines()
            .filter(|line| line.contains("const TAKE: Act = Act::"))
        {
            let act = line.split("= ").nth(1).unwrap().trim_end_matches(';');
            assert!(listed.contains(&format!("{act},")), "{file}: {act}");
            ways += 1;
        }
    }
    assert!(ways >= 4, "{ways}");
}
