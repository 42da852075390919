//! The oldest browser of the contract (Chromium 83) knows every word of the style sheet
//! and of the scripts (docs/decisions/0016-browser-floor.md). The lists say what may be
//! used, so that a new word does not slip in unseen; a browser of that age opens every
//! page in tests/browser/oldest.rs, where it can be had.

mod css;
mod features;
mod script;
mod sheet;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use features::{FLOOR, GLOBALS, MARKUP, MEMBERS, NEWER, ORNAMENTS, PSEUDOS, SYNTAX};

/// A complaint about a name that is in no list.
fn complaint(place: &str, name: &str) -> String {
    let bare = name.trim_start_matches('.');
    match NEWER.iter().find(|newer| newer.0 == bare) {
        Some((_, version)) => format!("{place}: `{name}` needs Chromium {version}"),
        None => format!(
            "{place}: `{name}` is in no list: from which Chromium is it known? \
             Up to {FLOOR} it goes into features.rs"
        ),
    }
}

/// Whether a list of words has this one.
fn lists(words: &str, name: &str) -> bool {
    words.split_whitespace().any(|word| word == name)
}

/// The names that a script gives, and those that it imports from another part.
fn own_names(words: &[(String, String, char)]) -> BTreeSet<&str> {
    let given = words
        .iter()
        .zip(words.iter().skip(1))
        .filter(|(word, _)| ["const", "let", "function", "class"].contains(&word.0.as_str()))
        .map(|(_, name)| name.0.as_str());
    let mut own: BTreeSet<&str> = given.collect();
    let mut importing = false;
    for (word, _, _) in words {
        match word.as_str() {
            "import" => importing = true,
            "from" => importing = false,
            name if importing => {
                own.insert(name);
            }
            _ => {}
        }
    }
    own
}

/// What a script says that the floor does not understand.
fn script_faults(part: &str, text: &str) -> Vec<String> {
    let read = script::read(text);
    let words = script::words(&read.code);
    let mut wrong = Vec::new();
    let own = own_names(&words);
    for (word, before, after) in &words {
        let spread = before.ends_with("..");
        let member = before.ends_with('.') && !spread;
        if (member || *after == ':') && !lists(MEMBERS, word) {
            wrong.push(complaint(part, &format!(".{word}")));
        }
        let called = *after == '(' || word.starts_with(|first: char| first.is_uppercase());
        let syntax = ["if", "for", "while", "switch", "catch", "return"].contains(&word.as_str());
        if called && !member && !syntax && !own.contains(word.as_str()) && !lists(GLOBALS, word) {
            wrong.push(complaint(part, word));
        }
    }
    for (piece, version) in SYNTAX {
        if read.code.contains(piece) {
            wrong.push(format!("{part}: `{piece}` needs Chromium {version}"));
        }
    }
    for flags in &read.flags {
        if flags.contains(['d', 'v']) {
            wrong.push(format!("{part}: a pattern's flags `{flags}` are newer"));
        }
    }
    for text in &read.strings {
        for pseudo in css::marked(text, ':') {
            if !lists(PSEUDOS, &pseudo) {
                wrong.push(complaint(&format!("{part}, a selector"), &pseudo));
            }
        }
        wrong.extend(sheet::doubled_not(&format!("{part}, a selector"), text));
    }
    wrong
}

/// The scripts, each with its name.
fn scripts() -> Vec<(String, String)> {
    let parts = fs::read_dir("static/js").unwrap();
    let parts = parts.map(|entry| entry.unwrap().path()).map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    parts.collect()
}

#[test]
fn the_scripts_say_nothing_newer_than_the_floor() {
    let scripts = scripts();
    assert!(scripts.len() > 5);
    let wrong = scripts
        .iter()
        .flat_map(|(part, text)| script_faults(part, text));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A part that nobody can read in one go is two; all of them are a comfort, not a program.
#[test]
fn the_scripts_stay_small() {
    let lines = scripts()
        .into_iter()
        .map(|(part, text)| (part, text.lines().count()));
    let lines: Vec<(String, usize)> = lines.collect();
    let long: Vec<_> = lines.iter().filter(|(_, count)| *count > 150).collect();
    assert!(long.is_empty(), "{long:?}");
    let all: usize = lines.iter().map(|(_, count)| count).sum();
    assert!(all <= 900, "{all} lines");
}

/// The parts of the style sheet, one after the other.
fn sheet() -> String {
    let mut parts: Vec<_> = fs::read_dir("static/css")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    parts.sort();
    let parts = parts.iter().map(|path| fs::read_to_string(path).unwrap());
    parts.collect()
}

#[test]
fn the_style_sheet_says_nothing_newer_than_the_floor() {
    let wrong = sheet::faults(&sheet());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_markup_says_nothing_newer_than_the_floor() {
    let mut wrong = Vec::new();
    markup(Path::new("templates"), &mut wrong);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn markup(folder: &Path, wrong: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            markup(&path, wrong);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for (piece, version) in MARKUP {
            if text.contains(piece) {
                wrong.push(format!(
                    "{}:{piece} needs Chromium {version}",
                    path.display()
                ));
            }
        }
        // Unstyled, an icon is as large as the page; with its size it stays one.
        for tag in text.split("<svg ").skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            if tag.contains("class=") && !tag.contains("width=") {
                wrong.push(format!(
                    "{}: <svg {tag}> has no size of its own",
                    path.display()
                ));
            }
        }
    }
}

#[test]
fn ornaments_are_newer_than_the_floor() {
    for (name, version, why) in ORNAMENTS {
        assert!(*version > FLOOR, "{name} is known: {why}");
    }
}

/// The wall stands: each of these was found in the files or is the like of it.
#[test]
fn the_wall_finds_what_broke() {
    for (text, found) in [
        ("@layer parts { p { margin: 0; } }", "@layer"),
        ("body:has(> main) { margin: 0; }", ":has"),
        (":is(th, td) { margin: 0; }", ":is"),
        ("p::after { inset: 0; }", "inset"),
        ("p { margin-block: 1rem; }", "margin-block"),
        ("p:not(.a, .b) { margin: 0; }", ":not"),
        (".a { display: flex; gap: 1rem; }", "gap"),
        (".a { float: inline-start; }", "inline-start"),
        (".a { translate: 0 1rem; }", "translate"),
        (".a { height: 100dvh; }", "dvh"),
        (".a { & b { margin: 0; } }", "nesting"),
        ("a:focus-visible, a:hover { margin: 0; }", ":focus-visible"),
        ("@media (width >= 40rem) { a { margin: 0; } }", "width"),
        (".a { color: color-mix(in srgb, red, blue); }", "color-mix"),
        (".a { field-sizing: content; }", "field-sizing"),
        (".a { -webkit-appearance: none; }", "-webkit-appearance"),
        ("/* } */ .a { content: \"}\"; overflow: clip; }", "clip"),
    ] {
        let wrong = sheet::faults(text);
        assert!(
            wrong.iter().any(|each| each.contains(found)),
            "{text}: {wrong:?}"
        );
    }
    for (text, found) in [
        ("const last = rows.at(-1);", ".at"),
        ("const last = rows?.at(-1);", ".at"),
        ("const say = `${rows.at(-1)} \"`;", ".at"),
        ("a ??= 1;", "??="),
        ("const copy = structuredClone(a);", "structuredClone"),
        ("document.querySelector(\"td:has(> input)\");", ":has"),
        ("document.querySelector(\"input:not([a], [b])\");", ":not"),
        (
            "const b = /[/\"]/.test(a) && a.replaceAll(1, 2);",
            ".replaceAll",
        ),
        ("class A { #b() {} }", "#"),
    ] {
        let wrong = script_faults("a.js", text);
        assert!(
            wrong.iter().any(|each| each.contains(found)),
            "{text}: {wrong:?}"
        );
    }
}
