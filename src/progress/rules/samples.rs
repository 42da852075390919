//! Samples for the tests of this room.

use chrono::NaiveDate;

use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::Measure;

use super::deadlines::STAGE;
use super::{Item, ItemState};

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An open item of T2-02, due on 2018-11-20.
pub fn item() -> Item {
    Item {
        id: 1,
        association: AssociationId(1),
        department: DepartmentId(1),
        measure: "T2-02".to_owned(),
        object: "SV-32#1".to_owned(),
        label: "行业统计".to_owned(),
        track: "T2".to_owned(),
        mandatory: true,
        state: ItemState::Open,
        deadline: day("2018-11-20"),
        again_on: None,
        note: String::new(),
        facts: sqlx::types::Json::default(),
        done_on: None,
        reported_on: None,
        reported_by: None,
        resolved_on: None,
        resolved_by: None,
        return_reason: None,
        exemption_law: None,
        exemption_article: None,
        exemption_asked_on: None,
        added_later: false,
        due_by: STAGE.to_owned(),
        stood: 0,
        version: 1,
        evidence: 0,
    }
}

/// A measure with these kinds of evidence.
pub fn measure(evidence: &[&str], exemptable: bool) -> Measure {
    toml::from_str(&format!(
        "code = 'T2-02'\ntrack = 'T2'\ntext = '剥离'\nbasis = '三（二）'\ndeadline = 'implement_due'\ndone_when = '终止'\nevidence = {evidence:?}\nexemptable = {exemptable}\nfacts = [{{ code = 'T2-02-1', label = '终止日期', type = 'date', required = true }}]"
    ))
    .unwrap()
}
