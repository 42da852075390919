//! Every measure of GB/T 9704-2012 that a document needs, in Word's units.
//!
//! One twip is 1/20 pt, 1/1440 inch; fonts count in half points. Numbers in brackets are
//! the sections of the standard.

/// Tenths of a millimetre to twips, rounded: 1 mm is 1440 / 25.4 twips.
#[must_use]
pub const fn mm(tenths: u32) -> u32 {
    (tenths * 14_400 + 1_270) / 2_540
}

/// Width of A4, 210 mm (5.1).
pub const PAGE_WIDTH: u32 = 11_906;
/// Height of A4, 297 mm (5.1).
pub const PAGE_HEIGHT: u32 = 16_838;
/// 天头 37 mm (5.2.1).
pub const TOP: u32 = mm(370);
/// 切口 26 mm.
pub const RIGHT: u32 = mm(260);
/// 地脚 35 mm.
pub const BOTTOM: u32 = mm(350);
/// 订口 28 mm.
pub const LEFT: u32 = mm(280);
/// Width of the type area, 156 mm.
pub const WIDTH: u32 = PAGE_WIDTH - LEFT - RIGHT;
/// Height of the type area, 225 mm.
pub const HEIGHT: u32 = PAGE_HEIGHT - TOP - BOTTOM;
/// 22 lines a page (5.2.3). Rounded down: with 580 the 22nd line would not fit.
pub const LINE: u32 = HEIGHT / 22;
/// 3号 (5.2.2), in half points.
pub const BODY: u32 = 32;
/// 28 characters a line (5.2.3): 442.25 pt / 28 = 15.79 pt each, so 3号 is set a quarter
/// point closer (in twips; -4 would make the line 0.15 pt too wide). Not by a grid of
/// characters (`linesAndChars`): LibreOffice gives every character two cells then.
pub const CLOSER: i32 = -5;
/// From the foot of the page to the foot of the page number: its dash stands 7 mm below
/// the type area (7.5).
pub const FOOTER: u32 = mm(247);
/// 发文机关标志: top edge 35 mm below that of the type area (7.2.4).
pub const MARK_DOWN: u32 = mm(350);
/// Largest issuer's mark, in points; a longer name is set narrower, not in two lines.
const MARK: u32 = 30;
/// One character of body text.
pub const CHARACTER: u32 = WIDTH / 28;
/// Where the second of two signatures on a line begins.
pub const HALF: u32 = WIDTH / 2;
/// Characters in a line of the title: 2号 is 22 pt, and 20 of them 440 pt.
pub const TITLE: usize = 20;

/// Characters of 4号 in a line of 抄送, after its own three: 26 (7.4.3).
pub const COPIES: u32 = (WIDTH - 1_120 - 280) / 280;
/// What the lines of the imprint take themselves, in twips.
pub const RULES: u32 = 80;

/// Width of the mark's characters in per cent, so that it keeps to one line.
#[must_use]
pub fn mark_scale(name: &str) -> u32 {
    let natural = (halves(name) * MARK * 10).max(1);
    (WIDTH * 100 / natural).min(100)
}

/// Width of a text in half characters: ASCII takes half a place.
#[must_use]
pub fn halves(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// How far name and date stand from the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// The name, in hundredths of a character.
    pub name: u32,
    /// The date, in hundredths of a character.
    pub date: u32,
}

impl Signature {
    /// The name's place in twips.
    #[must_use]
    pub fn name_twips(&self) -> u32 {
        self.name * CHARACTER / 100
    }

    /// The date's place in twips.
    #[must_use]
    pub fn date_twips(&self) -> u32 {
        self.date * CHARACTER / 100
    }
}

/// Where name and date stand below a sealed document (7.3.5.1): the date four characters in
/// and the name centred over it; a name too long for that stands two characters in and the
/// date is centred beneath it.
#[must_use]
pub fn signature(name: &str, date: &str) -> Signature {
    let (name, date) = (halves(name) * 25, halves(date) * 25);
    match (400 + date).checked_sub(name) {
        Some(over) if over >= 200 => Signature {
            name: over,
            date: 400,
        },
        _ => Signature {
            name: 200,
            date: (200 + name).saturating_sub(date),
        },
    }
}

/// A width shared out among columns; together they are the width, to the twip.
#[must_use]
pub fn shared(width: u32, shares: &[u32]) -> Vec<u32> {
    let all = shares.iter().sum::<u32>().max(1);
    let mut before = 0;
    let mut at = 0;
    let ends = shares.iter().map(|share| {
        before += share;
        let end = width * before / all;
        let own = end - at;
        at = end;
        own
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_two_lines_of_twenty_eight_characters_fill_the_type_area() {
        assert_eq!((TOP, RIGHT, BOTTOM, LEFT), (2_098, 1_474, 1_984, 1_587));
        assert_eq!((WIDTH, HEIGHT), (8_845, 12_756));
        assert_eq!((HEIGHT / LINE, LINE), (22, 579));
        let character = 16 * 20 - CLOSER.unsigned_abs();
        assert!(character * 28 <= WIDTH && character * 29 > WIDTH);
    }

    #[test]
    fn a_long_mark_is_set_narrower() {
        assert_eq!(mark_scale("绿园区人民政府"), 100);
        assert_eq!(mark_scale("绿园区行业协会商会与行政机关脱钩办公室"), 77);
    }

    #[test]
    fn a_long_name_pushes_the_date_in() {
        let of = |name| {
            let at = signature(name, "2018年10月12日");
            (at.name, at.date)
        };
        assert_eq!(of("区交通运输局"), (450, 400));
        assert_eq!(of("绿园区行业协会商会与行政机关脱钩办公室"), (200, 800));
    }

    #[test]
    fn widths_add_up() {
        assert_eq!(shared(100, &[1, 1, 1]), [33, 33, 34]);
        assert_eq!(shared(12_756, &[12_000, 756]), [12_000, 756]);
        assert_eq!(shared(100, &[]), Vec::<u32>::new());
    }
}
