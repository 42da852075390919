//! The form with nothing in it: every question with room to write, what is on offer as boxes
//! to tick, and when it is asked at all as a hint.

use crate::documents::paper::{Block, Sentence};
use crate::scheme::{AnswerType, Choice, Column, Privacy, Question, Scheme, Section};
use crate::survey::rules::is_signature;
use crate::web::answer::asked::AskedWhen;

use super::heading;
use super::rows::{Asked, Rows, Table};

/// Empty rows of a table.
const EMPTY: usize = 5;
/// Empty rows of a table of persons.
const PERSONS: usize = 12;

/// All sections.
pub(super) fn blocks(scheme: &Scheme) -> Vec<Block> {
    let sections = scheme.survey.sections.iter().enumerate();
    let sections = sections.flat_map(|(at, section)| {
        let mut blocks = vec![heading(at, &section.title)];
        if !section.lead.is_empty() {
            blocks.push(Block::Text(Sentence::from(&section.lead)));
        }
        let mut rows = Rows::default();
        let questions = section.questions.iter();
        for question in questions.filter(|question| !is_signature(question.code())) {
            if question.kind == AnswerType::Rows {
                table(&mut rows, question, section);
            } else {
                rows.put(one(question, section));
            }
        }
        blocks.extend(rows.end());
        blocks
    });
    sections.collect()
}

/// When it is asked, and how it is answered.
fn hint(question: &Question, section: &Section) -> String {
    let when = AskedWhen::of(question, &section.questions);
    let mut parts = vec![when.words, question.hint.clone()];
    parts.retain(|part| !part.is_empty());
    parts.join("；")
}

fn one(question: &Question, section: &Section) -> Asked {
    let mut lines = Vec::new();
    let offered = offered(question);
    if !offered.is_empty() {
        lines.push(offered);
    }
    let hint = hint(question, section);
    if !hint.is_empty() {
        lines.push(format!("（{hint}）"));
    }
    let written = u32::try_from(lines.len()).unwrap_or(0);
    let room = match question.kind {
        AnswerType::Longtext => 5,
        AnswerType::Text | AnswerType::Department => 1,
        _ => 0,
    };
    Asked {
        label: question.label.clone(),
        value: lines.join("\n").into(),
        room: (written + room).max(1),
        word: !matches!(
            question.kind,
            AnswerType::Text | AnswerType::Longtext | AnswerType::Department
        ),
    }
}

/// What may be answered, as boxes to tick.
fn offered(question: &Question) -> String {
    match question.kind {
        AnswerType::YesNo => "□是　□否".to_owned(),
        AnswerType::Total => "由系统计算，不填".to_owned(),
        AnswerType::Choices => format!("{}（可多选）", boxes(&question.options)),
        _ => boxes(&question.options),
    }
}

fn boxes(options: &[Choice]) -> String {
    let boxes = options.iter().map(|option| format!("□{}", option.label));
    boxes.collect::<Vec<_>>().join("　")
}

/// A table with empty rows; below it what its columns take.
fn table(rows: &mut Rows, question: &Question, section: &Section) {
    let mut said = vec![hint(question, section)];
    said.extend(question.nil.iter().map(|nil| format!("□{nil}")));
    said.retain(|each| !each.is_empty());
    let caption = match said.as_slice() {
        [] => question.label.clone(),
        said => format!("{}（{}）", question.label, said.join("；")),
    };
    let empty = match question.privacy {
        Privacy::Personal => PERSONS,
        _ => EMPTY,
    };
    let columns = &question.columns;
    let table = Table {
        heads: columns.iter().map(|column| column.label.clone()).collect(),
        rows: vec![vec![Sentence::new(); columns.len()]; empty],
    };
    rows.table(&caption, &table);
    let taken = columns.iter().filter_map(taken).collect::<Vec<_>>();
    if !taken.is_empty() {
        rows.put(Asked {
            label: "填表说明".to_owned(),
            value: format!("{}。", taken.join("；")).into(),
            room: 1,
            word: false,
        });
    }
}

/// 关系类型：主办、主管、联系、挂靠.
fn taken(column: &Column) -> Option<String> {
    let options = column.options.iter().map(|option| option.label.as_str());
    let options = options.collect::<Vec<_>>();
    (!options.is_empty()).then(|| format!("{}：{}", column.label, options.join("、")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a form asks of its own: labels of rows and captions of tables.
    fn asked(blocks: &[Block]) -> Vec<String> {
        let mut asked = Vec::new();
        for block in blocks {
            match block {
                Block::Form(form) => {
                    let pairs = form.rows.iter().flatten();
                    asked.extend(pairs.map(|pair| pair.label.clone()));
                }
                Block::Table(grid) => asked.extend(grid.caption.clone()),
                _ => {}
            }
        }
        asked
    }

    #[test]
    fn every_question_of_the_survey_has_its_place_on_paper() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let asked = asked(&blocks(&scheme));
        let sections = scheme.survey.sections.iter();
        for question in sections.flat_map(|each| &each.questions) {
            let there = asked.iter().any(|each| each.starts_with(&question.label));
            let signed = is_signature(question.code());
            assert_eq!(there, !signed, "{} {}", question.code(), question.label);
        }
    }

    #[test]
    fn a_table_has_rows_to_write_in_and_a_condition_is_told() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let blocks = blocks(&scheme);
        let rooms = blocks.iter().find_map(|block| match block {
            Block::Table(grid) => {
                let caption = grid.caption.as_deref()?;
                caption.starts_with("占用的行政办公用房").then_some(grid)
            }
            _ => None,
        });
        let rooms = rooms.unwrap();
        assert_eq!(rooms.rows.len(), EMPTY);
        let caption = rooms.caption.as_deref().unwrap();
        assert!(
            caption.contains("“是否占用行政办公用房”为“是”的填写"),
            "{caption}"
        );
    }
}
