//! 完成情况表 (EX-7): the worked example's row, cell by cell, with the values of domain 12.1
//! on 22 November 2018; whose rows a person sees, and how who left is marked.

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Range, Reader as _, Xlsx};

use crate::world::{Answer, World};

const PATH: &str = "/reports/completion";
const EXAMPLE: &str = "长春市绿园区汽车维修行业协会";

/// A table's rows, each with its cells.
fn rows(page: &Answer) -> Vec<Vec<String>> {
    let tree = page.page();
    let rows = scraper::Selector::parse("table.ledger tbody tr").unwrap();
    let cells = scraper::Selector::parse("th, td").unwrap();
    let text = |cell: scraper::ElementRef<'_>| cell.text().collect::<String>().trim().to_owned();
    tree.select(&rows)
        .map(|row| row.select(&cells).map(text).collect())
        .collect()
}

/// The rows of all pages of the table, as somebody has it.
async fn table(world: &World, username: &str) -> Vec<Vec<String>> {
    let cookie = world.sign_in(username).await;
    let mut all = Vec::new();
    for number in 1.. {
        let page = world.get(&cookie, &format!("{PATH}?page={number}")).await;
        assert_eq!(page.status, StatusCode::OK, "{username}: {}", page.body);
        all.extend(rows(&page));
        if page.texts(".pager a[rel=next]").is_empty() {
            break;
        }
    }
    all
}

/// The columns of the form in their order, from the two lines of the head.
fn labels(page: &Answer) -> Vec<String> {
    let upper = page.texts("thead tr:first-child th");
    let mut lower = page.texts("thead tr:nth-child(2) th").into_iter();
    let mut found = Vec::new();
    for label in upper {
        let below = match label.as_str() {
            "机构分离" => 4,
            "职能分离" | "党建外事" => 3,
            "资产财务分离" => 8,
            "人员管理分离" => 5,
            _ => 0,
        };
        if below == 0 {
            found.push(label);
        } else {
            found.extend(lower.by_ref().take(below));
        }
    }
    assert_eq!(lower.next(), None);
    found
}

/// What the form says of the worked example; `…` stands for what the demonstration numbers.
const EXPECTED: [(&str, &str); 32] = [
    ("协会名称", EXAMPLE),
    ("统一社会信用代码", "51220106MJ00001065"),
    ("业务主管单位", "区交通运输局"),
    ("批复文号及日期", "绿脱钩办〔2018〕3号，2018-10-24"),
    ("关系解除（项/完成）", "2/2"),
    ("代管事业单位处置", "不涉及"),
    ("合署办公分开", "不涉及"),
    ("证书换发日期", "未换发"),
    ("行政职能剥离（项）", "1"),
    ("依法保留职能（项）", "不涉及"),
    ("转移（项）", "2"),
    ("会计制度", "民间非营利组织会计制度，2018-…起"),
    ("独立账号", "已开立，2018-10-30"),
    ("拨款取消", "已取消，2018-10-30"),
    ("清查文号", "绿交清〔2018〕1号"),
    ("国有资产（万元）", "0.80"),
    ("国有资产处置", "收回1项，2018-11-06完成"),
    ("办公用房（㎡）", "38.50"),
    ("腾退日期", "未腾退"),
    ("应清理/已清理", "4/4"),
    ("去留（留/离）", "0/1"),
    ("劳动合同（应签/已签）", "3/3"),
    ("社保公积金（应参/已参）", "养老4/4，医疗4/4，公积金4/4"),
    ("编制收回", "1"),
    ("接收单位及日期", "区委组织部，2018-11-14"),
    ("党组织", "单独组建，…，2018-11-15"),
    ("外事", "不涉及"),
    ("章程备案日期", "未备案"),
    ("五项完成率", "92.1%"),
    ("评定结论", "—"),
    (
        "未完成事项及时限",
        "依法直接登记（换发证书，不再登载业务主管单位），2018-12-31；占用的行政办公用房清理腾退：…312，2018-12-31；办公场所独立（原则上），2018-12-31",
    ),
    ("备注", "—"),
];

#[tokio::test]
async fn the_worked_examples_row_cell_by_cell() {
    let world = World::demo().await;
    let page = world.get(&world.sign_in("jiaotong").await, PATH).await;
    let labels = labels(&page);
    assert_eq!(labels.first().map(String::as_str), Some("序号"));
    let expected = EXPECTED.iter().map(|(label, _)| *label);
    assert!(labels.iter().skip(1).eq(expected), "{labels:?}");
    for who in ["office-lead", "jiaotong"] {
        let table = table(&world, who).await;
        let row = table.iter().find(|row| row[1] == EXAMPLE).unwrap();
        assert_eq!(row.len(), labels.len(), "{row:?}");
        for ((label, expected), cell) in EXPECTED.iter().zip(&row[1..]) {
            let fits = match expected.split_once('…') {
                None => cell == expected,
                Some((begins, ends)) => cell.starts_with(begins) && cell.ends_with(ends),
            };
            assert!(fits, "{who}, {label}: {cell}");
        }
    }
    // The form's name, its day, and the line for signatures on paper.
    assert_eq!(page.texts("h1"), ["绿园区行业协会商会脱钩单位完成情况表"]);
    assert!(page.texts(".lead").concat().contains("截至2018-11-22"));
    let line = page.texts(".sign-line").concat();
    for part in ["填表人", "审核人", "单位负责人（盖章）", "日期"] {
        assert!(line.contains(part), "{line}");
    }
}

/// Cells of the workbook that are a number or a day there, besides those that are words in it.
const TYPED: [(&str, Typed); 9] = [
    ("序号", Typed::Number(None)),
    ("行政职能剥离（项）", Typed::Number(Some(1.0))),
    ("转移（项）", Typed::Number(Some(2.0))),
    ("国有资产（万元）", Typed::Number(Some(0.8))),
    ("办公用房（㎡）", Typed::Number(Some(38.5))),
    ("编制收回", Typed::Number(Some(1.0))),
    ("五项完成率", Typed::Number(Some(0.921))),
    // What was not done yet says so in words; a code is never a number.
    ("证书换发日期", Typed::Words),
    ("统一社会信用代码", Typed::Words),
];

#[derive(Clone, Copy)]
enum Typed {
    Number(Option<f64>),
    Words,
}

#[tokio::test]
async fn the_worked_examples_row_in_the_workbook_cell_by_cell() {
    let world = World::demo().await;
    for who in ["office-lead", "jiaotong"] {
        let cookie = world.sign_in(who).await;
        let labels = labels(&world.get(&cookie, PATH).await);
        let file = world.get(&cookie, &format!("{PATH}.xlsx")).await;
        assert_eq!(file.status, StatusCode::OK, "{who}");
        let sheet = sheet(&file);
        let row = sheet
            .rows()
            .find(|row| row.get(1).is_some_and(|name| *name == EXAMPLE))
            .unwrap();
        assert_eq!(row.len(), labels.len(), "{who}: {row:?}");
        for (label, cell) in labels.iter().zip(row) {
            let typed = TYPED.iter().find(|(typed, _)| typed == label);
            let wanted = EXPECTED.iter().find(|(wanted, _)| wanted == label);
            match (typed, cell) {
                (Some((_, Typed::Number(value))), Data::Float(found)) => {
                    assert!(
                        value.is_none_or(|value| (value - found).abs() < 1e-9),
                        "{label}: {found}"
                    );
                }
                (Some((_, Typed::Number(_))), _) => panic!("{who}, {label}: {cell:?} is no number"),
                (Some((_, Typed::Words)) | None, Data::String(found)) => {
                    let expected = wanted.unwrap().1;
                    let fits = match expected.split_once('…') {
                        None => found == expected,
                        Some((begins, ends)) => found.starts_with(begins) && found.ends_with(ends),
                    };
                    assert!(fits, "{who}, {label}: {found}");
                }
                (_, Data::Empty) => assert_eq!(wanted.unwrap().1, "—", "{who}, {label}"),
                _ => panic!("{who}, {label}: {cell:?}"),
            }
        }
    }
}

/// The first sheet of a workbook, with another reader.
fn sheet(file: &Answer) -> Range<Data> {
    let mut book = Xlsx::new(Cursor::new(file.bytes.to_vec())).unwrap();
    let name = book.sheet_names().remove(0);
    book.worksheet_range(&name).unwrap()
}

#[tokio::test]
async fn a_unit_has_its_own_and_who_reads_all_has_the_whole_list() {
    let world = World::demo().await;
    let listed: i64 = world
        .count(
            "select count(*) from roster_entry
             where (publication_id is not null or added_by is not null) and withdrawn_by is null",
        )
        .await;
    for who in [
        "office",
        "office-lead",
        "minzheng",
        "minzheng-lead",
        "caizheng",
    ] {
        let table = table(&world, who).await;
        assert_eq!(i64::try_from(table.len()).unwrap(), listed, "{who}");
        // Numbered through all pages.
        let numbers = table.iter().map(|row| row[0].parse::<usize>().unwrap());
        assert!(numbers.eq(1..=table.len()), "{who}");
        let mut names: Vec<&String> = table.iter().map(|row| &row[1]).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), table.len(), "{who}: each once");
    }
    // 工信局 has a tie with the example, and is not responsible for it.
    for (who, unit) in [
        ("gongxin", "区工业和信息化局"),
        ("jiaotong-lead", "区交通运输局"),
    ] {
        let table = table(&world, who).await;
        assert!(!table.is_empty(), "{who}");
        for row in &table {
            assert_eq!(row[3], unit, "{who}: {row:?}");
        }
    }
    let gongxin = world.get(&world.sign_in("gongxin").await, PATH).await;
    assert!(!gongxin.body.contains("汽车维修"), "{}", gongxin.body);
    for stranger in ["xiehui", "observer", "admin"] {
        let page = world.get(&world.sign_in(stranger).await, PATH).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{stranger}");
        assert!(!page.body.contains("51220106MJ00001065"), "{stranger}");
    }
}

#[tokio::test]
async fn who_left_is_marked_and_who_was_withdrawn_is_not_there() {
    let world = World::demo().await;
    let table = table(&world, "office").await;
    let of = |name: &str| table.iter().find(|row| row[1].contains(name));
    for (name, how) in [
        ("二手车流通协会", "已注销"),
        ("房地产中介行业协会", "已合并"),
        ("演艺业协会", "已撤销"),
    ] {
        let row = of(name).unwrap();
        assert!(row[1].ends_with(&format!("（{how}）")), "{row:?}");
        assert_eq!(row[29], how, "no rate: {row:?}");
        assert_eq!(row[31], how, "nothing is due: {row:?}");
    }
    let withdrawn: Vec<String> = sqlx::query_scalar(
        "select a.name from roster_entry e join association a on a.id = e.association_id
         where e.withdrawn_by is not null",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(!withdrawn.is_empty());
    for name in withdrawn {
        assert!(of(&name).is_none(), "{name}");
    }
    // Every cell says something; only what nobody can have given yet is a dash.
    for row in &table {
        for (place, cell) in row.iter().enumerate() {
            assert_eq!(cell == "—", matches!(place, 30 | 32), "{place}: {row:?}");
        }
    }
}

#[tokio::test]
async fn slices_after_a_row_read_the_same_as_the_pages() {
    use tuogou::closing::rules::Completion;
    use tuogou::closing::store;
    use tuogou::registry::mark::Mark;

    let world = World::demo().await;
    let scope = tuogou::access::Scope::whole_campaign_figures();
    let today = world.app.clock.today();
    let mut mark = Mark::default();
    let mut names = Vec::new();
    loop {
        let mut db = world.db().await;
        let slice = store::slice(&mut db, (&scope, world.scheme()), &mut mark, 7)
            .await
            .unwrap();
        if slice.is_empty() {
            break;
        }
        let rows = slice.iter();
        names.extend(rows.map(|facts| Completion::of(facts, world.scheme(), today).name));
    }
    let table = table(&world, "office").await;
    assert!(table.iter().map(|row| &row[1]).eq(&names), "{names:?}");
}
