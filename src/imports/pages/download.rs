//! The files that an upload is begun with and mended by: the template, filled in with what is
//! known, and the person's own workbook with its errors marked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use axum::extract::State;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::documents::files::made;
use crate::documents::lending::{Personal, asked};
use crate::imports::kinds::template as kinds;
use crate::imports::rules::{Kind, Problem, Report};
use crate::imports::store::{self, Import, Shown};
use crate::sheets::marking::{Marks, mark, mark_csv};
use crate::web::{Allowed, Answer, App, Error};

/// The media types of the two.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv";
/// Rows that are asked for at a time.
const SLICE: i64 = 2_000;

/// The survey's workbook, filled in: account numbers and names of persons stand in it.
pub struct SurveyFile;

impl Personal for SurveyFile {
    const TAKE: Act = Act::SurveyTake;
}

/// The workbook of people, filled in.
pub struct PeopleFile;

impl Personal for PeopleFile {
    const TAKE: Act = Act::PeopleTake;
}

/// The template of a kind; filled in with what is personal it is given on a reason.
pub async fn template(State(app): State<App>, allowed: Allowed) -> Answer {
    let kind = Kind::of(allowed.gate_act()).ok_or(Error::Missing)?;
    let asked = match kind {
        Kind::Register | Kind::Units => None,
        Kind::Survey => asked::<SurveyFile>(&app, &allowed).await?,
        Kind::People => asked::<PeopleFile>(&app, &allowed).await?,
    };
    if let Some(page) = asked {
        return Ok(page);
    }
    let book = {
        let mut db = app.read().await?;
        kinds::gather(&mut db, &app.scheme, (kind, allowed.actor()), &app.marks()).await?
    };
    let (by, today) = (allowed.actor().name.clone(), app.clock.today());
    let key = app.database.audit_key().clone();
    let written = tokio::task::spawn_blocking(move || book.write(today, &by, &key));
    let bytes = written
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    let name = format!("{}导入模板.xlsx", kind.label());
    Ok(made(&name, XLSX, bytes))
}

/// The person's own workbook, its bad cells marked and each bad row explained.
pub async fn marked(State(app): State<App>, allowed: Allowed) -> Answer {
    let (import, bytes, marks) = {
        let mut db = app.read().await?;
        let import = super::show::own(&mut db, &allowed).await?;
        let bytes = store::file(&mut db, import.id).await?;
        let marks = marks(&mut db, &import).await?;
        (import, bytes, marks)
    };
    if bytes.is_empty() || import.report.sheets.is_empty() {
        return Err(Error::Missing);
    }
    let sheets = import.encoding.is_none();
    let written = tokio::task::spawn_blocking(move || -> std::io::Result<Vec<u8>> {
        let mut out = Cursor::new(Vec::with_capacity(bytes.len() + 4096));
        if sheets {
            mark(Cursor::new(bytes), &mut out, &marks)?;
        } else {
            let nothing = Marks::default();
            mark_csv(&bytes, &mut out, marks.first().unwrap_or(&nothing))?;
        }
        Ok(out.into_inner())
    });
    let bytes = written
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    Ok(file(&import, bytes))
}

fn file(import: &Import, bytes: Vec<u8>) -> Response {
    let (stem, ending) = import
        .file_name
        .rsplit_once('.')
        .unwrap_or((&import.file_name, "xlsx"));
    let media = if import.encoding.is_none() { XLSX } else { CSV };
    made(&format!("{stem}（已标注）.{ending}"), media, bytes)
}

/// What is wrong in each sheet that was read; a sheet without errors is marked too, so that the
/// words of a former marking go.
async fn marks(db: &mut Db, import: &Import) -> Result<Vec<Marks>, sqlx::Error> {
    let report = &import.report.0;
    let read = report.sheets.iter().filter(|sheet| sheet.read);
    let mut marks: BTreeMap<u32, Marks> = read
        .map(|sheet| {
            let head = sheet.head.map_or(0, |(_, last)| last);
            let marks = Marks {
                sheet: sheet.index,
                head,
                cells: BTreeSet::new(),
                words: BTreeMap::new(),
            };
            (sheet.index, marks)
        })
        .collect();
    let mut after = 0;
    loop {
        let rows = store::wrong_lines(db, import.id, (after, SLICE)).await?;
        let Some(last) = rows.last() else { break };
        after = last.number;
        for row in &rows {
            let sheet = u32::try_from(row.sheet).unwrap_or_default();
            if let Some(marks) = marks.get_mut(&sheet) {
                put(marks, report, row);
            }
        }
    }
    Ok(marks.into_values().collect())
}

fn put(marks: &mut Marks, report: &Report, shown: &Shown) {
    let row = u32::try_from(shown.row).unwrap_or_default();
    let problems = shown.problems.0.iter().chain(&shown.found.0);
    let errors: Vec<&Problem> = problems
        .filter(|problem| {
            problem.is_error() || problem.warning == crate::imports::kinds::register::UNKNOWN_UNIT
        })
        .collect();
    let mut words = Vec::new();
    for error in errors {
        if let Some(column) = report.column_of(shown.sheet, &error.field) {
            marks.cells.insert((row, column));
        }
        words.push(error.sentence());
    }
    if !words.is_empty() {
        marks.words.insert(row, words.join(""));
    }
}
