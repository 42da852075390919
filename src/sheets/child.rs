//! A file is read by a process of its own, which limits its own memory and time: a workbook that
//! unpacks without end, or brings a library down, takes nothing with it (security.md R14). The
//! process is this program again; it is given a path, and tells a line of JSON for each row.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::str::FromStr;

use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child as Process, ChildStdout, Command};

use super::cells::{Told, Unreadable};
use super::reading::{Failed, Wanted, read};

/// The subcommand.
pub const COMMAND: &str = "read-sheet";
/// Where the process finds the file: its standard input, opened anew.
const GIVEN: &str = "/proc/self/fd/0";
/// Address space of the process, in bytes: what it touches is a tenth of it.
const MEMORY: u64 = 512 * 1024 * 1024;
/// Seconds of computing that it may take.
const SECONDS: u64 = 60;

impl FromStr for Wanted {
    type Err = String;

    /// `heads:30` or `sheets:0,2`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("not heads:N or sheets:N,N: {text}");
        let (what, numbers) = text.split_once(':').ok_or_else(wrong)?;
        match what {
            "heads" => numbers.parse().map(Self::Heads).map_err(|_| wrong()),
            "sheets" => {
                let sheets = numbers.split(',').filter(|number| !number.is_empty());
                let sheets: Result<Vec<u32>, _> = sheets.map(str::parse).collect();
                sheets.map(Self::Sheets).map_err(|_| wrong())
            }
            _ => Err(wrong()),
        }
    }
}

impl Wanted {
    /// As the command takes it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Heads(rows) => format!("heads:{rows}"),
            Self::Sheets(sheets) => {
                let sheets: Vec<String> = sheets.iter().map(u32::to_string).collect();
                format!("sheets:{}", sheets.join(","))
            }
        }
    }
}

/// What the process does: reads the file and tells it to its standard output.
pub fn serve(path: &Path, name: &str, wanted: &Wanted) -> io::Result<()> {
    limit(Resource::As, MEMORY)?;
    limit(Resource::Cpu, SECONDS)?;
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let mut tell = |told: Told| {
        serde_json::to_writer(&mut out, &told).map_err(io::Error::other)?;
        out.write_all(b"\n")
    };
    match read(path, name, wanted, &mut tell) {
        Ok(()) => {}
        Err(Failed::Unreadable(why)) => tell(Told::Unreadable(why))?,
        Err(Failed::Io(error)) => return Err(error),
    }
    out.flush()
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    let most = Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    setrlimit(resource, most).map_err(io::Error::from)
}

/// The process that reads a file; it ends with this.
pub struct Reader {
    process: Process,
    lines: Lines<BufReader<ChildStdout>>,
    ended: bool,
}

impl Reader {
    /// Begins to read a file from its beginning. The process is given the open file, whose name
    /// may be gone.
    pub fn begin(program: &Path, (file, name): (&File, &str), wanted: &Wanted) -> io::Result<Self> {
        let mut process = Command::new(program)
            .arg(COMMAND)
            .arg("--")
            .arg(GIVEN)
            .arg(name)
            .arg(wanted.text())
            .env_clear()
            .stdin(file.try_clone()?)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let out = process.stdout.take();
        let out = out.ok_or_else(|| io::Error::other("a process without its output"))?;
        Ok(Self {
            process,
            lines: BufReader::with_capacity(64 * 1024, out).lines(),
            ended: false,
        })
    }

    /// What it tells next; none once all was told. A process that came to a bad end has read
    /// a broken file.
    pub async fn next(&mut self) -> io::Result<Option<Told>> {
        if self.ended {
            return Ok(None);
        }
        let Some(line) = self.lines.next_line().await? else {
            self.ended = true;
            let status = self.process.wait().await?;
            tracing::warn!(%status, "a file was not read to its end");
            return Ok(Some(Told::Unreadable(Unreadable::Broken)));
        };
        let told: Told = serde_json::from_str(&line).map_err(io::Error::other)?;
        if matches!(told, Told::End | Told::Unreadable(_)) {
            self.ended = true;
            self.process.wait().await?;
        }
        Ok(Some(told))
    }
}
