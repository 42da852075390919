//! Name, parameters, departments and policy documents of a campaign (domain 0.3, 10.9).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use super::founding::Founding;
use super::parameters::Values;
pub use super::parameters::{AgeLimitMode, Parameters};
use super::words::Words;

/// What the document itself fixes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// The scheme whose files serve where the folder has none of its own.
    pub inherits: Option<String>,
    /// Title of the document.
    pub title: String,
    /// Its number.
    pub document_number: String,
    /// Six-digit region code of GB/T 2260.
    pub region_code: String,
    /// Name of the region, as codes and numbers use it.
    pub region_name: String,
    /// Full name of the registration authority.
    pub registrar: String,
    /// What the office's replies are numbered with.
    pub reply_prefix: String,
    /// Code of the department that receives party work (三（五）).
    pub party_body: String,
    /// What pages say differently under another scheme.
    pub words: Words,
    /// Sections of the document that inherited files cite, and where this one says it.
    #[serde(default)]
    pub sections: BTreeMap<String, String>,
    /// Documents that the scheme rests on (PD-0).
    pub basis: Vec<String>,
    /// Suffixes that put a name into scope by themselves (SC-4).
    pub suffixes: Vec<String>,
    /// Suffixes that need a confirmation (⚠AMB-8).
    pub suffixes_to_confirm: Vec<String>,
    /// Dates and limits.
    pub parameters: Parameters,
    /// Days off that are not weekends.
    pub days_off: Vec<NaiveDate>,
    /// Weekend days on which people work.
    pub days_worked: Vec<NaiveDate>,
    /// Parameters and calendar as the file has them.
    #[serde(skip)]
    pub defaults: Values,
    /// Dates of the batch whose campaign this is (FD-1): no change of a parameter moves them.
    #[serde(skip)]
    pub batch: Values,
    /// Departments that the scheme names.
    #[serde(rename = "department")]
    pub departments: Vec<Department>,
    /// Supporting documents.
    #[serde(rename = "policy")]
    pub policies: Vec<Policy>,
    /// What the document says of a topic that pages serve.
    #[serde(rename = "sentence", default)]
    pub sentences: Vec<Sentence>,
    /// The office's telephone, as the document has it.
    #[serde(default)]
    pub office_phone: Option<String>,
    /// The number of the work's group of messages.
    #[serde(default)]
    pub chat_group: Option<String>,
    /// What an association founded from the scheme's date on must show (NA-2).
    #[serde(rename = "founding", default)]
    pub foundings: Vec<Founding>,
}

/// A sentence of the document, by what it is about: the help cites it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// What it is about, as `web::guide` names it.
    pub topic: String,
    /// Where it stands.
    pub place: String,
    /// The sentence.
    pub text: String,
}

/// What is left of a name says who it is only if it is longer than 商会 or 协会.
const SHORTEST: usize = 3;

/// A name without the region that it begins with. Who is called by the place alone keeps it.
#[must_use]
pub fn without_region<'n>(name: &'n str, region: &str) -> &'n str {
    let after = name.split_once(region).map(|(_, rest)| rest);
    let rest = after.filter(|rest| !region.is_empty() && rest.chars().count() >= SHORTEST);
    rest.unwrap_or(name)
}

impl Campaign {
    /// The office's full name, as it signs.
    #[must_use]
    pub fn office(&self) -> String {
        format!("{}行业协会商会与行政机关脱钩办公室", self.region_name)
    }

    /// What the document says of a topic.
    #[must_use]
    pub fn sentence(&self, topic: &str) -> Option<&Sentence> {
        self.sentences
            .iter()
            .find(|sentence| sentence.topic == topic)
    }

    /// The name of an association without the region, which all of a district have before
    /// it. 长春市绿园区物流行业协会 → 物流行业协会.
    #[must_use]
    pub fn short<'n>(&self, name: &'n str) -> &'n str {
        without_region(name, &self.region_name)
    }

    /// All parameters and the calendar by name.
    #[must_use]
    pub fn values(&self) -> Values {
        let parameters = serde_json::to_value(&self.parameters).unwrap_or_default();
        let mut values: Values = match parameters {
            Value::Object(map) => map.into_iter().collect(),
            _ => Values::new(),
        };
        for (name, days) in [
            ("days_off", &self.days_off),
            ("days_worked", &self.days_worked),
        ] {
            let days = serde_json::to_value(days).unwrap_or_default();
            values.insert(name.to_owned(), days);
        }
        values
    }

    /// The campaign under changed parameters; what stands unchanged is as in the
    /// file. A change that this version of the program cannot read counts as none.
    #[must_use]
    pub fn under(&self, changes: &Values) -> Self {
        let mut values = self.defaults.clone();
        let mut campaign = self.with(&values).unwrap_or_else(|| self.clone());
        for (name, value) in changes {
            let Some(before) = values.get(name).cloned() else {
                continue;
            };
            values.insert(name.clone(), value.clone());
            match self.with(&values) {
                Some(other) => campaign = other,
                None => {
                    values.insert(name.clone(), before);
                }
            }
        }
        if self.batch.is_empty() {
            campaign
        } else {
            campaign.of_batch(&self.batch)
        }
    }

    pub(super) fn with(&self, values: &Values) -> Option<Self> {
        let days = |name: &str| serde_json::from_value(values.get(name)?.clone()).ok();
        let parameters = values
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "days_off" | "days_worked"))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Some(Self {
            parameters: serde_json::from_value(Value::Object(parameters)).ok()?,
            days_off: days("days_off")?,
            days_worked: days("days_worked")?,
            ..self.clone()
        })
    }
}

/// A department that the scheme names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Stable code.
    pub code: Spanned<String>,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// organ, party_organ, mass_org, court, …
    pub kind: String,
    /// applies, by_reference, none.
    pub civil_service_law: String,
    /// Competence codes.
    #[serde(default)]
    pub competences: Vec<String>,
    /// Supervises associations.
    #[serde(default)]
    pub supervises: bool,
}

/// A supporting document (配套政策文件).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// PD-1 …
    pub code: Spanned<String>,
    /// Its title.
    pub title: String,
    /// Code of the leading department.
    pub lead: String,
    /// Codes of the departments that join in.
    #[serde(default)]
    pub with: Vec<String>,
    /// Section of the scheme.
    pub basis: String,
}
