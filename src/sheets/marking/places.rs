//! Cells' names and the limits of a sheet.

/// Rows of a sheet.
pub const ROWS: u32 = 1_048_576;
/// Columns of a sheet.
pub const COLUMNS: u32 = 16_384;

/// `C12` is column 2; what has no letters has no column.
pub fn column_of(name: &str) -> Option<u32> {
    let letters = name
        .bytes()
        .skip_while(|c| *c == b'$')
        .take_while(u8::is_ascii_alphabetic);
    let number = letters.fold(0u32, |number, c| {
        number
            .saturating_mul(26)
            .saturating_add(u32::from(c.to_ascii_uppercase() - b'A') + 1)
    });
    number.checked_sub(1)
}

/// `C12` is row 11.
pub fn row_of(name: &str) -> Option<u32> {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '$');
    digits.parse::<u32>().ok()?.checked_sub(1)
}

/// Column 2 in row 11 is `C12`.
pub fn name_of(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", row + 1)
}
