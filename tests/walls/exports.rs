//! Every list that leaves as a file: to whom its page is open, with the rows and no more columns
//! than the page has, read back with another reader; nothing in it is a formula; who takes it
//! slowly holds nothing.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use axum::body::Bytes;
use axum::http::{Request, StatusCode, header};
use calamine::{Data, Range, Reader as _, Xlsx};
use tower::ServiceExt as _;
use tuogou::server;
use tuogou::web::leaving::Leaf;

use crate::world::{Answer, World};

const WORKED: &str = "长春市绿园区汽车维修行业协会";
/// Lists whose page counts the whole, for few: their file has the rows that its reader sees on
/// the pages of each association.
const BY_ASSOCIATION: [&str; 1] = ["/assets"];
/// Lists with personal data: the page shows its readers what each may know, the file is for those
/// who may know all, on a reason.
const ON_REASON: [&str; 1] = ["/posts"];
/// One of each kind of reader.
const READERS: [&str; 9] = [
    "office-lead",
    "office",
    "minzheng",
    "jiaotong",
    "gongxin-lead",
    "caizheng",
    "xiehui",
    "observer",
    "admin",
];

/// The lists that are about the whole, or about one association.
fn leaves(world: &World) -> Vec<Leaf> {
    // The routes note their files as they are made.
    assert!(!world.routes().is_empty());
    let all = world.app.leaving.all().into_iter();
    let simple = |leaf: &Leaf| !leaf.list.replace("{association}", "").contains('{');
    all.filter(simple).collect()
}

fn address(leaf: &Leaf, association: i64) -> String {
    leaf.list.replace("{association}", &association.to_string())
}

fn book(bytes: &Bytes) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

fn ranges(bytes: &Bytes) -> Vec<(String, Range<Data>)> {
    let mut book = book(bytes);
    let names = book.sheet_names();
    let read = |name: String| {
        let range = book.worksheet_range(&name).unwrap();
        (name, range)
    };
    names.into_iter().map(read).collect()
}

/// The rows below the head, which is the first row with as many cells as there are columns.
fn rows(range: &Range<Data>) -> usize {
    let full = |row: &&[Data]| row.iter().filter(|cell| **cell != Data::Empty).count() > 1;
    range.rows().filter(full).count()
}

fn is_file(answer: &Answer) -> bool {
    answer.headers.contains_key(header::CONTENT_DISPOSITION)
}

#[tokio::test]
async fn a_list_leaves_to_whom_its_page_is_open_and_to_nobody_else() {
    let world = World::demo().await;
    let association = world.association(WORKED).await;
    let leaves = leaves(&world);
    assert!(leaves.len() > 30, "{}", leaves.len());
    let mut taken = BTreeSet::new();
    for reader in READERS {
        let cookie = world.sign_in(reader).await;
        for leaf in &leaves {
            let list = address(leaf, association);
            let file = format!("{list}.{}", leaf.ending);
            let given = world.get(&cookie, &file).await;
            // What holds personal data asks for a reason first.
            let open = given.status == StatusCode::OK;
            if open && !is_file(&given) {
                assert!(given.body.contains("下载事由"), "{reader} {file}");
                continue;
            }
            if world.route_of("GET", &list) == Some(leaf.list) {
                let page = world.get(&cookie, &list).await;
                // A unit works on its own rows elsewhere, and still reads the list.
                let led = page.status == StatusCode::SEE_OTHER && open;
                let same = page.status == given.status
                    || led
                    // A document that is not there yet has a page that says so.
                    || page.status == StatusCode::OK && given.status == StatusCode::NOT_FOUND;
                assert!(
                    same || BY_ASSOCIATION.contains(&leaf.list)
                        || !open && ON_REASON.contains(&leaf.list),
                    "{reader} {file}: {} {}",
                    page.status,
                    given.status
                );
                if open && page.status == StatusCode::OK {
                    let offered = format!("href=\"{file}");
                    assert!(
                        page.body.contains(&offered),
                        "{reader}: {list} offers {file}"
                    );
                }
            }
            match leaf.ending {
                _ if !open => {
                    let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
                    assert!(
                        refused.contains(&given.status),
                        "{reader} {file} {}",
                        given.status
                    );
                    continue;
                }
                "xlsx" => is_sound(&given, &file),
                "csv" => assert!(given.bytes.starts_with(b"\xef\xbb\xbf"), "{file}"),
                _ => assert!(given.bytes.starts_with(b"PK"), "{file}"),
            }
            taken.insert(leaf.list);
        }
    }
    let all: BTreeSet<&str> = leaves.iter().map(|leaf| leaf.list).collect();
    let never: Vec<_> = all.difference(&taken).collect();
    // What is given on a reason only is tried where it is written.
    assert!(
        never.iter().all(|list| ON_REASON.contains(list)),
        "{never:?}"
    );
}

/// Opens with another reader, says what it is, and holds no formula.
fn is_sound(given: &Answer, file: &str) {
    let sheets = ranges(&given.bytes);
    let (last, told) = sheets.last().unwrap();
    assert_eq!(last, "说明", "{file}");
    let told: Vec<String> = told
        .rows()
        .map(|row| row.first().unwrap().to_string())
        .collect();
    assert_eq!(
        told.get(..5).unwrap(),
        ["表名", "数据截至", "筛选条件", "导出人", "条数"],
        "{file}"
    );
    let mut archive = zip::ZipArchive::new(Cursor::new(given.bytes.to_vec())).unwrap();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.contains("worksheets/") {
            assert!(
                !text.contains("<f>") && !text.contains("<f "),
                "{file} {name}"
            );
        }
    }
}

#[tokio::test]
async fn a_file_has_as_many_rows_as_its_page_counts() {
    let world = World::demo().await;
    let association = world.association(WORKED).await;
    let lists: BTreeSet<&str> = leaves(&world)
        .iter()
        .filter(|leaf| leaf.ending == "xlsx")
        .map(|leaf| leaf.list)
        .collect();
    let mut compared = 0;
    for reader in ["office-lead", "jiaotong"] {
        let cookie = world.sign_in(reader).await;
        for list in &lists {
            let list = list.replace("{association}", &association.to_string());
            let page = world.get(&cookie, &list).await;
            let document = page.page();
            let counted = scraper::Selector::parse(".pager [data-total]").unwrap();
            let mut counted = document.select(&counted);
            let Some(total) = counted.next().and_then(|at| at.attr("data-total")) else {
                continue;
            };
            let given = world.get(&cookie, &format!("{list}.xlsx")).await;
            if !is_file(&given) {
                continue;
            }
            let (_, range) = ranges(&given.bytes).into_iter().next().unwrap();
            let told = ranges(&given.bytes).pop().unwrap().1;
            let count = told.get_value((4, 1)).unwrap().to_string();
            if format!("{total}条") == count {
                assert!(
                    rows(&range) > total.parse::<usize>().unwrap(),
                    "{reader} {list}"
                );
            } else {
                // A table of units and one of associations: the page counts the second.
                let (name, second) = ranges(&given.bytes).swap_remove(1);
                assert_eq!(name, "各协会", "{reader} {list}: {total} {count}");
                assert_eq!(rows(&second), total.parse::<usize>().unwrap() + 2, "{list}");
            }
            compared += 1;
        }
    }
    assert!(compared >= 4, "{compared}");
}

#[tokio::test]
async fn a_filter_goes_along_and_stands_in_the_file() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    let unit: i64 = sqlx::query_scalar("select id from department where name = '区交通运输局'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let page = world
        .get(&cookie, &format!("/associations?department={unit}"))
        .await;
    let shown = page.texts("tbody th[scope=row] a");
    let offered = page.texts(".take-out a");
    assert_eq!(offered, ["Excel", "CSV"]);
    let file = format!("/associations.xlsx?department={unit}");
    assert!(page.body.contains(&file), "{}", page.body);
    let given = world.get(&cookie, &file).await;
    let sheets = ranges(&given.bytes);
    let (_, range) = sheets.first().unwrap();
    let own = |row: &[Data]| row[1].to_string();
    let names: Vec<String> = range.rows().skip(1).map(own).collect();
    assert_eq!(names.len(), shown.len());
    assert!(names.contains(&WORKED.to_owned()), "{names:?}");
    let told = sheets
        .last()
        .unwrap()
        .1
        .get_value((2, 1))
        .unwrap()
        .to_string();
    assert_eq!(told, "单位：交通局");
    // A code is text, a day a day, how many a number.
    let worked = range.rows().find(|row| own(row) == WORKED).unwrap();
    assert_eq!(worked[2], Data::String("51220106MJ00001065".to_owned()));
    assert!(matches!(worked[6], Data::DateTime(_)), "{:?}", worked[6]);
    assert_eq!(
        (&worked[9], &worked[10]),
        (&Data::Float(35.0), &Data::Float(38.0))
    );
    assert_eq!(worked[11], Data::Float(0.921));
}

#[tokio::test]
async fn who_takes_a_file_slowly_holds_nothing() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    let router = server::router(&world.app);
    let ask = async || {
        let request = Request::get("/associations.xlsx")
            .header(header::HOST, "localhost")
            .header(header::COOKIE, &cookie)
            .body(axum::body::Body::empty())
            .unwrap();
        router.clone().oneshot(request).await.unwrap()
    };
    // Nobody reads these; two are made at a time, and each held a connection while it was.
    let mut unread = Vec::new();
    for _ in 0..40 {
        let answer = ask().await;
        assert_eq!(answer.status(), StatusCode::OK);
        unread.push(answer);
    }
    assert_eq!(
        world.get(&cookie, "/associations").await.status,
        StatusCode::OK
    );
}
