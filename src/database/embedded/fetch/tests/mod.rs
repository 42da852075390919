//! A distribution of scripts: what is taken of it, once, and what goes wrong.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use super::super::find;
use super::{Failure, Tools, bring, rules};

const SCRIPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/database/embedded/fetch/tests/distribution.sh"
);
const NAMES: &str = "postgresql-14\npostgresql-15\npostgresql-client-15\npostgresql-15-cron\n\
                     libc6\nlibssl3\nlibicu72\nlibpq5\nlibkrb5-3\nlibllvm14\ntzdata\nlocales-all\n";

/// A distribution and a folder to bring its programs to; both go with the test.
struct World(PathBuf);

impl World {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tuogou-fetch-{}-{number}", std::process::id());
        let world = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(world.0.join("bin")).unwrap();
        for name in ["apt-get", "apt-cache", "dpkg-deb", "dpkg-query", "ldd"] {
            symlink(SCRIPT, world.0.join("bin").join(name)).unwrap();
        }
        world.set("names", NAMES);
        world
    }

    fn set(&self, name: &str, text: &str) {
        fs::write(self.0.join("bin").join(name), text).unwrap();
    }

    fn tools(&self) -> Tools {
        Tools {
            time_zones: PathBuf::from("/"),
            tells: false,
            ..Tools::on(self.0.join("bin").as_os_str()).unwrap()
        }
    }

    fn place(&self) -> PathBuf {
        self.0.join("data/程序 folder")
    }

    /// What was asked of the distribution, by a word.
    fn asked(&self, word: &str) -> Vec<String> {
        let commands = fs::read_to_string(self.0.join("bin/commands")).unwrap_or_default();
        let lines = commands.lines().filter(|line| line.contains(word));
        lines.map(str::to_owned).collect()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn the_server_comes_with_the_libraries_that_are_missing() {
    let world = World::new();
    let programs = bring(&world.place(), None, &world.tools()).unwrap();
    assert_eq!((programs.major, programs.version.as_str()), (15, "15.99"));
    let tree = world.place().join("15");
    assert_eq!(programs.folder, tree.join("usr/lib/postgresql/15/bin"));
    assert_eq!(find::brought(&world.place()), [programs]);
    // Neither what is installed nor LLVM, and each once.
    let downloads: Vec<String> = world.asked("download");
    assert_eq!(
        downloads.iter().step_by(2).collect::<Vec<_>>(),
        [
            "apt-get download --print-uris postgresql-15 postgresql-client-15",
            "apt-get download --print-uris libicu72 libpq5",
            "apt-get download --print-uris libkrb5-3",
        ]
    );
    // PostgreSQL sees by these files whether it can compile queries.
    let modules = names_in(&tree.join("usr/lib/postgresql/15/lib"));
    assert_eq!(modules, BTreeSet::from(["plpgsql.so".to_owned()]));
    let left = BTreeSet::from(["15".to_owned(), "fetch.lock".to_owned()]);
    assert_eq!(names_in(&world.place()), left);

    // The next time all is there.
    bring(&world.place(), None, &world.tools()).unwrap();
    assert_eq!(world.asked("update").len(), 1);
}

#[test]
fn two_at_once_bring_it_once() {
    let world = World::new();
    let start = Barrier::new(4);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                start.wait();
                bring(&world.place(), None, &world.tools()).unwrap();
            });
        }
    });
    assert_eq!(world.asked("update").len(), 1);
}

#[test]
fn what_a_killed_program_left_is_cleared_away() {
    let world = World::new();
    let left = world.place().join("fetch.new/tree/usr/lib/postgresql/15");
    fs::create_dir_all(left.join("bin")).unwrap();
    fs::write(left.join("bin/half"), "").unwrap();
    // And what does not run, perhaps from another machine, is replaced.
    fs::create_dir_all(world.place().join("15/usr/old")).unwrap();
    let programs = bring(&world.place(), None, &world.tools()).unwrap();
    assert!(!programs.folder.join("half").exists());
    assert!(!world.place().join("15/usr/old").exists());
    assert!(!world.place().join("fetch.new").exists());
}

#[test]
fn a_cluster_needs_exactly_its_version() {
    let world = World::new();
    world.set("names", &format!("postgresql-17\n{NAMES}"));
    let exact = bring(&world.place(), Some(15), &world.tools()).unwrap();
    assert_eq!(exact.major, 15);
    let refused = bring(&world.place(), Some(16), &world.tools());
    assert!(matches!(refused, Err(Failure::NotOffered)));
}

#[test]
fn failures_say_what_failed_and_leave_nothing() {
    let only = |change: fn(&World)| {
        let world = World::new();
        change(&world);
        let tools = Tools {
            patience: Duration::ZERO,
            ..world.tools()
        };
        let stuck = world.0.join("bin/stuck").exists();
        let tools = if stuck { tools } else { world.tools() };
        let failure = bring(&world.place(), None, &tools).unwrap_err();
        assert!(!world.place().join("fetch.new").exists());
        assert!(find::brought(&world.place()).is_empty());
        failure
    };
    let old = only(|world| world.set("names", "postgresql-13\npostgresql-14\n"));
    assert!(matches!(old, Failure::NotOffered), "{old}");
    let cut_off = only(|world| {
        world.set("names", "libc6\n");
        world.set("broken", "");
    });
    assert!(
        matches!(&cut_off, Failure::Unreachable(log) if log.contains("mirror.example")),
        "{cut_off}"
    );
    let stuck = only(|world| world.set("stuck", ""));
    assert!(matches!(stuck, Failure::Stalled { .. }), "{stuck}");
    let ended = only(|world| world.set("ended", ""));
    assert!(matches!(ended, Failure::Interrupted(_)), "{ended}");
    let lacking = only(|world| world.set("lacking", ""));
    assert!(
        matches!(&lacking, Failure::Libraries(names) if names == "liblacking.so.1"),
        "{lacking}"
    );
}

#[test]
fn without_time_zones_nothing_is_brought() {
    let world = World::new();
    let tools = Tools {
        time_zones: world.0.join("nowhere"),
        ..world.tools()
    };
    let failure = bring(&world.place(), None, &tools).unwrap_err();
    assert!(failure.to_string().contains("apt-get install tzdata"));
    assert!(world.asked("").is_empty());
}

#[test]
fn another_distribution_has_no_tools() {
    assert!(Tools::on("/nowhere".as_ref()).is_none());
}

#[test]
fn the_newest_version_that_will_do_is_chosen() {
    let names = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let majors = |text: &str| rules::majors(&names(text));
    assert_eq!(
        majors("postgresql\npostgresql-9.6\npostgresql-15-cron\n"),
        [0; 0]
    );
    let offered = majors("postgresql-17\npostgresql-14\npostgresql-9\npostgresql-15\n");
    assert_eq!(offered, [9, 14, 15, 17]);
    assert_eq!(rules::choose(&offered, None), Some(17));
    assert_eq!(rules::choose(&offered, Some(15)), Some(15));
    assert_eq!(rules::choose(&offered, Some(16)), None);
    assert_eq!(rules::choose(&offered, Some(14)), None);
    assert_eq!(rules::choose(&[14], None), None);
}

#[test]
fn libraries_are_read_from_depends_and_ldd() {
    let set = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    let offered = set("libicu72 libssl3t64 libpam0g libc6 libllvm14 libjson-perl zlib1g tzdata");
    let depends = "libc6 (>= 2.34), libicu72 (>= 72.1~rc-1~), libssl3 | libssl3t64, libllvm14\n\
                   tzdata, libpam0g:any (>= 0.99), libjson-perl, zlib1g, libgone1\n";
    assert_eq!(
        rules::libraries(depends, &offered, &set("libpam0g")),
        ["libicu72", "libssl3t64", "zlib1g"]
    );
    let ldd = "/x/postgres:\n\tlinux-vdso.so.1 (0x00007ff0c175e000)\n\
               \tlibicuuc.so.72 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\
               /x/psql:\n\tlibpq.so.5 => not found\n\tlibicuuc.so.72 => not found\n";
    assert_eq!(rules::missing(ldd), ["libicuuc.so.72", "libpq.so.5"]);
    let addresses =
        "'http://a/b.deb' b.deb 17091392 SHA256:85\n'http://a/c.deb' c.deb 8 SHA256:7\n";
    assert_eq!(rules::bytes(addresses), 17_091_400);
    let warned = "W: Failed to fetch a\nsomething\nE: Unable\n";
    assert_eq!(rules::complaint(warned), "W: Failed to fetch a\nE: Unable");
}
