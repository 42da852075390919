//! A state is drawn by its meaning, and with its words: no room names a colour, and no page
//! draws a shape alone.

use std::collections::BTreeSet;

use scraper::{Html, Selector};

use super::sources;
use crate::world::World;

const COLOURS: &[&str] = &[
    "red", "yellow", "amber", "orange", "green", "blue", "violet", "purple", "grey", "gray",
];

/// Names of things that are called by a colour: 红头, the head of an official letter.
const THINGS: &[&str] = &["red_head", "red-head"];

/// The colours that a line names, as a word or as a part of a name.
fn colours(line: &str) -> Vec<&'static str> {
    let mut rest = line.to_owned();
    for thing in THINGS {
        rest = rest.replace(thing, "");
    }
    let words = rest.split(|sign: char| !sign.is_ascii_alphabetic());
    let words: BTreeSet<String> = words.flat_map(parts).collect();
    let named = COLOURS.iter().filter(|colour| words.contains(**colour));
    named.copied().collect()
}

/// `TagRed` is `tag` and `red`.
fn parts(word: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for sign in word.chars() {
        if sign.is_ascii_uppercase() {
            found.push(String::new());
        }
        found.last_mut().unwrap().push(sign.to_ascii_lowercase());
    }
    found
}

#[test]
fn no_room_names_a_colour() {
    let mut found = Vec::new();
    let code = sources::files("src", "rs");
    // A workbook has no style sheet: its colours are its own.
    let code = code
        .into_iter()
        .filter(|(file, _)| !file.starts_with("src/sheets/"));
    for (file, text) in code.chain(sources::files("templates", "html")) {
        for (number, line) in (1..).zip(text.lines()) {
            for colour in colours(line) {
                found.push(format!("{file}:{number} {colour}"));
            }
        }
    }
    assert!(found.is_empty(), "the style sheet's to say: {found:#?}");
}

#[test]
fn a_colour_in_a_name_is_found() {
    for (line, expected) in [
        ("Severity::Red", vec!["red"]),
        ("let grey_mark = 1;", vec!["grey"]),
        ("class=\"tag tag-blue\"", vec!["blue"]),
        ("shared retired_cadre declared red_head", vec![]),
    ] {
        assert_eq!(colours(line), expected, "{line}");
    }
}

/// Only these draw a mark; all else calls them.
const DRAWN: [&str; 2] = ["templates/parts/status.html", "templates/parts/table.html"];

/// Each class `mark` is followed by words in the same element.
#[test]
fn a_mark_is_drawn_with_its_words() {
    let mut wrong = Vec::new();
    for (file, text) in sources::files("templates", "html") {
        for piece in text.split("class=\"mark mark-").skip(1) {
            let words = piece.split_once('>').unwrap().1;
            let words = words.split("</").next().unwrap().trim();
            if words.is_empty() {
                wrong.push(file.clone());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for file in DRAWN {
        assert!(
            std::fs::read_to_string(file)
                .unwrap()
                .contains("mark mark-")
        );
    }
}

/// The same on the pages themselves, where the words come from data.
#[tokio::test]
async fn no_page_shows_a_shape_alone() {
    let world = World::demo().await;
    let marks = Selector::parse(".mark").unwrap();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (user, path) in [
        ("office", "/"),
        ("office", "/associations"),
        ("office", "/dashboard"),
        ("office", "/reminders"),
        ("office", "/timeline"),
        ("office", "/workgroups"),
        ("office", "/approvals"),
        ("office", "/exits"),
        ("office", "/corrections"),
        ("zuzhi", "/posts"),
        ("shangwu", "/"),
        ("shangwu", "/dashboard"),
    ] {
        let cookie = world.sign_in(user).await;
        let answer = world.get(&cookie, path).await;
        for mark in Html::parse_document(&answer.body).select(&marks) {
            seen += 1;
            if mark.text().collect::<String>().trim().is_empty() {
                wrong.push(format!("{user} {path}: {}", mark.html()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 100, "{seen}");
}
