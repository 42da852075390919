//! The body of a Word file.

use askama::Template;

use super::cells;
use super::drawn::{Drawer, Drawn, Table};
use super::layout::{self as l, Signature};
use super::tree::Paper;
use super::wide::{Down, Wide};

#[derive(Template)]
#[template(path = "documents/paper/letter.xml")]
struct Letter<'a> {
    paper: &'a Paper,
    blocks: Vec<Drawn<'a>>,
    annexes: Vec<Drawn<'a>>,
    stands: Signature,
}

impl Letter<'_> {
    /// The height of the imprint: its lines, and a little for its rules.
    fn imprint_height(&self) -> u32 {
        let imprint = self.paper.imprint.as_ref();
        let copies = imprint.and_then(|imprint| imprint.copies.as_deref());
        let lines = copies.map_or(0, |copies| (l::halves(copies) + 2).div_ceil(l::COPIES * 2));
        (lines + 1) * l::LINE + l::RULES
    }

    /// Word wants a paragraph after a table at the end.
    fn ends_with_a_table(&self) -> bool {
        let last = self.annexes.last().or(self.blocks.last());
        matches!(last, Some(Drawn::Table(_)))
    }
}

#[derive(Template)]
#[template(path = "documents/paper/wide.xml")]
struct Turned<'a> {
    paper: &'a Wide,
    table: Table<'a>,
}

impl Turned<'_> {
    /// Where the signatures after the first stand: side by side over the whole width.
    fn places(&self) -> Vec<u32> {
        let equal = vec![1; self.paper.signatures.len()];
        let mut at = 0;
        let ends = l::shared(self.table.total, &equal)
            .into_iter()
            .map(|width| {
                at += width;
                at
            });
        ends.take(equal.len().saturating_sub(1)).collect()
    }
}

/// The body of a document.
pub fn letter(paper: &Paper) -> askama::Result<String> {
    let mut drawer = Drawer::default();
    let signed = paper.signatory.is_some() || paper.date.is_some();
    let blocks = drawer.blocks(&paper.blocks, signed && paper.attachments.is_empty());
    let annexes = drawer.annexes(&paper.annexes);
    let name = paper.signatory.as_deref().unwrap_or_default();
    let date = paper.date.as_deref().unwrap_or_default();
    let letter = Letter {
        paper,
        blocks,
        annexes,
        stands: l::signature(name, date),
    };
    letter.render()
}

/// The body of a wide table.
pub fn wide(paper: &Wide) -> askama::Result<String> {
    let table = cells::wide(paper);
    Turned { paper, table }.render()
}
