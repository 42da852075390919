//! The program's own text, for walls that read it.

use std::fs;
use std::path::Path;

/// A file and what stands in it.
pub type File = (String, String);

/// All files of a folder with this ending, sorted.
pub fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    collect(Path::new(folder), ending, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push((
                path.display().to_string(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

/// What serves people: `src` and the templates without comments and tests, and without
/// the demonstration and the benchmark, which only use what the others do. Lines keep
/// their numbers.
pub fn program() -> Vec<File> {
    let code = files("src", "rs");
    let tests: Vec<String> = code
        .iter()
        .flat_map(|(file, text)| test_modules(file, text))
        .collect();
    let served = code
        .into_iter()
        .filter(|(file, _)| !file.starts_with("src/demo") && !file.starts_with("src/bench"))
        .filter(|(file, _)| !tests.iter().any(|module| is_of(file, module)))
        .map(|(file, text)| (file, without_tests(&text)));
    let drawn = files("templates", "html")
        .into_iter()
        .map(|(file, text)| (file, without_remarks(&text)));
    served.chain(drawn).collect()
}

/// The modules in files of their own that only tests have, by path without ending.
fn test_modules(file: &str, text: &str) -> Vec<String> {
    let own = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let marked = text.split("#[cfg(test)]\n").skip(1);
    marked
        .filter_map(|rest| rest.lines().next()?.strip_suffix(';')?.split("mod ").nth(1))
        .map(|module| format!("{own}/{module}"))
        .collect()
}

fn is_of(file: &str, module: &str) -> bool {
    file.strip_prefix(module)
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

/// Rust without comments and without what stands under `#[cfg(test)]`.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    let mut marked = false;
    for line in text.lines() {
        inside |= marked && line.ends_with('{');
        marked = line == "#[cfg(test)]";
        if !inside && !line.trim_start().starts_with("//") {
            kept.push_str(line.split(" // ").next().unwrap());
        }
        kept.push('\n');
        inside &= line != "}";
    }
    kept
}

/// A template without `{# … #}`.
fn without_remarks(text: &str) -> String {
    let mut pieces = text.split("{#");
    let mut kept = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (remark, rest) = piece.split_once("#}").unwrap();
        kept.push_str(&"\n".repeat(remark.matches('\n').count()));
        kept.push_str(rest);
    }
    kept
}
