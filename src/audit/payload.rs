//! The text that a link of the chain covers. Keys are sorted, so it is canonical.
//!
//! Version 2 (2026-12) covers every column that a page shows, the digest of the row in
//! the case file, what the act leaves, and keyed hashes of what may not stand here; names
//! in sentences stay in the case file. Version 1 had no `v`; its links are kept as they
//! are and still verified (docs/decisions/0020).

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::access::Request;
use crate::ids::CampaignId;

use super::case_row::{CaseRow, kept};
use super::{AuditKey, Fact, Record, Signature, chain::ALGORITHM};

/// What one link is made of.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// The campaign.
    pub campaign: CampaignId,
    /// The act.
    pub record: &'a Record,
    /// Who did it.
    pub signature: &'a Signature,
    /// The circumstances.
    pub request: &'a Request,
    /// Its row in the case file.
    pub row: &'a CaseRow,
    /// What the whole write leaves, told with its first link.
    pub facts: &'a [Fact],
}

impl Link<'_> {
    /// The text.
    #[must_use]
    pub fn payload(&self, key: &AuditKey) -> String {
        let (record, request) = (self.record, self.request);
        let private = record.say.private.iter().map(|change| {
            let hash = key.hash_of(&change.field, &change.before, &change.after);
            (change.field.clone(), Value::from(hash))
        });
        let facts: Vec<Value> = self.facts.iter().map(Fact::told).collect();
        json!({
            "v": 2,
            "algorithm": ALGORITHM,
            "campaign": self.campaign.0,
            "act": record.act.name(),
            "outcome": record.outcome,
            "subject": [record.subject.kind, record.subject.id],
            "association": record.association,
            "record": self.row.id,
            "digest": self.row.digest(),
            "changes": record.say.changes,
            "private": private.collect::<Map<_, _>>(),
            "facts": facts,
            "account": self.signature.account,
            "name": self.signature.name,
            "role": self.signature.role,
            "department": self.signature.department_name,
            "request": request.id,
            "address": request.address,
            "at": kept(request),
            "wall": request.wall.to_rfc3339(),
        })
        .to_string()
    }
}

/// A payload that was read back.
#[derive(Debug, Clone)]
pub struct Payload(Value);

impl Payload {
    /// Reads one; nothing where it is no JSON.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.number("v").unwrap_or(1)
    }

    /// A text of it.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A number of it.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    /// When the act was done.
    #[must_use]
    pub fn at(&self) -> Option<DateTime<Utc>> {
        let at = DateTime::parse_from_rfc3339(self.text("at")?).ok()?;
        Some(at.with_timezone(&Utc))
    }

    /// The facts that the act left.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let facts = self.0.get("facts").and_then(Value::as_array);
        facts.into_iter().flatten().filter_map(Fact::read).collect()
    }

    /// The changed fields that stand in the chain: name → [before, after].
    #[must_use]
    pub fn changes(&self) -> Vec<(&str, &Value, &Value)> {
        let changes = self.0.get("changes").and_then(Value::as_object);
        let pairs = changes.into_iter().flatten();
        pairs
            .filter_map(|(field, pair)| Some((field.as_str(), pair.get(0)?, pair.get(1)?)))
            .collect()
    }

    /// The keyed hashes of the changes that do not: field → hash.
    #[must_use]
    pub fn private(&self) -> Vec<(&str, &str)> {
        let hashes = self.0.get("private").and_then(Value::as_object);
        let pairs = hashes.into_iter().flatten();
        pairs
            .filter_map(|(field, hash)| Some((field.as_str(), hash.as_str()?)))
            .collect()
    }
}
