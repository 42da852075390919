//! Finds what a file is by what stands in it; its name is the second witness.

use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use zip::{ZipArchive, result::ZipError};

use super::{Failed, limits};
use crate::sheets::cells::Unreadable;

/// What is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `.xlsx`
    Workbook,
    /// `.csv`
    Text,
}

/// The kind of a file.
pub fn of(path: &Path, name: &str) -> Result<Kind, Failed> {
    let mut magic = Vec::new();
    File::open(path)?.take(8).read_to_end(&mut magic)?;
    let ending = ending(name);
    if magic.starts_with(b"PK\x03\x04") || magic.starts_with(b"PK\x05\x06") {
        return of_package(path, &ending).map_err(Failed::from);
    }
    if magic.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(of_compound(path, &ending)?.into());
    }
    if matches!(ending.as_str(), "csv" | "txt") {
        return Ok(Kind::Text);
    }
    Err(Unreadable::Other.into())
}

/// The ending of a name, in small letters.
fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, ending)| ending.trim().to_ascii_lowercase())
        .unwrap_or_default()
}

/// Files before 2007, and encrypted ones of today.
fn of_compound(path: &Path, ending: &str) -> Result<Unreadable, Failed> {
    let is_old = matches!(ending, "xls" | "et" | "xlt" | "ett");
    let Ok(compound) = cfb::CompoundFile::open(BufReader::new(File::open(path)?)) else {
        return Ok(if is_old {
            Unreadable::Old
        } else {
            Unreadable::Other
        });
    };
    if compound.is_stream("/EncryptedPackage") {
        return Ok(Unreadable::Encrypted);
    }
    let holds_book = ["/Workbook", "/Book"]
        .iter()
        .any(|stream| compound.is_stream(stream));
    Ok(if holds_book {
        Unreadable::Old
    } else {
        Unreadable::Other
    })
}

fn of_package(path: &Path, ending: &str) -> Result<Kind, Unreadable> {
    let torn = if ending.starts_with("xls") {
        Unreadable::Broken
    } else {
        Unreadable::Other
    };
    let file = File::open(path).map_err(|_| torn)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| torn)?;
    if archive.len() > limits::ENTRIES {
        return Err(Unreadable::Unpacked);
    }
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.map(|name| name.to_ascii_lowercase()))
        .collect::<Result<_, ZipError>>()
        .map_err(|_| torn)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if names.iter().any(|name| name.ends_with("vbaproject.bin")) {
        return Err(Unreadable::Macros);
    }
    if !has("[content_types].xml") {
        let is_torn = ending.starts_with("xls") && !has("mimetype");
        return Err(if is_torn { torn } else { Unreadable::Other });
    }
    let types = content_types(&mut archive)?;
    if types.contains("macroenabled") {
        return Err(Unreadable::Macros);
    }
    let is_workbook = types.contains("spreadsheetml.sheet.main+xml")
        || types.contains("spreadsheetml.template.main+xml");
    if is_workbook {
        return Ok(Kind::Workbook);
    }
    if has("xl/workbook.xml") {
        return Err(Unreadable::Broken);
    }
    Err(Unreadable::Other)
}

/// The list of the package's kinds, in small letters.
fn content_types<R: Read + std::io::Seek>(
    archive: &mut ZipArchive<R>,
) -> Result<String, Unreadable> {
    const NAME: &str = "[content_types].xml";
    let index = (0..archive.len()).find(|&index| {
        archive
            .name_for_index(index)
            .is_some_and(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case(NAME)))
    });
    let part = archive
        .by_index(index.ok_or(Unreadable::Broken)?)
        .map_err(|error| refusal(&error))?;
    let most = u64::try_from(limits::STRETCH).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    part.take(most)
        .read_to_end(&mut bytes)
        .map_err(|_| Unreadable::Broken)?;
    Ok(String::from_utf8_lossy(&bytes).to_ascii_lowercase())
}

/// What an error of the package means for the person.
pub fn refusal(error: &ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => Unreadable::Encrypted,
        ZipError::InvalidPassword => Unreadable::Encrypted,
        _ => Unreadable::Broken,
    }
}
