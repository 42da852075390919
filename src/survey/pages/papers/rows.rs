//! How a form on paper is laid out: two short answers beside each other, a wide table in
//! pieces that each begin with what the row is about.

use crate::documents::paper::{Block, Column, Form, Grid, Sentence};

/// Most characters of a label and of an answer that share a row with others.
const SHORT: (usize, usize) = (14, 10);
/// Most columns of a table upright.
const COLUMNS: usize = 9;
/// Least and most of a table's width that a column gets, in characters.
const WIDTHS: (usize, usize) = (4, 24);

/// A label with its answer, or with room for it.
pub(super) struct Asked {
    pub(super) label: String,
    pub(super) value: Sentence,
    /// Lines that are kept free.
    pub(super) room: u32,
    /// The answer is a number, a day, a word.
    pub(super) word: bool,
}

impl Asked {
    /// Whether it shares its row.
    fn shares(&self) -> bool {
        let (label, value) = SHORT;
        let words = self.value.text();
        self.word
            && self.room <= 1
            && self.label.chars().count() <= label
            && words.chars().count() <= value
    }
}

/// Blocks of a section as they come: rows of a form, tables between them.
#[derive(Default)]
pub(super) struct Rows {
    blocks: Vec<Block>,
    form: Form,
    /// A short one that waits for another.
    first: Option<Asked>,
}

impl Rows {
    /// One more row, or half of one.
    pub(super) fn put(&mut self, asked: Asked) {
        let shares = asked.shares();
        match self.first.take() {
            Some(first) if shares => {
                let (one, two) = ((first.label, first.value), (asked.label, asked.value));
                self.form.two(one, two);
                return;
            }
            Some(first) => self.form.row(first.label, first.value, first.room),
            None => {}
        }
        if shares {
            self.first = Some(asked);
        } else {
            self.form.row(asked.label, asked.value, asked.room);
        }
    }

    /// A table, in as many pieces as its width asks for.
    pub(super) fn table(&mut self, caption: &str, table: &Table) {
        self.close();
        self.blocks
            .extend(table.grids(caption).into_iter().map(Block::Table));
    }

    /// All blocks.
    pub(super) fn end(mut self) -> Vec<Block> {
        self.close();
        self.blocks
    }

    fn close(&mut self) {
        if let Some(first) = self.first.take() {
            self.form.row(first.label, first.value, first.room);
        }
        if !self.form.rows.is_empty() {
            self.blocks
                .push(Block::Form(std::mem::take(&mut self.form)));
        }
    }
}

/// A table with its heads.
pub(super) struct Table {
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Vec<Sentence>>,
}

impl Table {
    /// Its pieces; every piece begins with the first column.
    fn grids(&self, caption: &str) -> Vec<Grid> {
        let after = self.heads.len().saturating_sub(1);
        let pieces = after.div_ceil(COLUMNS - 1).max(1);
        let each = after.div_ceil(pieces).max(1);
        let pieces = (0..pieces).map(|piece| {
            let from = 1 + piece * each;
            let shown: Vec<usize> = std::iter::once(0)
                .chain((from..from + each).take_while(|at| *at < self.heads.len()))
                .collect();
            let caption = match pieces {
                1 => caption.to_owned(),
                all => format!("{caption}（{}/{all}）", piece + 1),
            };
            self.piece(&shown).caption(caption)
        });
        pieces.collect()
    }

    fn piece(&self, shown: &[usize]) -> Grid {
        let columns = shown.iter().filter_map(|at| {
            let head = self.heads.get(*at)?;
            Some(Column::new(head.clone(), self.share(*at, head)))
        });
        let mut grid = Grid::new(columns.collect());
        for row in &self.rows {
            grid.push(shown.iter().filter_map(|at| row.get(*at)).cloned());
        }
        grid
    }

    /// As wide as its longest cell.
    fn share(&self, at: usize, head: &str) -> u32 {
        let cells = self.rows.iter().filter_map(|row| row.get(at));
        let longest = cells.map(|cell| cell.text().chars().count()).max();
        let (least, most) = WIDTHS;
        let wide = longest.unwrap_or(0).max(head.chars().count());
        u32::try_from(wide.clamp(least, most)).unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(label: &str, value: &str) -> Asked {
        Asked {
            label: label.to_owned(),
            value: value.into(),
            room: 1,
            word: true,
        }
    }

    #[test]
    fn two_short_answers_share_a_row_and_a_long_one_has_its_own() {
        let mut rows = Rows::default();
        rows.put(asked("单位会员数", "86"));
        rows.put(asked("个人会员数", "4"));
        rows.put(asked("会员总数", "90"));
        rows.put(asked("会员主体性质", "从事相同性质经济活动的单位"));
        rows.put(asked("理事数", "9"));
        let blocks = rows.end();
        let [Block::Form(form)] = blocks.as_slice() else {
            panic!("{blocks:?}")
        };
        let labels: Vec<Vec<&str>> = form
            .rows
            .iter()
            .map(|pairs| pairs.iter().map(|pair| pair.label.as_str()).collect())
            .collect();
        let expected = [
            vec!["单位会员数", "个人会员数"],
            vec!["会员总数"],
            vec!["会员主体性质"],
            vec!["理事数"],
        ];
        assert_eq!(labels, expected);
    }

    #[test]
    fn a_wide_table_is_cut_into_pieces_that_begin_with_the_first_column() {
        let heads: Vec<String> = (0..18).map(|at| format!("列{at}")).collect();
        let row: Vec<Sentence> = (0..18).map(|at| format!("{at}").into()).collect();
        let table = Table {
            heads: heads.clone(),
            rows: vec![row],
        };
        let grids = table.grids("人员登记表");
        assert_eq!(grids.len(), 3);
        let mut seen = vec![heads[0].clone()];
        for (grid, number) in grids.iter().zip(1..) {
            assert!(grid.columns.len() <= COLUMNS);
            assert_eq!(grid.columns[0].heading, "列0");
            assert_eq!(grid.rows[0].len(), grid.columns.len());
            assert_eq!(grid.caption, Some(format!("人员登记表（{number}/3）")));
            seen.extend(grid.columns[1..].iter().map(|each| each.heading.clone()));
        }
        assert_eq!(seen, heads);
        let narrow = Table {
            heads: heads[..2].to_vec(),
            rows: Vec::new(),
        };
        assert_eq!(narrow.grids("车辆")[0].caption.as_deref(), Some("车辆"));
        assert_eq!(narrow.grids("车辆")[0].columns.len(), 2);
    }
}
