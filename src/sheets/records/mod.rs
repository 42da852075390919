//! The rows below a head: records, or rows that are left out with the reason.

mod signs;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{Cell, Merge, Row, Value};
use super::heads::{Head, Texts, Vocabulary, texts};

/// What a row came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// One record.
    Record(Record),
    /// Left out.
    Ignored {
        /// Its place, from 0.
        row: u32,
        /// Why.
        why: Why,
    },
}

/// A row that is a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its place, from 0.
    pub row: u32,
    /// The row is hidden.
    pub hidden: bool,
    /// One cell for each column that means a field, in the order of [`Head::fields`].
    pub cells: Vec<Option<Cell>>,
}

/// Why a row is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// It stands above the head.
    Title,
    /// Nothing stands there.
    Blank,
    /// 合计 and the like.
    Total,
    /// 注：, or words about how to fill in.
    Note,
    /// 填表人：, 审核人： and the like.
    Signature,
    /// The head, or a copy of it.
    Head,
    /// 示例.
    Example,
    /// Nothing in any column that means a field but formulas that give 0 or nothing.
    NoContent,
}

impl Why {
    /// Its word in records.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// The reason on the page.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => ("title", "表头以上的标题"),
            Self::Blank => ("blank", "空行"),
            Self::Total => ("total", "合计行"),
            Self::Note => ("note", "说明文字"),
            Self::Signature => ("signature", "填表人、审核人等签署"),
            Self::Head => ("head", "表头"),
            Self::Example => ("example", "填写示例"),
            Self::NoContent => ("no_content", "要读入的各列都没有内容"),
        }
    }
}

/// A column that means a field.
struct Asked {
    column: u32,
    must: bool,
}

/// Takes the rows of a sheet one after the other.
pub struct Reader<'a> {
    head: &'a Head,
    columns: Vec<Asked>,
    /// Those without which there is no record.
    musts: Vec<u32>,
    /// Merged ranges below the head by their first row: column and last row.
    merges: BTreeMap<u32, Vec<(u32, u32)>>,
    /// What a merged range goes on with, by column.
    carried: BTreeMap<u32, (u32, Cell)>,
    /// The last row was a note.
    after_note: bool,
    /// A record has been taken.
    begun: bool,
    /// The rows above the head, which some programs repeat on every page.
    titles: Vec<Texts>,
    strays: BTreeSet<u32>,
}

/// Most titles and columns that are remembered.
const REMEMBERED: usize = 200;

impl<'a> Reader<'a> {
    /// Of a sheet with this head.
    #[must_use]
    pub fn new(head: &'a Head, merges: &[Merge], vocabulary: &Vocabulary) -> Self {
        let columns = head.fields().map(|(column, place)| Asked {
            column: column.column,
            must: vocabulary.fields.get(place).is_some_and(|field| field.must),
        });
        let columns: Vec<Asked> = columns.collect();
        let mut starting: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        let tall = |merge: &&Merge| merge.top > head.last && merge.bottom > merge.top;
        for merge in merges.iter().filter(tall) {
            let place = (merge.left, merge.bottom);
            starting.entry(merge.top).or_default().push(place);
        }
        Self {
            head,
            musts: columns
                .iter()
                .filter(|each| each.must)
                .map(|each| each.column)
                .collect(),
            columns,
            merges: starting,
            carried: BTreeMap::new(),
            after_note: false,
            begun: false,
            titles: Vec::new(),
            strays: BTreeSet::new(),
        }
    }

    /// Takes the next row.
    pub fn take(&mut self, row: Row) -> Taken {
        if let Some(why) = self.outside(&row) {
            return Taken::Ignored { row: row.row, why };
        }
        self.carry(&row);
        let why = self.reason(&row);
        self.after_note = why == Some(Why::Note);
        if let Some(why) = why {
            return Taken::Ignored { row: row.row, why };
        }
        self.begun = true;
        self.note_strays(&row);
        let mut own: BTreeMap<u32, Cell> = row
            .cells
            .into_iter()
            .filter(|cell| !signs::is_blank(&cell.value))
            .map(|cell| (cell.column, cell))
            .collect();
        let cells = self.columns.iter().map(|asked| {
            own.remove(&asked.column)
                .or_else(|| Some(self.carried.get(&asked.column)?.1.clone()))
        });
        Taken::Record(Record {
            row: row.row,
            hidden: row.hidden,
            cells: cells.collect(),
        })
    }

    /// Columns without a heading in which records have content: they are not read, and the
    /// page says so.
    #[must_use]
    pub fn strays(&self) -> &BTreeSet<u32> {
        &self.strays
    }

    fn outside(&mut self, row: &Row) -> Option<Why> {
        if row.row < self.head.first {
            let title = texts(row);
            if !title.is_empty() && self.titles.len() < REMEMBERED {
                self.titles.push(title);
            }
            Some(Why::Title)
        } else if row.row <= self.head.last {
            Some(Why::Head)
        } else {
            None
        }
    }

    /// A merged range shows its one value in all its rows.
    fn carry(&mut self, row: &Row) {
        self.carried.retain(|_, (last, _)| *last >= row.row);
        for (column, last) in self.merges.remove(&row.row).unwrap_or_default() {
            let cell = row.cells.iter().find(|cell| cell.column == column);
            if let Some(cell) = cell {
                self.carried.insert(column, (last, cell.clone()));
            }
        }
    }

    fn reason(&self, row: &Row) -> Option<Why> {
        let signs = signs::Signs::of(row, &self.musts, self.begun);
        if signs.is_blank() {
            Some(Why::Blank)
        } else if self.head.is_repeated_by(row) {
            Some(Why::Head)
        } else if !self.titles.is_empty() && self.titles.contains(&texts(row)) {
            Some(Why::Title)
        } else if signs.is_total() {
            Some(Why::Total)
        } else if signs.is_note(self.after_note) || (!self.begun && signs.is_instruction()) {
            Some(Why::Note)
        } else if signs.is_signature() {
            Some(Why::Signature)
        } else if signs.is_example() {
            Some(Why::Example)
        } else if self.has_content(row) {
            None
        } else {
            Some(Why::NoContent)
        }
    }

    fn has_content(&self, row: &Row) -> bool {
        row.cells.iter().any(|cell| {
            let nothing = match &cell.value {
                Value::Number(number, _) => cell.formula && number == "0",
                other => signs::is_blank(other),
            };
            !nothing && self.columns.iter().any(|asked| asked.column == cell.column)
        })
    }

    fn note_strays(&mut self, row: &Row) {
        for cell in &row.cells {
            let headed = self.head.columns.iter().any(|c| c.column == cell.column);
            if !headed && !signs::is_blank(&cell.value) && self.strays.len() < REMEMBERED {
                self.strays.insert(cell.column);
            }
        }
    }
}
