//! The named checks: functions that declare the codes they read, and are shown no others.
//! The first of them is where the finding stands.

use crate::scheme::answers::Answers;
use crate::scheme::conditions;

/// Name, codes read, and the function; true is well.
pub type NamedCheck = (&'static str, &'static [&'static str], fn(&Answers) -> bool);

/// The named checks, with the codes that they read; true is well.
pub const NAMED: &[NamedCheck] = &[
    ("kept_by_law_needs_article", &["SV-32"], |answers| {
        answers
            .rows("SV-32")
            .iter()
            .all(|row| row.text("opinion") != Some("keep_by_law") || conditions::kept_by_law(row))
    }),
    ("merger_needs_department", &["SV-24"], |answers| {
        answers
            .rows("SV-24")
            .iter()
            .all(|row| row.text("disposition") != Some("transfer") || row.filled("to_department"))
    }),
    ("staff_within_posts", &["SV-24"], |answers| {
        answers
            .rows("SV-24")
            .iter()
            .all(|row| row.number("staff") <= row.number("posts"))
    }),
    ("assets_stated", &["SV-26"], |answers| {
        answers
            .rows("SV-26")
            .iter()
            .all(|row| row.choices("contents").contains(&"assets") || row.filled("assets_note"))
    }),
    (
        "asset_rows_match",
        &["SV-51", "SV-49-3", "SV-49-4"],
        |answers| {
            let (Some(fixed), Some(intangible)) =
                (answers.number("SV-49-3"), answers.number("SV-49-4"))
            else {
                return true;
            };
            let net: i64 = answers
                .rows("SV-51")
                .iter()
                .filter_map(|row| row.number("net"))
                .sum();
            !answers.has("SV-51") || net == fixed + intangible
        },
    ),
    (
        "legal_representative_registered",
        &["SV-07", "SV-60"],
        |answers| {
            let Some(name) = answers.text("SV-07") else {
                return true;
            };
            !answers.has("SV-60")
                || answers
                    .rows("SV-60")
                    .iter()
                    .any(|row| row.text("name") == Some(name))
        },
    ),
    ("retired_cadres_have_dates", &["SV-60"], |answers| {
        answers.rows("SV-60").iter().all(|row| {
            row.text("identity") != Some("retired_cadre") || row.date("retired_on").is_some()
        })
    }),
    ("contracts_complete", &["SV-63", "SV-60"], |answers| {
        let needed = conditions::counter("contracts_needed", answers);
        answers
            .number("SV-63")
            .is_none_or(|signed| signed >= needed)
    }),
    (
        "contracts_not_more_than_staff",
        &["SV-63", "SV-60"],
        |answers| {
            let staff = conditions::counter("all_staff", answers);
            !answers.has("SV-60") || answers.number("SV-63").is_none_or(|signed| signed <= staff)
        },
    ),
    (
        "insurance_complete",
        &["SV-64-1", "SV-64-2", "SV-64-6", "SV-60"],
        |answers| {
            let needed = conditions::counter("insurance_needed", answers);
            ["SV-64-1", "SV-64-2", "SV-64-6"]
                .iter()
                .all(|code| answers.number(code).is_none_or(|insured| insured >= needed))
        },
    ),
    ("party_body_where_three", &["SV-71", "SV-70-1"], |answers| {
        answers.number("SV-70-1").is_none_or(|formal| formal < 3)
            || answers.yes("SV-71") != Some(false)
    }),
    (
        "party_members_within",
        &["SV-70-3", "SV-70-1", "SV-70-2"],
        |answers| {
            let total =
                answers.number("SV-70-1").unwrap_or(0) + answers.number("SV-70-2").unwrap_or(0);
            answers
                .number("SV-70-3")
                .is_none_or(|inside| inside <= total)
        },
    ),
    ("no_organ_staff_keeps_accounts", &["SV-45"], |answers| {
        !answers
            .rows("SV-45")
            .iter()
            .any(|row| row.yes("organ_staff") == Some(true))
    }),
    ("rooms_have_area", &["SV-55"], |answers| {
        answers
            .rows("SV-55")
            .iter()
            .all(|row| row.number("area").unwrap_or(0) > 0)
    }),
    ("one_primary_supervisor", &["SV-20"], |answers| {
        answers
            .rows("SV-20")
            .iter()
            .filter(|row| row.text("kind") == Some("supervise"))
            .count()
            <= 1
    }),
];
