//! One row of a register: what was confirmed, what was recorded, what this person
//! may do with it.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;
use serde_json::Value;

use crate::accounts::store::departments;
use crate::clock::stamp;
use crate::database::Db;
use crate::holdings::acts::{At, may_decide};
use crate::holdings::rules::book::{Book, Entry};
use crate::holdings::rules::standing::{self, Standing};
use crate::holdings::rules::{self, Register, State};
use crate::holdings::store;
use crate::paths;
use crate::registry::store::Brief;
use crate::scheme::{Answers, Choice};
use crate::web::answer::questions;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, html};

use super::reading::{self, Input};
use super::{href, load};

/// The page.
#[derive(Template)]
#[template(path = "holdings/row.html")]
pub struct RowPage {
    page: Page,
    form: Form,
    association: Brief,
    register: Register,
    label: String,
    standing: Standing,
    tabs: Vec<(&'static str, String, bool)>,
    baseline: Vec<(String, String)>,
    recorded: Vec<(&'static str, String)>,
    entry: Option<Entry>,
    inputs: Vec<Input>,
    unsaved: Vec<(&'static str, String)>,
    save: Option<String>,
    approve: Option<(String, &'static str)>,
    give_back: Option<String>,
    version: i32,
    history: Vec<HistoryEntry>,
}

struct HistoryEntry {
    when: String,
    who: String,
    department: String,
    role: String,
    sentence: String,
    opinion: Option<String>,
}

/// The register in the address; on the functions' page or on the assets'.
pub fn register(allowed: &Allowed, of_functions: bool) -> Result<Register, Error> {
    Register::from_key(allowed.param("register")?)
        .filter(|register| register.of_functions() == of_functions)
        .ok_or(Error::Missing)
}

/// A row of the functions' page.
pub async fn function(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let register = register(&allowed, true)?;
    html(&view(db, &app, &allowed, register, Form::default()).await?)
}

/// A row of the assets' page.
pub async fn asset(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let register = register(&allowed, false)?;
    html(&view(db, &app, &allowed, register, Form::default()).await?)
}

/// The page with a form as typed.
pub async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    register: Register,
    mut form: Form,
) -> Result<RowPage, Error> {
    let id = allowed.association()?;
    let key = allowed.param("row")?;
    let (association, source) = load(db, id).await?;
    let book = source.book(&app.scheme);
    let row = book.row(register, key).ok_or(Error::Missing)?;
    let entry = book.entry(register, key);
    let may_save = may_save(allowed, register, entry);
    let unsaved = if may_save {
        Vec::new()
    } else {
        reading::typed_words(&form, register)
    };
    if let Some(entry) = entry {
        reading::fill(&mut form, register, &entry.facts);
    }
    let history = history(db, entry).await?;
    let departments = offices(db).await?;
    let version = entry.map_or(0, |entry| entry.version);
    let at = At {
        association: id,
        register,
        key,
        version,
    };
    let label = book.label(register, &row);
    Ok(RowPage {
        page: allowed.page(format!("{}：{label}", register.label())),
        standing: standing::of(&book, register, &row),
        tabs: tabs(id.0, register, key),
        baseline: baseline(&book, (register, key), &departments),
        recorded: entry.map_or_else(Vec::new, |entry| reading::shown(register, &entry.facts)),
        inputs: reading::inputs(register),
        save: may_save.then(|| save_path(at)),
        unsaved,
        approve: decision(allowed, &book, at, entry),
        give_back: entry
            .filter(|entry| {
                rules::may_return(register, entry.state)
                    && allowed.may(crate::access::Act::HoldingsReturn)
                    && may_decide(&book, at, &allowed.who(&form, ""))
            })
            .map(|_| paths::holdings::ASSET_RETURN.at(id, register.key(), key)),
        version,
        history,
        entry: entry.cloned(),
        label,
        register,
        association,
        form,
    })
}

/// The departments as choices, for the names of codes.
async fn offices(db: &mut Db) -> Result<Vec<Choice>, Error> {
    let departments = departments(db).await?.into_iter();
    let choices = departments.map(|department| Choice {
        value: department.code,
        label: department.name,
    });
    Ok(choices.collect())
}

async fn history(db: &mut Db, entry: Option<&Entry>) -> Result<Vec<HistoryEntry>, Error> {
    let Some(entry) = entry else {
        return Ok(Vec::new());
    };
    let rows = store::history(db, entry.id).await?;
    Ok(rows.into_iter().map(told).collect())
}

fn told(row: store::HistoryRow) -> HistoryEntry {
    HistoryEntry {
        when: stamp(row.at),
        who: row.who,
        department: row.department,
        role: row.role,
        sentence: row.sentence,
        opinion: row.opinion,
    }
}

/// Registers on the same row.
fn tabs(id: i64, current: Register, key: &str) -> Vec<(&'static str, String, bool)> {
    let same: Vec<Register> = Register::ALL
        .into_iter()
        .filter(|register| register.table() == current.table())
        .collect();
    if same.len() < 2 {
        return Vec::new();
    }
    same.into_iter()
        .map(|register| {
            (
                register.label(),
                href(id, register, key),
                register == current,
            )
        })
        .collect()
}

/// The row's own values, as confirmed.
fn baseline(
    book: &Book<'_>,
    (register, key): (Register, &str),
    departments: &[Choice],
) -> Vec<(String, String)> {
    let table = register.table();
    let from = if register == Register::Purchase {
        book.plan
    } else {
        book.survey
    };
    let own: Vec<Value> = match from.get(table) {
        Some(Value::Array(rows)) => rows
            .iter()
            .filter(|row| row.get("key").and_then(Value::as_str) == Some(key))
            .cloned()
            .collect(),
        _ => Vec::new(),
    };
    let mut one = Answers::default();
    one.set(table, Some(Value::Array(own)));
    let Some(mut question) = book.scheme.question(table).cloned() else {
        return Vec::new();
    };
    question.shown_when = crate::scheme::conditions::Condition::Always;
    questions::shown(std::slice::from_ref(&question), &one, departments)
        .into_iter()
        .flat_map(|shown| {
            let cells = shown.rows.into_iter().next().unwrap_or_default();
            shown.heads.into_iter().zip(cells).collect::<Vec<_>>()
        })
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

fn may_save(allowed: &Allowed, register: Register, entry: Option<&Entry>) -> bool {
    let state = entry.map_or(State::Draft, |entry| entry.state);
    allowed.may(register.recording()) && rules::next(state, register.recording()).is_some()
}

pub(super) fn save_path(at: At<'_>) -> String {
    if at.register == Register::Ownership {
        paths::holdings::OWNERSHIP.at(at.association, at.key)
    } else {
        href(at.association.0, at.register, at.key)
    }
}

/// Where the decision's form goes and what its button says.
fn decision(
    allowed: &Allowed,
    book: &Book<'_>,
    at: At<'_>,
    entry: Option<&Entry>,
) -> Option<(String, &'static str)> {
    let act = at.register.decision()?;
    let entry = entry?;
    let who = allowed.who(&Form::default(), "");
    let open =
        rules::next(entry.state, act).is_some() && allowed.may(act) && may_decide(book, at, &who);
    let (path, button) = match at.register {
        Register::Asset => (paths::holdings::DISPOSITION_APPROVAL, "批准处置"),
        Register::Appropriation => (paths::holdings::APPROPRIATION_SETTLEMENT, "核实拨款处理"),
        Register::Room => (paths::holdings::ROOM_ACCEPTANCE, "验收"),
        _ => (paths::progress::ROOM_DELAY, "批准延期"),
    };
    open.then(|| (path.at(at.association, at.key), button))
}
