//! What is to be done in one sheet, row by row.

use super::Marks;
use super::places::{COLUMNS, ROWS};
use super::survey::Survey;
use super::words::heading;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What is to be done with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It becomes red.
    Red,
    /// Text takes its place.
    Words(String),
    /// The heading takes its place.
    Heading(String),
}

/// What is to be done in one sheet.
pub struct Plan<'a> {
    marks: &'a Marks,
    /// The column that explains, if there is anything to explain or was.
    pub column: Option<u32>,
    /// Old words are taken away.
    pub clear: bool,
    /// The heading as it is to be written, unless it stands there already.
    heading: Option<String>,
    /// Rows in which something is to be put.
    pub rows: BTreeSet<u32>,
}

impl<'a> Plan<'a> {
    /// By what is wrong and what is there.
    pub fn new(marks: &'a Marks, survey: &Survey) -> io::Result<Self> {
        let column = match survey.heading {
            Some(heading) => Some(heading.column),
            None if marks.words.is_empty() => None,
            None => Some(survey.free),
        };
        if column.is_some_and(|column| column >= COLUMNS) || marks.head >= ROWS {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "no room for another column",
            ));
        }
        let more = marks.words.get(&marks.head);
        let stands = survey
            .heading
            .is_some_and(|heading| !heading.more && more.is_none());
        let heading = (column.is_some() && !stands).then(|| heading(more));
        let mut rows: BTreeSet<u32> = marks
            .words
            .keys()
            .copied()
            .filter(|row| *row < ROWS)
            .collect();
        rows.extend(
            marks
                .cells
                .iter()
                .filter(|(row, column)| *row < ROWS && *column < COLUMNS)
                .map(|(row, _)| *row),
        );
        rows.extend(heading.iter().map(|_| marks.head));
        Ok(Self {
            marks,
            column,
            clear: survey.heading.is_some(),
            heading,
            rows,
        })
    }

    /// Whether the column that explains gets anything new.
    pub fn writes(&self) -> bool {
        self.heading.is_some() || !self.marks.words.is_empty()
    }

    /// What is to be put in a row, from left to right.
    pub fn row(&self, row: u32) -> BTreeMap<u32, Put> {
        if !self.rows.contains(&row) {
            return BTreeMap::new();
        }
        let cells = self
            .marks
            .cells
            .range((row, 0)..(row, COLUMNS))
            .map(|(_, column)| (*column, Put::Red));
        let mut puts: BTreeMap<u32, Put> = cells
            .filter(|(column, _)| Some(*column) != self.column)
            .collect();
        let heading = self
            .heading
            .clone()
            .filter(|_| row == self.marks.head)
            .map(Put::Heading);
        let words = || {
            self.marks
                .words
                .get(&row)
                .filter(|_| row != self.marks.head)
                .cloned()
                .map(Put::Words)
        };
        if let (Some(column), Some(put)) = (self.column, heading.or_else(words)) {
            puts.insert(column, put);
        }
        puts
    }

    /// Whether a cell holds words of an earlier marking.
    pub fn is_old(&self, row: u32, column: u32) -> bool {
        self.clear && Some(column) == self.column && row > self.marks.head
    }
}
