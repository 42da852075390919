//! The templates: no inline script or style, nothing unescaped, no dead ends (S11).

use super::sources::files;

#[test]
fn templates_are_safe_under_the_content_policy() {
    let found = files("templates", "html");
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
    let found = files("templates", "html");
    for (file, text) in found {
        let forms = text.matches("method=\"post\"").count();
        let keys = text.matches("field::once(").count()
            + text.matches("field::sealed(").count()
            + text.matches("name=\"request_id\"").count();
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
