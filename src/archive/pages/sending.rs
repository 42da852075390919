//! From whoever writes the archive to whoever takes it, through a few pieces: who takes it
//! slowly slows the writer, who leaves ends it, and what fails ends the answer so that nobody
//! takes half an archive for a whole one.

use std::io::{self, Write};
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::Frame;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::web::App;

use super::take::Archive;
use super::writing::{Ground, write};

/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
/// Pieces that wait to be taken.
const WAITING: usize = 4;

type Piece = io::Result<Bytes>;

/// The archive as a body.
pub(super) fn body(app: &App, archive: Archive) -> Body {
    let (send, receive) = channel(WAITING);
    let ground = Ground::new(app.database.clone(), Handle::current(), &app.clock.now());
    let out = Out::new(send.clone());
    let writing = tokio::task::spawn_blocking(move || write(archive, &ground, out));
    tokio::spawn(async move {
        let written = writing.await;
        let ended = written.unwrap_or_else(|panic| Err(io::Error::other(panic)));
        if let Err(error) = ended
            && !send.is_closed()
        {
            tracing::error!(%error, "an archive could not be written to its end");
            drop(send.send(Err(error)).await);
        }
    });
    Body::new(Coming(receive))
}

/// Where the archive is written; it belongs to a thread that may wait.
pub(super) struct Out {
    to: Sender<Piece>,
    held: Vec<u8>,
    over: Over,
}

/// Whether nothing more is to be sent: what is written then goes nowhere.
#[derive(Debug, Clone, Default)]
pub(super) struct Over(Arc<AtomicBool>);

impl Over {
    /// From now on.
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Out {
    fn new(to: Sender<Piece>) -> Self {
        Self {
            to,
            held: Vec::with_capacity(PIECE),
            over: Over::default(),
        }
    }

    /// By which it is told that nothing more is to be sent.
    pub(super) fn over(&self) -> Over {
        self.over.clone()
    }

    fn hand_on(&mut self) -> io::Result<()> {
        if self.held.is_empty() || self.over.is_set() {
            return Ok(());
        }
        let piece = mem::replace(&mut self.held, Vec::with_capacity(PIECE));
        let sent = self.to.blocking_send(Ok(piece.into()));
        sent.map_err(|_| {
            self.over.set();
            io::ErrorKind::BrokenPipe.into()
        })
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.over.is_set() {
            return Ok(bytes.len());
        }
        let room = PIECE.saturating_sub(self.held.len());
        let fits = bytes.get(..room).unwrap_or(bytes);
        self.held.extend_from_slice(fits);
        if self.held.len() >= PIECE {
            self.hand_on()?;
        }
        Ok(fits.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_on()
    }
}

/// The pieces as they come.
struct Coming(Receiver<Piece>);

impl hyper::body::Body for Coming {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let piece = self.0.poll_recv(context);
        piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_arrives_in_pieces_and_in_its_order() {
        let (send, mut receive) = channel(WAITING);
        let content: Vec<u8> = (0..=u8::MAX).cycle().take(5 * PIECE + 7).collect();
        let whole = content.clone();
        let writer = std::thread::spawn(move || {
            let mut out = Out::new(send);
            for part in whole.chunks(1_000) {
                out.write_all(part)?;
            }
            out.flush()
        });
        let mut arrived = Vec::new();
        while let Some(piece) = receive.blocking_recv() {
            let piece = piece.unwrap();
            assert!(piece.len() <= PIECE);
            arrived.extend(piece);
        }
        writer.join().unwrap().unwrap();
        assert!(arrived == content);
    }

    #[test]
    fn who_leaves_ends_the_writer_once() {
        let (send, receive) = channel(WAITING);
        let mut out = Out::new(send);
        drop(receive);
        let failed = out.write_all(&vec![0; 2 * PIECE]).unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::BrokenPipe);
        // What closes the archive behind the error finds nothing to do and no error.
        out.write_all(&vec![0; 2 * PIECE]).unwrap();
        out.flush().unwrap();
    }

    #[test]
    fn what_is_over_is_not_sent() {
        let (send, mut receive) = channel(WAITING);
        let mut out = Out::new(send);
        out.write_all(b"PK").unwrap();
        out.over().set();
        out.write_all(&vec![0; PIECE]).unwrap();
        out.flush().unwrap();
        drop(out);
        assert!(receive.blocking_recv().is_none());
    }
}
