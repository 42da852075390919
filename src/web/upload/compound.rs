//! Compound files ([MS-CFB]): what WPS writes as .wps and .et, and any package
//! that has a password.

use std::io::{Cursor, Read, copy, sink};

use cfb::CompoundFile;

use super::kinds::Office;
use super::unfit::Unfit;

/// How each of them begins.
pub(super) const MAGIC: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Most sectors that list the file's allocation tables; 64 MiB need eight.
const TABLES: usize = 16;
/// Most streams and storages that are looked through.
const ENTRIES: usize = 2_000;

type Compound<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// What it is, and whether a password hides it.
pub(super) fn look(bytes: &[u8]) -> Result<(Office, bool), Unfit> {
    let mut file = open(bytes)?;
    if has_macros(&file) {
        return Err(Unfit::Macros);
    }
    if file.is_stream("EncryptedPackage") {
        whole(&mut file, "EncryptedPackage")?;
        return Ok((Office::Hidden, true));
    }
    if file.is_stream("WordDocument") {
        whole(&mut file, "WordDocument")?;
        return Ok((Office::Text, text_is_encrypted(&mut file)?));
    }
    for name in ["Workbook", "Book"] {
        if file.is_stream(name) {
            whole(&mut file, name)?;
            return Ok((Office::Sheets, sheets_are_encrypted(&mut file, name)?));
        }
    }
    Err(Unfit::Other)
}

/// Whether a part of a package is a compound file with macros, whatever its name.
pub(super) fn brings_macros(bytes: &[u8]) -> bool {
    open(bytes).is_ok_and(|file| has_macros(&file))
}

fn open(bytes: &[u8]) -> Result<Compound<'_>, Unfit> {
    if !is_listed_shortly(bytes) {
        return Err(Unfit::Broken);
    }
    CompoundFile::open(Cursor::new(bytes)).map_err(|_| Unfit::Broken)
}

/// The reader keeps every table that is listed, the same one listed a million times
/// included ([MS-CFB] 2.5).
fn is_listed_shortly(bytes: &[u8]) -> bool {
    let word = |at: usize| {
        let word = bytes.get(at..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*word))
    };
    let shift = if bytes.get(30) == Some(&12) { 12 } else { 9 };
    let mut sector = word(68);
    for _ in 0..=TABLES {
        // The last values are the end of the chain and its like.
        let Some(number) = sector.filter(|number| *number < 0xffff_fffa) else {
            return true;
        };
        let after = usize::try_from(number).ok();
        let end = after.and_then(|number| number.checked_add(2)?.checked_shl(shift));
        sector = end.and_then(|end| word(end.checked_sub(4)?));
    }
    false
}

/// A project of Visual Basic stands in a storage `VBA` ([MS-OVBA] 2.2.1), Word's
/// in `Macros`, Excel's in `_VBA_PROJECT_CUR`.
fn has_macros(file: &Compound<'_>) -> bool {
    file.walk().take(ENTRIES).any(|entry| {
        let name = entry.name();
        let known = ["VBA", "Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT"];
        known.iter().any(|known| name.eq_ignore_ascii_case(known))
    })
}

/// The document itself must be there to its last byte.
fn whole(file: &mut Compound<'_>, name: &str) -> Result<(), Unfit> {
    let mut stream = file.open_stream(name).map_err(|_| Unfit::Broken)?;
    let length = stream.len();
    let read = copy(&mut stream, &mut sink()).map_err(|_| Unfit::Broken)?;
    if read == length && length > 0 {
        Ok(())
    } else {
        Err(Unfit::Broken)
    }
}

fn head<const N: usize>(file: &mut Compound<'_>, name: &str) -> Result<[u8; N], Unfit> {
    let mut head = [0; N];
    let mut stream = file.open_stream(name).map_err(|_| Unfit::Broken)?;
    stream.read_exact(&mut head).map_err(|_| Unfit::Broken)?;
    Ok(head)
}

/// fEncrypted of the FIB ([MS-DOC] 2.5.2).
fn text_is_encrypted(file: &mut Compound<'_>) -> Result<bool, Unfit> {
    let [.., flags] = head::<12>(file, "WordDocument")?;
    Ok(flags & 1 == 1)
}

/// A record FilePass after the first BOF ([MS-XLS] 2.4.117).
fn sheets_are_encrypted(file: &mut Compound<'_>, name: &str) -> Result<bool, Unfit> {
    let [_, _, low, high] = head::<4>(file, name)?;
    let mut stream = file.open_stream(name).map_err(|_| Unfit::Broken)?;
    let mut head = Vec::new();
    let length = u64::from(u16::from_le_bytes([low, high])) + 6;
    stream
        .by_ref()
        .take(length)
        .read_to_end(&mut head)
        .map_err(|_| Unfit::Broken)?;
    Ok(head.ends_with(&[0x2f, 0x00]))
}
