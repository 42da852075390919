//! `<cols>`: the column that explains is made wide enough to be read.

use super::tag::Tag;

/// In characters; most messages fit in a line or two.
const WIDTH: u32 = 50;
/// What is as wide as this is left as it is.
const ENOUGH: f64 = 20.0;

/// A sheet has no more columns than this; a hostile one might say so of many.
const MOST: usize = 16_384;

/// Puts one column's width among the others.
#[derive(Debug)]
pub struct Columns {
    prefix: String,
    /// The column from 1, until it has its place.
    wanted: Option<u32>,
    /// Styles of whole columns: first and last from 0, style.
    styles: Vec<(u32, u32, u32)>,
}

impl Columns {
    /// For a column that counts from 0, or none.
    pub fn new(prefix: &str, column: Option<u32>) -> Self {
        Self {
            prefix: prefix.to_owned(),
            wanted: column.map(|column| column + 1),
            styles: Vec::new(),
        }
    }

    /// The style of a column's cells that are not there.
    pub fn style(&self, column: u32) -> u32 {
        let found = self
            .styles
            .iter()
            .find(|(first, last, _)| (*first..=*last).contains(&column));
        found.map_or(0, |(_, _, style)| *style)
    }

    /// What is to stand before the list's end, without the list or in place of an empty one.
    pub fn rest(&mut self) -> String {
        self.wanted
            .take()
            .map_or_else(String::new, |column| self.new_column(column))
    }

    /// The whole list, where there was none.
    pub fn list(&mut self) -> String {
        let rest = self.rest();
        if rest.is_empty() {
            rest
        } else {
            format!("<{0}cols>{rest}</{0}cols>", self.prefix)
        }
    }

    /// One `<col>` as it is to be written; nothing if as it stands.
    pub fn column(&mut self, tag: Tag<'_>) -> Option<String> {
        let (first, last) = (tag.number("min")?, tag.number("max")?);
        if let Some(style) = tag.number("style").filter(|_| self.styles.len() < MOST) {
            self.styles
                .push((first.saturating_sub(1), last.saturating_sub(1), style));
        }
        let wanted = self.wanted.filter(|wanted| last >= *wanted)?;
        self.wanted = None;
        if first > wanted {
            return Some(format!("{}{}", self.new_column(wanted), tag.0));
        }
        let width = tag
            .attribute("width")
            .and_then(|width| width.parse::<f64>().ok());
        let hidden = tag
            .attribute("hidden")
            .is_some_and(|hidden| matches!(hidden, "1" | "true"));
        if !hidden && width.is_some_and(|width| width >= ENOUGH) {
            return None;
        }
        let mut split = String::new();
        if first < wanted {
            split.push_str(&closed(&tag.with("max", &(wanted - 1).to_string())));
        }
        split.push_str(&self.new_column(wanted));
        if last > wanted {
            split.push_str(&closed(&tag.with("min", &(wanted + 1).to_string())));
        }
        Some(split)
    }

    fn new_column(&self, column: u32) -> String {
        format!(
            "<{}col min=\"{column}\" max=\"{column}\" width=\"{WIDTH}\" customWidth=\"1\"/>",
            self.prefix
        )
    }
}

/// `<col>` as `<col/>`.
fn closed(tag: &str) -> String {
    let opened = Tag(tag).opened();
    format!("{}/>", opened.trim_end_matches('>'))
}
