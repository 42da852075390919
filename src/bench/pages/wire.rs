//! A door to the database that counts what goes through it: every message that waits
//! for an answer, `begin`, `commit` and the pool's own questions included, which no
//! log of statements tells of.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixListener, UnixStream};
use tokio::task::JoinHandle;

/// The door, open while it lives.
pub struct Wire {
    folder: PathBuf,
    asked: Arc<AtomicUsize>,
    door: JoinHandle<()>,
}

impl Wire {
    /// Opens a door to the server of these options, and how to go through it.
    pub fn open(options: &PgConnectOptions) -> io::Result<(Self, PgConnectOptions)> {
        let mut bytes = [0_u8; 8];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let folder = std::env::temp_dir().join(format!("tuogou-{}", hex::encode(bytes)));
        std::fs::create_dir(&folder)?;
        let name = format!(".s.PGSQL.{}", options.get_port());
        let listener = UnixListener::bind(folder.join(&name))?;
        let asked = Arc::new(AtomicUsize::new(0));
        let through = options.clone().socket(&folder).ssl_mode(PgSslMode::Disable);
        let (server, counted) = (options.clone(), Arc::clone(&asked));
        let door = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let counted = Arc::clone(&counted);
                let to = server.get_socket().map(|socket| socket.join(&name));
                let (host, port) = (server.get_host().to_owned(), server.get_port());
                tokio::spawn(async move {
                    let ended = match to {
                        Some(socket) => match UnixStream::connect(socket).await {
                            Ok(server) => relay(client, server, counted).await,
                            Err(error) => Err(error),
                        },
                        None => match TcpStream::connect((host, port)).await {
                            Ok(server) => relay(client, server, counted).await,
                            Err(error) => Err(error),
                        },
                    };
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection ended");
                    }
                });
            }
        });
        Ok((
            Self {
                folder,
                asked,
                door,
            },
            through,
        ))
    }

    /// Messages that waited for an answer since the last time.
    pub fn take(&self) -> usize {
        self.asked.swap(0, Ordering::SeqCst)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.door.abort();
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::debug!(%error, "a folder stays behind");
        }
    }
}

async fn relay<S>(client: UnixStream, server: S, asked: Arc<AtomicUsize>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite,
{
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let answers = async {
        tokio::io::copy(&mut from_server, &mut to_client)
            .await
            .map(|_| ())
    };
    let questions = async {
        let mut counter = Counter::default();
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let length = from_client.read(&mut buffer).await?;
            let read = buffer.get(..length).unwrap_or_default();
            if read.is_empty() {
                return to_server.shutdown().await;
            }
            asked.fetch_add(counter.feed(read), Ordering::SeqCst);
            to_server.write_all(read).await?;
        }
    };
    tokio::try_join!(answers, questions).map(|_| ())
}

/// Reads the frontend's messages as far as it must: kind and length.
#[derive(Default)]
struct Counter {
    head: Vec<u8>,
    rest: usize,
    begun: bool,
}

impl Counter {
    /// How many of the messages that end here wait for an answer: a simple query, or
    /// `Sync` at the end of an extended one.
    fn feed(&mut self, bytes: &[u8]) -> usize {
        let mut asked = 0;
        for byte in bytes {
            if self.rest > 0 {
                self.rest -= 1;
                continue;
            }
            self.head.push(*byte);
            // The first message has no kind.
            let (kind, length) = match (self.begun, self.head.as_slice()) {
                (false, [a, b, c, d]) => (0, [*a, *b, *c, *d]),
                (true, [kind, a, b, c, d]) => (*kind, [*a, *b, *c, *d]),
                _ => continue,
            };
            let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or_default();
            self.rest = length.saturating_sub(4);
            self.begun = true;
            self.head.clear();
            asked += usize::from(matches!(kind, b'Q' | b'S'));
        }
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::Counter;

    #[test]
    fn questions_are_counted_wherever_the_bytes_are_cut() {
        let mut bytes = vec![0, 0, 0, 9, 0, 3, 0, 0, 0];
        bytes.extend(b"P\0\0\0\x08SQSQ");
        bytes.extend(b"S\0\0\0\x04");
        bytes.extend(b"Q\0\0\0\x0bbegin;\0");
        bytes.extend(b"X\0\0\0\x04");
        for cut in 1..bytes.len() {
            let mut counter = Counter::default();
            let asked: usize = bytes.chunks(cut).map(|part| counter.feed(part)).sum();
            assert_eq!(asked, 2, "cut at {cut}");
        }
    }
}
