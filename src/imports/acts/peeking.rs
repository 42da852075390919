//! A look into a file: whether it can be read, the first rows of its sheets, and whether it is a
//! workbook of ours that comes back.

use std::fs::File;
use std::io;

use tokio::io::AsyncWriteExt as _;

use crate::imports::kinds;
use crate::imports::rules::merging::{Foreign, Ground, SHEET};
use crate::imports::store::{self, Import};
use crate::sheets::cells::{Look, Row, SheetName, Told, Unreadable, Value};
use crate::sheets::child::Reader;
use crate::sheets::forms::{GUIDE, MARK, OPTIONS};
use crate::sheets::reading::Wanted;
use crate::web::App;

/// Rows of each sheet among which a head is looked for.
const HEADS: usize = 30;

/// Why an upload could not be read, beside what is wrong with the file.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The disk or the process.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The database.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// A file on disk as long as it is read. It has no name there by then, so that nothing of it
/// stays behind when the program is killed.
pub(super) struct Spool(pub(super) File);

impl Spool {
    pub(super) async fn keep(bytes: &[u8]) -> io::Result<Self> {
        let mut name = [0_u8; 12];
        getrandom::fill(&mut name).map_err(io::Error::other)?;
        let path = std::env::temp_dir().join(format!("tuogou-{}", hex::encode(name)));
        let mut options = tokio::fs::OpenOptions::new();
        let options = options.read(true).write(true).create_new(true).mode(0o600);
        let mut file = options.open(&path).await?;
        tokio::fs::remove_file(&path).await?;
        file.write_all(bytes).await?;
        file.flush().await?;
        Ok(Self(file.into_std().await))
    }
}

/// Whether a file can be read at all, before it is kept.
pub async fn look(app: &App, (name, bytes): (&str, &[u8])) -> io::Result<Result<(), Unreadable>> {
    let spool = Spool::keep(bytes).await?;
    let mut reader = Reader::begin(&app.sheet_reader, (&spool.0, name), &Wanted::Heads(1))?;
    while let Some(told) = reader.next().await? {
        if let Told::Unreadable(why) = told {
            return Ok(Err(why));
        }
    }
    Ok(Ok(()))
}

/// The first rows of every sheet.
pub(super) struct Peek {
    pub names: Vec<SheetName>,
    pub encoding: Option<String>,
    pub sheets: Vec<(Look, Vec<Row>)>,
}

/// The sheets of our own workbooks that hold no rows of anybody's.
const ABOUT: [&str; 3] = [GUIDE, OPTIONS, SHEET];

impl Peek {
    /// The place of a hidden sheet of this name.
    fn hidden(&self, name: &str) -> Option<u32> {
        let mut names = self.names.iter();
        let at = names.position(|sheet| sheet.hidden && sheet.name == name)?;
        u32::try_from(at).ok()
    }

    /// The kind that a workbook of ours says it is of.
    fn stamp(&self) -> Option<String> {
        let index = self.hidden(OPTIONS)?;
        let mut sheets = self.sheets.iter();
        let (_, rows) = sheets.find(|(look, _)| look.index == index)?;
        match texts(rows.first()?).as_slice() {
            [kind, _, mark, ..] if mark == MARK => Some(kind.clone()),
            _ => None,
        }
    }

    /// The same without what a workbook of ours says about itself.
    pub(super) fn bare(mut self) -> Self {
        if self.stamp().is_some() {
            let about = |index: u32| {
                let at = usize::try_from(index).unwrap_or(usize::MAX);
                let name = self.names.get(at);
                name.is_some_and(|sheet| ABOUT.contains(&sheet.name.as_str()))
            };
            self.sheets.retain(|(look, _)| !about(look.index));
        }
        self
    }
}

pub(super) async fn peek(
    app: &App,
    spool: &Spool,
    name: &str,
) -> io::Result<Result<Peek, Unreadable>> {
    let of = (&spool.0, name);
    let mut reader = Reader::begin(&app.sheet_reader, of, &Wanted::Heads(HEADS))?;
    let mut peek = Peek {
        names: Vec::new(),
        encoding: None,
        sheets: Vec::new(),
    };
    while let Some(told) = reader.next().await? {
        match told {
            Told::Book { sheets, encoding } => {
                peek.names = sheets;
                peek.encoding = encoding;
            }
            Told::Sheet(look) => peek.sheets.push((look, Vec::new())),
            Told::Row(row) => {
                if let Some((_, rows)) = peek.sheets.last_mut() {
                    rows.push(row);
                }
            }
            Told::Unreadable(why) => return Ok(Err(why)),
            Told::End => {}
        }
    }
    Ok(Ok(peek))
}

/// Whether a workbook that says what it is belongs here; what a signed one says of how it stood
/// is kept.
pub(super) async fn returned(
    app: &App,
    import: &Import,
    (spool, peek): (&Spool, &Peek),
) -> Result<Result<(), String>, Broken> {
    if let Some(kind) = peek.stamp()
        && kind != import.kind.key()
    {
        return Ok(Err(Foreign::OtherKind.message().to_owned()));
    }
    let Some(index) = peek.hidden(SHEET) else {
        return Ok(Ok(()));
    };
    let of = (&spool.0, import.file_name.as_str());
    let mut reader = Reader::begin(&app.sheet_reader, of, &Wanted::Sheets(vec![index]))?;
    let mut rows = Vec::new();
    while let Some(told) = reader.next().await? {
        match told {
            Told::Row(row) => rows.push(texts(&row)),
            Told::Unreadable(why) => return Ok(Err(why.message().to_owned())),
            _ => {}
        }
    }
    let key = app.database.audit_key();
    let kind = import.kind.key();
    let sign = |content: &str| kinds::template::signature(key, content);
    let table = kinds::version(&app.scheme, import.kind).to_string();
    let ground = Ground::parse(&rows, sign).and_then(|ground| {
        ground.belongs(kind, &table, import.department.0)?;
        Ok(ground)
    });
    let ground = match ground {
        Ok(ground) => ground,
        Err(why) => return Ok(Err(why.message().to_owned())),
    };
    let mut tally = app.database.tally().await?;
    let of = (app.database.campaign().0, import.id);
    store::keep_ground(&mut tally, of, &ground).await?;
    tally.commit().await?;
    Ok(Ok(()))
}

/// The texts of a row from the first column on.
fn texts(row: &Row) -> Vec<String> {
    let mut texts = Vec::new();
    for cell in &row.cells {
        let column = usize::try_from(cell.column).unwrap_or_default();
        if column < 8 {
            texts.resize(column.max(texts.len()), String::new());
            texts.push(shown(&cell.value));
        }
    }
    texts
}

/// A cell's value as the sheet shows it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Number(number, _) => number.clone(),
        Value::Day(day) => day.to_string(),
        Value::Truth(truth) => truth.to_string(),
        Value::Error(error) => error.clone(),
        Value::Uncomputed => String::new(),
    }
}
