//! How the cells of a file look, by what they are.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::web::table::Kind;

/// The built-in format `@`.
const TEXT: u8 = 49;
const HEAD: Color = Color::RGB(0x00DD_EBF7);
const LINE: Color = Color::RGB(0x00BF_BFBF);
/// Points of the text in cells.
const POINTS: f64 = 10.0;

/// The formats of a workbook.
pub struct Looks {
    /// A heading.
    pub head: Format,
    /// The name of an official table.
    pub title: Format,
    /// Lines beside its name.
    pub line: Format,
    /// Text in several lines.
    pub words: Format,
    /// Text on one line, in the middle.
    pub short: Format,
    /// A whole number.
    pub whole: Format,
    /// A number with two decimals.
    pub decimal: Format,
    /// A day.
    pub day: Format,
    /// Shares with no decimal, one, two.
    pub shares: [Format; 3],
    /// An empty cell.
    pub blank: Format,
}

impl Looks {
    /// All of them, once for a workbook.
    #[must_use]
    pub fn new() -> Self {
        let cell = || {
            Format::new()
                .set_font_size(POINTS)
                .set_align(FormatAlign::VerticalCenter)
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE)
        };
        let text = || cell().set_num_format_index(TEXT).set_quote_prefix();
        let number = |shape: &str| cell().set_num_format(shape).set_align(FormatAlign::Right);
        Self {
            head: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(HEAD),
            title: Format::new()
                .set_bold()
                .set_font_size(18.0)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            line: Format::new().set_font_size(11.0).set_quote_prefix(),
            words: text().set_text_wrap(),
            short: text().set_text_wrap().set_align(FormatAlign::Center),
            whole: number("0"),
            decimal: number("#,##0.00"),
            day: cell()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Center),
            shares: [number("0%"), number("0.0%"), number("0.00%")],
            blank: cell(),
        }
    }

    /// Text in a column of this kind.
    #[must_use]
    pub const fn text(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Short | Kind::Code | Kind::Serial => &self.short,
            Kind::Words | Kind::Figure => &self.words,
        }
    }

    /// A share with so many decimals.
    #[must_use]
    pub fn share(&self, places: usize) -> &Format {
        let [whole, one, two] = &self.shares;
        match places {
            0 => whole,
            1 => one,
            _ => two,
        }
    }
}

impl Default for Looks {
    fn default() -> Self {
        Self::new()
    }
}

/// Characters wide of a column without a width of its own.
#[must_use]
pub const fn width(kind: Kind, head: bool) -> u16 {
    match (kind, head) {
        (Kind::Words, true) => 34,
        (Kind::Words, _) => 22,
        (Kind::Short, _) => 14,
        (Kind::Figure, _) => 12,
        (Kind::Serial, _) => 6,
        (Kind::Code, _) => 21,
    }
}
