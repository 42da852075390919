//! What the number format of a cell shows.

use calamine::Style;

/// What matters of a format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Format {
    /// It shows a percentage.
    pub percent: bool,
    /// It shows a time of day and no date.
    pub time: bool,
    /// It shows seconds.
    pub seconds: bool,
}

/// Formats by number that show only a time; 32 and later as in Chinese versions (ECMA-376 18.8.30).
const TIMES: [u32; 12] = [18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56];
/// Of these, those that show seconds and have no code in calamine.
const WITH_SECONDS: [u32; 3] = [33, 35, 56];

/// The formats of a workbook, in the order of its cell styles.
pub fn of_styles(styles: &[Style]) -> Vec<Format> {
    styles
        .iter()
        .map(|style| {
            style
                .number_format
                .as_ref()
                .map_or_else(Format::default, |format| {
                    of_code(&format.format_code, format.format_id)
                })
        })
        .collect()
}

fn of_code(code: &str, id: Option<u32>) -> Format {
    let letters = bare(code);
    let has = |wanted: &[char]| letters.contains(wanted);
    let is_known = |ids: &[u32]| code == "General" && id.is_some_and(|id| ids.contains(&id));
    Format {
        percent: has(&['%']),
        time: is_known(&TIMES) || (has(&['h', 's']) && !has(&['y', 'd', 'e', 'g'])),
        seconds: is_known(&WITH_SECONDS) || has(&['s']),
    }
}

/// The first section of a code in small letters, without its literals; of brackets only the elapsed times are kept.
fn bare(code: &str) -> String {
    let mut bare = String::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => drop(letters.by_ref().find(|&end| end == '"')),
            '\\' | '_' | '*' => drop(letters.next()),
            ';' => break,
            '[' => {
                let inside: String = letters.by_ref().take_while(|&end| end != ']').collect();
                let inside = inside.to_ascii_lowercase();
                if inside
                    .chars()
                    .all(|letter| matches!(letter, 'h' | 'm' | 's'))
                {
                    bare.push_str(&inside);
                }
            }
            _ => bare.push(letter.to_ascii_lowercase()),
        }
    }
    // These are no date, and they hold an e or a g.
    bare.replace("general", "")
        .replace("e+", "")
        .replace("e-", "")
}
