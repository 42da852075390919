//! The samples leave nothing out: every page is drawn for somebody, and every form is
//! shown to somebody.

use std::collections::BTreeSet;

use super::super::guide::leaves;
use super::sample::Sample;

/// What is no page, or is drawn for nobody who is signed in. What is found after all must
/// not stand here.
const NOT_DRAWN: &[(&str, &str, &str)] = &[
    ("GET", "/static/{name}", "a file, asked for by browsers"),
    ("GET", "/healthz", "one word, asked for by machines"),
    ("GET", "/readyz", "one word, asked for by machines"),
    (
        "GET",
        "/login",
        "before anybody is signed in: walls::sign_in",
    ),
    (
        "POST",
        "/login",
        "before anybody is signed in: walls::sign_in",
    ),
    (
        "GET",
        "/resume",
        "after a sign-in that a form waited for: walls::sessions",
    ),
    (
        "GET",
        "/drafts",
        "asked by the script of a long form: journeys::long_forms",
    ),
    (
        "POST",
        "/drafts",
        "sent by the script of a long form: journeys::long_forms",
    ),
    (
        "POST",
        "/associations/{association}/plan/approvals/{approval}/unmarking",
        "while an approval is marked: journeys::a_returned_plan_asks_nobody",
    ),
    (
        "GET",
        "/associations/{association}/files/{file}",
        "a download: walls::files",
    ),
    (
        "GET",
        "/associations/{association}/files/{file}/view",
        "a picture or a PDF as a browser shows it: journeys::one_file_proves_several",
    ),
    (
        "POST",
        "/roster/{department}/override",
        "before the first list, which alone is bound by the half: journeys::published_list_stays",
    ),
    (
        "GET",
        "/roster/objections/{objection}/files/{file}",
        "a download: walls::files",
    ),
    (
        "GET",
        "/dockets/{docket}/files/{file}",
        "a download: journeys::oversight",
    ),
    (
        "GET",
        "/imports/{import}/marked",
        "a download: journeys::spreadsheets_in",
    ),
    (
        "GET",
        "/imports/{import}/slips",
        "once accounts were imported: journeys::spreadsheets_in",
    ),
];

#[tokio::test]
async fn every_page_is_drawn_and_every_form_is_shown_to_somebody() {
    let samples = [Sample::late().await, Sample::early().await];
    let routes = samples[0].world().await.routes();
    let is_found = |method: &str, path: &str| {
        samples.iter().any(|sample| {
            let mut forms = sample.harvest.forms.iter();
            match method {
                "GET" => sample.harvest.pages.contains(path),
                _ => forms.any(|form| form.route == path),
            }
        })
    };
    let routes = routes.iter().map(|route| (route.method, route.path));
    // Files are no pages: walls::exports takes every list, each document has its journey.
    let is_file = |method: &str, path: &str| method == "GET" && leaves(path);
    let left_out: BTreeSet<_> = routes
        .filter(|(method, path)| !is_found(method, path) && !is_file(method, path))
        .collect();
    let told: BTreeSet<_> = NOT_DRAWN
        .iter()
        .map(|(method, path, _)| (*method, *path))
        .collect();
    assert_eq!(left_out, told);
}
