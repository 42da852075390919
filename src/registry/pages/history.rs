//! Who did what and when, in words; and for the office what was taken away.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;

use crate::access::{Act, Decision, Facts, decide};
use crate::accounts::store::choices;
use crate::audit::Payload;
use crate::clock::stamp;
use crate::database::{Db, Done, Never};
use crate::documents::files::{self, Readable, about};
use crate::documents::leaving::Tabled;
use crate::documents::{acts, store as documents};
use crate::ids::AssociationId;
use crate::paths;
use crate::registry::store::{self, HistoryRow};
use crate::scheme::Scheme;
use crate::web::changes::{Changes, Words};
use crate::web::page::Page;
use crate::web::table::{Kind, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

/// Acts shown; a whole campaign leaves fewer on one association.
const ACTS: i64 = 1_000;

/// The page.
#[derive(Template)]
#[template(path = "registry/history.html")]
pub struct HistoryPage {
    page: Page,
    form: Form,
    id: i64,
    removed: Vec<Removed>,
    entries: Vec<Entry>,
    may_read_settings: bool,
}

/// One act, as its page draws it.
pub struct Entry {
    /// When.
    pub when: String,
    /// Who.
    pub who: String,
    /// For which department.
    pub department: String,
    /// In which role.
    pub role: String,
    /// What.
    pub sentence: String,
    /// In their own words.
    pub opinion: Option<String>,
    /// The parameters that it was done under.
    pub basis: Option<i64>,
    /// What it changed.
    pub changes: Changes,
}

/// What was done with one matter of a room, newest first, with the values before and after that
/// everybody may read.
pub async fn of_matter(
    db: &mut Db,
    scheme: &Scheme,
    (kind, id): (&str, i64),
) -> Result<Vec<Entry>, sqlx::Error> {
    let words = Words {
        scheme,
        departments: &[],
        persons: false,
    };
    let mut private = HashMap::new();
    let rows = store::of_matter(db, kind, id).await?.into_iter();
    let entries = rows.map(|row| entry(row, &words, &mut private));
    Ok(entries.collect())
}

/// A file that was taken away and that this person may open.
struct Removed {
    file: i64,
    title: String,
    name: String,
    about: String,
    by: String,
    when: String,
    reason: String,
}

fn reason(file: i64) -> String {
    format!("reason.{file}")
}

impl Tabled for HistoryPage {
    const NAME: &'static str = "办理历史";

    fn tables(self) -> Vec<Table> {
        let heads = [
            ("时间", Kind::Short),
            ("办理人", Kind::Short),
            ("单位", Kind::Words),
            ("身份", Kind::Short),
            ("办理事项", Kind::Words),
            ("意见", Kind::Words),
        ];
        let row = |entry: Entry| {
            vec![
                entry.when.into(),
                entry.who.into(),
                entry.department.into(),
                entry.role.into(),
                entry.sentence.into(),
                entry.opinion.into(),
            ]
        };
        let rows = self.entries.into_iter().map(row);
        let table = Table::told(Self::NAME, &heads, rows.collect());
        vec![table.wide("时间", 17).wide("办理事项", 60).wide("意见", 40)]
    }
}

impl View for HistoryPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let brief = store::brief(db, id).await?.ok_or(Error::Missing)?;
        let departments = choices(db).await?;
        let words = Words {
            scheme: &look.app.scheme,
            departments: &departments,
            persons: allowed.actor().reads_persons_of(brief.department),
        };
        let mut private = private(db, id, &words).await?;
        let rows = store::history(db, id, ACTS).await?.into_iter();
        let mut entries: Vec<Entry> = rows.map(|row| entry(row, &words, &mut private)).collect();
        say_once(&mut entries);
        Ok(Self {
            page: allowed.page("办理历史"),
            form: form.unwrap_or_default(),
            id: id.0,
            removed: removed(db, (&look.app.scheme, allowed)).await?,
            entries,
            may_read_settings: allowed.may(Act::SettingsRead),
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::registry::HISTORY.at(allowed.association()?))
    }
}

/// The version of the parameters stands where it changes: at the first act done under it.
fn say_once(entries: &mut [Entry]) {
    let mut before = None;
    for entry in entries.iter_mut().rev() {
        let own = entry.basis;
        if own == before {
            entry.basis = None;
        }
        before = own.or(before);
    }
}

fn entry(row: HistoryRow, words: &Words<'_>, private: &mut HashMap<i64, Changes>) -> Entry {
    let mut changes = private.remove(&row.id).unwrap_or_default();
    let payload = row.payload.as_deref().and_then(Payload::read);
    if let Some(payload) = payload {
        let open = payload.changes().into_iter();
        let open = open.map(|(field, before, after)| words.of(field, before, after));
        changes.shown.splice(0..0, open);
    }
    Entry {
        when: stamp(row.at),
        who: row.who,
        department: row.department,
        role: row.role,
        sentence: words.scheme.spelled(&row.sentence),
        opinion: row.opinion,
        basis: row.snapshot_id,
        changes,
    }
}

/// What acts changed that does not stand in the chain, by act.
async fn private(
    db: &mut Db,
    id: AssociationId,
    words: &Words<'_>,
) -> Result<HashMap<i64, Changes>, sqlx::Error> {
    let mut private: HashMap<i64, Changes> = HashMap::new();
    for row in store::private_changes(db, id).await? {
        let changes = private.entry(row.record_id).or_default();
        changes.tell(words.private(row.privacy, &row.field, (&row.before, &row.after)));
    }
    Ok(private)
}

/// Each is asked for as if its own address were opened.
async fn removed(
    db: &mut Db,
    (scheme, allowed): (&Scheme, &Allowed),
) -> Result<Vec<Removed>, Error> {
    if !allowed.actor().role().is_office() {
        return Ok(Vec::new());
    }
    let taken = documents::removed(db, allowed.association()?).await?;
    let may_open = |removed: &documents::Removed| {
        let facts = Facts {
            matters: vec![removed.matter],
            ..allowed.facts().clone()
        };
        decide(allowed.actor(), Act::RemovedFileOpen, &facts) == Decision::Allow
    };
    let open = taken.into_iter().filter(may_open).map(|removed| Removed {
        file: removed.file,
        title: scheme.spelled(&removed.title),
        name: removed.name,
        about: about(removed.bytes_total, removed.encrypted),
        by: removed.by,
        when: stamp(removed.at),
        reason: reason(removed.file),
    });
    Ok(open.collect())
}

/// Opens what was taken away: the reason goes on record, the file comes as the answer.
pub async fn open(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let (id, file) = (allowed.association()?, allowed.file()?);
    let given = form
        .text(&reason(file), "调阅理由", 200)
        .check(|reason| reason.chars().count() >= 5, "理由至少5个字。")
        .required("请写明调阅理由。");
    let readable = Readable::taken_away(&mut app.read().await?, &allowed).await?;
    let mut noted = false;
    let run = async |write, clean, _| {
        acts::open_removed(write, id, file, &given.take(&clean)).await?;
        noted = true;
        Done::<Never>::Ok(())
    };
    let answer = allowed.act::<HistoryPage, _, _>(&app, form, run).await?;
    if noted {
        files::answer(&app.database, readable).await
    } else {
        Ok(answer)
    }
}
