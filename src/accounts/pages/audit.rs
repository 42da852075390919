//! The audit records in words, newest first.

use askama::Template;

use crate::access::Act;
use crate::clock::stamp;
use crate::database::Db;
use crate::web::list::{Chip, ROWS};
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};

/// A page of records.
#[derive(Template)]
#[template(path = "accounts/audit.html")]
pub struct AuditPage {
    page: Page,
    entries: Vec<Entry>,
    acts: Vec<(&'static str, &'static str, bool)>,
    chips: Vec<Chip>,
    older: Option<String>,
}

struct Entry {
    seq: i64,
    at: String,
    name: String,
    department: String,
    act: &'static str,
    sentence: String,
    address: String,
    refused: bool,
}

impl View for AuditPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let query = look.allowed.query();
        let act = query.get("act").and_then(Act::from_name);
        let before = query
            .get("before")
            .and_then(|before| before.parse().ok())
            .unwrap_or(i64::MAX);
        let entries = entries(look.db, act, before).await?;
        let full = i64::try_from(entries.len()).unwrap_or(0) >= ROWS;
        let older = entries
            .last()
            .filter(|_| full)
            .map(|last| query.with("before", Some(&last.seq.to_string())));
        let chips = act
            .map(|act| Chip {
                label: format!("事项：{}", act.label()),
                href: query.without("act"),
            })
            .into_iter()
            .collect();
        Ok(Self {
            page: look.allowed.page("审计记录"),
            entries,
            acts: Act::ALL
                .iter()
                .filter(|each| each.writes())
                .map(|each| (each.name(), each.label(), Some(*each) == act))
                .collect(),
            chips,
            older,
        })
    }
}

async fn entries(db: &mut Db, act: Option<Act>, before: i64) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = match act {
        Some(act) => {
            sqlx::query!(
                "select seq, at, act, outcome, payload from audit_record
                 where campaign_id = $1 and act = $2 and seq < $3 order by seq desc limit $4",
                db.campaign(),
                act.name(),
                before,
                ROWS,
            )
            .map(|row| entry(row.seq, row.at, (&row.act, &row.outcome), &row.payload))
            .fetch_all(db.connection())
            .await?
        }
        None => {
            sqlx::query!(
                "select seq, at, act, outcome, payload from audit_record
                 where campaign_id = $1 and seq < $2 order by seq desc limit $3",
                db.campaign(),
                before,
                ROWS,
            )
            .map(|row| entry(row.seq, row.at, (&row.act, &row.outcome), &row.payload))
            .fetch_all(db.connection())
            .await?
        }
    };
    Ok(rows)
}

fn entry(
    seq: i64,
    at: chrono::DateTime<chrono::Utc>,
    (act, outcome): (&str, &str),
    payload: &str,
) -> Entry {
    let payload: serde_json::Value = serde_json::from_str(payload).unwrap_or_default();
    let text = |key: &str| {
        payload
            .get(key)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    Entry {
        seq,
        at: stamp(at),
        name: text("name"),
        department: text("department"),
        act: Act::from_name(act).map_or("其他", Act::label),
        sentence: text("sentence"),
        address: text("address"),
        refused: outcome == "refused",
    }
}
