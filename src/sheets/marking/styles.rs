//! Red twins of the styles that bad cells have: number formats, borders and fonts stay.
//!
//! How a red of ours is known again, also after another program has saved the book: its colour
//! is one shade away from what the programs offer, and nobody else's. A solid fill has a second
//! colour that is never seen; there the twin keeps the colour that the cell had before, so that
//! the red can be taken off again. Where that colour is no fill of the book any more, the cell
//! is left without a fill.

use super::fills::Fills;
use super::stylesheet::{Sections, Stylesheet};
use super::tag::Tag;
use std::collections::{BTreeMap, HashMap};
use std::io;

/// Spreadsheet programs hold 65,490 cell formats; beyond, cells keep the style they have.
const MOST: usize = 65_000;

/// The styles of a book, and what is added to them.
pub struct Styles {
    sheet: Stylesheet,
    fills: Fills,
    formats: Vec<String>,
    known: usize,
    /// Formats by what they mean; filled when first asked for.
    keys: HashMap<String, u32>,
    reds: BTreeMap<u32, u32>,
    plains: BTreeMap<u32, u32>,
}

impl Styles {
    /// Reads the part; an empty one for a book without.
    pub fn read(source: &[u8]) -> io::Result<Self> {
        let sheet = Stylesheet::read(source)?;
        let Sections { fills, formats } = sheet.sections();
        let fills = Fills::read(&fills, sheet.prefix());
        let known = formats.len();
        let mut styles = Self {
            sheet,
            fills,
            formats,
            known,
            keys: HashMap::new(),
            reds: BTreeMap::new(),
            plains: BTreeMap::new(),
        };
        if styles.formats.is_empty() {
            styles
                .formats
                .push(format!("<{}xf numFmtId=\"0\"/>", styles.sheet.prefix()));
        }
        Ok(styles)
    }

    /// Whether the book has been marked before.
    pub fn marked(&self) -> bool {
        self.fills.marked()
    }

    /// The red twin of a style; of a red one itself.
    pub fn red(&mut self, style: u32) -> u32 {
        if let Some(red) = self.reds.get(&style) {
            return *red;
        }
        let format = self.format(style);
        let fill = fill_of(&format);
        let red = if self.fills.is_ours(fill) {
            style
        } else {
            let fill = self.fills.red(fill);
            self.found(with_fill(&format, fill)).unwrap_or(style)
        };
        self.reds.insert(style, red);
        red
    }

    /// The style without a red of ours; of any other itself.
    pub fn plain(&mut self, style: u32) -> u32 {
        if let Some(plain) = self.plains.get(&style) {
            return *plain;
        }
        let format = self.format(style);
        let fill = fill_of(&format);
        let plain = if self.fills.is_ours(fill) {
            let fill = self.fills.before(fill);
            self.found(with_fill(&format, fill)).unwrap_or(style)
        } else {
            style
        };
        self.plains.insert(style, plain);
        plain
    }

    /// The style of explanations: red, in as many lines as they need.
    pub fn words(&mut self) -> u32 {
        let red = self.red(0);
        let format = self.format(red);
        let tag = first_tag(&format);
        let opened = Tag(&Tag(&tag).with("applyAlignment", "1")).opened();
        let prefix = self.sheet.prefix();
        let wrapped =
            format!("{opened}<{prefix}alignment vertical=\"center\" wrapText=\"1\"/></{prefix}xf>");
        self.found(wrapped).unwrap_or(red)
    }

    /// The part with what was added.
    pub fn write(&self) -> String {
        let added = self.formats.get(self.known..).unwrap_or_default();
        self.sheet
            .with(self.fills.added(), (added, self.formats.len()))
    }

    fn format(&self, style: u32) -> String {
        let at = usize::try_from(style).unwrap_or(0);
        self.formats
            .get(at)
            .or_else(|| self.formats.first())
            .cloned()
            .unwrap_or_default()
    }

    /// The number of a format, which is added if there is none like it and room for it.
    fn found(&mut self, format: String) -> Option<u32> {
        if self.keys.is_empty() {
            for (at, format) in (0..).zip(&self.formats) {
                self.keys.entry(key(format)).or_insert(at);
            }
        }
        let key = key(&format);
        if let Some(at) = self.keys.get(&key) {
            return Some(*at);
        }
        if self.formats.len() >= MOST {
            return None;
        }
        let at = u32::try_from(self.formats.len()).ok()?;
        self.keys.insert(key, at);
        self.formats.push(format);
        Some(at)
    }
}

fn first_tag(format: &str) -> String {
    format
        .find('>')
        .and_then(|end| format.get(..=end))
        .unwrap_or(format)
        .to_owned()
}

fn fill_of(format: &str) -> u32 {
    Tag(&first_tag(format)).number("fillId").unwrap_or(0)
}

fn with_fill(format: &str, fill: u32) -> String {
    let tag = first_tag(format);
    let rest = format.get(tag.len()..).unwrap_or_default();
    let filled = Tag(&tag).with("fillId", &fill.to_string());
    format!("{}{rest}", Tag(&filled).with("applyFill", "1"))
}

/// What a format means, however its attributes are ordered.
fn key(format: &str) -> String {
    let tag = first_tag(format);
    let mut attributes: Vec<_> = Tag(&tag)
        .attributes()
        .filter(|attribute| attribute.name != "applyFill")
        .map(|attribute| format!("{}={}", attribute.name, attribute.value))
        .collect();
    attributes.sort();
    // `<xf></xf>` is `<xf/>`; the end tag says nothing.
    let rest = format
        .get(tag.len()..)
        .and_then(|rest| rest.rsplit_once("</"))
        .unwrap_or_default()
        .0;
    format!(
        "{} {}",
        attributes.join(" "),
        rest.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}
