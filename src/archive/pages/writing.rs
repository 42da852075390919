//! The archive, entry after entry. Stored files come piece by piece, each on a connection of
//! its own that is given back before the piece is sent; their digests are looked at first, and
//! what is not what was handed in is left out and named.

use std::io::{self, Read as _, Write as _};

use chrono::{DateTime, Datelike as _, TimeZone, Timelike as _};
use sha2::{Digest as _, Sha256};
use tokio::runtime::Handle;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

use crate::archive::rules::{Entry, checks, contents};
use crate::database::Database;
use crate::documents::files::Readable;
use crate::documents::paper::docx;

use super::made::Made;
use super::sending::Out;
use super::take::Archive;

/// Bytes of a made file that are read at a time.
const PIECE: usize = 64 * 1024;

/// What the writer stands on: the database, the runtime that asks it, the time of the entries.
pub(super) struct Ground {
    database: Database,
    runtime: Handle,
    at: zip::DateTime,
}

impl Ground {
    pub(super) fn new<Z: TimeZone>(database: Database, runtime: Handle, at: &DateTime<Z>) -> Self {
        Self {
            database,
            runtime,
            at: stamp(at).unwrap_or_default(),
        }
    }

    /// How an entry is kept: what is packed already is not packed again.
    fn options(&self, packed: bool) -> SimpleFileOptions {
        let method = if packed {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(self.at)
    }
}

/// The time as archives hold it, which begin with 1980.
fn stamp<Z: TimeZone>(at: &DateTime<Z>) -> Option<zip::DateTime> {
    let small = |number: u32| u8::try_from(number).ok();
    zip::DateTime::from_date_and_time(
        u16::try_from(at.year()).ok()?,
        small(at.month())?,
        small(at.day())?,
        small(at.hour())?,
        small(at.minute())?,
        small(at.second())?,
    )
    .ok()
}

type Zip = ZipWriter<StreamWriter<Out>>;

/// Writes the archive to its end; where that fails, nothing more of it is sent.
pub(super) fn write(archive: Archive, ground: &Ground, out: Out) -> io::Result<()> {
    let over = out.over();
    let mut zip = ZipWriter::new_stream(out);
    match fill(&mut zip, archive, ground) {
        Ok(()) => zip.finish().map_err(io::Error::other)?.flush(),
        Err(error) => {
            // A writer that is dropped closes its archive as if it were whole.
            over.set();
            Err(error)
        }
    }
}

fn fill(zip: &mut Zip, archive: Archive, ground: &Ground) -> io::Result<()> {
    let mut entries = Vec::new();
    let mut spoiled = Vec::new();
    for Made {
        mut entry,
        mut file,
    } in archive.made
    {
        entry.sha256 = put(zip, (&entry.name, ground.options(true)), || {
            let mut piece = vec![0; PIECE];
            let read = file.read(&mut piece)?;
            piece.truncate(read);
            Ok(piece)
        })?;
        entries.push(entry);
    }
    for (mut entry, file) in archive.kept {
        let whole = ground.runtime.block_on(file.is_whole(&ground.database));
        if whole.map_err(io::Error::other)? {
            entry.sha256 = stored(zip, &entry.name, &file, ground)?;
            entries.push(entry);
        } else {
            tracing::error!(
                file.id = file.id(),
                "a stored file does not have the digest that it was kept under"
            );
            spoiled.push(entry.name);
        }
    }
    let page = docx(&contents(&archive.association, &entries, &spoiled))?;
    let name = archive.contents;
    let sha256 = made(zip, (&name, ground.options(true)), page)?;
    entries.push(Entry {
        name,
        sha256,
        ..Entry::default()
    });
    let checks = checks(&entries, &spoiled).into_bytes();
    made(zip, (&archive.checks, ground.options(false)), checks)?;
    Ok(())
}

/// An entry of these bytes; its digest.
fn made(zip: &mut Zip, entry: (&str, SimpleFileOptions), bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut left = Some(bytes);
    put(zip, entry, || Ok(left.take().unwrap_or_default()))
}

/// An entry of a stored file; its digest, which is that under which it was kept.
fn stored(zip: &mut Zip, name: &str, file: &Readable, ground: &Ground) -> io::Result<Vec<u8>> {
    let options = ground.options(is_packed(file.media_type()));
    let mut left = file.bytes_total();
    let mut number = 0;
    let digest = put(zip, (name, options), || {
        if left <= 0 {
            return Ok(Vec::new());
        }
        let piece = ground
            .runtime
            .block_on(file.piece(&ground.database, number));
        let piece = piece.map_err(io::Error::other)?;
        number += 1;
        left -= i64::try_from(piece.len()).unwrap_or(i64::MAX);
        Ok(piece)
    })?;
    if digest == file.sha256() {
        Ok(digest)
    } else {
        Err(io::Error::other("a stored file changed while it was sent"))
    }
}

/// An entry of pieces, an empty one being the end; its digest.
fn put(
    zip: &mut Zip,
    (name, options): (&str, SimpleFileOptions),
    mut next: impl FnMut() -> io::Result<Vec<u8>>,
) -> io::Result<Vec<u8>> {
    zip.start_file(name, options).map_err(io::Error::other)?;
    let mut digest = Sha256::new();
    loop {
        let piece = next()?;
        if piece.is_empty() {
            return Ok(digest.finalize().to_vec());
        }
        digest.update(&piece);
        zip.write_all(&piece)?;
    }
}

/// PDF, pictures and the files of office programs are packed by themselves.
fn is_packed(media_type: &str) -> bool {
    media_type == "application/pdf"
        || media_type.starts_with("image/")
        || media_type.contains("openxmlformats")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_not_packed_again() {
        let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        for packed in ["application/pdf", "image/jpeg", docx] {
            assert!(is_packed(packed), "{packed}");
        }
        assert!(!is_packed("application/msword") && !is_packed("text/plain"));
    }
}
