//! The choices of the conflict page: each version's fields stand in the form, marked
//! with the choice and the side that they belong to, and whoever reads the form finds
//! those of the chosen side alone, under their own names. So rooms need nothing for it,
//! and it works without script.

use super::merge::Version;

const SIGN: char = '@';
/// The other person's side.
pub const THEIRS: &str = "theirs";
/// One's own side, which also holds where nothing was chosen.
pub const MINE: &str = "mine";

/// The name of a choice.
#[must_use]
pub fn name(number: usize) -> String {
    format!("{SIGN}{number}")
}

/// The fields of one side of a choice, as they stand in the form.
#[must_use]
pub fn marked(number: usize, side: &str, version: &Version) -> Vec<(String, String)> {
    let fields = version.fields.iter();
    fields
        .map(|(name, value)| (format!("{SIGN}{number}.{side}.{name}"), value.clone()))
        .collect()
}

/// Puts the chosen sides in the place of the choices.
pub fn settle(fields: &mut Vec<(String, String)>) {
    if !fields.iter().any(|(name, _)| name.starts_with(SIGN)) {
        return;
    }
    let chosen: Vec<(String, String)> = fields
        .iter()
        .filter(|(name, _)| name.starts_with(SIGN) && !name.contains('.'))
        .cloned()
        .collect();
    fields.retain_mut(|(name, _)| {
        if !name.starts_with(SIGN) {
            return true;
        }
        let mut parts = name.splitn(3, '.');
        let (Some(choice), Some(side), Some(own)) = (parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        let mut choices = chosen.iter().filter(|(name, _)| name == choice);
        let wanted = choices.next().map_or(MINE, |(_, side)| side.as_str());
        if side != wanted {
            return false;
        }
        *name = own.to_owned();
        true
    });
}
