//! The key and the anchor of the audit chain when the program starts: a missing or a
//! foreign key stops it before anything is done.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tuogou::audit::chain;

use crate::world::{KEY, World};

/// A data folder that is gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tuogou-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn keep(&self, key: &str) {
        let path = self.file("audit.key");
        fs::write(&path, key).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn run(url: &str, folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tuogou"))
        .args(arguments)
        .env("DATABASE_URL", url)
        .env("TUOGOU_DATA_DIR", folder)
        .env_remove("TUOGOU_AUDIT_KEY_FILE")
        .env_remove("TUOGOU_AUDIT_ANCHOR_FILE")
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    let said = [&output.stdout, &output.stderr];
    said.map(|said| String::from_utf8_lossy(said).into_owned())
        .concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_key_nothing_starts_and_no_second_key_is_made() {
    let world = World::demo().await;
    let folder = Folder::new("no-key");
    for command in [
        &["audit", "verify"][..],
        &["user", "add-administrator", "guanli"][..],
    ] {
        let output = run(&world.url(), &folder.0, command);
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        assert!(
            told(&output).contains("没有找到它的密钥文件"),
            "{}",
            told(&output)
        );
        assert!(!folder.file("audit.key").exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_key_stops_the_program() {
    let world = World::demo().await;
    let folder = Folder::new("foreign-key");
    folder.keep(&"cd".repeat(32));
    let before = world.count("select count(*) from audit_record").await;
    let output = run(&world.url(), &folder.0, &["audit", "verify"]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(
        told(&output).contains("不是这个数据库审计链的密钥"),
        "{}",
        told(&output)
    );
    let after = world.count("select count(*) from audit_record").await;
    assert_eq!(before, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_was_cut_is_found_by_the_file_beside_the_key() {
    let world = World::demo().await;
    let folder = Folder::new("cut");
    folder.keep(KEY);
    // The demonstration of the tests keeps no anchor: the program says that one is missing.
    let output = run(&world.url(), &folder.0, &["audit", "verify"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let anchor = fs::read_to_string(folder.file("audit.anchor")).unwrap();
    let head = chain::head(world.db().await.connection()).await.unwrap();
    assert!(anchor.contains(&hex::encode(head.unwrap().mac)), "{anchor}");
    let cut = "begin; set local session_replication_role = replica;
         delete from audit_record where seq > (select max(seq) - 3 from audit_record);
         update audit_head set (seq, mac) = (select seq, mac from audit_record order by seq desc limit 1);
         commit";
    sqlx::raw_sql(cut).execute(world.owner()).await.unwrap();
    for _ in 0..2 {
        let output = run(&world.url(), &folder.0, &["audit", "verify"]);
        assert_eq!(output.status.code(), Some(1), "{}", told(&output));
        assert!(
            told(&output).contains("短于数据库之外保存的链尾"),
            "{}",
            told(&output)
        );
        // Evidence stays as it is.
        let kept = fs::read_to_string(folder.file("audit.anchor")).unwrap();
        assert_eq!(kept, anchor);
    }
}
