//! Hashing passwords: so many at a time, so many waiting, and no memory left behind (S8).

use std::process::Command;

use axum::http::{StatusCode, header};
use futures::future::join_all;

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn s8_who_finds_the_queue_full_is_told_so_and_is_not_counted() {
    let world = World::demo().await;
    let mut places = Vec::new();
    while let Some(place) = world.app.hashing.place() {
        places.push(place);
    }
    assert_eq!(places.len(), 34, "two at work, 32 waiting");
    let fields = [("username", "gongxin"), ("password", PASSWORD)];
    let answer = world.post("", "/login", &fields).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let sentence = format!(
        "请在{}秒后重试",
        answer.headers[header::RETRY_AFTER].to_str().unwrap()
    );
    assert!(answer.body.contains(&sentence), "{}", answer.body);
    assert_eq!(answer.value("username"), "gongxin");
    assert_eq!(world.count("select count(*) from sign_in_try").await, 0);
    drop(places);
    world.sign_in("gongxin").await;
}

/// Argon2's 19 MiB come back (performance.md 10.5 no. 7), in a process that does nothing else.
#[test]
fn s8_hashing_leaves_no_memory_behind() {
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "--ignored",
            "walls::hashing::hashes_passwords_at_once",
        ])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(
        child.status.success() && told.contains("1 passed"),
        "{told}"
    );
}

/// Run by the test above, alone in its process.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures its whole process: s8_hashing_leaves_no_memory_behind runs it"]
async fn hashes_passwords_at_once() {
    let mut program = tuogou::start::program_without_database().unwrap();
    program.hashing = tuogou::web::turns::Turns::new(2, 32);
    let resident = || -> u64 {
        let text = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = text
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    let before = resident();
    for _ in 0..5 {
        let hashes = (0..12).map(|_| {
            let program = program.clone();
            tokio::spawn(async move {
                tuogou::accounts::passwords::hash(&program, PASSWORD.to_owned()).await
            })
        });
        for hash in join_all(hashes).await {
            assert!(hash.unwrap().is_ok());
        }
    }
    let grown = resident().saturating_sub(before) / 1024;
    println!("{grown} MiB");
    assert!(grown <= 16, "{grown} MiB more than before");
}
