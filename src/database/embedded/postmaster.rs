//! Reading `postmaster.pid`: is there a server on this cluster, and does it answer?
//!
//! Its lines are process number, data folder, start, port, socket folder, address,
//! shared memory, state. A killed server leaves it behind.

use std::fs;
use std::io;
use std::path::Path;

use rustix::process::{Pid, Signal};

use super::EmbeddedError;

/// Index of the line that holds the state.
const STATE_LINE: usize = 7;

/// A living server of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Postmaster {
    pub(super) pid: Pid,
    /// Whether it accepts connections.
    pub(super) is_ready: bool,
}

impl Postmaster {
    /// The server that runs on `data`, if it lives.
    pub(super) fn of(data: &Path) -> Option<Self> {
        let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
        let pid = text.lines().next().and_then(number)?;
        let state = text.lines().nth(STATE_LINE).unwrap_or_default();
        (is_alive(pid) && works_in(pid, data)).then(|| Self {
            pid,
            is_ready: state.trim() == "ready",
        })
    }

    /// Sends it a signal; one that is gone already is fine.
    pub(super) fn signal(self, signal: Signal) -> Result<(), EmbeddedError> {
        match rustix::process::kill_process(self.pid, signal) {
            Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
            Err(error) => Err(EmbeddedError::Io {
                path: format!("kill {}", self.pid.as_raw_pid()).into(),
                source: error.into(),
            }),
        }
    }
}

/// Makes what a dead server left harmless, so that the next one starts.
///
/// PostgreSQL takes a zombie, or a stranger with the same number (likely in a
/// container), for the server. It does not take its own parent for one: with our
/// number in the file it goes on to ask whether the shared memory is still used.
pub(super) fn disarm(data: &Path, socket: &Path) -> Result<(), EmbeddedError> {
    let path = data.join("postmaster.pid");
    match fs::read_to_string(&path) {
        Ok(text) => match text.split_once('\n') {
            Some((first, rest)) if number(first).is_some() => {
                let text = format!("{}\n{rest}", std::process::id());
                fs::write(&path, text).map_err(EmbeddedError::at(&path))?;
            }
            _ => remove(&path)?,
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(EmbeddedError::at(&path)(error)),
    }
    remove(&socket.with_added_extension("lock"))?;
    remove(socket)
}

fn remove(path: &Path) -> Result<(), EmbeddedError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(EmbeddedError::at(path)(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn number(line: &str) -> Option<Pid> {
    Pid::from_raw(line.trim().parse().ok().filter(|pid| *pid > 0)?)
}

/// Whether the process runs; a zombie does not.
pub(super) fn is_alive(pid: Pid) -> bool {
    if cfg!(target_os = "linux") {
        let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_pid()));
        return stat.is_ok_and(|stat| is_running(&stat));
    }
    rustix::process::test_kill_process(pid).is_ok()
}

/// Reads the state in `/proc/<pid>/stat`, which follows the name in brackets.
pub(super) fn is_running(stat: &str) -> bool {
    stat.rsplit_once(") ")
        .is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

/// Whether the process is the server of `data` and not a stranger.
fn works_in(pid: Pid, data: &Path) -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let process = Path::new("/proc").join(pid.as_raw_pid().to_string());
    match fs::read_link(process.join("cwd")) {
        Ok(folder) => folder == data,
        // Root in a container may not look at it; the command line is public.
        Err(_) => fs::read_to_string(process.join("cmdline"))
            .is_ok_and(|line| line.split('\0').any(|argument| Path::new(argument) == data)),
    }
}
