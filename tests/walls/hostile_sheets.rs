//! Hostile spreadsheets (security.md R14, S14): each is answered by a plain sentence, nothing of
//! it is entered, and the program goes on as if it had never come. What an answer took is
//! printed and not asserted: times are the machine's.

mod contents;
mod package;
mod packages;
mod texts;

use std::fs;
use std::time::Instant;

use axum::http::StatusCode;

use crate::journeys::spreadsheets_in::{bring, settled};
use crate::world::{Answer, World};
use package::Package;

/// A file that is not to be trusted.
pub struct Case {
    what: &'static str,
    name: &'static str,
    made: fn() -> Vec<u8>,
    /// 303 where it is taken in, and told of on its page.
    status: u16,
    /// What must be said of it.
    says: &'static str,
}

pub const fn case(
    what: &'static str,
    name: &'static str,
    made: fn() -> Vec<u8>,
    (status, says): (u16, &'static str),
) -> Case {
    Case {
        what,
        name,
        made,
        status,
        says,
    }
}

const PAGE: &str = "/associations/import";

/// What a page says first to whoever uploaded something.
fn sentence(page: &Answer) -> String {
    let places = [
        ".error-summary li",
        "main .notice.warning",
        "main .notice",
        "main label",
        "main h2",
        "main p",
    ];
    let mut texts = places.iter().flat_map(|place| page.texts(place));
    let found = texts.find(|text| !text.is_empty()).unwrap_or_default();
    let words: Vec<&str> = found.split_whitespace().collect();
    words.join(" ").chars().take(70).collect()
}

/// A number of kilobytes of this process.
fn kilobytes(name: &str) -> i64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// What answering took.
struct Cost {
    from: Instant,
    before: i64,
}

impl Cost {
    fn begin() -> Self {
        // The high-water mark falls to what is there now.
        let _ = fs::write("/proc/self/clear_refs", "5");
        Self {
            from: Instant::now(),
            before: kilobytes("VmRSS"),
        }
    }

    fn told(&self) -> String {
        let grown = (kilobytes("VmHWM") - self.before) / 1024;
        format!("{:6} ms {grown:4} MiB", self.from.elapsed().as_millis())
    }
}

/// Nothing that came was entered, and the program answers.
async fn assert_untouched(world: &World, what: &str, before: i64) {
    let health = world.get("", "/healthz").await;
    assert_eq!(health.status, StatusCode::OK, "{what}");
    let after = world.count("select count(*) from association").await;
    assert_eq!(after, before, "{what}");
    let entered = "select count(*) from import where state = 'imported'";
    assert_eq!(world.count(entered).await, 0, "{what}");
    let going = "select count(*) from import where state = 'reading'";
    assert_eq!(world.count(going).await, 0, "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r14_hostile_spreadsheets_are_answered_and_nothing_is_entered() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let before = world.count("select count(*) from association").await;
    let mut wrong = Vec::new();
    let cases = [packages::CASES, contents::CASES, texts::CASES];
    for case in cases.into_iter().flatten() {
        let bytes = (case.made)();
        let length = bytes.len() / 1024;
        let cost = Cost::begin();
        let (sent, at) = bring(&world, &civil, PAGE, (case.name, &bytes)).await;
        let status = sent.status.as_u16();
        let page = if at.is_empty() {
            sent
        } else {
            settled(&world, &civil, &at).await
        };
        let says = sentence(&page);
        let size = page.body.len() / 1024;
        println!(
            "{} {status} {length:6} → {size:5} KiB | {} | {says}",
            cost.told(),
            case.what
        );
        if status != case.status || !page.body.contains(case.says) {
            wrong.push(format!("{}: {status} {says}", case.what));
        }
        for code in ["<script>alert", "<img src=x"] {
            assert!(!page.body.contains(code), "{}", case.what);
        }
        assert_untouched(&world, case.what, before).await;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn names_of_files_that_are_not_to_be_trusted_are_only_shown() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let before = world.count("select count(*) from association").await;
    let long = format!("{}.xlsx", "协".repeat(255));
    let names = [
        ("../../etc/台账.xlsx", "《台账.xlsx》"),
        ("C:\\Windows\\台账.xlsx", "《台账.xlsx》"),
        ("-rf --help.xlsx", "《-rf --help.xlsx》"),
        ("heads:1.xlsx", "《heads:1.xlsx》"),
        (
            "台账%0D%0ASet-Cookie: a=b.xlsx",
            "《台账%0D%0ASet-Cookie: a=b.xlsx》",
        ),
        ("台账\u{202E}xslx.xlsx", "《台账xslx.xlsx》"),
        ("<b>台账</b>.xlsx", "《b>.xlsx》"),
        ("台账.xlsx.exe.xlsx", "《台账.xlsx.exe.xlsx》"),
        ("$(id);`id`.xlsx", "《$(id);`id`.xlsx》"),
        (&long, "协协.xlsx》"),
    ];
    for (number, (name, shown)) in (0..).zip(names) {
        // The same content twice would be no new file.
        let bytes = Package::good().with("n", number.to_string()).bytes();
        let (sent, at) = bring(&world, &civil, PAGE, (name, &bytes)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{name}: {}", sent.body);
        let page = settled(&world, &civil, &at).await;
        let lead: String = page.texts("main .lead").concat();
        assert!(lead.contains(shown), "{name}: {lead}");
        assert!(
            page.body.contains("全部导入（1行）"),
            "{name}: {}",
            page.body
        );
        assert_untouched(&world, name, before).await;
    }
    for name in ["台账.xlsx\r\nSet-Cookie: a=b", "台账\".xlsx", "台账\0.xlsx"] {
        let (sent, at) = bring(&world, &civil, PAGE, (name, &Package::good().bytes())).await;
        if at.is_empty() {
            assert!(sent.status.is_client_error(), "{name:?}: {}", sent.status);
            assert!(!sentence(&sent).is_empty(), "{name:?}: {}", sent.body);
        }
        assert!(!sent.headers.contains_key("set-cookie"), "{name:?}");
        assert_untouched(&world, name, before).await;
    }
    let (sent, _) = bring(
        &world,
        &civil,
        PAGE,
        ("机密★台账.xlsx", &Package::good().bytes()),
    )
    .await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.body.contains("严禁上传涉密文件"), "{}", sent.body);
    assert_untouched(&world, "a secret", before).await;
}
