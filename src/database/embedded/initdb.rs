//! Making a cluster: UTF-8, data checksums, nobody but the socket's owner gets in.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::EmbeddedError;
use super::account;
use super::find::Programs;
use super::launch::last_lines;
use super::layout::{Cluster, Layout};
use super::lock::Lock;

/// First major version with a built-in UTF-8 locale.
const BUILTIN_LOCALE_SINCE: u32 = 17;

/// Runs `initdb` beside the final place and renames: what has the final name is whole.
pub(super) fn make(
    layout: &Layout,
    programs: &Programs,
    durable: bool,
) -> Result<Cluster, EmbeddedError> {
    let name = format!("pg{}", programs.major);
    let unfinished = layout.root().join(format!("{name}.new"));
    let data = layout.root().join(name);
    // Waits for the initdb of a killed program, which still writes.
    let path = layout.root().join("init.lock");
    let lock = Lock::wait(&path)?;
    let mut log = String::new();
    for locale in locales(programs.major) {
        remove(&unfinished)?;
        account::private_folder(&unfinished, layout.account())?;
        let mut command = command(layout, programs, &unfinished, locale);
        if !durable {
            command.arg("--no-sync");
        }
        match run(command.stdin(lock.for_child(&path)?)) {
            Ok(()) => {
                fs::rename(&unfinished, &data).map_err(EmbeddedError::at(&data))?;
                return Ok(Cluster {
                    data,
                    major: programs.major,
                });
            }
            // Another locale mends nothing else, such as a full disk.
            Err(EmbeddedError::InitFailed { log: failed })
                if failed.contains("ICU") || failed.contains("locale") =>
            {
                log = failed;
            }
            Err(error) => return Err(error),
        }
    }
    remove(&unfinished)?;
    Err(EmbeddedError::InitFailed { log })
}

/// Locales from the best to the plainest: some builds lack ICU, some systems C.UTF-8.
fn locales(major: u32) -> Vec<&'static [&'static str]> {
    let mut locales: Vec<&[&str]> = vec![&[
        "--locale=C.UTF-8",
        "--locale-provider=icu",
        "--icu-locale=und",
    ]];
    if major >= BUILTIN_LOCALE_SINCE {
        locales.push(&[
            "--locale=C.UTF-8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]);
    }
    locales.push(&["--locale=C.UTF-8"]);
    locales.push(&["--locale=en_US.UTF-8"]);
    locales
}

fn command(layout: &Layout, programs: &Programs, folder: &Path, locale: &[&str]) -> Command {
    let mut command = programs.command("initdb", layout.account());
    command
        .args(["-U", super::SUPERUSER, "-E", "UTF8", "--data-checksums"])
        .args(["--auth-local=trust", "--auth-host=reject"])
        .args(locale)
        .arg("-D")
        .arg(folder)
        .stdout(Stdio::null());
    command
}

fn run(command: &mut Command) -> Result<(), EmbeddedError> {
    let output = command
        .output()
        .map_err(EmbeddedError::at(Path::new("initdb")))?;
    if output.status.success() {
        return Ok(());
    }
    Err(EmbeddedError::InitFailed {
        log: last_lines(&String::from_utf8_lossy(&output.stderr)),
    })
}

/// Removes a folder, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), EmbeddedError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(EmbeddedError::at(folder)(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
