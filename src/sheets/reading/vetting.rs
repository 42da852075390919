//! Looks over the parts that calamine reads whole, before it does: it reserves what they declare and copies what they repeat.

use super::{
    limits,
    package::Package,
    tags::{Form, Tag},
};
use crate::sheets::cells::Unreadable;

/// Vets shared strings, styles and theme of the workbook in `folder`.
pub fn vet(package: &mut Package, folder: &str) -> Result<(), Unreadable> {
    let strings = format!("{folder}sharedStrings.xml");
    if package.has(&strings) {
        vet_strings(package, &strings)?;
    }
    let styles = format!("{folder}styles.xml");
    if package.has(&styles) {
        vet_styles(package, &styles)?;
    }
    let theme = format!("{folder}theme/theme1.xml");
    if package.has(&theme) {
        package.scan(&theme, &mut |_| Ok(()))?;
    }
    Ok(())
}

/// calamine reserves as many strings as `uniqueCount` says: a false one would end the process.
fn vet_strings(package: &mut Package, part: &str) -> Result<(), Unreadable> {
    /// What may be reserved without being there: 24 bytes each.
    const SLACK: u64 = 1_000_000;
    let mut declared = 0_u64;
    let mut count = 0_u64;
    let mut at = 0;
    package.scan(part, &mut |tag| {
        // One string in many pieces would be put together before it could be measured.
        if tag.at - at > limits::STRETCH {
            return Err(Unreadable::Broken);
        }
        match (tag.name, tag.form) {
            (b"sst", Form::Open | Form::Whole) => {
                let value = tag.value("uniqueCount")?.unwrap_or_default();
                let value = std::str::from_utf8(value).unwrap_or_default();
                declared = declared.max(value.trim_start_matches('+').parse().unwrap_or(0));
            }
            (b"si", Form::Open | Form::Whole) => {
                count += 1;
                at = tag.at;
            }
            _ => {}
        }
        Ok(())
    })?;
    if count > limits::STRINGS || declared > count.max(SLACK) {
        return Err(Unreadable::Broken);
    }
    Ok(())
}

/// calamine gives every cell style a copy of its font and format: many styles of one endless font name would fill the memory.
fn vet_styles(package: &mut Package, part: &str) -> Result<(), Unreadable> {
    let mut pieces = 0_u64;
    let mut styles = 0_u64;
    let mut longest = 0_usize;
    let mut is_of_cells = false;
    package.scan(part, &mut |tag: &Tag<'_>| {
        match (tag.name, tag.form) {
            (b"cellXfs", form) => is_of_cells = form == Form::Open,
            (b"xf", Form::Open | Form::Whole) if is_of_cells => styles += 1,
            (b"font" | b"fill" | b"border" | b"stop", Form::Open | Form::Whole) => pieces += 1,
            (b"styleSheet" | b"cellStyle" | b"xf", _) => {}
            _ => longest = longest.max(tag.rest.len()),
        }
        Ok(())
    })?;
    let each = u64::try_from(longest).unwrap_or(u64::MAX);
    let is_endless = styles > limits::STYLES || pieces > limits::STYLE_PIECES;
    if is_endless || styles.saturating_mul(each) > limits::STYLE_BYTES {
        return Err(Unreadable::Broken);
    }
    Ok(())
}
