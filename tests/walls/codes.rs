//! The scheme's codes (SV-51, T3-04, PA-9 …) stand where a rule needs them, and nowhere
//! else: pages, acts and statements ask the rules or the scheme.

use std::collections::BTreeSet;

use super::sources;

/// The codes that the schemes declare.
fn declared() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (_, text) in sources::files("src/scheme", "toml") {
        for rest in text.split("code = \"").skip(1) {
            let code = rest.split('"').next().unwrap();
            if code.contains('-') {
                codes.insert(code.to_owned());
            }
        }
    }
    codes
}

/// What a line says that reads like a code: a known beginning and a number.
fn codes_in<'a>(line: &'a str, beginnings: &BTreeSet<String>) -> Vec<&'a str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    line.split(|c: char| !is_part(c))
        .map(|word| word.trim_end_matches('-'))
        .filter(|word| {
            let number = word
                .split_once('-')
                .filter(|(beginning, _)| beginnings.contains(*beginning));
            number.is_some_and(|(_, number)| number.starts_with(|c: char| c.is_ascii_digit()))
        })
        .collect()
}

fn is_rule(file: &str) -> bool {
    file.contains("/rules")
}

#[test]
fn codes_of_the_scheme_stand_in_rules() {
    let declared = declared();
    let beginnings: BTreeSet<String> = declared
        .iter()
        .map(|code| code.split('-').next().unwrap().to_owned())
        .collect();
    let mut misplaced = Vec::new();
    let mut unknown = Vec::new();
    let program = sources::program();
    let program = program
        .iter()
        .filter(|(file, _)| !file.starts_with("src/scheme"));
    for (file, text) in program {
        for (line, number) in text.lines().zip(1..) {
            for code in codes_in(line, &beginnings) {
                let place = format!("{file}:{number} {code}");
                if !declared.contains(code) {
                    unknown.push(place);
                } else if !is_rule(file) {
                    misplaced.push(place);
                }
            }
        }
    }
    assert!(misplaced.is_empty(), "name them in rules: {misplaced:#?}");
    assert!(unknown.is_empty(), "no scheme has them: {unknown:#?}");
}
