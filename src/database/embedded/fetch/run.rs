//! Running a program that may take long: what it has done so far is shown, and
//! it is ended when nothing comes any more.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use super::super::EmbeddedError;
use super::super::launch::last_lines;
use super::error::Failure;
use super::rules;
use super::tools::Tools;

/// Between two looks whether it has ended.
const LOOK: Duration = Duration::from_millis(20);
/// Between two looks at what has come.
const MEASURE: Duration = Duration::from_secs(1);
/// Between two lines that show it.
const SHOW: Duration = Duration::from_secs(5);

/// What a program said.
pub(super) struct Said {
    pub(super) text: String,
    pub(super) errors: String,
}

/// Runs a program to its end. `work` is the folder that grows meanwhile. The
/// terminal's ctrl-c reaches it, as it should: nobody must wait for a download.
pub(super) fn run(command: &mut Command, work: &Path, tools: &Tools) -> Result<Said, Failure> {
    let (text, errors) = (work.join("said"), work.join("errors"));
    let create = |path: &Path| File::create(path).map_err(EmbeddedError::at(path));
    let step = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        // Read by us, so in one language.
        .env("LC_ALL", "C.UTF-8")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdout(create(&text)?)
        .stderr(create(&errors)?)
        .spawn()
        .map_err(EmbeddedError::at(Path::new(&step)))?;
    let status = wait(&mut child, work, tools)
        .map_err(EmbeddedError::at(Path::new(&step)))?
        .ok_or_else(|| Failure::Stalled {
            step: step.clone(),
            seconds: tools.patience.as_secs(),
        })?;
    let read = |path: &Path| {
        fs::read(path)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .map_err(EmbeddedError::at(path))
    };
    let said = Said {
        text: read(&text)?,
        errors: read(&errors)?,
    };
    if status.success() {
        return Ok(said);
    }
    if status.code().is_none() {
        return Err(Failure::Interrupted(step));
    }
    let complaint = rules::complaint(&said.errors);
    Err(Failure::Failed {
        step: format!("{step} ({status})"),
        log: if complaint.is_empty() {
            last_lines(&format!("{}{}", said.text, said.errors))
        } else {
            complaint
        },
    })
}

/// Its end, or `None` if it was ended because nothing came.
fn wait(child: &mut Child, work: &Path, tools: &Tools) -> std::io::Result<Option<ExitStatus>> {
    let before = bytes_in(work);
    let (mut last, mut grown) = (before, Instant::now());
    let (mut measured, mut shown) = (grown, grown);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if measured.elapsed() > MEASURE {
            measured = Instant::now();
            let now = bytes_in(work);
            if now != last {
                (last, grown) = (now, measured);
            }
        }
        if shown.elapsed() > SHOW {
            shown = Instant::now();
            let written = last.saturating_sub(before) / 1_000_000;
            tools.say(&format!("      已写入 / {written} MB written so far"));
        }
        if grown.elapsed() > tools.patience {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(LOOK);
    }
}

/// How much has come: all below the folders in `work`, but not what a program says
/// of its attempts. What goes meanwhile counts nothing.
fn bytes_in(work: &Path) -> u64 {
    fn of(folder: &Path, counts_files: bool) -> u64 {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| match entry.metadata() {
                Ok(found) if found.is_dir() => of(&entry.path(), true),
                Ok(found) if counts_files => found.len(),
                Ok(_) | Err(_) => 0,
            })
            .sum()
    }
    of(work, false)
}
