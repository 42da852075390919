//! Three versions of a form made one: what stood there when it was opened (as marks),
//! what this person sent, what somebody else has saved meanwhile. What one of them did
//! not touch takes the other's value; what both touched is theirs to choose. Nothing
//! is lost and nothing is merged unseen.

use std::collections::BTreeSet;

use crate::web::marks::Marks;

use super::base::{Base, of_line, of_row};
use super::shape::{Line, Part, Table};
use super::sides::{Cells, Side};

type Fields = Vec<(String, String)>;

/// Who touched a field or row, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Both versions say the same.
    Same,
    /// Only the other person touched it.
    Theirs,
    /// Only this person touched it.
    Mine,
    /// Both did, or nobody knows.
    Both,
}

/// What became of a field or a row that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was not there before.
    Added,
    /// It says something else.
    Changed,
    /// It is not there any more.
    Removed,
}

/// A version of a field or a row, as people read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    /// A field's words; empty for rows.
    pub text: String,
    /// The cells of whole rows.
    pub rows: Vec<Vec<String>>,
    /// Its fields, as they are sent.
    pub fields: Fields,
}

/// A difference that is settled, and told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The field or table.
    pub label: String,
    /// Heads of a table.
    pub heads: Vec<String>,
    /// What became of it.
    pub change: Change,
    /// What stays.
    pub stays: Version,
    /// What it stands in the place of.
    pub instead_of: Version,
}

/// A difference that a person must settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The field or table.
    pub label: String,
    /// Heads of a table.
    pub heads: Vec<String>,
    /// What this person sent.
    pub mine: Version,
    /// What stands there now.
    pub theirs: Version,
    /// Which is proposed.
    pub propose_mine: bool,
}

/// One version of two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// Taken over from the other person.
    pub taken: Vec<Settled>,
    /// What this person changed.
    pub kept: Vec<Settled>,
    /// What both changed.
    pub open: Vec<Open>,
    /// All fields that need no choice.
    pub fields: Fields,
}

/// What stood there when the form was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Was<'a> {
    /// Nobody knows: the form carried no base.
    Unknown,
    /// Nothing.
    Nothing,
    /// Something with this mark.
    Mark(&'a str),
}

impl Was<'_> {
    fn is(self, now: Option<&str>) -> bool {
        match self {
            Self::Unknown => false,
            Self::Nothing => now.is_none(),
            Self::Mark(mark) => now == Some(mark),
        }
    }
}

/// Who touched what.
#[must_use]
pub fn weigh(was: Was<'_>, mine: Option<&str>, theirs: Option<&str>) -> Verdict {
    if mine == theirs {
        Verdict::Same
    } else if was.is(mine) {
        Verdict::Theirs
    } else if was.is(theirs) {
        Verdict::Mine
    } else {
        Verdict::Both
    }
}

const fn change(before: bool, after: bool) -> Change {
    match (before, after) {
        (false, _) => Change::Added,
        (true, true) => Change::Changed,
        (true, false) => Change::Removed,
    }
}

/// Makes one version of a form.
pub struct Merging<'a> {
    /// What stood there when it was opened; none: nobody knows.
    pub base: Option<&'a Base>,
    /// What this person sent.
    pub mine: Side<'a>,
    /// What stands there now.
    pub theirs: Side<'a>,
    /// The key of marks.
    pub marks: &'a Marks,
}

impl Merging<'_> {
    /// The parts, merged one by one.
    #[must_use]
    pub fn run(&self, parts: &[Part]) -> Merged {
        let mut merged = Merged::default();
        for part in parts {
            match part {
                Part::Line(line) => self.line(line, &mut merged),
                Part::Table(table) => self.table(table, &mut merged),
            }
        }
        merged
    }

    fn was(&self, name: &str) -> Was<'_> {
        let Some(base) = self.base else {
            return Was::Unknown;
        };
        base.mark(name).map_or(Was::Nothing, Was::Mark)
    }

    fn version(line: &Line, side: &Side<'_>) -> Version {
        Version {
            text: line.words(&side.values(&line.name, line)),
            rows: Vec::new(),
            fields: side.sent(&line.name),
        }
    }

    fn line(&self, line: &Line, merged: &mut Merged) {
        let mark = |side: &Side<'_>| {
            let values = side.values(&line.name, line);
            of_line(self.marks, &line.name, &values)
        };
        let (mine, theirs) = (mark(&self.mine), mark(&self.theirs));
        let verdict = weigh(self.was(&line.name), mine.as_deref(), theirs.as_deref());
        let sides = (
            Self::version(line, &self.mine),
            Self::version(line, &self.theirs),
        );
        let settle = |stays: Version, instead_of: Version| Settled {
            label: line.label.clone(),
            heads: Vec::new(),
            change: Change::Changed,
            stays,
            instead_of,
        };
        match (verdict, sides) {
            (Verdict::Same, (mine, _)) => merged.fields.extend(mine.fields),
            (Verdict::Theirs, (mine, theirs)) => {
                merged.fields.extend(theirs.fields.clone());
                merged.taken.push(settle(theirs, mine));
            }
            (Verdict::Mine, (mine, theirs)) => {
                merged.fields.extend(mine.fields.clone());
                merged.kept.push(settle(mine, theirs));
            }
            (Verdict::Both, (mine, theirs)) => merged.open.push(Open {
                label: line.label.clone(),
                heads: Vec::new(),
                mine,
                theirs,
                propose_mine: true,
            }),
        }
    }

    fn table(&self, table: &Table, merged: &mut Merged) {
        let mut of_table = Merged::default();
        self.rows(table, &mut of_table);
        let rows = !of_table.fields.is_empty() || !of_table.open.is_empty();
        if let Some(nil) = &table.nil {
            self.line(nil, &mut of_table);
            // Both the tick that there is none and a row: only one of them can be.
            let ticked = of_table.fields.iter().any(|(name, _)| *name == nil.name);
            let asked = of_table.open.iter().any(|open| open.heads.is_empty());
            if rows && (ticked || asked) {
                merged.open.push(self.whole(table, nil));
                return;
            }
        }
        merged.taken.append(&mut of_table.taken);
        merged.kept.append(&mut of_table.kept);
        merged.open.append(&mut of_table.open);
        merged.fields.append(&mut of_table.fields);
    }

    fn rows(&self, table: &Table, merged: &mut Merged) {
        let (mine, theirs) = (self.mine.rows(table), self.theirs.rows(table));
        let before = self
            .base
            .into_iter()
            .flat_map(|base| base.numbers(&table.name));
        let numbers: BTreeSet<u32> = before
            .chain(mine.keys().copied())
            .chain(theirs.keys().copied())
            .collect();
        let mut free = numbers.last().map_or(1, |last| last.saturating_add(1));
        for number in numbers {
            let was = self.was(&format!("{}.{number}", table.name));
            let row = |side: Option<&Cells>| of_row(self.marks, &table.name, side);
            let (my, their) = (mine.get(&number), theirs.get(&number));
            let verdict = weigh(was, row(my).as_deref(), row(their).as_deref());
            let stood = matches!(was, Was::Mark(_));
            let of = Row { table, my, their };
            match verdict {
                Verdict::Same => merged
                    .fields
                    .extend(self.mine.sent_row(table, number, number)),
                Verdict::Theirs => self.takes(&of, (number, stood), merged),
                Verdict::Mine => self.keeps(&of, (number, number, stood), merged),
                // Both added a row, and both rows have got the next number: they are two.
                Verdict::Both if was == Was::Nothing && my.is_some() && their.is_some() => {
                    self.takes(&of, (number, false), merged);
                    self.keeps(&of, (number, free, false), merged);
                    free = free.saturating_add(1);
                }
                Verdict::Both => merged.open.push(Open {
                    label: table.label.clone(),
                    heads: heads(table),
                    propose_mine: my.is_some(),
                    mine: of.version(my, &self.mine, (number, number)),
                    theirs: of.version(their, &self.theirs, (number, number)),
                }),
            }
        }
    }

    fn takes(&self, row: &Row<'_>, (number, stood): (u32, bool), merged: &mut Merged) {
        let stays = row.version(row.their, &self.theirs, (number, number));
        let before = if stood { row.my } else { None };
        let instead_of = row.version(before, &self.mine, (number, number));
        merged.fields.extend(stays.fields.clone());
        let change = change(stood, row.their.is_some());
        merged.taken.push(row.settled(change, stays, instead_of));
    }

    fn keeps(&self, row: &Row<'_>, (from, to, stood): (u32, u32, bool), merged: &mut Merged) {
        let stays = row.version(row.my, &self.mine, (from, to));
        let before = if stood { row.their } else { None };
        let instead_of = row.version(before, &self.theirs, (from, from));
        merged.fields.extend(stays.fields.clone());
        let change = change(stood, row.my.is_some());
        merged.kept.push(row.settled(change, stays, instead_of));
    }

    /// A table as a whole to choose from: one version has rows, the other says that
    /// there are none.
    fn whole(&self, table: &Table, nil: &Line) -> Open {
        let version = |side: &Side<'_>| {
            let rows = side.rows(table);
            let mut version = Version {
                text: if rows.is_empty() {
                    nil.label.clone()
                } else {
                    String::new()
                },
                rows: rows.values().map(|cells| words(table, cells)).collect(),
                fields: side.sent(&nil.name),
            };
            for number in rows.keys() {
                version
                    .fields
                    .extend(side.sent_row(table, *number, *number));
            }
            version
        };
        let (mine, theirs) = (version(&self.mine), version(&self.theirs));
        Open {
            label: table.label.clone(),
            heads: heads(table),
            propose_mine: !mine.rows.is_empty(),
            mine,
            theirs,
        }
    }
}

/// A row in its two versions.
struct Row<'a> {
    table: &'a Table,
    my: Option<&'a Cells>,
    their: Option<&'a Cells>,
}

impl Row<'_> {
    fn version(&self, cells: Option<&Cells>, side: &Side<'_>, numbers: (u32, u32)) -> Version {
        let Some(cells) = cells else {
            return Version::default();
        };
        Version {
            text: String::new(),
            rows: vec![words(self.table, cells)],
            fields: side.sent_row(self.table, numbers.0, numbers.1),
        }
    }

    fn settled(&self, change: Change, stays: Version, instead_of: Version) -> Settled {
        Settled {
            label: self.table.label.clone(),
            heads: heads(self.table),
            change,
            stays,
            instead_of,
        }
    }
}

fn heads(table: &Table) -> Vec<String> {
    let columns = table.columns.iter();
    columns.map(|column| column.label.clone()).collect()
}

fn words(table: &Table, cells: &Cells) -> Vec<String> {
    let columns = table.columns.iter().zip(cells);
    columns.map(|(column, cell)| column.words(cell)).collect()
}
