//! What an archive says of what is in it: the contents page (归档目录, EX-19) and the list of
//! digests.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::documents::paper::{Block, Column, Grid, Paper};

/// What stands in the contents page where nothing is known.
const UNKNOWN: &str = "—";

/// An entry of the archive, as the lists name it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its place and name in the archive.
    pub name: String,
    /// 文号.
    pub number: Option<String>,
    /// The day of the document.
    pub day: Option<NaiveDate>,
    /// Pages, where they were told at the upload.
    pub pages: Option<i32>,
    /// 责任者: who issued it.
    pub by: String,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
}

/// The contents page: every entry, and which stored files are not among them because their
/// bytes are not those that were handed in.
#[must_use]
pub fn contents(association: &str, entries: &[Entry], spoiled: &[String]) -> Paper {
    let mut grid = Grid::new(vec![
        Column::new("序号", 6).centre(),
        Column::new("文件名", 36),
        Column::new("文号", 20),
        Column::new("日期", 18).centre(),
        Column::new("页数", 7).centre(),
        Column::new("责任者", 20),
    ]);
    for (number, entry) in (1..).zip(entries) {
        let told = |text: Option<String>| text.unwrap_or_else(|| UNKNOWN.to_owned());
        grid.push([
            format!("{number}"),
            entry.name.clone(),
            told(entry.number.clone().filter(|number| !number.is_empty())),
            told(entry.day.map(|day| day.to_string())),
            told(entry.pages.map(|pages| pages.to_string())),
            entry.by.clone(),
        ]);
    }
    let mut paper = Paper::titled("归档目录");
    paper.blocks = vec![
        Block::Text(format!("{association}，共{}件。", entries.len()).into()),
        Block::Table(grid),
    ];
    let gone = spoiled.iter();
    paper
        .blocks
        .extend(gone.map(|name| Block::Text(not_in(name).into())));
    paper
}

/// The list of digests, as `sha256sum -c` reads it.
#[must_use]
pub fn checks(entries: &[Entry], spoiled: &[String]) -> String {
    let mut text = String::new();
    for entry in entries {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{}  {}", hex::encode(&entry.sha256), entry.name);
    }
    for name in spoiled {
        let _ = writeln!(text, "# {}", not_in(name));
    }
    text
}

fn not_in(name: &str) -> String {
    format!("校验不符，未收入：{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Entry {
        Entry {
            name: name.to_owned(),
            by: "区交通运输局".to_owned(),
            sha256: vec![0xab; 32],
            ..Entry::default()
        }
    }

    #[test]
    fn what_is_not_known_is_a_dash() {
        let known = Entry {
            number: Some("绿交〔2018〕7号".to_owned()),
            day: NaiveDate::from_ymd_opt(2018, 11, 1),
            pages: Some(12),
            ..entry("证据/01 决定.pdf")
        };
        let paper = contents("某协会", &[known, entry("06 办理历史.xlsx")], &[]);
        let said: Vec<String> = paper.sentences().iter().map(|each| each.text()).collect();
        let rows = [
            [
                "1",
                "证据/01 决定.pdf",
                "绿交〔2018〕7号",
                "2018-11-01",
                "12",
                "区交通运输局",
            ],
            ["2", "06 办理历史.xlsx", "—", "—", "—", "区交通运输局"],
        ];
        assert_eq!(said[0], "某协会，共2件。");
        assert_eq!(said[1..], rows.concat());
    }

    #[test]
    fn the_digests_are_as_a_program_reads_them() {
        let text = checks(&[entry("证据/01 决定.pdf")], &["02 纪要.pdf".to_owned()]);
        let mut lines = text.lines();
        let line = lines.next().unwrap();
        let (digest, name) = line.split_once("  ").unwrap();
        assert_eq!((digest.len(), name), (64, "证据/01 决定.pdf"));
        assert_eq!(lines.next(), Some("# 校验不符，未收入：02 纪要.pdf"));
        assert!(text.ends_with('\n') && !text.starts_with('\u{FEFF}'));
    }
}
