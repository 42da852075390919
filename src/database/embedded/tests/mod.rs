//! Real clusters in temporary folders: their whole life, and what may go wrong.

mod bare;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::{Pid, Signal};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

use super::account::{self, Account};
use super::find::{self, Programs};
use super::layout::Layout;
use super::lock::Lock;
use super::postmaster::{self, Postmaster};
use super::{Embedded, EmbeddedError, Options};
use crate::database::throwaway;

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tuogou-embedded-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self(fs::canonicalize(path).unwrap())
    }

    fn options(&self) -> Options {
        Options {
            root: self.0.join("data/postgres"),
            root_was_given: true,
            durable: false,
            exclusive: true,
            programs: throwaway::programs(),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Makes a folder and all above it, open to PostgreSQL's account.
fn make(folder: &Path) {
    if folder.exists() {
        return;
    }
    make(folder.parent().unwrap());
    fs::create_dir(folder).unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}

async fn ask(embedded: &Embedded, database: &str, question: &'static str) -> String {
    let mut connection = embedded.connect_options(database).connect().await.unwrap();
    let answer = sqlx::query_scalar(question)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    answer
}

async fn remember(embedded: &Embedded, text: &str) {
    let mut connection = embedded.connect_options("app").connect().await.unwrap();
    connection
        .execute("create table if not exists notes (note text not null)")
        .await
        .unwrap();
    sqlx::query("insert into notes values ($1)")
        .bind(text)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// The major version that a new cluster would be made by.
fn newest(options: &Options) -> u32 {
    let layout = Layout::open(options).unwrap();
    options.programs.programs(&layout, None).unwrap().major
}

const NOTES: &str = "select string_agg(note, ' ' order by note) from notes";

fn server(embedded: &Embedded) -> Postmaster {
    Postmaster::of(&embedded.cluster.data).unwrap()
}

/// Kills the server as the kernel would, and forgets it: it stays a zombie.
fn kill(embedded: Embedded) -> Pid {
    let server = server(&embedded);
    rustix::process::kill_process(server.pid, Signal::KILL).unwrap();
    embedded.abandon();
    server.pid
}

#[tokio::test]
async fn a_cluster_lives() {
    let folder = Folder::new();
    let options = Options {
        durable: true,
        ..folder.options()
    };
    // An initdb that was killed left this.
    let major = newest(&options);
    let unfinished = options.root.join(format!("pg{major}.new"));
    make(&unfinished.join("base"));
    fs::write(unfinished.join("PG_VERSION"), "15\n").unwrap();

    let embedded = Embedded::start(&options).await.unwrap();
    embedded.ensure_database("app").await.unwrap();
    embedded.ensure_database("app").await.unwrap();
    remember(&embedded, "绿园").await;
    assert_eq!(ask(&embedded, "app", "show server_encoding").await, "UTF8");
    assert_eq!(ask(&embedded, "app", "show data_checksums").await, "on");
    assert_eq!(ask(&embedded, "app", "show listen_addresses").await, "");
    assert_eq!(ask(&embedded, "app", "show fsync").await, "on");
    assert!(embedded.describe().contains("data/postgres/pg"));
    let sockets = fs::metadata(embedded.layout.socket_folder()).unwrap();
    assert_eq!(sockets.permissions().mode() & 0o777, 0o700);

    let first = server(&embedded).pid;
    embedded.stop().await;
    assert!(!postmaster::is_alive(first));

    let embedded = Embedded::start(&options).await.unwrap();
    assert_ne!(server(&embedded).pid, first);
    assert_eq!(ask(&embedded, "app", NOTES).await, "绿园");
    embedded.stop().await;
    assert!(!unfinished.exists());
}

#[tokio::test]
async fn a_killed_server_is_restarted_and_a_left_one_taken_over() {
    let folder = Folder::new();
    let options = Options {
        // What is committed must be found again.
        durable: true,
        ..folder.options()
    };
    let embedded = Embedded::start(&options).await.unwrap();
    embedded.ensure_database("app").await.unwrap();
    remember(&embedded, "一").await;

    let killed = kill(embedded);
    let embedded = Embedded::start(&options).await.unwrap();
    assert_ne!(server(&embedded).pid, killed);
    assert_eq!(ask(&embedded, "app", NOTES).await, "一");

    // Killed, and its number given to a stranger who runs as the same account.
    let (data, account) = (
        embedded.cluster.data.clone(),
        embedded.layout.account().cloned(),
    );
    kill(embedded);
    let mut stranger = account::command("/bin/cat".as_ref(), account.as_ref())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let file = data.join("postmaster.pid");
    let left = fs::read_to_string(&file).unwrap();
    let (_, rest) = left.split_once('\n').unwrap();
    fs::write(&file, format!("{}\n{rest}", stranger.id())).unwrap();
    let embedded = Embedded::start(&options).await.unwrap();
    assert_eq!(ask(&embedded, "app", NOTES).await, "一");
    drop(stranger.stdin.take());
    assert!(stranger.wait().unwrap().success());

    // The program is killed, the server lives on.
    let left = server(&embedded).pid;
    remember(&embedded, "二").await;
    let described = embedded.describe();
    embedded.abandon();
    assert!(postmaster::is_alive(left));
    let embedded = Embedded::start(&options).await.unwrap();
    assert_eq!(server(&embedded).pid, left);
    assert_eq!(ask(&embedded, "app", NOTES).await, "一 二");
    assert_eq!(embedded.describe(), described);

    // It lives, but its socket is gone: cleaners of /tmp do that.
    fs::remove_file(embedded.layout.socket()).unwrap();
    embedded.abandon();
    let embedded = Embedded::start(&options).await.unwrap();
    assert_ne!(server(&embedded).pid, left);
    assert_eq!(ask(&embedded, "app", NOTES).await, "一 二");
    drop(embedded);
    assert_eq!(Postmaster::of(&data), None);
}

#[tokio::test]
async fn one_program_serves_and_others_may_look_in() {
    let folder = Folder::new();
    let options = folder.options();
    let serving = Embedded::start(&options).await.unwrap();
    let refused = Embedded::start(&options).await.unwrap_err();
    assert!(
        matches!(&refused, EmbeddedError::InUse { pid, .. } if *pid == std::process::id()),
        "{refused}"
    );
    assert!(refused.is_missing_set_up());

    let sharing = Options {
        exclusive: false,
        ..options.clone()
    };
    let (left, right) = tokio::join!(Embedded::start(&sharing), Embedded::start(&sharing));
    let pid = server(&serving).pid;
    serving.stop().await;
    left.unwrap().stop().await;
    assert!(postmaster::is_alive(pid), "the last user stops it");
    let right = right.unwrap();
    let serving = Embedded::start(&options).await.unwrap();
    right.stop().await;
    assert_eq!(server(&serving).pid, pid);
    serving.stop().await;
    assert!(!postmaster::is_alive(pid));
}

#[tokio::test]
async fn a_cluster_of_another_major_version_is_not_touched() {
    let folder = Folder::new();
    let options = folder.options();
    let data = options.root.join("pg9");
    make(&data);
    fs::write(data.join("PG_VERSION"), "9\n").unwrap();
    let account = account::is_root().then(|| Account::for_new_cluster().unwrap());
    if let Some(account) = &account {
        account.give(&data).unwrap();
    }
    let refused = Embedded::start(&options).await.unwrap_err();
    assert!(
        matches!(&refused, EmbeddedError::WrongMajor { found: 9, .. }),
        "{refused}"
    );
    assert!(refused.to_string().contains("PostgreSQL 9"));
    let names = |folder: &Path| fs::read_dir(folder).unwrap().count();
    assert_eq!(names(&data), 1);
    // The refused program holds nothing.
    drop(Lock::serve(&options.root).unwrap());
}

#[tokio::test]
async fn a_broken_cluster_shows_the_log() {
    let folder = Folder::new();
    let options = folder.options();
    let data = options.root.join(format!("pg{}", newest(&options)));
    make(&data);
    fs::set_permissions(&data, fs::Permissions::from_mode(0o700)).unwrap();
    if account::is_root() {
        Account::for_new_cluster().unwrap().give(&data).unwrap();
    }
    let failed = Embedded::start(&options).await.unwrap_err();
    assert!(
        matches!(&failed, EmbeddedError::StartFailed { log } if log.contains("postgresql.conf")),
        "{failed}"
    );
}

#[test]
fn a_long_path_has_its_socket_elsewhere() {
    let folder = Folder::new();
    let options = Options {
        root: folder.0.join("长".repeat(40)),
        ..folder.options()
    };
    let layout = Layout::open(&options).unwrap();
    assert!(layout.socket().as_os_str().len() <= 103);
    let mode = fs::metadata(layout.socket_folder())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(Layout::open(&options).unwrap().socket(), layout.socket());
    fs::remove_dir(layout.socket_folder()).unwrap();
}

#[test]
fn root_moves_a_cluster_that_its_account_cannot_reach() {
    if !account::is_root() {
        return;
    }
    let folder = Folder::new();
    let closed = folder.0.join("closed");
    fs::DirBuilder::new().mode(0o700).create(&closed).unwrap();
    let given = Options {
        root: closed.join("postgres"),
        ..folder.options()
    };
    let refused = Layout::open(&given).unwrap_err();
    assert!(
        matches!(refused, EmbeddedError::Unreachable { .. }),
        "{refused}"
    );

    let free = Options {
        root_was_given: false,
        ..given
    };
    let elsewhere = folder.0.join("elsewhere");
    let layout = Layout::open_or(&free, &elsewhere).unwrap();
    assert!(layout.root().starts_with(&elsewhere));
    assert!(!free.root.exists());

    // Once data lies elsewhere it is found there, whatever can be reached.
    let data = layout.root().join("pg15");
    fs::create_dir(&data).unwrap();
    layout.account().unwrap().give(&data).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    let again = Layout::open_or(&free, &elsewhere).unwrap();
    assert_eq!(again.root(), layout.root());
}

#[test]
fn programs_are_told_by_their_version() {
    let of = |text: &str| find::version(text).map(|(major, _)| major);
    assert_eq!(
        of("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
        Some(15)
    );
    assert_eq!(of("postgres (PostgreSQL) 18beta1\n"), Some(18));
    assert_eq!(of("psql: not found"), None);
    let programs = |major: u32| Programs {
        folder: PathBuf::from("/x"),
        major,
        version: format!("{major}.1"),
    };
    let newest = find::newest(&[programs(14), programs(17), programs(16)]);
    assert_eq!(newest.unwrap().major, 17);
    let none = find::newest(&[programs(14)]).unwrap_err();
    assert!(none.to_string().contains("apt-get install postgresql"));
    let exact = find::of_major(&[programs(17), programs(15)], 15, Path::new("/d"));
    assert_eq!(exact.unwrap().major, 15);
}

#[test]
fn root_lends_postgresql_to_an_account_that_is_not_roots() {
    let passwd = "root:x:0:0::/root:/bin/sh\nfake:x:0:0::/:\nnobody:x:65534:65533:n:/:\n";
    let nobody = Account::in_passwd(passwd, "nobody").unwrap();
    assert_eq!((nobody.uid, nobody.gid), (65534, 65533));
    assert_eq!(Account::in_passwd(passwd, "postgres"), None);
    assert_eq!(Account::in_passwd(passwd, "fake"), None);
}

#[test]
fn a_zombie_does_not_run() {
    assert!(postmaster::is_running("47 (a) b) S 1 47"));
    assert!(!postmaster::is_running("47 (postgres) Z 1 47"));
    let mut child = std::process::Command::new("/bin/sh")
        .args(["-c", "echo $$"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    child.wait().unwrap();
    assert!(!postmaster::is_alive(
        Pid::from_raw(line.trim().parse().unwrap()).unwrap()
    ));
}
