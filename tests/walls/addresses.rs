//! Every address stands once, in `src/paths`: templates and rooms name it, and the
//! route table has just these.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use tuogou::web::guide;
use tuogou::{server, start};

/// Files of `src` with literals that look like addresses, and why they may stay.
/// Not looked at: `database`, which names files of the machine, and tests in the
/// rooms, which say what an address is.
const KEPT: &[(&str, &[&str], &str)] = &[
    (
        "access/who.rs",
        &["/"],
        "the landing of who changes nothing",
    ),
    ("cli.rs", &["/"], "the beginning of every address"),
    (
        "web/busy.rs",
        &["/", "/login"],
        "drawn while nothing else answers",
    ),
    (
        "web/error.rs",
        &["/"],
        "where a repeated form without landing leads",
    ),
    (
        "web/gate.rs",
        &["/", "//", "/login", "/login?next={next}", "/logout"],
        "sign-in and back",
    ),
    (
        "web/guard.rs",
        &["/password"],
        "a password that must be changed",
    ),
    (
        "web/guard/head.rs",
        &["/"],
        "the landing before a form has named one",
    ),
    (
        "web/host.rs",
        &["/healthz", "/readyz"],
        "probes may come by any name",
    ),
    (
        "web/page/menu.rs",
        &["{entry}/"],
        "everything below an entry",
    ),
    (
        "web/page/way.rs",
        &["/"],
        "what stands between the steps of an address",
    ),
    (
        "web/trail.rs",
        &["//", "/?&=%+-_.*:,~"],
        "which addresses a browser may bring back: the letters of one, and none of another site",
    ),
    (
        "web/leaving.rs",
        &["/as"],
        "what stands between a number and an ending",
    ),
    ("web/upload/pdf.rs", &["/Encrypt"], "a name inside a PDF"),
    (
        "web/static_files.rs",
        &["/static/{name}", "/static/{stem}.{hash}.{ending}"],
        "a file's name has its hash in it",
    ),
];

fn files(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|each| each == ending) {
            let name = path.components().skip(1).collect::<std::path::PathBuf>();
            found.push((
                name.display().to_string(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

fn all(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(Path::new(folder), ending, &mut found);
    assert!(found.len() > 10, "{folder}");
    found
}

/// `room::NAME` of each constant with its pattern.
fn constants() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (file, text) in all("src/paths", "rs") {
        let room = file.trim_start_matches("paths/").trim_end_matches(".rs");
        for piece in text.split("\npub const ").skip(1) {
            let (name, rest) = piece.split_once(": Path<").unwrap();
            let pattern = rest.split('"').nth(1).unwrap();
            let known = found.insert(format!("{room}::{name}"), pattern.to_owned());
            assert_eq!(known, None, "{room}::{name}");
        }
    }
    found
}

/// Method and pattern of every route.
fn routes() -> BTreeSet<(&'static str, &'static str)> {
    let program = start::program_without_database().unwrap();
    server::routes(&program)
        .table()
        .iter()
        .map(|route| (route.method, route.path))
        .collect()
}

/// The string literals of Rust text without comments.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let (before, here) = rest.split_at(at);
        rest = if here.starts_with("//") {
            here.split_once('\n').map_or("", |(_, after)| after)
        } else if here.starts_with("'\"'") || here.starts_with("'/'") {
            &here[3..]
        } else if !here.starts_with('"') {
            &here[1..]
        } else if before.ends_with("r#") {
            let (raw, after) = here[1..].split_once("\"#").unwrap();
            found.push(raw.to_owned());
            after
        } else {
            let mut end = 1;
            while !here[end..].starts_with('"') {
                let escaped = here[end..].starts_with('\\');
                end += usize::from(escaped);
                end += here[end..].chars().next().unwrap().len_utf8();
            }
            found.push(here[1..end].to_owned());
            &here[end + 1..]
        };
    }
    found
}

/// `/…`, or a page below one that is put in: `{base}/edit`.
fn is_address(literal: &str) -> bool {
    let below = literal.starts_with('{')
        && literal.split_once("}/").is_some_and(|(before, after)| {
            !before.contains(' ')
                && (after.is_empty() || after.starts_with(|c: char| c.is_ascii_lowercase()))
        });
    let linked = literal.contains("=\"/") || literal.contains("=\\\"/");
    below
        || linked
        || literal.strip_prefix('/').is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "/{?#".contains(c))
        })
}

#[test]
fn no_address_stands_in_the_rooms() {
    let mut wrong = Vec::new();
    for (file, text) in all("src", "rs") {
        if file.starts_with("paths/")
            || file.starts_with("database/")
            // Parts of an archive, and what a process says of itself.
            || file.starts_with("sheets/")
            || file == "bench/sheets.rs"
            || file.ends_with("tests.rs")
            || file.contains("/tests/")
        {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let kept = KEPT.iter().find(|(kept, _, _)| *kept == file);
        let may = kept.map_or(&[][..], |(_, may, _)| *may);
        for literal in literals(code) {
            if is_address(&literal) && !may.contains(&literal.as_str()) {
                wrong.push(format!("{file}: {literal}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is written of an attribute besides what is put in; the value as a whole.
fn attribute(value: &str) -> (String, &str) {
    let (mut written, mut rest) = (String::new(), value);
    loop {
        let end = rest.find('"').unwrap();
        let Some((at, close)) = [("{{", "}}"), ("{%", "%}")]
            .into_iter()
            .filter_map(|(open, close)| Some((rest.find(open)?, close)))
            .min()
            .filter(|(at, _)| *at < end)
        else {
            written.push_str(&rest[..end]);
            let whole = value.len() - rest.len() + end;
            return (written, &value[..whole]);
        };
        written.push_str(&rest[..at]);
        rest = rest[at..].split_once(close).unwrap().1;
    }
}

/// Every `href`, `action` and `formaction` of the templates: file, its tag up to
/// there, what is written of it, and the whole value.
fn links() -> Vec<(String, String, String, String)> {
    let mut found = Vec::new();
    for (file, text) in all("templates", "html") {
        for name in [" href=\"", " action=\"", " formaction=\"", " src=\""] {
            for (at, _) in text.match_indices(name) {
                let tag = text[..at].rsplit('<').next().unwrap().to_owned();
                let (written, whole) = attribute(&text[at + name.len()..]);
                found.push((file.clone(), tag + name, written, whole.to_owned()));
            }
        }
    }
    assert!(found.len() > 200, "the templates were read");
    found
}

#[test]
fn no_address_stands_in_the_templates() {
    let mut wrong = Vec::new();
    for (file, _, written, whole) in links() {
        if written.contains('/') {
            wrong.push(format!("{file}: {whole}"));
        }
    }
    for (file, text) in all("templates", "html") {
        for piece in text.split(['"', '\'']) {
            let rest = piece.strip_prefix('/').unwrap_or("/");
            if rest.starts_with(|c: char| c.is_ascii_lowercase()) {
                wrong.push(format!("{file}: {piece}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn the_constants_are_the_routes() {
    let constants = constants();
    let named: BTreeSet<&str> = constants.values().map(String::as_str).collect();
    assert_eq!(named.len(), constants.len(), "one name for each address");
    // The parameters' names are part of the pattern: they agree as well.
    // A list's file stands at the list's address with its ending.
    let own = |path: &'static str| match guide::list_of(path) {
        Some(list) if !named.contains(path) => list,
        _ => path,
    };
    let routed: BTreeSet<&str> = routes().into_iter().map(|(_, path)| own(path)).collect();
    assert_eq!(named, routed);
}

#[tokio::test]
async fn links_lead_to_pages_and_forms_to_acts() {
    let (constants, routes) = (constants(), routes());
    // A document without a page is named by its address without its ending.
    let files = routes.iter().filter(|(method, _)| *method == "GET");
    let files: BTreeSet<&str> = files.filter_map(|(_, path)| guide::list_of(path)).collect();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (file, tag, _, whole) in links() {
        let posts = tag.contains("method=\"post\"") || tag.contains(" formaction=");
        let method = if posts { "POST" } else { "GET" };
        for piece in whole.split("crate::paths::").skip(1) {
            let name: String = piece
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "_:".contains(*c))
                .collect();
            seen += 1;
            let pattern = constants.get(&name).map_or("", String::as_str);
            let leaves = method == "GET" && files.contains(pattern);
            if !leaves && !routes.contains(&(method, pattern)) {
                wrong.push(format!("{file}: {method} {name}"));
            }
        }
    }
    assert!(seen > 150 && wrong.is_empty(), "{seen} {wrong:#?}");
}
