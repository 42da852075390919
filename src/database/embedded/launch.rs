//! Starting the server, or taking over the one that a killed program left.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use super::find::Programs;
use super::layout::{Cluster, Layout};
use super::postmaster::{self, Postmaster};
use super::sources::Sources;
use super::{EmbeddedError, initdb, stop};

/// Recovery after a crash may take this long.
const PATIENCE: Duration = Duration::from_mins(5);
/// Children of a killed server are gone within this time.
const PATIENCE_WITH_ORPHANS: Duration = Duration::from_secs(15);
/// Between two looks at `postmaster.pid`.
const LOOK: Duration = Duration::from_millis(5);
/// Between two attempts to start.
const AGAIN: Duration = Duration::from_millis(50);
/// A server that runs answers within this time.
const ANSWER: Duration = Duration::from_secs(5);
/// The message `SSLRequest`: its length, its code.
const TLS_QUESTION: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];
/// Lines of the log in a message.
const LOG_LINES: usize = 8;
/// The log starts anew beyond this size.
const LONGEST_LOG: u64 = 8 << 20;

/// For trial and development: small, and as safe as PostgreSQL is.
const SETTINGS: [&str; 6] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "shared_buffers=64MB",
    "timezone=UTC",
    "log_timezone=UTC",
    "cluster_name=tuogou",
];
/// For tests: nothing needs to outlive the machine, and many connect at once.
const SETTINGS_OF_TESTS: [&str; 9] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "jit=off",
    "max_wal_size=128MB",
    "max_connections=300",
];

/// A cluster that answers.
#[derive(Debug)]
pub(super) struct Up {
    pub(super) cluster: Cluster,
    pub(super) programs: Programs,
    /// The server, where this program started it.
    pub(super) child: Option<Child>,
    pub(super) adopted: bool,
}

/// How one attempt to start ended.
enum Attempt {
    Ready(Child),
    /// The server ended, with the last lines of its log.
    Ended(String),
}

/// Sees to it that the cluster is there and answers. The caller holds `start.lock`.
pub(super) fn bring_up(
    layout: &Layout,
    sources: &Sources,
    durable: bool,
) -> Result<Up, EmbeddedError> {
    let (cluster, programs) = if let Some(cluster) = layout.cluster() {
        if adopt(layout, &cluster)? {
            return Ok(adopted(cluster));
        }
        let programs = sources.programs(layout, Some(&cluster))?;
        (cluster, programs)
    } else {
        let programs = sources.programs(layout, None)?;
        (initdb::make(layout, &programs, durable)?, programs)
    };
    let deadline = Instant::now() + PATIENCE_WITH_ORPHANS;
    loop {
        postmaster::disarm(&cluster.data, &layout.socket())?;
        match launch(layout, &cluster, &programs, durable)? {
            Attempt::Ready(child) => {
                return Ok(Up {
                    cluster,
                    programs,
                    child: Some(child),
                    adopted: false,
                });
            }
            Attempt::Ended(log) if !is_passing(&log) || Instant::now() > deadline => {
                return Err(EmbeddedError::StartFailed { log });
            }
            Attempt::Ended(_) => thread::sleep(AGAIN),
        }
        if adopt(layout, &cluster)? {
            return Ok(adopted(cluster));
        }
    }
}

/// Whether a failed start may succeed a moment later: orphans of a killed server
/// are about to end, or a server that a killed program started is about to be ready.
fn is_passing(log: &str) -> bool {
    log.contains("pre-existing shared memory block") || log.contains("lock file \"postmaster.pid\"")
}

fn adopted(cluster: Cluster) -> Up {
    // The first word of postmaster.opts is the program that runs.
    let options = fs::read_to_string(cluster.data.join("postmaster.opts")).unwrap_or_default();
    let program = options.split(" \"").next().unwrap_or_default();
    let folder = Path::new(program).parent().unwrap_or(Path::new(""));
    let programs = Programs::at(folder).unwrap_or_else(|| Programs {
        folder: folder.to_owned(),
        major: cluster.major,
        version: cluster.major.to_string(),
    });
    Up {
        cluster,
        programs,
        child: None,
        adopted: true,
    }
}

/// Takes over a server that runs. One that does not answer is stopped.
fn adopt(layout: &Layout, cluster: &Cluster) -> Result<bool, EmbeddedError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let Some(server) = Postmaster::of(&cluster.data) else {
            return Ok(false);
        };
        let socket = server
            .is_ready
            .then(|| UnixStream::connect(layout.socket()));
        match socket {
            Some(Ok(socket)) if answers(&socket).is_ok() => return Ok(true),
            Some(Err(_)) => stop::stop(server, None)?,
            // Getting ready, or dying: a killed one still takes connections for a moment.
            Some(Ok(_)) | None => {}
        }
        if Instant::now() > deadline {
            return Err(EmbeddedError::StartFailed {
                log: format!(
                    "PostgreSQL (pid {}) 长时间未就绪 / is not getting ready",
                    server.pid.as_raw_pid()
                ),
            });
        }
        thread::sleep(LOOK);
    }
}

/// Asks whether it speaks TLS, the only question that needs no log-in.
fn answers(mut socket: &UnixStream) -> std::io::Result<()> {
    socket.set_read_timeout(Some(ANSWER))?;
    socket.write_all(&TLS_QUESTION)?;
    socket.read_exact(&mut [0])
}

fn launch(
    layout: &Layout,
    cluster: &Cluster,
    programs: &Programs,
    durable: bool,
) -> Result<Attempt, EmbeddedError> {
    let path = layout.log();
    let log = open_log(&path).map_err(EmbeddedError::at(&path))?;
    let begin = log.metadata().map_err(EmbeddedError::at(&path))?.len();
    let program = programs.program("postgres");
    let mut command = server_command(layout, cluster, programs, durable);
    let copy = log.try_clone().map_err(EmbeddedError::at(&path))?;
    let mut child = command
        .stdout(copy)
        .stderr(log)
        .spawn()
        .map_err(EmbeddedError::at(&program))?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        if child
            .try_wait()
            .map_err(EmbeddedError::at(&program))?
            .is_some()
        {
            return Ok(Attempt::Ended(log_since(&path, begin)));
        }
        let server = Postmaster::of(&cluster.data)
            .filter(|server| u32::try_from(server.pid.as_raw_pid()) == Ok(child.id()));
        match server {
            Some(server) if server.is_ready => return Ok(Attempt::Ready(child)),
            Some(server) if Instant::now() > deadline => {
                stop::stop(server, Some(&mut child))?;
                return Ok(Attempt::Ended(log_since(&path, begin)));
            }
            Some(_) | None => thread::sleep(LOOK),
        }
    }
}

fn server_command(
    layout: &Layout,
    cluster: &Cluster,
    programs: &Programs,
    durable: bool,
) -> Command {
    let mut command = programs.command("postgres", layout.account());
    command
        .arg("-D")
        .arg(&cluster.data)
        .arg("-k")
        .arg(layout.socket_folder())
        .args(["-p", &super::PORT.to_string()]);
    let of_tests: &[&str] = if durable { &[] } else { &SETTINGS_OF_TESTS };
    for setting in SETTINGS.iter().chain(of_tests) {
        command.args(["-c", setting]);
    }
    command
}

/// Opened by us and handed on, so that the server's account needs no right to it.
fn open_log(path: &Path) -> std::io::Result<File> {
    let log = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)?;
    if log.metadata()?.len() > LONGEST_LOG {
        log.set_len(0)?;
    }
    Ok(log)
}

fn log_since(path: &Path, begin: u64) -> String {
    let read = || {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(begin))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok::<_, std::io::Error>(bytes)
    };
    read().map_or_else(
        |error| error.to_string(),
        |bytes| last_lines(&String::from_utf8_lossy(&bytes)),
    )
}

/// The end of a log, for a message.
pub(super) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let begin = lines.len().saturating_sub(LOG_LINES);
    lines.get(begin..).unwrap_or_default().join("\n")
}
