//! How cells look.

use super::{Column, Kind};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The built-in format `@`.
const TEXT: u8 = 49;
/// The built-in format `#,##0.00`.
const DECIMALS: u8 = 4;
/// The built-in format `0`.
const WHOLE: u8 = 1;

const HEAD: Color = Color::RGB(0x00DD_EBF7);
const LOCKED: Color = Color::RGB(0x00D9_D9D9);
const LINE: Color = Color::RGB(0x00BF_BFBF);

/// A heading: grey where the column is not to be changed.
pub fn heading(column: &Column) -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
        .set_background_color(if column.locked { LOCKED } else { HEAD })
}

/// A column's cells, also those that are empty still.
pub fn cells(column: &Column) -> Format {
    let format = Format::new().set_align(FormatAlign::VerticalCenter);
    let format = match column.kind {
        Kind::Text | Kind::Code | Kind::YesNo | Kind::Choice(_) | Kind::Long => {
            format.set_num_format_index(TEXT)
        }
        Kind::Day => format.set_num_format("yyyy-mm-dd"),
        Kind::Money | Kind::Area => format.set_num_format_index(DECIMALS),
        Kind::Count => format.set_num_format_index(WHOLE),
    };
    let format = if column.kind == Kind::Long {
        format.set_text_wrap()
    } else {
        format
    };
    if column.locked {
        format
            .set_background_color(LOCKED)
            .set_border(FormatBorder::Thin)
            .set_border_color(LINE)
    } else {
        format
    }
}

/// Text in a column: it stays text when somebody edits it, even if it begins with `=`.
pub fn text(cells: &Format) -> Format {
    cells.clone().set_num_format_index(TEXT).set_quote_prefix()
}

/// Text of sheets that are not filled in.
pub fn plain() -> Format {
    text(&Format::new())
}

/// Lines of the sheet 说明.
pub fn line() -> Format {
    plain().set_text_wrap().set_align(FormatAlign::Top)
}

/// Its first line.
pub fn title() -> Format {
    line().set_bold().set_font_size(14)
}
