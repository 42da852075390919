//! The plan's parts as they are printed, in the order of the scheme.

use crate::documents::paper::{Block, Bound, Column, Form, Grid, Sentence};
use crate::plan::draft::rules::BASICS;
use crate::plan::pages::views::{self, Opened, PartView};
use crate::scheme::Scheme;
use crate::web::answer::questions::ShownAnswer;

/// Share of a table's width that a column gets for each character of its longest cell.
const LONGEST: usize = 24;
/// The least that a column gets.
const LEAST: usize = 4;

/// All parts of a plan; what part 一 quotes of the survey keeps where it comes from.
pub fn blocks(scheme: &Scheme, opened: &Opened, now: &[ShownAnswer]) -> Vec<Block> {
    let parts = views::parts(scheme, opened);
    let edition = opened.plan.edition;
    parts
        .into_iter()
        .flat_map(|part| {
            let quoted = (part.code == BASICS).then_some((edition, now));
            written(part, quoted)
        })
        .collect()
}

fn written(part: PartView, quoted: Option<(i32, &[ShownAnswer])>) -> Vec<Block> {
    let mut blocks = vec![Block::First(part.heading.into())];
    let mut form = Form::new();
    for answer in part.answers {
        if answer.rows.is_empty() {
            form.row(answer.label.clone(), value(&answer, quoted), 1);
        } else {
            if !form.rows.is_empty() {
                blocks.push(Block::Form(std::mem::take(&mut form)));
            }
            blocks.push(Block::Table(grid(answer)));
        }
    }
    if !form.rows.is_empty() {
        blocks.push(Block::Form(form));
    }
    blocks
}

/// An answer; of the survey with its edition and question, and what the newest one says.
fn value(answer: &ShownAnswer, quoted: Option<(i32, &[ShownAnswer])>) -> Sentence {
    let Some((edition, now)) = quoted.filter(|_| answer.answered) else {
        return answer.text.clone().into();
    };
    let source = source(edition, &answer.code);
    let bound = Bound::new(answer.text.clone(), source);
    let newest = now.iter().find(|each| each.code == answer.code);
    match newest {
        Some(newest) => bound.against(newest.text.clone()).into(),
        None => bound.into(),
    }
}

/// 摸底第1版 SV-55.
pub fn source(edition: i32, code: &str) -> String {
    format!("摸底第{edition}版 {code}")
}

/// A table with columns as wide as what stands in them.
fn grid(answer: ShownAnswer) -> Grid {
    let share = |at: usize, head: &String| {
        let cells = answer.rows.iter().filter_map(|row| row.get(at));
        let longest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
        let wide = longest.max(head.chars().count()).clamp(LEAST, LONGEST);
        Column::new(head.clone(), u32::try_from(wide).unwrap_or(1))
    };
    let columns = answer.heads.iter().enumerate();
    let columns = columns.map(|(at, head)| share(at, head)).collect();
    let mut grid = Grid::new(columns).caption(answer.label.clone());
    for row in answer.rows {
        grid.push(row);
    }
    grid
}
