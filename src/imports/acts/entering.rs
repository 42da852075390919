//! All rows of an upload, or none: read once more under lock, and entered only as they were
//! shown (TC-67).

use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Done, Write};
use crate::imports::kinds::{self, Seen as Repeated};
use crate::imports::rules::answers::Basis;
use crate::imports::rules::{Answers, Line, Refusal, State, Verdict};
use crate::imports::store::{self, Import};
use crate::web::App;

use super::checking::{self, SLICE};

/// What is said when an upload is confirmed.
#[derive(Debug, Clone, Default)]
pub struct Confirmed {
    /// Kind of warning → the sentence that confirms it.
    pub warnings: std::collections::BTreeMap<String, String>,
    /// Field → whether it was wrong or has changed.
    pub bases: std::collections::BTreeMap<String, Basis>,
}

/// Enters an upload.
pub async fn enter(
    mut write: Write,
    app: &App,
    (id, seen): (i64, Seen),
    confirmed: &Confirmed,
) -> Done<Refusal> {
    write.patient().await?;
    store::say_entering(&mut write, id).await?;
    let mut import = super::take(&mut write, id, &seen).await?;
    if import.state != State::Checked {
        return Err(Refusal::NotChecked.into());
    }
    import.answers.confirmed = confirmed.warnings.clone();
    import.answers.bases = confirmed.bases.clone();
    let changes = changes(&mut write, app, &import).await?;
    if changes.is_empty() {
        return Err(Refusal::Nothing.into());
    }
    let counts = counted(&import);
    let answers: &Answers = &import.answers;
    // The import's own record comes first: it is asked whether this may be done at all.
    let digest = hex::encode(&import.digest);
    let sentence = format!(
        "导入{}《{}》：{counts}（文件摘要SHA-256 {digest}）",
        import.kind.label(),
        import.file_name,
    );
    let opinion: Vec<String> = confirmed.warnings.values().cloned().collect();
    let record = Record::new(Act::ImportEnter, "import", id, sentence);
    let told = write.tell(record.with_opinion(&opinion.join("；")));
    let hashes = store::hashes(&mut write, id).await?;
    let with = (answers, &hashes);
    kinds::apply(&mut write, import.kind, changes, with).await?;
    store::end(&mut write, id, State::Imported).await?;
    write.finish(told).await
}

/// What the rows change now, if they read as they were shown.
async fn changes(
    write: &mut Write,
    app: &App,
    import: &Import,
) -> Done<Refusal, Vec<(kinds::Change, String)>> {
    // What stands is read once all of it is locked.
    let subjects = store::subjects(write, import.id).await?;
    let moving = moving(write, import).await?;
    kinds::hands::lock_items(write, &moving).await?;
    kinds::lock(write, import.kind, &subjects).await?;
    let against = checking::against(write, app, import).await?;
    let barred = checking::barred(write, app, import).await?;
    let mut repeated = Repeated::default();
    let mut changes = Vec::new();
    let mut after = 0;
    loop {
        let shown = store::checked_lines(write, import.id, (after, SLICE)).await?;
        let Some(last) = shown.last() else { break };
        after = last.number;
        let lines: Vec<Line> = shown.iter().map(line).collect();
        let with = (&against, barred);
        let now = checking::rows(write, import.kind, with, &lines, &mut repeated).await?;
        let wrong = now
            .iter()
            .filter(|each| each.checked.verdict == Verdict::Wrong);
        if !checking::same(&shown, &now) {
            return Err(Refusal::Differs.into());
        }
        if let Ok(wrong @ 1..) = i64::try_from(wrong.count()) {
            return Err(Refusal::Wrong(wrong).into());
        }
        for (line, outcome) in lines.iter().zip(now) {
            let from = format!("由《{}》第{}行导入", import.file_name, line.row + 1);
            changes.extend(outcome.change.map(|change| (change, from)));
        }
    }
    Ok(changes)
}

/// The associations that are shown to change hands: what waits of them is locked first.
async fn moving(write: &mut Write, import: &Import) -> Result<Vec<i64>, sqlx::Error> {
    let mut moving = Vec::new();
    let mut periods = import.report.periods.iter();
    if !periods.any(|period| period.key == kinds::register::UNIT) {
        return Ok(moving);
    }
    let mut after = 0;
    loop {
        let shown = store::checked_lines(write, import.id, (after, SLICE)).await?;
        let Some(last) = shown.last() else { break };
        after = last.number;
        for row in &shown {
            let mut changes = row.changes.iter();
            if changes.any(|change| change.period && change.field == kinds::register::UNIT) {
                moving.extend(row.subject);
            }
        }
    }
    Ok(moving)
}

fn line(shown: &store::Shown) -> Line {
    Line {
        number: shown.number,
        sheet: shown.sheet,
        row: shown.row,
        typed: shown.typed.0.clone(),
        problems: shown.problems.0.clone(),
    }
}

fn counted(import: &Import) -> String {
    let counts = [Verdict::New, Verdict::Changed, Verdict::Same, Verdict::Left];
    let counts = counts.into_iter().filter_map(|verdict| {
        let rows = import.report.rows(verdict);
        (rows > 0).then(|| format!("{}{rows}行", verdict.label()))
    });
    counts.collect::<Vec<_>>().join("，")
}
