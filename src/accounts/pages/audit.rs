//! The audit records in words, newest first.

use askama::Template;
use chrono::{DateTime, Utc};

use crate::access::Act;
use crate::audit::Payload;
use crate::clock::stamp;
use crate::database::{Db, refusals};
use crate::documents::lending::TAKES;
use crate::ids::AccountId;
use crate::web::changes::{Change, Words};
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
    /// Why personal data was taken.
    reason: Option<String>,
    address: String,
    refused: bool,
    changes: Vec<Change>,
}

impl View for AuditPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let query = look.allowed.query();
        let asked = Filter::of(query.get("act").unwrap_or_default());
        let before = query
            .get("before")
            .and_then(|before| before.parse().ok())
            .unwrap_or(i64::MAX);
        let words = Words {
            scheme: &look.app.scheme,
            departments: &[],
            persons: false,
        };
        let entries = entries(look.db, &words, asked, before).await?;
        let full = i64::try_from(entries.len()).unwrap_or(0) >= ROWS;
        let older = entries
            .last()
            .filter(|_| full)
            .map(|last| query.with("before", Some(&last.seq.to_string())));
        let chips = asked
            .label()
            .map(|label| Chip {
                label: format!("事项：{label}"),
                href: query.without("act"),
            })
            .into_iter()
            .collect();
        let personal = (PERSONAL, TAKEN, asked == Filter::Personal);
        let each = Act::ALL.iter().filter(|each| each.writes());
        let each = each.map(|each| {
            let chosen = asked == Filter::One(*each);
            (each.name(), each.label(), chosen)
        });
        Ok(Self {
            page: look.allowed.page("审计记录"),
            entries,
            acts: std::iter::once(personal).chain(each).collect(),
            chips,
            older,
        })
    }
}

/// Personal data that was taken away or looked up, of whatever kind.
const PERSONAL: &str = "personal";
const TAKEN: &str = "个人信息下载、调阅（全部）";

/// Which records are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    One(Act),
    Personal,
}

impl Filter {
    fn of(asked: &str) -> Self {
        match asked {
            PERSONAL => Self::Personal,
            name => Act::from_name(name).map_or(Self::All, Self::One),
        }
    }

    const fn label(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::One(act) => Some(act.label()),
            Self::Personal => Some(TAKEN),
        }
    }

    fn names(self) -> Vec<String> {
        match self {
            Self::All => Vec::new(),
            Self::One(act) => vec![act.name().to_owned()],
            Self::Personal => TAKES.iter().map(|act| act.name().to_owned()).collect(),
        }
    }
}

/// A link of the chain with the sentence of the case file that it speaks of; links of
/// version 1 carry theirs themselves.
struct Link {
    seq: i64,
    at: DateTime<Utc>,
    act: String,
    outcome: String,
    account: Option<i64>,
    association: Option<i64>,
    payload: String,
    sentence: Option<String>,
    opinion: Option<String>,
}

async fn links(db: &mut Db, asked: Filter, before: i64) -> Result<Vec<Link>, sqlx::Error> {
    if asked == Filter::All {
        return sqlx::query_as!(
            Link,
            r#"select a.seq, a.at, a.act, a.outcome, a.account_id as account,
                      a.association_id as association, a.payload,
                      r.sentence as "sentence?", r.opinion
               from audit_record a
               left join act_record r on r.campaign_id = a.campaign_id and r.id = a.record_id
               where a.campaign_id = $1 and a.seq < $2 order by a.seq desc limit $3"#,
            db.campaign(),
            before,
            ROWS,
        )
        .fetch_all(db.connection())
        .await;
    }
    // The newest of each act, from the end of its index; of several acts at once, all of them
    // would be sorted, or the whole chain be searched for them.
    sqlx::query_as!(
        Link,
        r#"select a.seq, a.at, a.act, a.outcome, a.account_id as account,
                      a.association_id as association, a.payload,
                  r.sentence as "sentence?", r.opinion
           from unnest($2::text[]) as wanted(act)
           cross join lateral (
               select e.* from audit_record e
               where e.campaign_id = $1 and e.act = wanted.act and e.seq < $3 order by e.seq desc limit $4) a
           left join act_record r on r.campaign_id = a.campaign_id and r.id = a.record_id
           order by a.seq desc limit $4"#,
        db.campaign(),
        &asked.names(),
        before,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}

async fn entries(
    db: &mut Db,
    words: &Words<'_>,
    asked: Filter,
    before: i64,
) -> Result<Vec<Entry>, sqlx::Error> {
    let links = links(db, asked, before).await?;
    let mut entries = Vec::with_capacity(links.len());
    for link in links {
        let payload = Payload::read(&link.payload);
        let text = |key: &str| {
            let text = payload.as_ref().and_then(|payload| payload.text(key));
            text.unwrap_or_default().to_owned()
        };
        let mut sentence = link.sentence.unwrap_or_else(|| text("sentence"));
        let refused = link.outcome == "refused";
        if refused && let Some(account) = link.account {
            let wall = DateTime::parse_from_rfc3339(&text("wall"));
            let more = match wall {
                Ok(wall) => refusals::besides(db, AccountId(account), wall.to_utc()).await?,
                Err(_) => 0,
            };
            if more > 0 {
                sentence = format!("{sentence}；同一分钟内另有{more}次被拒绝");
            }
        }
        // What acts on an association changed stands in its case file, for whoever may
        // read it there; accounts, departments and parameters have none.
        let of_nobody = payload.as_ref().filter(|_| link.association.is_none());
        let changes = of_nobody
            .map(|payload| payload.changes())
            .unwrap_or_default();
        let changes = changes.into_iter();
        let changes = changes.map(|(field, before, after)| words.of(field, before, after));
        entries.push(Entry {
            changes: changes.collect(),
            seq: link.seq,
            at: stamp(link.at),
            name: text("name"),
            department: text("department"),
            act: Act::from_name(&link.act).map_or("其他", Act::label),
            sentence: words.scheme.spelled(&sentence),
            reason: link.opinion.filter(|_| is_taking(&link.act)),
            address: from_where(text("address")),
            refused,
        });
    }
    Ok(entries)
}

fn is_taking(act: &str) -> bool {
    TAKES.iter().any(|each| each.name() == act)
}

/// Where an act came from; the server's own commands come from no address.
fn from_where(address: String) -> String {
    if address == "local" {
        "服务器本机".to_owned()
    } else {
        address
    }
}
