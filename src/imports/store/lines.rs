//! SQL of the rows of an upload.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::database::Db;
use crate::imports::rules::{Changed, Checked, Line, Problem, Typed, Verdict};

/// Deletes the rows of an upload, before it is read again.
pub async fn clear_lines(
    connection: &mut PgConnection,
    (campaign, id): (i32, i64),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from import_line where campaign_id = $1 and import_id = $2",
        campaign,
        id,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Brings rows in by COPY.
pub async fn copy_in(
    connection: &mut PgConnection,
    (campaign, id): (i32, i64),
    lines: &[Line],
) -> Result<(), sqlx::Error> {
    let mut text = String::with_capacity(lines.len() * 400);
    for line in lines {
        let typed = serde_json::to_string(&line.typed).map_err(json)?;
        let problems = serde_json::to_string(&line.problems).map_err(json)?;
        for number in [
            i64::from(campaign),
            id,
            i64::from(line.number),
            i64::from(line.sheet),
            i64::from(line.row),
        ] {
            text.push_str(&number.to_string());
            text.push('\t');
        }
        escape(&typed, &mut text);
        text.push('\t');
        escape(&problems, &mut text);
        text.push('\n');
    }
    let mut copy = connection
        .copy_in_raw("copy import_line (campaign_id, import_id, number, sheet, row, typed, problems) from stdin")
        .await?;
    copy.send(text.as_bytes()).await?;
    copy.finish().await?;
    Ok(())
}

fn json(error: serde_json::Error) -> sqlx::Error {
    sqlx::Error::Encode(Box::new(error))
}

/// As COPY reads it back.
fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '\\' => into.push_str("\\\\"),
            '\t' => into.push_str("\\t"),
            '\n' => into.push_str("\\n"),
            '\r' => into.push_str("\\r"),
            other => into.push(other),
        }
    }
}

/// Rows after a number, in their order.
pub async fn lines(
    db: &mut Db,
    id: i64,
    (after, most): (i32, i64),
) -> Result<Vec<Line>, sqlx::Error> {
    sqlx::query!(
        r#"select number, sheet, row, typed as "typed: Json<Typed>", problems as "problems: Json<Vec<Problem>>"
           from import_line where campaign_id = $1 and import_id = $2 and number > $3 order by number limit $4"#,
        db.campaign(),
        id,
        after,
        most,
    )
    .map(|row| Line {
        number: row.number,
        sheet: row.sheet,
        row: row.row,
        typed: row.typed.0,
        problems: row.problems.0,
    })
    .fetch_all(db.connection())
    .await
}

/// Keeps what was found of rows.
pub async fn check_in(
    connection: &mut PgConnection,
    (campaign, id): (i32, i64),
    checked: &[Checked],
) -> Result<(), sqlx::Error> {
    let rows: Vec<serde_json::Value> = checked
        .iter()
        .map(|each| {
            serde_json::json!({
                "number": each.number,
                "verdict": each.verdict.key(),
                "subject": each.subject,
                "changes": each.changes,
                "found": each.found,
            })
        })
        .collect();
    sqlx::query!(
        "update import_line l set verdict = c.verdict, subject_id = c.subject, changes = c.changes, found = c.found
         from jsonb_to_recordset($3) as c(number integer, verdict text, subject bigint, changes jsonb, found jsonb)
         where l.campaign_id = $1 and l.import_id = $2 and l.number = c.number",
        campaign,
        id,
        Json(rows) as _,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A row as a page shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its number among all rows.
    pub number: i32,
    /// Its sheet.
    pub sheet: i32,
    /// Its row.
    pub row: i32,
    /// What it says.
    pub typed: Json<Typed>,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What it is about.
    pub subject: Option<i64>,
    /// What it changes.
    pub changes: Json<Vec<Changed>>,
    /// What stands against it, found while it was read and while it was checked.
    pub problems: Json<Vec<Problem>>,
    /// The second part of that.
    pub found: Json<Vec<Problem>>,
}

macro_rules! select_shown {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Shown,
            r#"select number, sheet, row, typed as "typed: Json<Typed>", verdict as "verdict: Verdict", subject_id as subject,
                      changes as "changes: Json<Vec<Changed>>", problems as "problems: Json<Vec<Problem>>",
                      found as "found: Json<Vec<Problem>>"
               from import_line where campaign_id = $1 and import_id = $2 "# + $tail,
            $($argument),+
        )
    };
}

/// The first rows of a verdict.
pub async fn shown(
    db: &mut Db,
    id: i64,
    verdict: Verdict,
    most: i64,
) -> Result<Vec<Shown>, sqlx::Error> {
    select_shown!(
        "and verdict = $3 order by number limit $4",
        db.campaign(),
        id,
        verdict.key(),
        most,
    )
    .fetch_all(db.connection())
    .await
}

/// Rows after a number with what was found of them, in their order.
pub async fn checked_lines(
    db: &mut Db,
    id: i64,
    (after, most): (i32, i64),
) -> Result<Vec<Shown>, sqlx::Error> {
    select_shown!(
        "and number > $3 order by number limit $4",
        db.campaign(),
        id,
        after,
        most,
    )
    .fetch_all(db.connection())
    .await
}

/// The rows that have errors, all of them, for the marked workbook.
pub async fn wrong_lines(
    db: &mut Db,
    id: i64,
    (after, most): (i32, i64),
) -> Result<Vec<Shown>, sqlx::Error> {
    select_shown!(
        "and (verdict = 'wrong' or problems <> '[]' or found <> '[]') and number > $3 order by number limit $4",
        db.campaign(),
        id,
        after,
        most,
    )
    .fetch_all(db.connection())
    .await
}
