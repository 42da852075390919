//! A docket as the document that it is: on paper and as a Word file.

use crate::accounts::store::choices;
use crate::clock::chinese_date;
use crate::documents::paper::{Block, Column, Grid, Head, Paper, Sentence};
use crate::documents::papers::{Papered, Written};
use crate::oversight::rules::figures::Counted;
use crate::oversight::store::{self, Docket};
use crate::scheme::Choice;
use crate::scheme::processes::Process;
use crate::web::answer::questions::ShownAnswer;
use crate::web::{Error, Look};

use super::parts::answers;
use super::show::{Content, content};
use super::{at, process_of};

/// The Word file.
pub struct DocketPaper;

/// A number before there is one.
const DRAFT: &str = "未签发";

impl Papered for DocketPaper {
    const KIND: &'static str = "办件";

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let Look { app, allowed, db } = look;
        let docket = store::docket(db, at(allowed)?)
            .await?
            .ok_or(Error::Missing)?;
        let process = process_of(app, &docket)?;
        let departments = choices(db).await?;
        let content = content(db, (app, allowed), (process, &docket)).await?;
        Ok(Written {
            name: docket.title.clone(),
            paper: sheet((process, &docket), &content, &departments),
        })
    }
}

fn sheet(
    (process, docket): (&Process, &Docket),
    content: &Content,
    departments: &[Choice],
) -> Paper {
    let named = docket.title.contains(&process.title);
    let title = if named {
        docket.title.clone()
    } else {
        format!("{}：{}", process.title, docket.title)
    };
    let mut paper = Paper::titled(&title);
    let of_unit = process.figures.iter().any(|name| name == "tracks");
    if of_unit {
        paper.head = Some(Head {
            mark: docket.unit.clone(),
            number: String::new(),
            signed_by: content.rounds.first().map(|round| round.signer.clone()),
        });
    }
    let told = answers(process, (&content.answers, None), departments);
    for (place, told) in told.into_iter().enumerate() {
        paper.blocks.extend(blocks(&told.shown, of_unit));
        // The figures of a report belong to its first part (RP-1).
        if place == 0 && of_unit {
            paper.blocks.extend(tables(&content.figures));
        }
    }
    if !of_unit {
        paper.blocks.extend(tables(&content.figures));
    }
    if !content.figures.is_empty() {
        let as_of = format!("（{}。）", content.as_of);
        paper.blocks.push(Block::Text(as_of.into()));
    }
    let last = content.rounds.first();
    // Who visited writes the record, not who was visited.
    let visited = process.effect == "visit";
    let by = docket.finder_name.clone().filter(|_| visited);
    paper.signatory = Some(by.unwrap_or_else(|| docket.unit.clone()));
    let day = docket
        .signed_on
        .or(docket.settled_on)
        .unwrap_or(docket.opened_on);
    paper.date = Some(chinese_date(day));
    let signs = |act: &str| process.steps.iter().any(|step| step.act == act);
    if signs("docket.sign") {
        let signer = last.map(|round| round.signer.clone()).unwrap_or_default();
        paper.signatures = vec![("单位负责人（盖章）".to_owned(), signer)];
    }
    paper.across = docket.state.is_written().then(|| DRAFT.to_owned());
    paper
}

/// Signs of an answer that stands in one line with its label.
const SHORT: usize = 30;

/// An answer: its heading, and what was said, or its table. What is short stands in one line, but
/// for the parts of a report.
fn blocks(shown: &ShownAnswer, of_report: bool) -> Vec<Block> {
    let short = shown.rows.is_empty() && shown.text.chars().count() <= SHORT;
    if short && !of_report {
        let line = format!("{}：{}", shown.label, shown.text);
        return vec![Block::Text(Sentence::from(line))];
    }
    let mut blocks = vec![Block::First(Sentence::from(&shown.label))];
    if shown.rows.is_empty() {
        let text = if shown.text.is_empty() {
            "无"
        } else {
            &shown.text
        };
        blocks.push(Block::Text(Sentence::from(text)));
        return blocks;
    }
    let columns = shown.heads.iter().map(|head| Column::new(head, 10));
    let mut grid = Grid::new(columns.collect());
    for row in &shown.rows {
        grid.push(row.iter().map(String::as_str));
    }
    blocks.push(Block::Table(grid));
    blocks
}

fn tables(figures: &[Counted]) -> Vec<Block> {
    let table = |counted: &Counted| {
        let columns = counted.heads.iter().enumerate().map(|(place, head)| {
            if place == 0 {
                Column::new(head, 24)
            } else {
                Column::new(head, 12).centre()
            }
        });
        let mut grid = Grid::new(columns.collect()).caption(&counted.title);
        for row in &counted.rows {
            grid.push(row.iter().map(String::as_str));
        }
        Block::Table(grid)
    };
    let mut blocks: Vec<Block> = figures.iter().map(table).collect();
    let notes = figures.iter().filter(|counted| !counted.note.is_empty());
    blocks.extend(notes.map(|counted| Block::Text(Sentence::from(&counted.note))));
    blocks
}
