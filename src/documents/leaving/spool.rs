//! A file that is written to its end before the first byte leaves: an error is an error page,
//! not half a file, and who takes it slowly holds nothing but the file, which has no name on
//! disk and is gone with the answer.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom};

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use tokio::sync::mpsc::{Receiver, channel};
use tokio_util::io::ReaderStream;

use crate::documents::files::disposition;
use crate::sheets::books::csv::Text;
use crate::sheets::books::workbook::Book;
use crate::sheets::books::{Notes, Writes};
use crate::web::Error;
use crate::web::headers::IsFile;

use super::pieces::{Ending, Piece, Pieces};

/// Pieces that wait to be written.
const WAITING: usize = 2;
/// Bytes that are sent at a time.
const CHUNK: usize = 64 * 1024;

/// The media types.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

/// Writes what comes into a file; `make` ends with the filters in force, in words.
pub async fn spool<F>(ending: Ending, notes: Notes, make: F) -> Result<File, Error>
where
    F: AsyncFnOnce(&Pieces) -> Result<Vec<String>, Error>,
{
    let (send, receive) = channel(WAITING);
    let writing = tokio::task::spawn_blocking(move || write(ending, notes, receive));
    let pieces = Pieces(send);
    let outcome = make(&pieces).await;
    let ended = match outcome {
        Ok(filters) => pieces.send(Piece::End(filters)).await,
        Err(error) => Err(error),
    };
    drop(pieces);
    let written = writing.await.map_err(Error::internal)?;
    // Where writing failed, that is the cause; where reading did, the file is not whole.
    let file = written.map_err(Error::internal);
    match (ended, file) {
        (Ok(()), file) => file,
        (Err(error), Ok(_)) => Err(error),
        (Err(_), Err(cause)) => Err(cause),
    }
}

fn write(ending: Ending, notes: Notes, pieces: Receiver<Piece>) -> io::Result<File> {
    let to = tempfile::tempfile()?;
    let mut file = match ending {
        Ending::Xlsx => fill(Book::new(&notes, to), notes, pieces)?,
        Ending::Csv => fill(Text::new(to)?, notes, pieces)?,
    };
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

fn fill<W: Writes>(mut into: W, mut notes: Notes, mut pieces: Receiver<Piece>) -> io::Result<File> {
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Piece::Lines(lines) => notes.lines = lines,
            Piece::Sheet(sheet) => into.sheet(sheet)?,
            Piece::Rows(rows) => into.rows(&rows)?,
            Piece::End(filters) => {
                notes.filters = filters;
                return into.finish(&notes);
            }
        }
    }
    // The reader gave up: nobody asks for this file any more.
    tempfile::tempfile()
}

/// The file as a download.
pub fn answer(file: File, name: &str, ending: Ending) -> Result<Response, Error> {
    let bytes = file.metadata().map_err(Error::internal)?.len();
    let (ending, media) = match ending {
        Ending::Xlsx => ("xlsx", XLSX),
        Ending::Csv => ("csv", CSV),
    };
    let stream = ReaderStream::with_capacity(tokio::fs::File::from_std(file), CHUNK);
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_LENGTH, bytes.to_string()),
        (
            header::CONTENT_DISPOSITION,
            disposition("attachment", &format!("{name}.{ending}")),
        ),
    ];
    let mut response = (headers, Body::from_stream(stream)).into_response();
    response.extensions_mut().insert(IsFile);
    Ok(response)
}
