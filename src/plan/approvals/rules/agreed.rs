//! What a department agrees to with a prior approval, as data: answers of the survey and
//! parts of the plan, and which of their rows. What is settled elsewhere is not in it: of
//! the party organisation (PL-8) nothing, since 组织部 settles that with T5-01 and T5-02.

use std::collections::BTreeSet;

use crate::scheme::persons::PersonCategory;
use crate::scheme::{Answers, Row, Scheme};
use crate::signatures::rules::Content;

use super::{CHANGE, EXCEPTION, decides};

/// Which rows of a table count.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    /// All of them.
    All,
    /// Rows of the plan about rooms that the survey names.
    Rooms,
    /// The other rows: about assets.
    Assets,
    /// People of these identities in the survey.
    People(&'static [&'static str]),
    /// People of these categories in the plan.
    Settled(&'static [PersonCategory]),
    /// Exceptions on which the asked competence decides.
    Decided,
}

impl Which {
    /// In words, for docs/signatures.md.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::All => String::new(),
            Self::Rooms => "办公用房各行".to_owned(),
            Self::Assets => "资产各行".to_owned(),
            Self::People(identities) => format!("身份为{}的人员", identities.join("、")),
            Self::Settled(categories) => {
                let labels: Vec<&str> = categories.iter().map(|each| each.label()).collect();
                format!("{}各行", labels.join("、"))
            }
            Self::Decided => "由该部门决定的各行".to_owned(),
        }
    }
}

/// By approval: the answers, and which of their rows.
pub const AGREED: [(&str, &[(&str, Which)]); 13] = [
    ("PA-1", &[("SV-24", Which::All), ("SV-65-1", Which::All)]),
    (
        "PA-2",
        &[
            ("SV-32", Which::All),
            ("SV-34", Which::All),
            ("PL-6", Which::All),
        ],
    ),
    (
        "PA-3",
        &[
            ("SV-51", Which::All),
            ("SV-53", Which::All),
            ("PL-11", Which::Assets),
        ],
    ),
    (
        "PA-4",
        &[
            ("SV-46", Which::All),
            ("PL-7", Which::All),
            ("PL-7-1", Which::All),
        ],
    ),
    ("PA-5", &[("SV-55", Which::All), ("PL-11", Which::Rooms)]),
    (
        "PA-6",
        &[
            ("SV-60", Which::People(&["retired_cadre"])),
            (
                "PL-10",
                Which::Settled(&[
                    PersonCategory::RetiredUnderThree,
                    PersonCategory::RetiredOverThree,
                ]),
            ),
        ],
    ),
    (
        "PA-7",
        &[
            ("SV-60", Which::People(&["serving"])),
            (
                "PL-10",
                Which::Settled(&[PersonCategory::EmployedCivilServant]),
            ),
        ],
    ),
    (
        "PA-8",
        &[
            ("SV-60", Which::People(&["institution", "diverted"])),
            ("SV-65-1", Which::All),
            ("SV-65-2", Which::All),
            ("SV-64-1", Which::All),
            ("SV-64-2", Which::All),
        ],
    ),
    (
        "PA-9",
        &[
            ("SV-70-1", Which::All),
            ("SV-70-2", Which::All),
            ("SV-70-3", Which::All),
        ],
    ),
    ("PA-10", &[("SV-97", Which::All)]),
    ("PA-11", &[("SV-22", Which::All), ("SV-30", Which::All)]),
    (EXCEPTION, &[("PL-14", Which::Decided)]),
    (
        CHANGE,
        &[
            ("PL-2", Which::All),
            ("PL-3", Which::All),
            ("PL-4", Which::All),
            ("PL-5", Which::All),
        ],
    ),
];

/// The answers that an approval agrees to.
#[must_use]
pub fn agreed_to(approval: &str) -> &'static [(&'static str, Which)] {
    let found = AGREED.iter().find(|(code, _)| *code == approval);
    found.map(|(_, answers)| *answers).unwrap_or_default()
}

/// What an approval agrees to, as survey and plan say it; of a change, `content` is what
/// the plan is to say.
#[must_use]
pub fn agreed(
    scheme: &Scheme,
    (approval, competence): (&str, &str),
    (survey, content): (&Answers, &Answers),
) -> Content {
    let rooms: BTreeSet<String> = survey.rows("SV-55").iter().map(room).collect();
    agreed_to(approval)
        .iter()
        .fold(Content::default(), |agreed, (code, which)| {
            let answers = if code.starts_with("PL-") {
                content
            } else {
                survey
            };
            agreed.answer(scheme, (code, answers), |row| match which {
                Which::All => true,
                Which::Rooms => of_room(row, &rooms),
                Which::Assets => !of_room(row, &rooms),
                Which::People(identities) => row
                    .text("identity")
                    .is_some_and(|own| identities.contains(&own)),
                Which::Settled(categories) => {
                    let named =
                        |category: &PersonCategory| Some(category.label()) == row.text("category");
                    categories.iter().any(named)
                }
                Which::Decided => {
                    let item = row.text("item").unwrap_or_default();
                    decides(scheme, item) == Some(competence)
                }
            })
        })
}

/// What the plan calls a room of the survey (`draft::rules::derive`).
fn room(row: &Row<'_>) -> String {
    let text = |name| row.text(name).unwrap_or_default();
    format!("{}{}室", text("location"), text("room_no"))
}

fn of_room(row: &Row<'_>, rooms: &BTreeSet<String>) -> bool {
    row.text("object")
        .is_some_and(|object| rooms.contains(object.trim()))
}
