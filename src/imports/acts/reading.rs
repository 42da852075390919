//! A file read: what it is, which rows are its head, what is asked about it, and its rows as they
//! would be typed.

use crate::imports::kinds::{self, Sheets};
use crate::imports::rules::report::Sheet;
use crate::imports::rules::{Asked, Line, Problem, Report, State};
use crate::imports::store::{self, Import};
use crate::sheets::cells::{Cell, Told, Unreadable};
use crate::sheets::child::Reader;
use crate::sheets::heads::Vocabulary;
use crate::sheets::reading::Wanted;
use crate::sheets::records::Taken;
use crate::sheets::{records, values};
use crate::web::App;

use super::peeking::{Broken, Spool, peek, returned, shown};
use super::work::stand;
use super::{asking, checking};

/// Rows that go into the database at a time.
const SLICE: usize = 1_000;
/// Ignored rows that a page names.
const NAMED: usize = 40;

const NO_HEAD: &str = "在各工作表的前20行中没有找到认识的表头。表头应占一行或两行，其中有协会名称（导入单位的，有单位名称）一列，请核对后重新上传，或者下载模板填写。";

/// Reads and checks an upload, as far as it goes without asking.
pub(super) async fn read(app: &App, import: &Import) -> Result<(), Broken> {
    let bytes = store::file(&mut app.read().await?, import.id).await?;
    let spool = Spool::keep(&bytes).await?;
    drop(bytes);
    let peek = match peek(app, &spool, &import.file_name).await? {
        Ok(peek) => peek,
        Err(why) => return unread(app, import, why.message()).await,
    };
    if let Err(why) = returned(app, import, (&spool, &peek)).await? {
        return unread(app, import, &why).await;
    }
    let peek = peek.bare();
    let vocabulary = {
        let mut db = app.read().await?;
        let whose = (import.department, import.kind);
        let remembered = if import.answers.fresh {
            std::collections::BTreeMap::new()
        } else {
            store::meanings(&mut db, whose, "heading").await?
        };
        kinds::vocabulary(&app.scheme, import.kind, &remembered, &import.answers)
    };
    let against = checking::against(&mut app.read().await?, app, import).await?;
    let Some(mut plan) = asking::plan(&peek, &vocabulary, (import, &against)) else {
        return unread(app, import, NO_HEAD).await;
    };
    if !plan.report.asked.is_empty() {
        let report = (&plan.report, peek.encoding.as_deref());
        return Ok(stand(app, import, (State::Asking, ""), report).await?);
    }
    let options = Sheets::of(import.kind, &against);
    let mut rows = Rows {
        app,
        import,
        vocabulary: &vocabulary,
        options: &options,
        lines: Vec::new(),
        number: 0,
        hidden: 0,
    };
    if let Err(why) = rows.read(&spool, &mut plan).await? {
        return unread(app, import, why.message()).await;
    }
    let hidden = rows.hidden;
    let mut report = plan.report;
    if hidden > 0 && import.answers.hidden.is_none() {
        report.asked.push(Asked::Hidden { rows: hidden });
        let told = (&report, peek.encoding.as_deref());
        return Ok(stand(app, import, (State::Asking, ""), told).await?);
    }
    // The encoding is told with what follows.
    let told = (&report, peek.encoding.as_deref());
    stand(app, import, (State::Reading, ""), told).await?;
    Ok(checking::check(app, import, report).await?)
}

async fn unread(app: &App, import: &Import, why: &str) -> Result<(), Broken> {
    let nothing = Report::default();
    Ok(stand(app, import, (State::Unread, why), (&nothing, None)).await?)
}

/// The rows of the sheets that are read, on their way into the database.
struct Rows<'a> {
    app: &'a App,
    import: &'a Import,
    vocabulary: &'a Vocabulary,
    options: &'a Sheets,
    lines: Vec<Line>,
    number: i32,
    hidden: i64,
}

impl Rows<'_> {
    async fn read(
        &mut self,
        spool: &Spool,
        plan: &mut asking::Plan,
    ) -> Result<Result<(), Unreadable>, Broken> {
        let mut tally = self.app.database.tally().await?;
        store::clear_lines(&mut tally, self.of()).await?;
        tally.commit().await?;
        let wanted = Wanted::Sheets(plan.heads.keys().copied().collect());
        let of = (&spool.0, self.import.file_name.as_str());
        let mut reader = Reader::begin(&self.app.sheet_reader, of, &wanted)?;
        let mut taking: Option<(u32, records::Reader<'_>)> = None;
        while let Some(told) = reader.next().await? {
            match told {
                Told::Sheet(look) => {
                    let head = plan.heads.get(&look.index);
                    let of = |head| records::Reader::new(head, &look.merges, self.vocabulary);
                    taking = head.map(|head| (look.index, of(head)));
                }
                Told::Row(row) => {
                    let Some((index, rows)) = &mut taking else {
                        continue;
                    };
                    let taken = rows.take(row);
                    let sheet = plan.report.sheets.iter_mut();
                    let sheet = sheet.into_iter().find(|sheet| sheet.index == *index);
                    if let (Some(sheet), Some(head)) = (sheet, plan.heads.get(index)) {
                        if sheet.strays.len() < rows.strays().len() {
                            sheet.strays = rows.strays().iter().copied().collect();
                        }
                        self.take((sheet, head), taken);
                    }
                    if self.lines.len() >= SLICE {
                        self.flush().await?;
                    }
                }
                Told::Unreadable(why) => return Ok(Err(why)),
                Told::Book { .. } | Told::End => {}
            }
        }
        self.flush().await?;
        Ok(Ok(()))
    }

    fn of(&self) -> (i32, i64) {
        (self.app.database.campaign().0, self.import.id)
    }

    async fn flush(&mut self) -> Result<(), sqlx::Error> {
        let mut tally = self.app.database.tally().await?;
        store::copy_in(&mut tally, self.of(), &self.lines).await?;
        tally.commit().await?;
        self.lines.clear();
        Ok(())
    }

    fn take(&mut self, (sheet, head): (&mut Sheet, &crate::sheets::heads::Head), taken: Taken) {
        let record = match taken {
            Taken::Record(record) => record,
            Taken::Ignored { row, why } => return ignore(sheet, row, why.label()),
        };
        if record.hidden {
            self.hidden += 1;
            sheet.hidden_rows += 1;
            if self.import.answers.hidden == Some(false) {
                return ignore(sheet, record.row, "隐藏的行，不导入");
            }
        }
        sheet.records += 1;
        self.number += 1;
        let mut line = Line {
            number: self.number,
            sheet: i32::try_from(sheet.index).unwrap_or(i32::MAX),
            row: i32::try_from(record.row).unwrap_or(i32::MAX),
            typed: std::collections::BTreeMap::new(),
            problems: Vec::new(),
        };
        for ((column, place), cell) in head.fields().zip(&record.cells) {
            let Some(field) = self.vocabulary.fields.get(place) else {
                continue;
            };
            sheet.formulas += i64::from(cell.as_ref().is_some_and(|cell| cell.formula));
            let context = self.options.context(&field.key, column.unit);
            let outcome = values::read(cell.as_ref(), field.kind, &context);
            note(&mut line, &field.key, (cell.as_ref(), outcome));
        }
        if let Some(unit) = self.import.answers.units_of_sheets.get(&sheet.index) {
            let named = self.options.unit_named(*unit);
            let unit = line.typed.entry(kinds::register::UNIT.to_owned());
            unit.or_insert(named);
        }
        self.lines.push(line);
    }
}

fn ignore(sheet: &mut Sheet, row: u32, why: &str) {
    sheet.ignored_rows += 1;
    if sheet.ignored.len() < NAMED {
        sheet.ignored.push((row, why.to_owned()));
    }
}

/// Notes what a cell says, and what must be said of it.
fn note(line: &mut Line, field: &str, (cell, outcome): (Option<&Cell>, values::Outcome)) {
    let said = || cell.map_or_else(String::new, |cell| shown(&cell.value));
    let warn = |line: &mut Line, warnings: &[values::Warning]| {
        for warning in warnings {
            let problem = Problem::warning(field, &said(), warning.key(), warning.sentence());
            line.problems.push(problem);
        }
    };
    match outcome {
        values::Outcome::Blank(warnings) => warn(line, &warnings),
        values::Outcome::Clear => {
            line.typed.insert(field.to_owned(), String::new());
        }
        values::Outcome::Is(read) => {
            warn(line, &read.warnings);
            let field = match read.form {
                Some(values::Form::Code) if field.contains("_or_") => "uscc",
                Some(values::Form::Certificate) if field.contains("_or_") => "certificate_no",
                _ => field,
            };
            line.typed.insert(field.to_owned(), read.text);
        }
        values::Outcome::Wrong(wrong) => line.problems.push(Problem {
            expected: wrong.expected,
            ..Problem::error(field, &wrong.value, wrong.what)
        }),
    }
}
