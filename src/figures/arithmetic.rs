//! Percentages as tables print them (domain 7.8): one decimal, half-up, and
//! never a full or an empty one that is not (TC-31).

/// What stands where nothing is to be done (TC-30).
pub const NOTHING_TO_DO: &str = "无需办理";

/// 55.3%, of `applicable` the `resolved` ones.
#[must_use]
pub fn percent(resolved: i64, applicable: i64) -> String {
    if applicable <= 0 {
        return NOTHING_TO_DO.to_owned();
    }
    let tenths = tenths(resolved, applicable);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Whole percents for the length of a bar.
#[must_use]
pub fn share(resolved: i64, applicable: i64) -> i64 {
    if applicable <= 0 {
        0
    } else {
        tenths(resolved, applicable) / 10
    }
}

/// Whether everything is done; a track without items is (TC-30).
#[must_use]
pub const fn complete(resolved: i64, applicable: i64) -> bool {
    resolved >= applicable
}

fn tenths(resolved: i64, applicable: i64) -> i64 {
    if resolved <= 0 {
        0
    } else if resolved >= applicable {
        1_000
    } else {
        let (part, whole) = (i128::from(resolved), i128::from(applicable));
        let rounded = (part * 2_000 + whole) / (whole * 2);
        i64::try_from(rounded.clamp(1, 999)).unwrap_or(999)
    }
}

#[cfg(test)]
mod tests;
