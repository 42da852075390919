//! PDF: its first and its last word.

use super::unfit::Unfit;

/// The last word stands within so many bytes of the end (ISO 32000-1, annex H).
const TAIL: usize = 1024;

/// Whether it is a whole PDF; true: a password hides what is in it.
pub(super) fn look(bytes: &[u8]) -> Result<bool, Unfit> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(Unfit::Other);
    }
    // Scanners fill their last block with zeros.
    let end = bytes
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |last| last + 1);
    let tail = bytes.get(end.saturating_sub(TAIL)..end).unwrap_or_default();
    if !tail.windows(5).any(|word| word == b"%%EOF") {
        return Err(Unfit::Broken);
    }
    Ok(is_encrypted(bytes))
}

/// The trailer names a dictionary `/Encrypt`; `/EncryptMetadata` alone is none.
fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.windows(9).any(|word| {
        word.split_last()
            .is_some_and(|(next, name)| name == b"/Encrypt" && !next.is_ascii_alphabetic())
    })
}
