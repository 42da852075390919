//! A socket between the program and its database, which can be cut, closed and frozen.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use sqlx::postgres::PgConnectOptions;
use tokio::io::copy_bidirectional;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;

use crate::world::World;

/// What the way to the database does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// It works.
    Open,
    /// Nobody listens: the server was stopped.
    Refused,
    /// Connections are taken and closed: a proxy whose server is away.
    Closed,
    /// Connections are taken and nothing comes: a server that hangs.
    Frozen,
}

/// The socket.
pub struct Proxy {
    folder: PathBuf,
    line: watch::Sender<Line>,
    server: Arc<OnceLock<PathBuf>>,
}

const NAME: &str = ".s.PGSQL.5432";
const AWAY: &str = "away";

impl Proxy {
    /// An open line that leads nowhere yet.
    pub fn new() -> Self {
        let mut number = [0_u8; 6];
        getrandom::fill(&mut number).unwrap();
        let folder = std::env::temp_dir().join(format!("tuogou-line-{}", hex::encode(number)));
        std::fs::create_dir(&folder).unwrap();
        let listener = UnixListener::bind(folder.join(NAME)).unwrap();
        let (line, seen) = watch::channel(Line::Open);
        let server = Arc::new(OnceLock::new());
        let known = Arc::clone(&server);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let path: Option<&PathBuf> = known.get();
                tokio::spawn(carry(client, path.cloned(), seen.clone()));
            }
        });
        Self {
            folder,
            line,
            server,
        }
    }

    /// Leads to the world's server.
    pub fn lead_to(&self, world: &World) {
        let options = world.owner().connect_options();
        let folder = options.get_socket().cloned();
        let folder = folder.unwrap_or_else(|| PathBuf::from(options.get_host()));
        self.server.set(folder.join(NAME)).unwrap();
    }

    /// The same database by this way.
    pub fn options(&self, options: PgConnectOptions) -> PgConnectOptions {
        options.socket(&self.folder).port(5432)
    }

    /// Changes what the way does, to connections that stand as well.
    pub fn set(&self, line: Line) {
        let (here, away) = (self.folder.join(NAME), self.folder.join(AWAY));
        if line == Line::Refused {
            std::fs::rename(&here, &away).unwrap();
        } else if away.exists() {
            std::fs::rename(&away, &here).unwrap();
        }
        self.line.send_replace(line);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn carry(mut client: UnixStream, server: Option<PathBuf>, mut line: watch::Receiver<Line>) {
    let Ok(mut server) = UnixStream::connect(server.unwrap()).await else {
        return;
    };
    let mut carrying = std::pin::pin!(copy_bidirectional(&mut client, &mut server));
    loop {
        let now = *line.borrow_and_update();
        match now {
            Line::Refused | Line::Closed => return,
            Line::Open => tokio::select! {
                _ = &mut carrying => return,
                changed = line.changed() => if changed.is_err() { return },
            },
            Line::Frozen => {
                if line.changed().await.is_err() {
                    return;
                }
            }
        }
    }
}
