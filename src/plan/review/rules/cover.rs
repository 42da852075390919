//! What a request (请示) says beside its plan, as it was when it was signed: whose it is,
//! whom to call, what the departments had answered. All of it may read otherwise later, so
//! it is kept with the round.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::plan::approvals::rules::{Approval, ApprovalState};
use crate::scheme::{Answers, Choice};

/// What stands around the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The association's name.
    pub association: String,
    /// The unit's name.
    pub unit: String,
    /// 签发人.
    pub signatory: String,
    /// 联系人.
    pub liaison: String,
    /// Their number.
    pub phone: String,
    /// What the departments had answered, in the order of the plan.
    pub answers: Vec<Answered>,
    /// Names of the departments that the plan and its survey name by their codes.
    pub departments: Vec<(String, String)>,
}

/// An answer of a department, or that it is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// What was asked: PA-1 …
    pub code: String,
    /// Of whom.
    pub department: String,
    /// The key of its state.
    pub state: String,
    /// Number of the answer.
    pub number: Option<String>,
    /// Its day.
    pub day: Option<NaiveDate>,
    /// Its conditions.
    pub conditions: Option<String>,
    /// It is an agreement in force.
    pub agreed: bool,
}

impl Answered {
    /// An approval as it is on a day.
    #[must_use]
    pub fn of(approval: &Approval, on: NaiveDate) -> Self {
        Self {
            code: approval.code.clone(),
            department: approval.department_name.clone(),
            state: approval.state.key().to_owned(),
            number: approval.document_number.clone(),
            day: approval.document_date.or(approval.decided_on),
            conditions: approval.conditions.clone(),
            agreed: approval.holds(on),
        }
    }

    /// Its state in words.
    #[must_use]
    pub fn label(&self) -> &'static str {
        ApprovalState::from_key(&self.state).map_or("", ApprovalState::label)
    }
}

impl Cover {
    /// The departments as the form engine takes them.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice> {
        let named = self.departments.iter().cloned();
        named.map(Choice::from).collect()
    }
}

/// Of all departments those that these answers name.
#[must_use]
pub fn named(departments: &[Choice], answers: [&Answers; 2]) -> Vec<(String, String)> {
    let text = answers.map(|each| serde_json::to_string(each).unwrap_or_default());
    let meant = |choice: &&Choice| {
        let quoted = format!("\"{}\"", choice.value);
        text.iter().any(|each| each.contains(&quoted))
    };
    departments
        .iter()
        .filter(meant)
        .map(|choice| (choice.value.clone(), choice.label.clone()))
        .collect()
}

/// Names in their order, each once.
#[must_use]
pub fn once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_departments_that_are_named_are_kept() {
        let choice = |value: &str, label: &str| Choice::from((value.to_owned(), label.to_owned()));
        let all = [
            choice("d1", "区交通局"),
            choice("d10", "区教育局"),
            choice("d2", "区司法局"),
        ];
        let mut survey = Answers::default();
        survey.set("SV-20", Some(json!([{ "key": "1", "department": "d10" }])));
        let kept = named(&all, [&survey, &Answers::default()]);
        assert_eq!(kept, [("d10".to_owned(), "区教育局".to_owned())]);
    }

    #[test]
    fn a_name_is_said_once_where_it_comes_first() {
        let names = ["区人社局", "区民政局", "区人社局"];
        assert_eq!(once(names.into_iter()), ["区人社局", "区民政局"]);
    }
}
