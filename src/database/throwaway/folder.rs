//! The folder of a test run: found by all its processes through the program that
//! started them, and cleared away by a shell when that program is gone.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Memory for a test run; containers often have only 64 MB there.
const NEEDED_BYTES: u64 = 1 << 30;

/// Waits for the end of process $1, then stops the cluster in $2 and removes it.
/// A zombie counts as gone: in a container nobody may ask for it.
const REAPER: &str = r#"
lives() {
    if [ -r /proc/self/stat ]; then
        stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
        case ${stat##*") "} in Z*|X*) return 1 ;; esac
    else
        kill -0 "$1" 2>/dev/null
    fi
}
while lives "$1" && [ -d "$2" ]; do sleep 1; done
for file in "$2"/pg*/postmaster.pid; do
    [ -f "$file" ] || continue
    read -r server < "$file" && kill -QUIT "$server"
    for _ in 1 2 3 4 5; do lives "$server" && sleep 1; done
done
rm -rf "$2"
"#;

/// Made on first use, in memory if there is room.
pub(super) fn of_this_run() -> io::Result<PathBuf> {
    let memory = Path::new("/dev/shm");
    let has_room = rustix::fs::statvfs(memory)
        .is_ok_and(|room| room.f_bavail.saturating_mul(room.f_frsize) >= NEEDED_BYTES);
    if has_room && let Ok(folder) = inside(memory) {
        return Ok(folder);
    }
    // Little room, or a container that lets root alone write there.
    inside(&target())
}

/// Where the other places cannot be reached by the account that runs PostgreSQL.
pub(super) fn in_temporary() -> io::Result<PathBuf> {
    inside(&std::env::temp_dir())
}

/// Keeps PostgreSQL's programs where none are installed.
pub(super) fn of_programs() -> PathBuf {
    target().join("postgres-programs")
}

/// The build folder that this program lies in.
fn target() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|program| {
            let is_target = |folder: &&Path| folder.join("CACHEDIR.TAG").is_file();
            program
                .ancestors()
                .skip(1)
                .find(is_target)
                .map(Path::to_owned)
        })
        .unwrap_or_else(std::env::temp_dir)
}

fn inside(place: &Path) -> io::Result<PathBuf> {
    let runner = runner();
    let user = rustix::process::geteuid().as_raw();
    let since = started(runner).unwrap_or_default();
    let folder = place.join(format!("tuogou-test-{user}-{runner}-{since}"));
    match fs::create_dir(&folder) {
        // Whoever makes the folder starts the shell, so there is exactly one.
        Ok(()) => {
            reap(runner, &folder)?;
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o711))?;
            return Ok(folder);
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let found = fs::symlink_metadata(&folder)?;
    if found.is_dir() && found.uid() == user {
        return Ok(folder);
    }
    Err(io::Error::other(format!(
        "{} is not ours",
        folder.display()
    )))
}

/// The program that started this one; without one that will end, this one.
fn runner() -> u32 {
    rustix::process::getppid()
        .and_then(|pid| u32::try_from(pid.as_raw_pid()).ok())
        .filter(|pid| *pid > 1)
        .unwrap_or_else(std::process::id)
}

/// When a process started, in ticks since boot: numbers of processes come again.
fn started(process: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(") ")?;
    rest.split(' ').nth(19)?.parse().ok()
}

fn reap(runner: u32, folder: &Path) -> io::Result<()> {
    Command::new("/bin/sh")
        .args(["-c", REAPER, "tuogou-reaper", &runner.to_string()])
        .arg(folder)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Ctrl-c in the terminal must not keep it from its work.
        .process_group(0)
        .spawn()
        .map(drop)
}
