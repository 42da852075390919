//! The templates: no inline script or style, nothing unescaped, no dead ends (S11).

use std::fs;
use std::path::Path;

fn templates(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            templates(&path, found);
        } else {
            found.push((
                path.display().to_string(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

#[test]
fn templates_are_safe_under_the_content_policy() {
    let mut found = Vec::new();
    templates(Path::new("templates"), &mut found);
    assert!(found.len() > 20);
    for (file, text) in found {
        for forbidden in [
            "|safe",
            "| safe",
            " style=",
            "javascript:",
            " onclick",
            " onerror",
            " onload",
            "<style",
            "href=\"\"",
            "href=\"#\"",
        ] {
            assert!(!text.contains(forbidden), "{file} contains {forbidden}");
        }
        assert!(
            text.matches("<script").count() == usize::from(file.ends_with("layout.html")),
            "{file}"
        );
    }
}

#[test]
fn every_form_carries_its_once_only_key() {
    let mut found = Vec::new();
    templates(Path::new("templates"), &mut found);
    for (file, text) in found {
        let forms = text.matches("method=\"post\"").count();
        let keys =
            text.matches("field::once(").count() + text.matches("name=\"request_id\"").count();
        // Signing in has no account to count for; a resumed form brings its own key.
        let exempt = ["sign_in.html", "resume.html", "kept.html"]
            .iter()
            .any(|kept| file.ends_with(kept));
        assert!(
            exempt || keys >= forms,
            "{file}: {forms} forms, {keys} keys"
        );
    }
}
