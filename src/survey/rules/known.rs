//! Which questions of a survey the register answers.

use serde_json::json;

use crate::registry::store::{Association, Tie};
use crate::scheme::Answers;

/// The name.
pub const NAME: &str = "SV-01";
/// The day of registration.
pub const REGISTERED_ON: &str = "SV-04";

/// What the register already knows, so that nobody types it again.
#[must_use]
pub fn prefilled(association: &Association, ties: &[Tie], department_code: &str) -> Answers {
    let mut answers = Answers::default();
    let rows: Vec<_> = ties
        .iter()
        .filter(|tie| tie.ended_on.is_none())
        .zip(1..)
        .map(|(tie, number): (&Tie, u32)| {
            let mut row = json!({
                "key": number.to_string(),
                "kind": tie.kind.key(),
                "department": tie.department_name,
                "basis": tie.basis,
            });
            if let (Some(row), Some(unit)) = (row.as_object_mut(), &tie.via_subordinate) {
                row.insert("via_subordinate".to_owned(), json!(unit));
            }
            if let (Some(row), Some(day)) = (row.as_object_mut(), tie.started_on) {
                row.insert("started_on".to_owned(), json!(day.to_string()));
            }
            row
        })
        .collect();
    let supervisor = if association.direct_registration {
        "direct"
    } else {
        department_code
    };
    let known = [
        (NAME, Some(json!(association.name))),
        ("SV-02", association.uscc.as_ref().map(|code| json!(code))),
        (
            "SV-03",
            association
                .certificate_no
                .as_ref()
                .map(|number| json!(number)),
        ),
        (
            REGISTERED_ON,
            association.registered_on.map(|day| json!(day.to_string())),
        ),
        ("SV-05", Some(json!(supervisor))),
        ("SV-06", Some(json!(association.domicile))),
        ("SV-07", Some(json!(association.legal_representative))),
        ("SV-08", Some(json!(association.business_scope))),
        ("SV-13", Some(json!(association.member_basis))),
        ("SV-20", (!rows.is_empty()).then(|| json!(rows))),
    ];
    for (code, value) in known {
        answers.set(code, value);
    }
    answers
}
