//! The named counters of totals, and who among the staff is counted.

use crate::scheme::answers::{Answers, Row};

/// Name, codes read, and the function of a counter.
pub type Counter = (&'static str, &'static [&'static str], fn(&Answers) -> i64);

/// The named counters of totals, with the codes that they read.
pub const COUNTERS: &[Counter] = &[
    ("all_staff", &["SV-60"], |answers| {
        count_staff(answers, |_| true)
    }),
    ("full_time_staff", &["SV-60"], |answers| {
        count_staff(answers, |row| row.text("kind") == Some("full"))
    }),
    ("hired", &["SV-60"], |answers| {
        count_identity(answers, "hired")
    }),
    ("institution", &["SV-60"], |answers| {
        count_identity(answers, "institution")
    }),
    ("serving_full", &["SV-60"], |answers| {
        count_identity(answers, "serving")
    }),
    ("retired_full", &["SV-60"], |answers| {
        count_identity(answers, "retired_servant")
    }),
    ("diverted", &["SV-60"], |answers| {
        count_identity(answers, "diverted")
    }),
    ("concurrent_cadres", &["SV-60"], |answers| {
        count(answers, |row| {
            row.text("kind") == Some("concurrent")
                && matches!(
                    row.text("identity"),
                    Some("incumbent" | "off_post" | "serving" | "retired_cadre")
                )
        })
    }),
    ("contracts_needed", &["SV-60"], contracts_needed),
    ("insurance_needed", &["SV-60"], insurance_needed),
];

/// A named counter's value.
#[must_use]
pub fn counter(name: &str, answers: &Answers) -> i64 {
    COUNTERS
        .iter()
        .find(|(known, _, _)| *known == name)
        .map_or(0, |(_, _, function)| function(answers))
}

pub(super) fn count(answers: &Answers, wanted: impl Fn(&Row<'_>) -> bool) -> i64 {
    let found = answers
        .rows("SV-60")
        .iter()
        .filter(|row| wanted(row))
        .count();
    i64::try_from(found).unwrap_or(i64::MAX)
}

/// Working staff: a main job there, or the post of a staff member.
pub(super) fn count_staff(answers: &Answers, wanted: impl Fn(&Row<'_>) -> bool) -> i64 {
    count(answers, |row| {
        (row.text("kind") == Some("full") || row.text("post") == Some("staff")) && wanted(row)
    })
}

/// Full-time staff of an identity (SV-61: the parts of 专职).
fn count_identity(answers: &Answers, identity: &str) -> i64 {
    count(answers, |row| {
        row.text("kind") == Some("full") && row.text("identity") == Some(identity)
    })
}

pub(super) fn is_diverted(row: &Row<'_>) -> bool {
    row.text("identity") == Some("diverted")
}

/// Who must have a labour contract (三(四)): staff who are not civil servants in
/// service and not diverted; staff on posts too, since the posts are recovered.
pub(super) fn contracts_needed(answers: &Answers) -> i64 {
    count_staff(answers, |row| {
        matches!(
            row.text("identity"),
            Some("hired" | "institution" | "member" | "retired_servant")
        )
    })
}

/// Who must be insured: all staff but those diverted in past reforms.
pub(super) fn insurance_needed(answers: &Answers) -> i64 {
    count_staff(answers, |row| !is_diverted(row))
}
