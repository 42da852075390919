//! The package of a workbook: its parts, and how much of them has been unpacked so far.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use zip::{ZipArchive, read::ZipFile};

use super::{kind::refusal, limits, tags};
use crate::sheets::cells::Unreadable;

/// A package whose list of parts has been checked.
pub struct Package {
    archive: ZipArchive<BufReader<File>>,
    /// Places of the parts by their names in small letters, as calamine finds them.
    places: HashMap<String, usize>,
    unpacked: u64,
}

/// What the list says of one part.
struct Declared {
    name: String,
    size: u64,
    packed: u64,
}

impl Package {
    /// Opens the package and checks its list; what the list says may be a lie, so [`Self::scan`] counts again.
    pub fn open(path: &Path) -> Result<Self, Unreadable> {
        let file = File::open(path).map_err(|_| Unreadable::Broken)?;
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| refusal(&error))?;
        if archive.len() > limits::ENTRIES {
            return Err(Unreadable::Unpacked);
        }
        if archive.has_duplicate_names() {
            return Err(Unreadable::Broken);
        }
        let mut package = Self {
            archive,
            places: HashMap::new(),
            unpacked: 0,
        };
        package.check_list()?;
        Ok(package)
    }

    fn check_list(&mut self) -> Result<(), Unreadable> {
        let mut sum = 0_u64;
        for index in 0..self.archive.len() {
            let part = self.declared(index)?;
            sum = sum.saturating_add(part.size);
            if sum > limits::UNPACKED || is_overpacked(part.size, part.packed) {
                return Err(Unreadable::Unpacked);
            }
            let name = part.name.replace('\\', "/").to_ascii_lowercase();
            let is_astray = name.starts_with('/')
                || name.contains(':')
                || name.split('/').any(|step| step == "..");
            if is_astray || self.places.insert(name, index).is_some() {
                return Err(Unreadable::Broken);
            }
        }
        Ok(())
    }

    fn declared(&self, index: usize) -> Result<Declared, Unreadable> {
        let entry = self
            .archive
            .by_index_data(index)
            .map_err(|error| refusal(&error))?;
        if entry.encrypted() {
            return Err(Unreadable::Encrypted);
        }
        let name = entry.name().map_err(|error| refusal(&error))?;
        Ok(Declared {
            name: name.into_owned(),
            size: entry.size(),
            packed: entry.compressed_size(),
        })
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&name.to_ascii_lowercase())
    }

    /// Shows the tags of a part; false if there is no such part. Gives the unpacked bytes to the count of the whole package.
    pub fn scan(
        &mut self,
        name: &str,
        see: &mut impl FnMut(&tags::Tag<'_>) -> Result<(), Unreadable>,
    ) -> Result<u64, Unreadable> {
        let Some(&index) = self.places.get(&name.to_ascii_lowercase()) else {
            return Err(Unreadable::Broken);
        };
        let part = self
            .archive
            .by_index(index)
            .map_err(|error| refusal(&error))?;
        let before = self.unpacked;
        let counted = Counted {
            packed: part.compressed_size(),
            part,
            before,
            unpacked: &mut self.unpacked,
        };
        tags::scan(counted, see)?;
        Ok(self.unpacked - before)
    }
}

/// A large part that is packed as no office program can.
const fn is_overpacked(size: u64, packed: u64) -> bool {
    size > limits::RATIO_FROM && size / limits::RATIO > packed
}

/// Counts what really comes out of a part.
struct Counted<'a> {
    part: ZipFile<'a, BufReader<File>>,
    packed: u64,
    before: u64,
    unpacked: &'a mut u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(space)?;
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        *self.unpacked = self.unpacked.saturating_add(count);
        let of_part = *self.unpacked - self.before;
        if *self.unpacked > limits::UNPACKED || is_overpacked(of_part, self.packed) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}
