//! One row of a register: what was confirmed, what was recorded, what this person
//! may do with it.

use askama::Template;
use serde_json::Value;

use crate::access::{Act, Case as _};
use crate::accounts::store::departments;
use crate::database::Db;
use crate::holdings::acts::At;
use crate::holdings::rules::book::{Book, Entry};
use crate::holdings::rules::standing::{self, Standing};
use crate::holdings::rules::{self, Register, State};
use crate::paths;
use crate::registry::pages::history::{self, Entry as Told};
use crate::scheme::{Answers, Choice};
use crate::signatures::pages::{Changed, Reading, line};
use crate::signatures::rules::Kind;
use crate::signatures::store as signatures;
use crate::web::answer::questions::{self, ShownAnswer};
use crate::web::ask::{self, Ask};
use crate::web::conflict::Theirs;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, Look, View};

use super::reading::{self, Input};
use super::{href, load};

pub(super) const DOCUMENT: Ask<String> = ask::text("decision_document", "审批文件文号", 60)
    .hint("没有文号的填“无”")
    .must("请填写文号，没有文号的填“无”。");
pub(super) const NOTE: Ask<String> = ask::wide("decision_note", "审批意见", 200);
pub(super) const ACCEPTOR: Ask<String> =
    ask::text("decision_note", "验收人", 200).must("请填写验收人。");
pub(super) const REASON: Ask<String> = ask::longtext("reason", "退回理由", 500)
    .hint("写明需要补正的内容")
    .must("请写明退回理由和需要补正的内容。");

/// The page.
#[derive(Template)]
#[template(path = "holdings/row.html")]
pub struct RowPage {
    page: Page,
    form: Form,
    register: Register,
    label: String,
    standing: Standing,
    tabs: Vec<(&'static str, String, bool)>,
    baseline: Vec<(String, String)>,
    recorded: Vec<(&'static str, String)>,
    changed: Vec<Changed>,
    entry: Option<Entry>,
    inputs: Vec<Input>,
    unsaved: Vec<(&'static str, String)>,
    save: Option<String>,
    approve: Option<(String, Act, &'static str)>,
    give_back: Option<String>,
    version: i32,
    history: Vec<Told>,
}

/// The row in the address. Its register is named there, or is the one that the act is of.
pub(super) fn at(allowed: &Allowed) -> Result<At<'_>, Error> {
    let act = allowed.gate_act();
    let of_functions = matches!(act, Act::HoldingsRead | Act::FunctionRecord);
    let register = match allowed.param("register") {
        Ok(key) => Register::from_key(key).filter(|found| found.of_functions() == of_functions),
        Err(_) if act == Act::OwnershipDetermine => Some(Register::Ownership),
        Err(_) => Register::ALL
            .into_iter()
            .find(|register| register.decision() == Some(act)),
    };
    Ok(At {
        association: allowed.association()?,
        register: register.ok_or(Error::Missing)?,
        key: allowed.param("row")?,
    })
}

/// What was signed of an entry and reads otherwise now; facts in the register's words.
async fn changed(db: &mut Db, app: &App, entry: &Entry) -> Result<Vec<Changed>, sqlx::Error> {
    let kinds = [Kind::HoldingSign, Kind::Holding];
    let signed = signatures::shown(db, &kinds, entry.id).await?;
    let own: fn(&str, &Value) -> Option<Vec<ShownAnswer>> = match entry.register {
        Register::Appropriation => |field, value| facts(Register::Appropriation, field, value),
        Register::Room => |field, value| facts(Register::Room, field, value),
        Register::Delay => |field, value| facts(Register::Delay, field, value),
        _ => |field, value| facts(Register::Asset, field, value),
    };
    let reading = Reading {
        own,
        ..Reading::by(&app.scheme, &[], false)
    };
    Ok(reading.changed(&signed))
}

fn facts(register: Register, field: &str, value: &Value) -> Option<Vec<ShownAnswer>> {
    if field != "facts" {
        return None;
    }
    let facts: Answers = serde_json::from_value(value.clone()).ok()?;
    let told = reading::shown(register, &facts).into_iter();
    Some(
        told.map(|(label, words)| line(label.to_owned(), words))
            .collect(),
    )
}

/// What was done with an entry, and what has changed since it was signed.
async fn told(
    db: &mut Db,
    app: &App,
    entry: &Entry,
) -> Result<(Vec<Told>, Vec<Changed>), sqlx::Error> {
    let of = (Entry::KIND, entry.id);
    let history = history::of_matter(db, &app.scheme, of).await?;
    Ok((history, changed(db, app, entry).await?))
}

impl View for RowPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let at = at(allowed)?;
        let At {
            association: id,
            register,
            key,
        } = at;
        let (_, source) = load(db, id).await?;
        let book = source.book(&look.app.scheme);
        let row = book.row(register, key).ok_or(Error::Missing)?;
        let entry = book.entry(register, key);
        let mut form = form.unwrap_or_default();
        let may_save = may_save(allowed, register, entry);
        let unsaved = if may_save {
            Vec::new()
        } else {
            reading::typed_words(&form, register)
        };
        if let Some(entry) = entry {
            reading::fill(&mut form, register, &entry.facts);
        }
        let (history, changed) = match entry {
            Some(entry) => told(db, look.app, entry).await?,
            None => (Vec::new(), Vec::new()),
        };
        let departments = offices(db).await?;
        let label = book.label(register, &row);
        let decides = book.may_decide(register, key, allowed.actor());
        let open = |act| allowed.may(act) && entry.is_some_and(|entry| entry.open(act));
        let returns = entry.is_some_and(|entry| rules::may_return(register, entry.state).is_ok());
        Ok(Self {
            page: allowed.page(format!("{}第{key}项：{label}", register.label())),
            standing: standing::of(&book, register, &row),
            tabs: tabs(id.0, register, key),
            baseline: baseline(&book, (register, key), &departments),
            changed,
            recorded: entry.map_or_else(Vec::new, |entry| reading::shown(register, &entry.facts)),
            inputs: reading::inputs(register),
            save: may_save.then(|| save_path(at)),
            unsaved,
            approve: register
                .decision()
                .filter(|act| decides && open(*act))
                .map(|act| decision(at, act)),
            give_back: (decides && returns && open(Act::HoldingsReturn))
                .then(|| paths::holdings::ASSET_RETURN.at(id, register.key(), key)),
            version: entry.map_or(0, |entry| entry.version),
            history,
            entry: entry.cloned(),
            label,
            register,
            form,
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        self.save.as_ref()?;
        let none = Answers::default();
        let facts = self.entry.as_ref().map_or(&none, |entry| &entry.facts);
        let lines = reading::current(self.register, facts);
        let version = self.entry.as_ref().map_or(0, |entry| entry.version);
        Some(Theirs::lines(version, lines))
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let at = at(allowed)?;
        Ok(href(at.association.0, at.register, at.key))
    }
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
    let (state, act) = (
        entry.map_or(State::Draft, |entry| entry.state),
        register.recording(),
    );
    allowed.may(act) && Entry::next(state, act).is_some()
}

fn save_path(at: At<'_>) -> String {
    if at.register == Register::Ownership {
        paths::holdings::OWNERSHIP.at(at.association, at.key)
    } else {
        href(at.association.0, at.register, at.key)
    }
}

/// Where the decision's form goes, what it does, and what its button says.
fn decision(at: At<'_>, act: Act) -> (String, Act, &'static str) {
    let (path, button) = match at.register {
        Register::Asset => (paths::holdings::DISPOSITION_APPROVAL, "批准处置"),
        Register::Appropriation => (paths::holdings::APPROPRIATION_SETTLEMENT, "核实拨款处理"),
        Register::Room => (paths::holdings::ROOM_ACCEPTANCE, "验收"),
        _ => (paths::holdings::ROOM_DELAY, "批准延期"),
    };
    (path.at(at.association, at.key), act, button)
}
