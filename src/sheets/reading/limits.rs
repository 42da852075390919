//! How much of a file is read (paper.md 0.4), and what no office program ever exceeds.

/// Bytes of the file itself.
pub const FILE: u64 = 20 * 1024 * 1024;
/// Bytes of all parts that are read, unpacked; and bytes of all text that is told.
pub const UNPACKED: u64 = 256 * 1024 * 1024;
/// Parts in the package.
pub const ENTRIES: usize = 10_000;
/// How many times its packed size a large part may have. Sheets of blank rows come to about 60; deflate ends at 1,032.
pub const RATIO: u64 = 250;
/// Below this many bytes the ratio is not looked at: small parts of equal text pack well.
pub const RATIO_FROM: u64 = 8 * 1024 * 1024;
/// Rows with content in all sheets that are wanted.
pub const ROWS: usize = 100_000;
/// Columns with content in one sheet.
pub const COLUMNS: usize = 200;
/// Rows that a sheet can have at all.
pub const LAST_ROW: u32 = 1_048_576;
/// Columns that a sheet can have at all (XFD).
pub const LAST_COLUMN: u32 = 16_384;
/// Bytes of text in one row: the longest of a survey has some 300,000.
pub const ROW_TEXT: u64 = 1024 * 1024;
/// Bytes of text that is told of a book when its first rows are asked for; whoever asked holds them all at once.
pub const HEAD_TEXT: u64 = 8 * 1024 * 1024;
/// Cells that are told then: 255 sheets of 30 rows and 40 columns.
pub const HEAD_CELLS: u64 = 306_000;
/// Bytes of a sheet's name; Excel has 31 characters at most.
pub const SHEET_NAME: usize = 1_024;
/// Merged ranges of one sheet, and of all sheets of a book.
pub const MERGES: usize = 100_000;
/// Ranges of hidden columns of one sheet.
pub const HIDDEN: usize = 16_384;
/// Sheets of a book; 255 is what one meets.
pub const SHEETS: usize = 2_000;
/// Bytes of one text in a workbook: a cell holds 32,767 characters.
pub const CELL: usize = 4 * 32_767;
/// Bytes of one field of a text file.
pub const FIELD: usize = 1024 * 1024;
/// Bytes of one tag, comment or text between tags in a part.
pub const STRETCH: usize = 1024 * 1024;
/// How deep tags may lie in each other.
pub const DEPTH: u32 = 256;
/// Shared strings: a hundred thousand rows of thirty texts that are all different.
pub const STRINGS: u64 = 3_000_000;
/// Styles of cells; Excel has 65,490 at most.
pub const STYLES: u64 = 70_000;
/// Fonts, fills and borders of the styles together.
pub const STYLE_PIECES: u64 = 200_000;
/// Bytes that the styles may take when each repeats the longest font and format.
pub const STYLE_BYTES: u64 = 128 * 1024 * 1024;
/// Names that the book defines.
pub const DEFINED_NAMES: usize = 200_000;
