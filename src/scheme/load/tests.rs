//! What loading tells: every problem, with its file and line.

use std::path::Path;

use super::{Files, Problem, report};
use crate::scheme::Scheme;

/// The files with one piece of one of them replaced.
fn spoiled(choose: fn(&mut Files) -> &mut String, from: &str, to: &str) -> Files {
    let mut files = Files::lvyuan_2018();
    let text = choose(&mut files);
    assert!(text.contains(from), "{from}");
    *text = text.replacen(from, to, 1);
    files
}

fn problems(files: &Files) -> Vec<Problem> {
    Scheme::parse(files).unwrap_err()
}

/// The number of the line with `code = "…"`.
fn line(text: &str, code: &str) -> usize {
    let wanted = format!("code = \"{code}\"");
    text.lines().position(|line| line == wanted).unwrap() + 1
}

fn survey(files: &mut Files) -> &mut String {
    &mut files.survey
}

fn measures(files: &mut Files) -> &mut String {
    &mut files.measures
}

/// One problem, at the code's line, with these words.
fn only(files: &Files, text: &str, code: &str, words: &str) {
    let found = problems(files);
    assert_eq!(found.len(), 1, "{found:?}");
    for problem in found {
        assert_eq!(problem.line, line(text, code), "{problem}");
        assert!(problem.message.contains(words), "{problem}");
    }
}

#[test]
fn what_the_document_rests_on_and_how_it_is_paced() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    assert_eq!(scheme.campaign.basis.len(), 4);
    assert_eq!(scheme.phases().len(), 3);
    let five = scheme
        .measures
        .tracks
        .iter()
        .filter(|track| track.counts_in_five);
    assert_eq!((scheme.measures.tracks.len(), five.count()), (6, 5));
    for number in 1..=30 {
        let code = format!("PH-{number:02}");
        assert!(
            scheme
                .timeline
                .tasks
                .iter()
                .any(|task| *task.code.get_ref() == code),
            "{code}"
        );
    }
}

#[test]
fn an_unknown_code_is_named_where_it_is_used() {
    let files = spoiled(
        measures,
        "is = [\"SV-43\", \"yes\"]",
        "is = [\"SV-99\", \"yes\"]",
    );
    only(
        &files,
        &files.measures,
        "T3-04",
        "no question has the code SV-99",
    );
}

#[test]
fn an_unknown_value_is_named_where_it_is_used() {
    let files = spoiled(
        survey,
        "is = [\"SV-30\", \"merge\"]",
        "is = [\"SV-30\", \"marry\"]",
    );
    only(
        &files,
        &files.survey,
        "SV-30-1",
        "SV-30 does not offer marry",
    );
    let files = spoiled(
        measures,
        "\"ownership\", \"state\",",
        "\"ownership\", \"stat\",",
    );
    only(
        &files,
        &files.measures,
        "T3-10",
        "SV-51.ownership does not offer stat",
    );
    let files = spoiled(
        measures,
        "[\"SV-05\", \"direct\"]",
        "[\"SV-05\", \"dierct\"]",
    );
    only(
        &files,
        &files.measures,
        "T1-02",
        "SV-05 does not offer dierct",
    );
}

#[test]
fn a_code_that_stands_twice_is_named_at_its_second_place() {
    let files = spoiled(survey, "code = \"SV-07\"", "code = \"SV-06\"");
    let found = problems(&files);
    let first = line(&files.survey, "SV-06");
    assert!(
        found
            .iter()
            .any(|problem| problem.message == "code SV-06 stands twice" && problem.line > first),
        "{found:?}"
    );
    let files = spoiled(measures, "code = \"T2\"\n", "code = \"T1\"\n");
    let found = problems(&files);
    let first = line(&files.measures, "T1");
    assert!(
        found
            .iter()
            .any(|problem| problem.message == "code T1 stands twice" && problem.line > first),
        "{found:?}"
    );
}

#[test]
fn types_that_do_not_fit_are_named() {
    let files = spoiled(measures, "over = [\"SV-65-1\", 0]", "over = [\"SV-66\", 0]");
    only(
        &files,
        &files.measures,
        "T4-11",
        "SV-66 does not take a number",
    );
    let files = spoiled(
        survey,
        "sum = [\"SV-12\", \"SV-10\", \"SV-11\"]",
        "sum = [\"SV-12\", \"SV-10\", \"SV-09\"]",
    );
    only(&files, &files.survey, "E101", "cannot be compared");
    let files = spoiled(
        survey,
        "of = [\"SV-10\", \"SV-11\"]",
        "of = [\"SV-10\", \"SV-09\"]",
    );
    only(&files, &files.survey, "SV-12", "in its own unit");
    let files = spoiled(
        measures,
        "category = [\"D\", \"?\"]",
        "category = [\"D\", \"Z\"]",
    );
    only(&files, &files.measures, "T4-04", "the letter Z");
    // What depends on the day cannot decide which questions are asked.
    let files = spoiled(
        survey,
        "is = [\"SV-30\", \"merge\"]",
        "named = \"officers_change\"",
    );
    only(&files, &files.survey, "SV-30-1", "for measures only");
}

#[test]
fn every_piece_of_wrong_form_is_told_not_only_the_first() {
    let mut files = Files::lvyuan_2018();
    let marks = [
        "label = \"住所\"",
        "label = \"届次\"",
        "label = \"单位会员数\"",
    ];
    for mark in marks {
        files.survey = files.survey.replacen(mark, "label = 7", 1);
    }
    files.timeline = files.timeline.replacen("phase = 2", "phase = \"two\"", 1);
    let found = problems(&files);
    let wrong = |text: &str, piece: &str| -> Vec<usize> {
        let lines = text.lines().enumerate();
        lines
            .filter(|(_, line)| *line == piece)
            .map(|(number, _)| number + 1)
            .collect()
    };
    let lines = |file: &str| -> Vec<usize> {
        let of = found.iter().filter(|problem| problem.file == file);
        of.map(|problem| problem.line).collect()
    };
    assert_eq!(lines("survey.toml"), wrong(&files.survey, "label = 7"));
    assert_eq!(
        lines("timeline.toml"),
        wrong(&files.timeline, "phase = \"two\"")
    );
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn a_condition_of_an_unknown_kind_is_named_with_its_line() {
    let files = spoiled(
        measures,
        "is = [\"SV-43\", \"yes\"]",
        "equals = [\"SV-43\", \"yes\"]",
    );
    let found = problems(&files);
    assert_eq!(found.len(), 1, "{found:?}");
    for problem in found {
        let piece = files.measures.lines().nth(problem.line - 1).unwrap();
        assert!(piece.contains("equals"), "{problem}: {piece}");
    }
}

#[test]
fn a_file_that_ends_in_the_middle_is_one_problem() {
    let mut files = Files::lvyuan_2018();
    files.plan.push_str("[[part");
    assert_eq!(problems(&files).len(), 1);
}

#[test]
fn dates_and_names_of_the_timeline_are_checked() {
    let spoil = |from: &str, to: &str, code: &str, words: &str| {
        let files = spoiled(|files| &mut files.timeline, from, to);
        only(&files, &files.timeline, code, words);
    };
    spoil(
        "date:2018-08-31",
        "date:2018-08-32",
        "PH-03",
        "no date is named",
    );
    spoil(
        "after = [\"PH-08\"]",
        "after = [\"PH-80\"]",
        "PH-11",
        "no task PH-80",
    );
    let files = spoiled(
        |files| &mut files.timeline,
        "\"phase2_end\"",
        "\"phase2_ende\"",
    );
    assert!(
        problems(&files)
            .iter()
            .all(|problem| problem.message.contains("phase 2"))
    );
    let files = spoiled(
        |files| &mut files.campaign,
        "lead = \"zuzhi\"",
        "lead = \"zuzi\"",
    );
    only(&files, &files.campaign, "PD-2", "no department zuzi");
}

#[test]
fn a_report_counts_or_complains() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sound = report(&folder.join("src/scheme/lvyuan_2018")).unwrap();
    assert!(sound.contains("   52 measures\n"), "{sound}");
    let missing = report(&folder.join("src/scheme/no_such_scheme")).unwrap_err();
    assert!(missing.contains("survey.toml:0: "), "{missing}");
    assert!(missing.ends_with("5 problems\n"), "{missing}");
}
