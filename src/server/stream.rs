//! A connection's bytes on their way: whoever does not take an answer is hung up on,
//! and a head whose lines end in a bare LF is refused before hyper reads it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::web::limits::Limits;

use super::heads::Heads;

/// What is shown to hyper in place of a head that must not be read: no header line
/// begins so, and hyper says 400 and closes.
const NO_HEAD: &[u8] = b"\0\r\n\r\n";

/// Bytes of an answer that the kernel holds for a reader; it doubles them.
const KERNEL_BYTES: usize = 64 * 1024;

/// A connection that is watched.
pub(super) struct Watched {
    stream: TcpStream,
    heads: Heads,
    taking: Option<Taking>,
    window: std::time::Duration,
    least: usize,
}

/// Since an answer waits for its reader.
struct Taking {
    over: Pin<Box<Sleep>>,
    taken: usize,
}

impl Watched {
    pub(super) fn new(stream: TcpStream, limits: &Limits) -> Self {
        // A page is small and a reader waits for it; without this its last piece would.
        let _ = stream.set_nodelay(true);
        // The kernel lets a writer go on when a third of its buffer is free. Its own
        // buffers grow to megabytes, and a slow line would look like none.
        let _ = rustix::net::sockopt::set_socket_send_buffer_size(&stream, KERNEL_BYTES);
        Self {
            stream,
            heads: Heads::default(),
            taking: None,
            window: limits.taking,
            least: limits.least,
        }
    }

    /// What a write came to: nothing that waits may wait for ever. In each window
    /// the reader takes at least so much, or the connection ends.
    fn watch(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let Poll::Pending = written else {
            if let (Some(taking), Poll::Ready(Ok(bytes))) = (&mut self.taking, &written) {
                taking.taken += bytes;
                if taking.taken >= self.least {
                    self.taking = None;
                }
            }
            return written;
        };
        let window = self.window;
        let taking = self.taking.get_or_insert_with(|| Taking {
            over: Box::pin(sleep_until(Instant::now() + window)),
            taken: 0,
        });
        ready!(taking.over.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let arrived = buffer.filled().get(before..).unwrap_or_default();
        if self.heads.refuse(arrived) {
            buffer.set_filled(before);
            let shown = NO_HEAD.get(..buffer.remaining().min(NO_HEAD.len()));
            buffer.put_slice(shown.unwrap_or_default());
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Hyper asks for this when all it had was written: nobody waits any more.
        self.taking = None;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
