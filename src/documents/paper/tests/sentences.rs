//! What was said is what is read, to the figure.

use super::super::{Block, Bound, Paper, Piece, Sentence};
use super::{area, read, request};

#[test]
fn figures_are_found_again_in_the_file() {
    let paper = request(3);
    let found = read(&paper);
    let shown: Vec<&str> = paper
        .bounds()
        .iter()
        .map(|each| each.shown.as_str())
        .collect();
    assert_eq!(shown, ["38.50㎡", "1.20", "1.20", "1.20"]);
    let read: Vec<&String> = found.figures.values().collect();
    assert_eq!(read, shown);
    assert_eq!(
        found.figures.keys().copied().collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
    assert!(
        !found.text().contains("摸底"),
        "the source stays on the page"
    );
}

#[test]
fn a_figure_that_the_facts_left_is_told() {
    let stands = area().against("38.50㎡");
    let differs = area().against("40.00㎡");
    assert_eq!(stands.now, None);
    assert_eq!(differs.now.as_deref(), Some("40.00㎡"));
    let mut paper = request(0);
    assert!(paper.stands());
    paper.annexes[1].blocks.push(Block::Text(differs.into()));
    assert_eq!(paper.differing(), 1);
    assert!(!paper.stands());
    assert!(!paper.sentences().last().unwrap().stands());
}

#[test]
fn lines_that_somebody_typed_become_paragraphs() {
    let sentence = Sentence::new()
        .say("  一、甲\r\n\n　乙有")
        .bind(Bound::new("3人", "摸底"))
        .say("\u{b}丙  ");
    assert_eq!(sentence.text(), "  一、甲\r\n\n　乙有3人\u{b}丙  ");
    let lines = sentence.lines();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0], [Piece::Said("一、甲")]);
    assert_eq!(lines[1].len(), 2);
    assert_eq!(lines[2], [Piece::Said("丙")]);
    let mut paper = Paper::titled("报告");
    paper.blocks = vec![Block::Text(sentence), Block::Text("".into())];
    assert_eq!(read(&paper).styled("Text"), ["一、甲", "乙有3人", "丙"]);
}

#[test]
fn signs_that_no_file_can_hold_are_left_out() {
    let mut paper = Paper::titled("甲\u{1}乙<&>\"'");
    paper.blocks = vec![Block::Text(
        "丙\u{0}\u{8}丁\u{fffe}\u{ffff}<w:p>&amp;]]>戊".into(),
    )];
    paper.across = Some("草稿<\"&'>\u{2}".into());
    let found = read(&paper);
    assert_eq!(found.styled("Title"), ["甲乙<&>\"'"]);
    assert_eq!(found.styled("Text"), ["丙丁<w:p>&amp;]]>戊"]);
}

#[test]
fn nothing_said_is_nothing() {
    assert!(Sentence::from(" \n ").is_empty());
    assert!(!Sentence::from(area()).is_empty());
    assert_eq!(
        Sentence::new().join("甲".into()).join("乙".into()).text(),
        "甲乙"
    );
}
