//! Which sheets of a book are read, by which heads, and what must be said first.

use std::collections::BTreeMap;

use crate::imports::kinds::{self, Against};
use crate::imports::rules::answers::LEFT_OUT;
use crate::imports::rules::report::{Column, Sheet};
use crate::imports::rules::{Asked, Kind, Report, cell_name};
use crate::imports::store::Import;
use crate::sheets::cells::{Row, Value};
use crate::sheets::heads::{self, Head, Means, Vocabulary};
use crate::web::answer::unit::Unit;

use super::peeking::Peek;

/// Values below a heading that a question shows.
const EXAMPLES: usize = 3;

/// What will be read.
pub(super) struct Plan {
    pub report: Report,
    /// The heads of the sheets that are read.
    pub heads: BTreeMap<u32, Head>,
}

/// The plan of a book; none where no sheet has a head.
pub(super) fn plan(
    peek: &Peek,
    vocabulary: &Vocabulary,
    (import, against): (&Import, &Against),
) -> Option<Plan> {
    let mut found: BTreeMap<u32, Head> = BTreeMap::new();
    for (look, rows) in &peek.sheets {
        if let Ok(head) = heads::find(rows, &look.merges, vocabulary) {
            found.insert(look.index, head);
        }
    }
    if found.is_empty() {
        for (look, rows) in &peek.sheets {
            let head = heads::assume(rows, &look.merges, vocabulary);
            found.extend(head.map(|head| (look.index, head)));
        }
    }
    if found.is_empty() {
        return None;
    }
    let chosen = chosen(peek, &found, import);
    let mut plan = Plan {
        report: Report::default(),
        heads: BTreeMap::new(),
    };
    if chosen.is_none() {
        plan.report
            .asked
            .push(Asked::Sheets(found.keys().copied().collect()));
    }
    let chosen = chosen.unwrap_or_default();
    for (look, rows) in &peek.sheets {
        let name = peek
            .names
            .get(usize::try_from(look.index).unwrap_or(usize::MAX));
        let read = chosen.contains(&look.index);
        let mut head = found.remove(&look.index);
        if let (Some(head), true) = (&mut head, read) {
            ask(
                &mut plan.report,
                (look.index, head),
                rows,
                (vocabulary, import),
            );
        }
        plan.report.sheets.push(sheet(
            (look.index, name.map_or("", |name| &name.name)),
            name.is_some_and(|name| name.hidden),
            (read, head.as_ref()),
            vocabulary,
        ));
        if let (Some(head), true) = (head, read) {
            let named = name.map_or("", |name| &name.name);
            ask_unit(
                &mut plan.report,
                (look.index, named),
                &head,
                (vocabulary, import, against),
            );
            plan.heads.insert(look.index, head);
        }
    }
    Some(plan)
}

/// The sheets that are read: as chosen, or the only one with a head that is in sight.
fn chosen(peek: &Peek, found: &BTreeMap<u32, Head>, import: &Import) -> Option<Vec<u32>> {
    if let Some(chosen) = &import.answers.sheets {
        let chosen = chosen.iter().filter(|sheet| found.contains_key(sheet));
        return Some(chosen.copied().collect());
    }
    let hidden = |index: u32| {
        let name = peek.names.get(usize::try_from(index).unwrap_or(usize::MAX));
        name.is_some_and(|name| name.hidden)
    };
    let seen: Vec<u32> = found
        .keys()
        .copied()
        .filter(|index| !hidden(*index))
        .collect();
    match seen.as_slice() {
        [one] => Some(vec![*one]),
        _ => None,
    }
}

fn ask(
    report: &mut Report,
    (index, head): (u32, &mut Head),
    rows: &[Row],
    (vocabulary, import): (&Vocabulary, &Import),
) {
    let conflicts: Vec<u32> = head.conflicts.iter().map(|each| each.column).collect();
    for column in conflicts.iter().copied() {
        let key = format!("{index}.{column}");
        match import.answers.amounts.get(&key).map(String::as_str) {
            Some("yuan") => head.decide_unit(column, Unit::Yuan),
            Some(_) => head.decide_unit(column, Unit::Wan),
            None => {
                let why = "列名与表上方写明的金额单位不一致";
                report.asked.push(amount(head, (key, column), why));
            }
        }
    }
    let unsaid = head.without_unit(vocabulary).map(|each| each.column);
    let unsaid: Vec<u32> = unsaid
        .filter(|column| !conflicts.contains(column))
        .collect();
    for column in unsaid {
        let key = format!("{index}.{column}");
        match import.answers.amounts.get(&key).map(String::as_str) {
            Some("yuan") => head.decide_unit(column, Unit::Yuan),
            Some(_) => head.decide_unit(column, Unit::Wan),
            None => {
                let why = "表中没有写明金额单位";
                report.asked.push(amount(head, (key, column), why));
            }
        }
    }
    ask_headings(report, head, rows, vocabulary);
}

/// What headings mean that nobody knows, or that may mean something else.
fn ask_headings(report: &mut Report, head: &Head, rows: &[Row], vocabulary: &Vocabulary) {
    for column in head.asked() {
        let (why, likely) = match column.means {
            Means::Asked(place) => {
                let doubt = vocabulary.asked.get(place);
                doubt.map_or_else(Default::default, |doubt| {
                    (doubt.why.clone(), doubt.fields.clone())
                })
            }
            Means::Twice(place) => {
                let field = vocabulary.fields.get(place);
                let key = field.map(|field| field.key.clone());
                (
                    "表中有几列都像是这一项，请确认".to_owned(),
                    key.into_iter().collect(),
                )
            }
            _ => ("系统不认识这个列名".to_owned(), Vec::new()),
        };
        let below = rows.iter().filter(|row| row.row > head.last);
        let examples = below.filter_map(|row| {
            let mut cells = row.cells.iter();
            let cell = cells.find(|cell| cell.column == column.column)?;
            match &cell.value {
                Value::Text(text) => Some(text.trim().chars().take(20).collect()),
                Value::Number(number, _) => Some(number.clone()),
                Value::Day(day) => Some(day.to_string()),
                _ => None,
            }
        });
        report.asked.push(Asked::Heading {
            title: column.title.clone(),
            folded: column.folded.clone(),
            place: cell_name(head.last, column.column),
            why,
            likely,
            examples: examples.take(EXAMPLES).collect(),
        });
    }
}

fn amount(head: &Head, (key, column): (String, u32), why: &str) -> Asked {
    let mut columns = head.columns.iter();
    let title = columns.find(|each| each.column == column);
    Asked::Amount {
        key,
        title: title.map_or_else(String::new, |each| each.title.clone()),
        place: cell_name(head.last, column),
        why: why.to_owned(),
    }
}

/// A sheet of the register whose rows name no unit: its name may.
fn ask_unit(
    report: &mut Report,
    (index, name): (u32, &str),
    head: &Head,
    (vocabulary, import, against): (&Vocabulary, &Import, &Against),
) {
    let has_unit = head.fields().any(|(_, place)| {
        let field = vocabulary.fields.get(place);
        field.is_some_and(|field| field.key == kinds::register::UNIT)
    });
    let answered = import.answers.units_of_sheets.contains_key(&index);
    // Which columns mean what is said first.
    let open = head.asked().next().is_some();
    if import.kind != Kind::Register || import.own || has_unit || answered || open {
        return;
    }
    report.asked.push(Asked::UnitOfSheet {
        sheet: index,
        name: name.to_owned(),
        proposed: against.units.like(name).map(|unit| unit.0),
    });
}

fn sheet(
    (index, name): (u32, &str),
    hidden: bool,
    (read, head): (bool, Option<&Head>),
    vocabulary: &Vocabulary,
) -> Sheet {
    Sheet {
        index,
        name: name.to_owned(),
        hidden,
        read,
        head: head.map(|head| (head.first, head.last)),
        columns: head.map_or_else(Vec::new, |head| {
            let columns = head.columns.iter();
            columns
                .map(|column| of_column(column, vocabulary))
                .collect()
        }),
        ..Sheet::default()
    }
}

fn of_column(column: &heads::Column, vocabulary: &Vocabulary) -> Column {
    let (field, label) = match column.means {
        Means::Field(place) => vocabulary
            .fields
            .get(place)
            .map_or_else(Default::default, |field| {
                (field.key.clone(), field.label.clone())
            }),
        Means::Ignored => (String::new(), "不导入".to_owned()),
        Means::Remarks => (String::new(), "上次标注的错误说明，不导入".to_owned()),
        Means::Asked(_) | Means::Twice(_) | Means::Unknown => (String::new(), "待答复".to_owned()),
    };
    Column {
        column: column.column,
        title: column.title.clone(),
        folded: column.folded.clone(),
        field,
        label,
    }
}

/// What was chosen for a heading, as the vocabulary takes it.
#[must_use]
pub fn choice(meant: &str) -> heads::Choice {
    if meant == LEFT_OUT {
        heads::Choice::Ignore
    } else {
        heads::Choice::Field(meant.to_owned())
    }
}
