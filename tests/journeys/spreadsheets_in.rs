//! Spreadsheets as offices have them come in: asked about, checked, marked, mended, entered as a
//! whole or not at all.

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;

use crate::world::{Answer, World};

/// A workbook as offices have them.
pub fn given(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/workbooks");
    std::fs::read(format!("{folder}/{name}")).unwrap()
}

/// Uploads a file on a page; the answer, and the upload's own page where it was taken.
pub async fn bring(world: &World, who: &str, page: &str, file: (&str, &[u8])) -> (Answer, String) {
    let sent = world.hand_in(who, (page, page), file).await;
    let at = if sent.status == StatusCode::SEE_OTHER {
        sent.location().split('?').next().unwrap().to_owned()
    } else {
        String::new()
    };
    (sent, at)
}

/// The page of an upload once it is neither read nor entered any more.
pub async fn settled(world: &World, who: &str, at: &str) -> Answer {
    loop {
        let page = world.get(who, at).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        if !page.body.contains("本页会自动刷新") {
            return page;
        }
        tokio::task::yield_now().await;
    }
}

/// Answers what is asked by the words of the questions: the first option that contains these.
pub async fn answered(world: &World, who: &str, at: &str, said: &[(&str, &str)]) -> Answer {
    answered_with(world, who, at, said, &[]).await
}

/// The same, with some fields besides.
pub async fn answered_with(
    world: &World,
    who: &str,
    at: &str,
    said: &[(&str, &str)],
    besides: &[(&str, &str)],
) -> Answer {
    let page = settled(world, who, at).await;
    let mut fields = Vec::new();
    let tree = page.page();
    let selects = scraper::Selector::parse("select").unwrap();
    let options = scraper::Selector::parse("option").unwrap();
    for select in tree.select(&selects) {
        let name = select.value().attr("name").unwrap().to_owned();
        let labels = scraper::Selector::parse(&format!("label[for='f-{name}']")).unwrap();
        let label: String = tree.select(&labels).next().unwrap().text().collect();
        let (_, wanted) = said
            .iter()
            .find(|(asked, _)| label.contains(asked))
            .unwrap_or_else(|| panic!("nobody answers {label}"));
        let option = select
            .select(&options)
            .find(|option| option.text().collect::<String>().contains(wanted))
            .unwrap_or_else(|| panic!("{label} has no option {wanted}"));
        fields.push((name, option.value().attr("value").unwrap().to_owned()));
    }
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    fields.extend(besides);
    let to = format!("{at}/answers");
    let sent = world.submit(who, (at, &to), &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    settled(world, who, at).await
}

/// Confirms an upload: every warning by one sentence, every alteration as an error put right.
pub async fn entered(world: &World, who: &str, at: &str) -> Answer {
    let page = settled(world, who, at).await;
    let inputs = scraper::Selector::parse("form input").unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    for input in page.page().select(&inputs) {
        let name = input.value().attr("name").unwrap_or_default();
        if name.starts_with("warning.") {
            fields.push((name.to_owned(), "已与登记证书逐一核对".to_owned()));
        } else if name.starts_with("basis.") && input.value().attr("value") == Some("error") {
            fields.push((name.to_owned(), "error".to_owned()));
        }
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    world.submit(who, (at, at), &fields).await
}

/// The first sheet of a workbook, cell by cell.
pub fn cells(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let (rows, columns) = (range.end().unwrap().0 + 1, range.end().unwrap().1 + 1);
    let cell = |row, column| {
        range
            .get_value((row, column))
            .cloned()
            .unwrap_or(Data::Empty)
    };
    (0..rows)
        .map(|row| (0..columns).map(|column| cell(row, column)).collect())
        .collect()
}

/// A workbook with these cells, as text.
pub fn book(cells: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(cells) {
        for (column, text) in (0..).zip(cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, text).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// The same as text.
pub fn texts(cells: &[Vec<Data>]) -> Vec<Vec<String>> {
    cells
        .iter()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect()
}

/// The register's page of uploads.
pub const REGISTER: &str = "/associations/import";

#[tokio::test]
async fn tc_67_a_districts_own_list_becomes_its_register_and_comes_in_once() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let before = world.count("select count(*) from association").await;
    let file = ("台账.xlsx", &*given("01-台账-标题行与合计.xlsx"));
    let (_, at) = bring(&world, &civil, REGISTER, file).await;
    let page = settled(&world, &civil, &at).await;
    for unit in [
        "国务院国有资产监督管理委员会",
        "国家质量监督检验检疫总局",
        "国家经济贸易委员会",
    ] {
        assert!(
            page.body.contains(&format!("“{unit}”是哪个单位")),
            "{unit}: {}",
            page.body
        );
    }
    let said = [
        ("国务院国有", "区商务局"),
        ("国家质量", "区工业和信息化局"),
        ("国家经济", "商务局"),
    ];
    let page = answered(&world, &civil, &at, &said).await;
    assert!(page.body.contains("全部导入（9行）"), "{}", page.body);
    for ignored in [
        "第1行（",
        "第2行（",
        "第15行（合计行）",
        "第17行（",
        "第18行（",
    ] {
        assert!(page.body.contains(ignored), "{ignored}: {}", page.body);
    }
    assert_eq!(
        world.count("select count(*) from association").await,
        before,
        "nothing yet"
    );
    let done = entered(&world, &civil, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = settled(&world, &civil, &at).await;
    assert!(page.body.contains("全部导入"), "{}", page.body);
    assert_eq!(
        world.count("select count(*) from association").await,
        before + 9
    );
    // What the list does not say is asked of the unit.
    let id = world.association("中国企业联合会").await;
    let unit = world.sign_in("shangwu").await;
    assert!(world.get(&unit, "/").await.body.contains("补充登记信息"));
    let page = world.get(&unit, &format!("/associations/{id}")).await;
    assert!(
        page.body
            .contains("待补：统一社会信用代码或者登记证号、成立登记日期"),
        "{}",
        page.body
    );
    assert!(world.differences().await.is_empty());
    // TC-67: the same file again changes nothing and says when it came.
    let (again, _) = bring(&world, &civil, REGISTER, file).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("内容相同的文件已由"), "{}", again.body);
    assert_eq!(
        world.count("select count(*) from association").await,
        before + 9
    );
}

#[tokio::test]
async fn codes_that_went_wrong_come_back_marked_and_go_in_mended() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let before = world.count("select count(*) from association").await;
    let file = ("代码.xlsx", &*given("04-信用代码走样.xlsx"));
    let (_, at) = bring(&world, &civil, REGISTER, file).await;
    let page = settled(&world, &civil, &at).await;
    for cell in ["B3", "B4", "B5", "B6", "B11", "B12", "B14", "B16", "B17"] {
        assert!(
            page.body.contains(&format!("{cell}“")) || page.body.contains(&format!("{cell}：")),
            "{cell}: {}",
            page.body
        );
    }
    assert!(
        !page.body.contains("全部导入（"),
        "with errors nothing goes in"
    );
    let marked = world.get(&civil, &format!("{at}/marked")).await;
    assert_eq!(marked.status, StatusCode::OK);
    let mut rows = texts(&cells(&marked.bytes));
    assert_eq!(rows[0].last().map(String::as_str), Some("错误说明"));
    assert!(rows[2].last().unwrap().contains("代码"), "{:?}", rows[2]);
    // Mended where it says so; the column of errors comes back as it is.
    for row in [2, 3, 4, 5, 10, 11, 13, 15, 16] {
        rows[row][1] = String::new();
    }
    let mended = book(&rows);
    let (_, at) = bring(&world, &civil, REGISTER, ("代码（已更正）.xlsx", &mended)).await;
    let page = settled(&world, &civil, &at).await;
    assert!(page.body.contains("全部导入（16行）"), "{}", page.body);
    let done = entered(&world, &civil, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(
        world.count("select count(*) from association").await,
        before + 16
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_what_to_do() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    for name in ["11-旧格式.xls", "11-旧格式.et"] {
        let (refused, _) = bring(&world, &civil, REGISTER, (name, &given(name))).await;
        assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{name}");
        assert!(refused.body.contains("另存为"), "{name}: {}", refused.body);
    }
    let (refused, _) = bring(&world, &civil, REGISTER, ("空.xlsx", b"PK\x03\x04nothing")).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.body
    );
    let file = ("公式.xlsx", &*given("09b-公式无缓存值.xlsx"));
    let (_, at) = bring(&world, &civil, REGISTER, file).await;
    let page = settled(&world, &civil, &at).await;
    assert!(page.body.contains("公式没有保存结果"), "{}", page.body);
    assert_eq!(
        world
            .count("select count(*) from import where state = 'imported'")
            .await,
        0
    );
}

#[tokio::test]
async fn a_list_that_libreoffice_saved_comes_in_as_it_shows_it() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let before = world.count("select count(*) from association").await;
    let file = ("名单.xlsx", &*given("12-LibreOffice另存.xlsx"));
    let (_, at) = bring(&world, &civil, REGISTER, file).await;
    let page = settled(&world, &civil, &at).await;
    // Its columns reach a thousand rows down; of content there are three.
    assert!(page.body.contains("全部导入（3行）"), "{}", page.body);
    // What its formula gave is taken, and said.
    assert!(
        page.body
            .contains("单元格是公式，已采用文件中保存的计算结果。"),
        "{}",
        page.body
    );
    let done = entered(&world, &civil, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &civil, &at).await;
    let after = world.count("select count(*) from association").await;
    assert_eq!(after, before + 3);
    let rows: Vec<(String, String, bool)> = sqlx::query_as(
        "select registered_on::text, domicile, direct_registration from association
         where name like '%冰雪运动协会' or name like '%旅游饭店行业协会' order by registered_on",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let row = |day: &str, domicile: &str| (day.to_owned(), domicile.to_owned(), false);
    let wanted = [
        row("2009-05-18", "绿园区景阳大路100号"),
        row("2011-03-07", "绿园区站前街12号"),
    ];
    assert_eq!(rows, wanted);
}

#[tokio::test]
async fn units_and_accounts_come_in_with_a_first_password_for_each() {
    let world = World::demo().await;
    let admin = world.sign_in("admin").await;
    let rows = [
        ["单位名称", "单位简称", "姓名", "角色"],
        ["长春市绿园区粮食局", "区粮食局", "韩冬梅", "经办人"],
        ["长春市绿园区粮食局", "区粮食局", "鲁大山", "负责人"],
        ["长春市绿园区商务局", "", "柳青", "经办人"],
    ];
    let rows = rows.map(|row| row.map(str::to_owned).to_vec());
    let page = "/departments/import";
    let (_, at) = bring(&world, &admin, page, ("名单.xlsx", &book(&rows))).await;
    let shown = settled(&world, &admin, &at).await;
    assert!(
        shown.body.contains("新增单位：长春市绿园区粮食局"),
        "{}",
        shown.body
    );
    assert!(shown.body.contains("handongmei"), "{}", shown.body);
    let done = entered(&world, &admin, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &admin, &at).await;
    let slips = world.get(&admin, &format!("{at}/slips")).await;
    let secrets = slips.texts("ul.slips .secret");
    assert_eq!(secrets.len(), 3, "{}", slips.body);
    let names = slips.texts("ul.slips dd");
    let at_name = names.iter().position(|name| name == "handongmei").unwrap();
    let clerk = world.sign_in_with("handongmei", &names[at_name + 1]).await;
    assert_eq!(world.get(&clerk, "/").await.location(), "/password");
}
