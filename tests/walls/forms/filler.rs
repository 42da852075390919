//! The fields of a form as a person might fill them in, so that what is refused is
//! refused for what the test is about.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use scraper::{ElementRef, Selector};

/// What people write into fields whose words, length or letters are checked.
const USUAL: &[(&str, &str)] = &[
    ("username", "xinren"),
    ("code", "xinjia"),
    ("id_tail", "1234"),
    ("birth", "1975-06-12"),
    ("uscc", ""),
    ("certificate_no", "绿社证字第0101号"),
    ("law", "《中华人民共和国会计法》"),
    ("article", "第十二条第二款"),
    // A docket that is about no association in particular.
    ("association", ""),
    // Codes of what a reading or a document concerns.
    ("policy_concerns", "T3-10"),
    ("reading_concerns", "T3-10"),
    // Agreement without conditions.
    ("conditions", ""),
    // A file is handed in; one on record is cited instead of it.
    ("known_file", ""),
    // Of civil affairs, whose department is the first one.
    ("role", "office_clerk"),
];

/// Days that lie ahead, and by how much.
const AHEAD: &[(&str, u64)] = &[("expires_on", 300), ("until", 60), ("to_on", 20)];

/// Days that lie behind, and by how much: the term of a resignation ends with the others.
const BEHIND: &[(&str, u64)] = &[("resign_by", 10)];

/// Boxes of which one is to be ticked.
const TICKED: &[&str] = &["PL-1", "part", "added", "picked", "ticked"];

/// The fields filled in, and the names of those that people fill in.
pub fn filled(form: ElementRef<'_>, today: NaiveDate) -> (Vec<(String, String)>, BTreeSet<String>) {
    let inputs = Selector::parse("input, select, textarea").unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut typed = BTreeSet::new();
    for input in form.select(&inputs) {
        let attr = |name| input.value().attr(name).unwrap_or_default();
        let (name, kind) = (attr("name").to_owned(), attr("type"));
        if name.is_empty() || kind == "file" {
            continue;
        }
        let there = fields.iter().position(|(known, _)| *known == name);
        let checked = input.value().attr("checked").is_some();
        let ticked =
            checked || name == "listed" || (there.is_none() && TICKED.contains(&name.as_str()));
        match (kind, there) {
            ("checkbox", _) if !ticked => continue,
            ("radio", Some(place)) => {
                if let (true, Some(field)) = (checked, fields.get_mut(place)) {
                    field.1 = attr("value").to_owned();
                }
                continue;
            }
            _ => {}
        }
        if kind != "hidden" {
            typed.insert(name.clone());
        }
        let value = if is_left(&name, &fields) {
            String::new()
        } else {
            value(input, today)
        };
        fields.push((name, value));
    }
    (fields, typed)
}

/// The reason of a part that is not ticked: nobody writes one.
fn is_left(name: &str, fields: &[(String, String)]) -> bool {
    let part = name.strip_suffix("-reason");
    part.is_some_and(|part| !fields.iter().any(|(ticked, _)| ticked == part))
}

/// What stands in an input, or what a person might write there.
fn value(input: ElementRef<'_>, today: NaiveDate) -> String {
    let attr = |name| input.value().attr(name).unwrap_or_default();
    let text: String = input.text().collect();
    match (input.value().name(), attr("type")) {
        ("select", _) => chosen(input),
        ("textarea", _) if !text.trim().is_empty() => text.trim_start_matches('\n').to_owned(),
        ("input", "hidden" | "radio" | "checkbox") => attr("value").to_owned(),
        ("input", "password") => crate::world::PASSWORD.to_owned(),
        ("input", _) if !attr("value").is_empty() => attr("value").to_owned(),
        _ => written(input, today),
    }
}

/// What is chosen, else what is usual, else the first one that says something.
fn chosen(select: ElementRef<'_>) -> String {
    let options = Selector::parse("option").unwrap();
    let all: Vec<_> = select
        .select(&options)
        .map(|option| option.value())
        .collect();
    let name = select.value().attr("name").unwrap_or_default();
    let usual = usual(name);
    let chosen = all.iter().find(|option| option.attr("selected").is_some());
    // Nobody chooses anything in a row that they do not begin: it would stand beside a tick at 无.
    if chosen.is_none() && is_cell(name) {
        return String::new();
    }
    let usual = all
        .iter()
        .find(|option| usual.is_some() && option.attr("value") == usual);
    let first = all.iter().find(|option| option.attr("value") != Some(""));
    let option = chosen
        .or(usual)
        .or(first)
        .and_then(|option| option.attr("value"));
    option.unwrap_or_default().to_owned()
}

/// The cell of a table that grows: `table.number.column`.
fn is_cell(name: &str) -> bool {
    name.matches('.').count() == 2
}

fn usual(name: &str) -> Option<&'static str> {
    let usual = USUAL.iter().find(|(known, _)| *known == name);
    usual.map(|(_, value)| *value)
}

/// What is written into an empty field.
fn written(input: ElementRef<'_>, today: NaiveDate) -> String {
    let attr = |name| input.value().attr(name).unwrap_or_default();
    let name = attr("name");
    // A change of the plan's people changes something.
    if name.ends_with(".unit_phone") {
        return "0431-87990000".to_owned();
    }
    // A row of a table that nobody began stays empty.
    if is_cell(name) {
        return String::new();
    }
    if let Some(value) = usual(name) {
        return value.to_owned();
    }
    if input.value().attr("data-date").is_some() {
        let days = |list: &[(&str, u64)]| {
            let found = list.iter().find(|(known, _)| *known == name);
            Days::new(found.map_or(0, |(_, days)| *days))
        };
        return (today + days(AHEAD) - days(BEHIND)).to_string();
    }
    if attr("inputmode").is_empty() {
        "据实填写的内容".to_owned()
    } else {
        "1".to_owned()
    }
}
