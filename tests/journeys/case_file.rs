//! An association's file for the archive: taken on a reason by those who read its people, whole,
//! under names that Windows takes, with a contents page and digests that are true.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use axum::http::{StatusCode, header};
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::files_follow_their_matter::{
    PDF, evidence, hand_in, open_item, paper_of_a_request, take_away,
};
use crate::world::{Answer, World};

const EXAMPLE: &str = "汽车维修行业协会";
const CONTENTS: &str = "01 归档目录.docx";
const CHECKS: &str = "校验清单.txt";
const REASON: &str = "整理脱钩档案，移交档案室";

/// What an answer's archive holds: names and bytes in their order.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    let entries = 0..archive.len();
    let entries = entries.map(|at| {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    });
    entries.collect()
}

/// The flags of every entry, as the directory at the end of an archive has them.
fn flags(bytes: &[u8]) -> Vec<u16> {
    let archive = ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut at = usize::try_from(archive.central_directory_start()).unwrap();
    let number = |at: usize| {
        let two = bytes.get(at..at + 2).and_then(|two| two.try_into().ok());
        u16::from_le_bytes(two.unwrap())
    };
    let mut flags = Vec::new();
    while bytes.get(at..).unwrap().starts_with(b"PK\x01\x02") {
        flags.push(number(at + 8));
        let more = [28, 30, 32].map(|length| usize::from(number(at + length)));
        at += 46 + more.iter().sum::<usize>();
    }
    flags
}

/// The rows of the tables of a Word file, cell by cell.
fn rows(docx: &[u8]) -> Vec<Vec<String>> {
    let body = unpacked(docx)
        .into_iter()
        .find(|(name, _)| name == "word/document.xml");
    let text = String::from_utf8(body.unwrap().1).unwrap();
    let cell = |cell: &str| {
        let words = cell.split("<w:t").skip(1).filter_map(|piece| {
            let piece = piece
                .strip_prefix('>')
                .or_else(|| piece.strip_prefix(" xml:space=\"preserve\">"))?;
            piece.split("</w:t>").next()
        });
        words.collect::<String>()
    };
    let row = |row: &str| row.split("<w:tc>").skip(1).map(cell).collect();
    text.split("<w:tr>").skip(1).map(row).collect()
}

fn is_archive(answer: &Answer) -> bool {
    answer.status == StatusCode::OK
        && answer.headers.contains_key(header::CONTENT_DISPOSITION)
        && answer.bytes.starts_with(b"PK")
}

/// Gives the reason and follows the link.
async fn taken(world: &World, cookie: &str, path: &str) -> Answer {
    let given = world
        .submit(cookie, (path, path), &[("reason", REASON)])
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let archive = world.get(cookie, &given.location()).await;
    assert!(is_archive(&archive), "{}", archive.body);
    let kind = archive.headers.get(header::CONTENT_TYPE);
    assert_eq!(kind.unwrap(), "application/zip");
    archive
}

/// A name that Windows, Linux and an unpacking program take as it is.
fn is_safe(path: &str) -> bool {
    path.split('/').all(|name| {
        let plain = !name.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
            && !name.chars().any(char::is_control);
        let fits = (1..=120).contains(&name.encode_utf16().count()) && name.len() <= 255;
        plain && fits && !name.ends_with(['.', ' ']) && !name.starts_with(' ')
    })
}

#[tokio::test]
async fn the_archive_leaves_on_a_reason_to_whom_the_people_are_open() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let path = format!("/associations/{id}/file.zip");
    for (who, expected) in [
        ("gongxin", StatusCode::FORBIDDEN),
        ("xiehui", StatusCode::FORBIDDEN),
        ("caizheng", StatusCode::FORBIDDEN),
        ("shenji", StatusCode::FORBIDDEN),
        ("shangwu-lead", StatusCode::NOT_FOUND),
        ("observer", StatusCode::NOT_FOUND),
        ("admin", StatusCode::NOT_FOUND),
    ] {
        let cookie = world.sign_in(who).await;
        let page = world.get(&cookie, &path).await;
        assert_eq!(page.status, expected, "{who}");
        let tried = world.post(&cookie, &path, &[("reason", REASON)]).await;
        assert_eq!(tried.status, expected, "{who}");
        let shown = world.get(&cookie, &format!("/associations/{id}")).await;
        assert!(!shown.body.contains("file.zip"), "{who}");
    }
    let (leader, office) = (
        world.sign_in("jiaotong-lead").await,
        world.sign_in("office").await,
    );
    for cookie in [&leader, &office] {
        let shown = world.get(cookie, &format!("/associations/{id}")).await;
        assert!(shown.body.contains(&format!("href=\"{path}\"")));
        let asks = world.get(cookie, &path).await;
        assert!(!is_archive(&asks) && asks.body.contains("下载事由"));
        let hasty = world
            .submit(cookie, (&path, &path), &[("reason", "看看")])
            .await;
        assert_eq!(hasty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(hasty.body.contains("至少5个字"), "{}", hasty.body);
        taken(&world, cookie, &path).await;
    }
    // One person's link is nobody else's, and of this association alone.
    let given = world
        .submit(&leader, (&path, &path), &[("reason", REASON)])
        .await;
    let link = given.location();
    assert!(!is_archive(&world.get(&office, &link).await));
    let own = world.association("物流行业协会").await;
    let moved = link.replace(&path, &format!("/associations/{own}/file.zip"));
    assert!(!is_archive(&world.get(&leader, &moved).await));
    let told = "select count(*) from act_record where act = 'archive.take' and association_id = $1 and opinion = $2";
    let told: i64 = sqlx::query_scalar(told)
        .bind(id)
        .bind(REASON)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(told, 3);
    let history = world
        .get(&office, &format!("/associations/{id}/history"))
        .await;
    assert!(history.body.contains("下载脱钩档案") && history.body.contains(REASON));
}

#[tokio::test]
async fn the_archive_is_whole_and_says_what_is_in_it() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let clerk = world.sign_in("jiaotong").await;
    let item = open_item(&world, id, false).await;
    let item = format!("/associations/{id}/progress/{item}");
    // Longer than two pieces of the store, and no PDF inside: it must come back byte for byte.
    let long = [b"%PDF-1.4\n".as_slice(), &vec![b'x'; 600_000], b"\n%%EOF"].concat();
    let fields = [
        ("kind", "其他证明材料"),
        ("document_number", "绿交〔2018〕7号"),
        ("document_date", "2018-11-01"),
        ("issuer", "区交通运输局"),
        ("pages", "12"),
    ];
    let sent = hand_in(&world, &clerk, &item, &fields, ("关系解除 决定.pdf", &long)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let personal = open_item(&world, id, true).await;
    let personal = format!("/associations/{id}/progress/{personal}");
    evidence(&world, &clerk, &personal, "辞去职务的决定.pdf").await;
    let gone = evidence(&world, &clerk, &item, "多余.pdf").await;
    take_away(&world, &clerk, &item, gone).await;
    paper_of_a_request(&world, &clerk, id).await;
    let path = format!("/associations/{id}/file.zip");
    for who in ["jiaotong-lead", "office"] {
        let cookie = world.sign_in(who).await;
        let archive = taken(&world, &cookie, &path).await;
        let entries = unpacked(&archive.bytes);
        let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
        let flags = flags(&archive.bytes);
        assert_eq!(flags.len(), names.len(), "{who}");
        assert!(flags.iter().all(|flags| flags & 0x800 != 0), "{who}: UTF-8");
        for name in [
            "02 摸底调查表.docx",
            "03 请示和实施方案.docx",
            "04 批复.docx",
            "05 五分离清单.xlsx",
            "06 办理历史.xlsx",
            CONTENTS,
            CHECKS,
        ] {
            assert!(names.contains(&name), "{who}: {name} in {names:?}");
        }
        assert!(names.iter().all(|name| is_safe(name)), "{names:?}");
        let once: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(once.len(), names.len(), "{names:?}");
        let found = |end: &'static str| entries.iter().filter(move |(name, _)| name.ends_with(end));
        assert_eq!(found("多余.pdf").count(), 0);
        let only = |end: &'static str| {
            let all: Vec<_> = found(end).collect();
            assert_eq!(all.len(), 1, "{who} {end}: {names:?}");
            all[0].clone()
        };
        let (decision, bytes) = only("关系解除 决定.pdf");
        assert!(decision.starts_with("证据/") && bytes == long, "{decision}");
        assert_eq!(only("辞去职务的决定.pdf").1, PDF);
        let (request, bytes) = only("申请撤出的报告.pdf");
        assert!(
            request.contains("名单调整申请") && bytes == PDF,
            "{request}"
        );
        opens_what_was_made(&entries);
        lists_are_true(&entries, &decision);
    }
}

/// Documents are files that programs open.
fn opens_what_was_made(entries: &[(String, Vec<u8>)]) {
    for (name, bytes) in entries {
        let part = match name.rsplit('.').next().unwrap() {
            "docx" => "word/document.xml",
            "xlsx" => "xl/workbook.xml",
            _ => continue,
        };
        let parts = unpacked(bytes);
        assert!(parts.iter().any(|(known, _)| known == part), "{name}");
    }
}

/// The contents page names every entry but itself and the digests, the digests every entry but
/// themselves.
fn lists_are_true(entries: &[(String, Vec<u8>)], decision: &str) {
    let by_name: BTreeMap<&str, &[u8]> = entries
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let of = |name: &str| *by_name.get(name).unwrap();
    let checks = std::str::from_utf8(of(CHECKS)).unwrap();
    let mut checked = BTreeSet::new();
    for line in checks.lines() {
        let (digest, name) = line.split_once("  ").unwrap();
        assert_eq!(digest, hex::encode(Sha256::digest(of(name))), "{name}");
        checked.insert(name);
    }
    let mut expected: BTreeSet<&str> = by_name.keys().copied().collect();
    expected.remove(CHECKS);
    assert_eq!(checked, expected);
    let mut contents = rows(of(CONTENTS)).into_iter();
    let heads = ["序号", "文件名", "文号", "日期", "页数", "责任者"];
    assert_eq!(contents.next().unwrap(), heads);
    let contents: BTreeMap<String, Vec<String>> = contents
        .map(|row| (row.get(1).unwrap().clone(), row))
        .collect();
    let listed: BTreeSet<&str> = contents.keys().map(String::as_str).collect();
    expected.remove(CONTENTS);
    assert_eq!(listed, expected);
    let row = |name: &str| contents.get(name).unwrap();
    assert_eq!(
        row(decision).get(2..).unwrap(),
        ["绿交〔2018〕7号", "2018-11-01", "12", "区交通运输局"]
    );
    let reply = row("04 批复.docx");
    let told = reply.get(2).zip(reply.get(4));
    assert!(
        told.is_some_and(|(number, pages)| number.contains("号") && pages == "—"),
        "{reply:?}"
    );
}

#[tokio::test]
async fn what_is_not_what_was_handed_in_is_left_out_and_named() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let clerk = world.sign_in("jiaotong").await;
    let item = open_item(&world, id, false).await;
    let item = format!("/associations/{id}/progress/{item}");
    evidence(&world, &clerk, &item, "决定.pdf").await;
    let harm = "update file_chunk set bytes = set_byte(bytes, 3, 0)";
    sqlx::query(harm).execute(world.owner()).await.unwrap();
    let path = format!("/associations/{id}/file.zip");
    let entries = unpacked(&taken(&world, &clerk, &path).await.bytes);
    assert!(entries.iter().all(|(name, _)| !name.starts_with("证据/")));
    let checks = entries.iter().find(|(name, _)| name == CHECKS).unwrap();
    let checks = std::str::from_utf8(&checks.1).unwrap();
    let told = checks.lines().filter(|line| line.starts_with('#'));
    let told: Vec<&str> = told.collect();
    assert_eq!(told.len(), 1, "{checks}");
    assert!(told[0].contains("校验不符") && told[0].ends_with("决定.pdf"));
}

#[tokio::test]
async fn the_file_of_an_association_that_has_left_is_still_taken() {
    let world = World::demo().await;
    let id = world
        .count("select min(id) from association where exited_on is not null")
        .await;
    let office = world.sign_in("office").await;
    let path = format!("/associations/{id}/file.zip");
    let entries = unpacked(&taken(&world, &office, &path).await.bytes);
    assert!(entries.iter().any(|(name, _)| name == "06 办理历史.xlsx"));
}

#[tokio::test]
async fn pages_are_asked_beside_the_file_and_told_wherever_it_is_listed() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let clerk = world.sign_in("jiaotong").await;
    let item = open_item(&world, id, false).await;
    let item = format!("/associations/{id}/progress/{item}");
    let typed = |pages: &'static str| {
        [
            ("kind", "其他证明材料"),
            ("document_number", "无"),
            ("document_date", "2018-11-01"),
            ("issuer", "区交通运输局"),
            ("pages", pages),
        ]
    };
    let page = world.get(&clerk, &item).await;
    assert!(page.body.contains("id=\"f-pages\""), "{}", page.body);
    for wrong in ["0", "10000", "十页", "-3"] {
        let refused = hand_in(&world, &clerk, &item, &typed(wrong), ("决定.pdf", PDF)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert_eq!(refused.texts("#e-pages").len(), 1, "{wrong}");
        assert_eq!(refused.value("pages"), wrong);
    }
    // Pages of a paper without a file would be kept of nothing.
    let lost = hand_in(&world, &clerk, &item, &typed("3"), ("", b"")).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lost.body.contains("页数随上传的文件登记"), "{}", lost.body);
    assert_eq!(world.count("select count(*) from file").await, 0);
    let sent = hand_in(&world, &clerk, &item, &typed("12"), ("决定.pdf", PDF)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let shown = world.get(&clerk, &item).await;
    assert!(shown.body.contains("，12页"), "{}", shown.body);
    let told = "select count(*) from act_record where act = 'evidence.attach' and sentence like '%（12页）'";
    assert_eq!(world.count(told).await, 1);
    // The papers of a request likewise.
    paper_of_a_request(&world, &clerk, id).await;
    let listing = format!("/associations/{id}/listing");
    let files = format!("{listing}/files");
    let wrong = [("version", "2"), ("pages", "0")];
    let refused = world
        .upload(&clerk, &files, &wrong, ("决议.pdf", PDF))
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("页数填1至9999的整数"),
        "{}",
        refused.body
    );
    let right = [("version", "2"), ("pages", "4")];
    let sent = world
        .upload(&clerk, &files, &right, ("决议.pdf", PDF))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert!(world.get(&clerk, &listing).await.body.contains("，4页"));
}
