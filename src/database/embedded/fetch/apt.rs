//! apt with lists and downloads in a folder of ours, so that nothing of the system
//! is written and nobody's rights are needed. What it checks stays on: lists are
//! signed by the distribution, packages are compared with the lists.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::layout::make_folder;
use super::super::{EmbeddedError, find};
use super::error::Failure;
use super::rules;
use super::run::{Said, run};
use super::tools::Tools;

/// Besides the folders. `status` empty: only what can be downloaded counts.
const SETTINGS: [&str; 12] = [
    "Dir::State::status=/dev/null",
    // The image may keep none, and would read all lists for each question.
    "Dir::Cache::pkgcache=pkgcache.bin",
    "Debug::NoLocking=1",
    // Root would lend downloads to an account that may not write here.
    "APT::Sandbox::User=root",
    "APT::Get::AllowUnauthenticated=false",
    "Acquire::AllowInsecureRepositories=false",
    "Acquire::AllowDowngradeToInsecureRepositories=false",
    "Acquire::Languages=none",
    // Pictures for software centres, half of what would be read.
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
    "Acquire::http::Timeout=20",
    "Acquire::https::Timeout=20",
    "Acquire::Retries=2",
];

/// apt at work in a folder.
pub(super) struct Apt<'a> {
    pub(super) tools: &'a Tools,
    work: PathBuf,
    /// Handed to every child: a child that outlives us still holds the lock.
    lock: File,
}

impl<'a> Apt<'a> {
    /// Makes the folders that apt expects.
    pub(super) fn new(tools: &'a Tools, work: &Path, lock: File) -> Result<Self, Failure> {
        for folder in [
            "state",
            "lists/partial",
            "cache/archives/partial",
            "packages",
            "tree",
        ] {
            make_folder(&work.join(folder), 0o755)?;
        }
        Ok(Self {
            tools,
            work: work.to_owned(),
            lock,
        })
    }

    /// Where packages are unpacked.
    pub(super) fn tree(&self) -> PathBuf {
        self.work.join("tree")
    }

    /// Reads the lists. A source that cannot be reached is no failure as long as
    /// others have PostgreSQL; what apt says of it is returned.
    pub(super) fn update(&self) -> Result<String, Failure> {
        let said = self.run(self.apt(&self.tools.apt_get).arg("update"));
        match said {
            Ok(said) => Ok(rules::complaint(&said.errors)),
            Err(Failure::Failed { log, .. }) => Ok(log),
            Err(failure) => Err(failure),
        }
    }

    /// The names of all packages that can be downloaded.
    pub(super) fn names(&self) -> Result<BTreeSet<String>, Failure> {
        let said = self.run(self.apt(&self.tools.apt_cache).arg("pkgnames"))?;
        Ok(said.text.lines().map(str::to_owned).collect())
    }

    /// The packages that this machine has.
    pub(super) fn installed(&self) -> Result<BTreeSet<String>, Failure> {
        let mut command = Command::new(&self.tools.dpkg_query);
        command.args(["-W", "-f", "${db:Status-Status} ${Package}\\n"]);
        Ok(rules::installed(&self.run(&mut command)?.text))
    }

    /// How large packages are, in bytes.
    pub(super) fn bytes(&self, packages: &[String]) -> Result<u64, Failure> {
        let mut command = self.apt(&self.tools.apt_get);
        command.args(["download", "--print-uris"]).args(packages);
        Ok(rules::bytes(&self.run(&mut command)?.text))
    }

    /// Downloads packages and unpacks them. Returns what they depend on.
    pub(super) fn download(&self, packages: &[String]) -> Result<String, Failure> {
        let folder = self.work.join("packages");
        let mut command = self.apt(&self.tools.apt_get);
        command.arg("download").args(packages).current_dir(&folder);
        self.run(&mut command)?;
        let mut dependencies = String::new();
        for entry in fs::read_dir(&folder).map_err(EmbeddedError::at(&folder))? {
            let file = entry.map_err(EmbeddedError::at(&folder))?.path();
            let mut command = Command::new(&self.tools.dpkg_deb);
            command.arg("--field").arg(&file).arg("Depends");
            dependencies.push_str(&self.run(&mut command)?.text);
            let mut command = Command::new(&self.tools.dpkg_deb);
            command.arg("--extract").arg(&file).arg(self.tree());
            self.run(&mut command)?;
            fs::remove_file(&file).map_err(EmbeddedError::at(&file))?;
        }
        Ok(dependencies)
    }

    /// Libraries that the programs in `folder` still lack.
    pub(super) fn missing(
        &self,
        programs: &[PathBuf],
        folder: &Path,
    ) -> Result<Vec<String>, Failure> {
        let mut command = Command::new(&self.tools.ldd);
        command.args(programs);
        if let Some(libraries) = find::libraries(folder) {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        Ok(rules::missing(&self.run(&mut command)?.text))
    }

    fn apt(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.arg("-q");
        for (name, folder) in [
            ("Dir::State", "state"),
            ("Dir::State::lists", "lists"),
            ("Dir::Cache", "cache"),
        ] {
            let mut setting = OsString::from(format!("{name}="));
            setting.push(self.work.join(folder));
            command.arg("-o").arg(setting);
        }
        for setting in SETTINGS {
            command.args(["-o", setting]);
        }
        command
    }

    fn run(&self, command: &mut Command) -> Result<Said, Failure> {
        let lock = self.lock.try_clone();
        command.stdin(lock.map_err(EmbeddedError::at(&self.work))?);
        run(command, &self.work, self.tools)
    }
}
