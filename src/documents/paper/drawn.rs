//! Blocks as they are written: paragraphs of runs, and tables of cells with their widths.

use std::borrow::Cow;

use super::tree::{Annex, Block};
use super::value::{Piece, Sentence};
use super::wide::Down;

/// Text in one go; a figure has its number through the document, by which it is found again
/// in the Word file (a bookmark).
pub struct Run<'a> {
    pub text: Cow<'a, str>,
    pub figure: Option<usize>,
}

/// A paragraph.
pub struct Line<'a> {
    pub style: &'static str,
    /// Stands on one page with what follows.
    pub keep: bool,
    /// Begins a page.
    pub begins: bool,
    pub runs: Vec<Run<'a>>,
}

/// A cell; its lines are paragraphs.
pub struct Cell<'a> {
    pub width: u32,
    pub across: usize,
    pub down: Down,
    pub shaded: bool,
    pub style: &'static str,
    pub side: &'static str,
    pub lines: Vec<Vec<Run<'a>>>,
}

/// A row.
pub struct Row<'a> {
    /// Repeated on every page.
    pub header: bool,
    /// Stays on one page.
    pub whole: bool,
    /// Its least height, in twips.
    pub height: u32,
    pub cells: Vec<Cell<'a>>,
}

/// A table.
pub struct Table<'a> {
    pub widths: Vec<u32>,
    pub total: u32,
    /// Room beside and above the text of a cell, in twips.
    pub beside: u32,
    pub above: u32,
    pub rows: Vec<Row<'a>>,
}

/// A paragraph or a table.
pub enum Drawn<'a> {
    Line(Line<'a>),
    Table(Table<'a>),
}

/// Draws blocks one after another and counts their figures.
#[derive(Default)]
pub struct Drawer {
    figures: usize,
}

impl Drawer {
    /// The text of a document. Where it is signed, its last paragraph keeps to the signature.
    pub fn blocks<'a>(&mut self, blocks: &'a [Block], signed: bool) -> Vec<Drawn<'a>> {
        let mut drawn = Vec::new();
        for block in blocks {
            self.block(block, &mut drawn);
        }
        if let (true, Some(Drawn::Line(last))) = (signed, drawn.last_mut()) {
            last.keep = true;
        }
        drawn
    }

    /// The attachments, each on a page of its own.
    pub fn annexes<'a>(&mut self, annexes: &'a [Annex]) -> Vec<Drawn<'a>> {
        let mut drawn = Vec::new();
        for (number, annex) in (1..).zip(annexes) {
            let mark = match annexes.len() {
                1 => "附件".to_owned(),
                _ => format!("附件{number}"),
            };
            let mark = line("AnnexMark", vec![plain(mark)]);
            drawn.push(Drawn::Line(Line {
                begins: true,
                ..mark
            }));
            drawn.push(empty());
            let title = annex.title.iter().map(String::as_str);
            drawn.extend(title.map(|text| Drawn::Line(line("Title", vec![plain(text)]))));
            drawn.push(empty());
            drawn.extend(self.blocks(&annex.blocks, false));
        }
        drawn
    }

    fn block<'a>(&mut self, block: &'a Block, drawn: &mut Vec<Drawn<'a>>) {
        let (style, sentence) = match block {
            Block::First(sentence) => ("First", sentence),
            Block::Second(sentence) => ("Second", sentence),
            Block::Text(sentence) => ("Text", sentence),
            Block::Table(grid) => {
                drawn.push(caption(grid.caption.as_deref()));
                return drawn.push(Drawn::Table(self.grid(grid)));
            }
            Block::Form(form) => {
                drawn.push(caption(form.caption.as_deref()));
                return drawn.push(Drawn::Table(self.form(form)));
            }
        };
        let lines = self.lines(sentence).into_iter();
        drawn.extend(lines.map(|runs| Drawn::Line(line(style, runs))));
    }

    /// The lines of a sentence as runs.
    pub fn lines<'a>(&mut self, sentence: &'a Sentence) -> Vec<Vec<Run<'a>>> {
        let mut run = |piece| match piece {
            Piece::Said(words) => plain(words),
            Piece::Bound(figure) => {
                self.figures += 1;
                Run {
                    text: Cow::Borrowed(figure.shown.as_str()),
                    figure: Some(self.figures),
                }
            }
        };
        let lines = sentence.lines().into_iter();
        lines
            .map(|line| line.into_iter().map(&mut run).collect())
            .collect()
    }
}

/// Words without a source.
pub fn plain<'a>(text: impl Into<Cow<'a, str>>) -> Run<'a> {
    Run {
        text: text.into(),
        figure: None,
    }
}

fn line<'a>(style: &'static str, runs: Vec<Run<'a>>) -> Line<'a> {
    Line {
        style,
        keep: false,
        begins: false,
        runs,
    }
}

fn empty<'a>() -> Drawn<'a> {
    Drawn::Line(line("Normal", Vec::new()))
}

/// What stands over a table, and a little room: two tables in a row would be one in Word.
fn caption(words: Option<&str>) -> Drawn<'_> {
    match words {
        Some(words) => Drawn::Line(Line {
            keep: true,
            ..line("Caption", vec![plain(words)])
        }),
        None => Drawn::Line(line("Gap", Vec::new())),
    }
}
