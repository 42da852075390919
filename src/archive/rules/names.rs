//! Names of entries that every system takes, Windows being the strictest: no sign that stands
//! for something else in a path, no name of a device, no dot or blank at the end, not too long,
//! none twice, also where only capitals differ.

use std::collections::BTreeSet;

/// Most characters of a name, as Windows counts them (UTF-16).
const LONGEST: usize = 120;
/// Most bytes of a name, as Linux counts them (UTF-8): 255, less room for a number.
const BYTES: usize = 240;
/// Most characters of an ending; a longer one is a part of the name.
const ENDING: usize = 10;
/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
/// What the names of numbered devices begin with.
const PORTS: [&str; 2] = ["COM", "LPT"];

/// The names of an archive's entries.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// A name for an entry in a folder (empty: in none), as much like the wished one as can be.
    pub fn take(&mut self, folder: &str, wished: &str) -> String {
        let (stem, ending) = parts(wished);
        let mut number = 1_u32;
        loop {
            let mark = match number {
                1 => String::new(),
                number => format!("（{number}）"),
            };
            let name = fitted(&stem, &mark, &ending);
            let path = match folder {
                "" => name,
                folder => format!("{folder}/{name}"),
            };
            if self.0.insert(path.to_lowercase()) {
                return path;
            }
            number += 1;
        }
    }
}

/// A name without signs that a path gives a meaning, and its ending with the dot.
fn parts(wished: &str) -> (String, String) {
    let clean: String = wished.chars().filter(|c| !hidden(*c)).map(plain).collect();
    let clean = clean.trim_start().trim_end_matches(loose);
    let ending = clean.rsplit_once('.').filter(|(stem, ending)| {
        let short = (1..=ENDING).contains(&ending.chars().count());
        short && !stem.trim_matches(loose).is_empty() && !ending.contains(char::is_whitespace)
    });
    let (stem, ending) = match ending {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (clean, String::new()),
    };
    let stem = stem.trim_end_matches(loose);
    let mut stem = match stem {
        "" => "未命名".to_owned(),
        stem => stem.to_owned(),
    };
    // A device is meant by what stands before the first dot.
    let first = stem.split('.').next().unwrap_or_default();
    if is_device(first.trim_end()) {
        stem.insert(0, '_');
    }
    (stem, ending)
}

/// The name with its mark and ending, its stem shortened where all of it is too long.
fn fitted(stem: &str, mark: &str, ending: &str) -> String {
    let rest = format!("{mark}{ending}");
    let mut signs = LONGEST.saturating_sub(rest.encode_utf16().count());
    let mut bytes = BYTES.saturating_sub(rest.len());
    let mut name = String::new();
    for c in stem.chars() {
        let left = (
            signs.checked_sub(c.len_utf16()),
            bytes.checked_sub(c.len_utf8()),
        );
        let (Some(fewer_signs), Some(fewer_bytes)) = left else {
            break;
        };
        (signs, bytes) = (fewer_signs, fewer_bytes);
        name.push(c);
    }
    let shown = name.trim_end_matches(loose).len();
    name.truncate(shown);
    name.push_str(&rest);
    name
}

/// What Windows takes off the end of a name.
const fn loose(c: char) -> bool {
    matches!(c, '.' | ' ' | '\u{3000}' | '\u{A0}')
}

/// What cannot be seen, and what turns the direction of what follows.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

const fn plain(c: char) -> char {
    match c {
        '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        c => c,
    }
}

fn is_device(name: &str) -> bool {
    let name = name.to_uppercase();
    let port = PORTS.iter().any(|port| {
        let mut number = name.strip_prefix(port).unwrap_or_default().chars();
        let first = number.next();
        let digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
        number.next().is_none() && first.is_some_and(digit)
    });
    port || DEVICES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(wished: &str) -> String {
        Names::default().take("", wished)
    }

    #[test]
    fn nothing_in_a_name_is_a_path() {
        assert_eq!(
            named("证据/..\\a:b*c?d\"e<f>g|h.pdf"),
            "证据_.._a_b_c_d_e_f_g_h.pdf"
        );
        assert_eq!(named("一\r\n二\t\u{202E}fdp.exe"), "一二fdp.exe");
        for odd in ["", " ", "...", "／", ". ."] {
            let name = named(odd);
            assert!(!name.is_empty() && !name.ends_with(['.', ' ']), "{odd:?}");
            assert!(!name.contains(['/', '\\']), "{odd:?}");
        }
    }

    #[test]
    fn windows_keeps_the_end_of_a_name() {
        assert_eq!(named("会议纪要. . "), "会议纪要");
        assert_eq!(named("会议纪要 .pdf"), "会议纪要.pdf");
        assert_eq!(named("绿编发〔2018〕15号"), "绿编发〔2018〕15号");
        assert_eq!(named(".htaccess"), ".htaccess");
    }

    #[test]
    fn no_name_is_a_device() {
        for device in [
            "CON",
            "con.pdf",
            "Aux.tar.gz",
            "COM1.docx",
            "lpt².txt",
            "NUL .txt",
        ] {
            assert!(named(device).starts_with('_'), "{device}");
        }
        for fine in ["CONTRACT.pdf", "COM.pdf", "COM10.pdf", "控制 CON.pdf"] {
            assert_eq!(named(fine), fine);
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        for wide in ["会", "a", "𠀀"] {
            let name = named(&format!("{}.pdf", wide.repeat(300)));
            let signs = name.encode_utf16().count();
            assert!(signs <= LONGEST && name.len() <= BYTES, "{wide} {signs}");
            let ending = name.rsplit_once('.').map(|(_, ending)| ending);
            assert!(signs > 70 && ending == Some("pdf"), "{name}");
        }
    }

    #[test]
    fn none_is_there_twice_even_in_other_capitals() {
        let mut names = Names::default();
        let long = "x".repeat(300);
        let first = names.take("证据", &long);
        let second = names.take("证据", &long.to_uppercase());
        assert_ne!(first.to_lowercase(), second.to_lowercase());
        assert!(second.ends_with("（2）"), "{second}");
        assert_eq!(names.take("证据", "a.pdf"), "证据/a.pdf");
        assert_eq!(names.take("证据", "A.PDF"), "证据/A（2）.PDF");
        assert_eq!(names.take("", "a.pdf"), "a.pdf");
    }
}
