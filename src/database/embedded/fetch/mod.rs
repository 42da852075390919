//! Brings PostgreSQL's programs from the packages of the distribution, without
//! installing them and without root's rights: apt reads the lists and downloads
//! what the distribution signed, `dpkg-deb` unpacks it, and the libraries that
//! the machine lacks come too. Done once, under a lock; what has its final name
//! is whole.

mod apt;
mod error;
mod rules;
mod run;
#[cfg(test)]
mod tests;
mod tools;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::find::{self, OLDEST, Programs};
use super::layout::make_folder;
use super::lock::Lock;
use super::{EmbeddedError, initdb};
use apt::Apt;
pub use error::Failure;
pub(super) use tools::Tools;

/// Programs whose libraries must all be there; `psql` is for looking in.
const PROGRAMS: [&str; 5] = ["postgres", "initdb", "pg_dump", "pg_restore", "psql"];
/// Compiled queries need LLVM, which is larger than all the rest. Without these
/// files PostgreSQL knows that it cannot; with them queries would fail.
const COMPILER: [&str; 3] = ["llvmjit.so", "llvmjit_types.bc", "bitcode"];

/// Brings the programs into `place`, of exactly the major version `wanted` or else
/// of the newest one, unless another program has done so meanwhile.
pub(super) fn bring(place: &Path, wanted: Option<u32>, tools: &Tools) -> Result<Programs, Failure> {
    if !tools.time_zones.exists() {
        return Err(Failure::NoTimeZones);
    }
    let place = make_folder(place, 0o755)?;
    let path = place.join("fetch.lock");
    let lock = match Lock::try_alone(&path)? {
        Some(lock) => lock,
        None => {
            tools.say(
                "另一个程序正在获取 PostgreSQL，请稍候 / another program is bringing PostgreSQL: waiting",
            );
            Lock::wait(&path)?
        }
    };
    let is_wanted = |programs: &Programs| match wanted {
        Some(major) => programs.major == major,
        None => programs.major >= OLDEST,
    };
    let meanwhile = find::brought(&place).into_iter().filter(is_wanted);
    if let Some(programs) = meanwhile.max_by_key(|programs| programs.major) {
        return Ok(programs);
    }
    // What a killed program left half done goes first.
    let work = place.join("fetch.new");
    initdb::remove(&work)?;
    let apt = Apt::new(tools, &work, lock.for_child(&path)?)?;
    let programs = fetch(&apt, &place, wanted);
    initdb::remove(&work)?;
    programs
}

fn fetch(apt: &Apt<'_>, place: &Path, wanted: Option<u32>) -> Result<Programs, Failure> {
    let began = Instant::now();
    apt.tools.say(&format!(
        "未找到 PostgreSQL 服务器程序，从本机发行版的软件源获取，放入 {}，不改动系统（TUOGOU_FETCH_POSTGRES=no 可关闭）\n\
         No PostgreSQL server programs here: bringing the distribution's own packages into {0}; \
         the system stays as it is (TUOGOU_FETCH_POSTGRES=no turns this off)",
        place.display()
    ));
    apt.tools
        .say("  1/3 读取软件包目录 / reading the package lists");
    let complaint = apt.update()?;
    let names = apt.names()?;
    let offered = rules::majors(&names);
    let Some(major) = rules::choose(&offered, wanted) else {
        if offered.is_empty() && !complaint.is_empty() {
            return Err(Failure::Unreachable(complaint));
        }
        let newest = offered
            .last()
            .map_or_else(|| "无 / none".to_owned(), u32::to_string);
        apt.tools.say(&format!(
            "  软件源中最新的 PostgreSQL / newest PostgreSQL offered: {newest}"
        ));
        return Err(Failure::NotOffered);
    };
    let packages = unpack(apt, major, &names)?;
    let programs = finish(apt, place, major)?;
    apt.tools.say(&format!(
        "  3/3 完成 / done: PostgreSQL {}, {packages} 个软件包 / packages, {} s",
        programs.version,
        began.elapsed().as_secs()
    ));
    Ok(programs)
}

/// Downloads and unpacks the server, the client, and then, as long as libraries
/// are missing, those that the packages before depend on. Returns their number.
fn unpack(apt: &Apt<'_>, major: u32, names: &BTreeSet<String>) -> Result<usize, Failure> {
    let folder = find::bin(&apt.tree(), major);
    let programs: Vec<PathBuf> = PROGRAMS.iter().map(|name| folder.join(name)).collect();
    let mut seen = apt.installed()?;
    let mut packages = vec![
        format!("postgresql-{major}"),
        format!("postgresql-client-{major}"),
    ];
    let mut count = 0;
    loop {
        let bytes = apt.bytes(&packages)?;
        apt.tools.say(&format!(
            "  2/3 下载 / downloading {} ({}.{} MB)",
            packages.join(" "),
            bytes / 1_000_000,
            bytes / 100_000 % 10
        ));
        let dependencies = apt.download(&packages)?;
        count += packages.len();
        seen.extend(packages);
        let missing = apt.missing(&programs, &folder)?;
        if missing.is_empty() {
            return Ok(count);
        }
        packages = rules::libraries(&dependencies, names, &seen);
        if packages.is_empty() {
            return Err(Failure::Libraries(missing.join(" ")));
        }
    }
}

/// Puts what was unpacked in its final place, if it runs.
fn finish(apt: &Apt<'_>, place: &Path, major: u32) -> Result<Programs, Failure> {
    let tree = apt.tree();
    let modules = tree.join(format!("usr/lib/postgresql/{major}/lib"));
    for name in COMPILER {
        let path = modules.join(name);
        match fs::remove_file(&path) {
            Err(_) if path.is_dir() => initdb::remove(&path)?,
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(EmbeddedError::at(&path)(error).into());
            }
            Ok(()) | Err(_) => {}
        }
    }
    if Programs::at(&find::bin(&tree, major)).is_none() {
        return Err(Failure::DoesNotRun(major));
    }
    // Renamed before it is written out, it could be half there after a power failure.
    let open = fs::File::open(&tree).map_err(EmbeddedError::at(&tree))?;
    rustix::fs::syncfs(&open).map_err(|error| EmbeddedError::at(&tree)(error.into()))?;
    let last = place.join(major.to_string());
    initdb::remove(&last)?;
    fs::rename(&tree, &last).map_err(EmbeddedError::at(&last))?;
    Programs::at(&find::bin(&last, major)).ok_or(Failure::DoesNotRun(major))
}
