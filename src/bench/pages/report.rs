//! docs/measurements.md: one line a page, one column a kind of role.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::bench::BenchError;

use super::accounts::KINDS;
use super::{Measured, Row};

/// A page that takes longer stands out, in microseconds.
const SLOW: u64 = 100_000;
/// A page that weighs more stands out, in bytes.
const HEAVY: usize = 500_000;
/// A page that asks the database more often stands out.
const TALKATIVE: usize = 24;

/// What was measured before and kept.
pub fn beside(path: &Path) -> Result<Measured, BenchError> {
    let failed = |error| BenchError::File(path.display().to_string(), error);
    let text = std::fs::read_to_string(path).map_err(failed)?;
    serde_json::from_str(&text).map_err(|error| BenchError::Measure(error.to_string()))
}

/// The dearest row of each page and kind of role.
fn dearest(measured: &Measured) -> BTreeMap<(&str, &str), &Row> {
    let mut found: BTreeMap<(&str, &str), &Row> = BTreeMap::new();
    for row in &measured.rows {
        let place = found
            .entry((row.page.as_str(), row.kind.as_str()))
            .or_insert(row);
        if cost(row) > cost(place) {
            *place = row;
        }
    }
    found
}

/// A page that fails is dearer than any that does not.
const fn cost(row: &Row) -> (bool, u64) {
    (row.status >= 500, row.median)
}

fn marked(text: String, over: bool) -> String {
    if over { format!("**{text}**") } else { text }
}

fn time(row: Option<&&Row>) -> String {
    match row {
        None => "–".to_owned(),
        Some(row) if row.status >= 500 => format!("**{}**", row.status),
        Some(row) => marked(
            format!("{}.{}", row.median / 1000, row.median % 1000 / 100),
            row.median > SLOW,
        ),
    }
}

/// The whole document: what was measured, and beside it what was kept of another size.
#[must_use]
pub fn text(measured: &Measured, beside: Option<&Measured>) -> String {
    let mut text = String::from(HEAD);
    for each in beside.into_iter().chain([measured]) {
        let size: Vec<String> = each
            .size
            .iter()
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        let build = if each.optimised {
            "release build"
        } else {
            "unoptimised build"
        };
        let _ = writeln!(
            text,
            "- {} ({build}, median of {} runs)",
            size.join(", "),
            each.runs
        );
    }
    text.push_str("\n| page |");
    for kind in KINDS {
        let _ = write!(text, " {kind} |");
    }
    text.push_str(" KB | gzip | messages |\n|---|");
    text.push_str(&"---:|".repeat(KINDS.len() + 3));
    text.push('\n');
    let (small, large) = (beside.map(dearest), dearest(measured));
    let mut pages: Vec<&str> = large.keys().map(|(page, _)| *page).collect();
    pages.dedup();
    for page in pages {
        let _ = writeln!(text, "{}", line(page, small.as_ref(), &large));
    }
    text
}

fn line(
    page: &str,
    small: Option<&BTreeMap<(&str, &str), &Row>>,
    large: &BTreeMap<(&str, &str), &Row>,
) -> String {
    let mut line = format!("| `{page}` |");
    let rows = || KINDS.iter().filter_map(|kind| large.get(&(page, *kind)));
    for kind in KINDS {
        let (before, now) = (
            small.map(|rows| rows.get(&(page, kind))),
            large.get(&(page, kind)),
        );
        let cell = match (before, now) {
            (_, None) => String::new(),
            (None, now) => time(now),
            (Some(before), now) => format!("{} / {}", time(before), time(now)),
        };
        let _ = write!(line, " {cell} |");
    }
    let most = |what: fn(&Row) -> usize| rows().map(|row| what(row)).max().unwrap_or_default();
    let (bytes, gzip, messages) = (
        most(|row| row.bytes),
        most(|row| row.gzip),
        most(|row| row.messages),
    );
    let _ = write!(
        line,
        " {} | {} | {} |",
        marked(kilobytes(bytes), bytes > HEAVY),
        kilobytes(gzip),
        marked(messages.to_string(), messages > TALKATIVE),
    );
    line
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

/// Where in docs/measurements.md begins what people measured by hand.
const BY_HAND: &str = "\n## By hand\n";

/// What stands by hand in a document that is written anew: it stays.
#[must_use]
pub fn by_hand(document: &str) -> &str {
    document
        .find(BY_HAND)
        .and_then(|at| document.get(at..))
        .unwrap_or_default()
}

const HEAD: &str = "# Measurements

Every page of every role on databases that `tuogou bench seed` wrote, opened by `tuogou bench pages` through the whole
router (session, guard, questions, page, gzip) without a network. To write this again:

```sh
cargo build --release
T=target/release/tuogou
$T --data-dir /tmp/tuogou-700 bench seed --associations 700 && $T --data-dir /tmp/tuogou-700 bench pages --save 700.json
$T --data-dir /tmp/tuogou-70000 bench seed --associations 70000
$T --data-dir /tmp/tuogou-70000 bench pages --beside 700.json --write docs/measurements.md
```

Milliseconds, small database / large one, of the dearest account of each kind of role (office; supervising units, the
largest among them; specialist departments; civil affairs; an association; the superior and the administrator;
nobody). KB and messages are the largest of these. A message is one that waits for the database's answer, the pool's own
questions included. **Bold**: over 100 ms, over 500 KB, more than 24 messages, or an answer that failed.

";
