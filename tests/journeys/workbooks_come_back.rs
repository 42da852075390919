//! A workbook of one's own rows is taken away, worked on without a network and brought back:
//! what was changed in it goes in, what others did meanwhile stays.

use std::io::Cursor;

use axum::http::{StatusCode, header};
use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::spreadsheets_in::{REGISTER, answered_with, bring, entered, settled};
use crate::world::{Answer, World};

/// The page of uploads of survey answers.
pub const SURVEYS: &str = "/surveys/import";
/// The page of uploads of people.
pub const PEOPLE: &str = "/surveys/people/import";
/// The page of uploads of units and accounts.
const UNITS: &str = "/departments/import";

/// The workbook that a page of uploads gives away; on a reason, where it asks for one.
pub async fn template(world: &World, who: &str, page: &str) -> Vec<u8> {
    let at = format!("{page}/template.xlsx");
    let is_page = |answer: &Answer| {
        let media = answer.headers.get(header::CONTENT_TYPE).unwrap();
        media.to_str().unwrap().starts_with("text/html")
    };
    let mut given = world.get(who, &at).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.body);
    if is_page(&given) {
        let reason = [("reason", "下乡期间没有网络，离线填写")];
        let sent = world.submit(who, (&at, &at), &reason).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        given = world.get(who, &sent.location()).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.body);
    }
    assert!(!is_page(&given), "{}", given.body);
    given.bytes.to_vec()
}

/// Rows of cells.
pub type Rows = Vec<Vec<Data>>;

/// How an office program writes a cell.
type Put = fn(&mut Worksheet, u32, u16, &Data);

/// A workbook of ours as an office program saves it: every sheet with its cells, the hidden
/// ones hidden; `change` has its say over the first.
pub fn saved(bytes: &[u8], put: Put, change: impl FnOnce(&mut Rows)) -> Vec<u8> {
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut made = Workbook::new();
    let mut change = Some(change);
    for sheet in read.sheets_metadata().to_vec() {
        let range = read.worksheet_range(&sheet.name).unwrap();
        let mut rows = Rows::new();
        if let Some((last, right)) = range.end() {
            for row in 0..=last {
                let cell = |column| range.get_value((row, column)).cloned();
                rows.push((0..=right).map(|at| cell(at).unwrap_or_default()).collect());
            }
        }
        if let Some(change) = change.take() {
            change(&mut rows);
        }
        let into = made.add_worksheet();
        into.set_name(&sheet.name).unwrap();
        into.set_hidden(sheet.visible != calamine::SheetVisible::Visible);
        for (row, cells) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(cells) {
                if !cell.to_string().is_empty() {
                    put(into, row, column, cell);
                }
            }
        }
    }
    made.save_to_buffer().unwrap()
}

/// All of it as text, as from a program that knows nothing else.
pub fn as_text(into: &mut Worksheet, row: u32, column: u16, cell: &Data) {
    let text = match cell {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    };
    into.write_string(row, column, text).unwrap();
}

/// Numbers as numbers and days as days, in the program's own styles.
pub fn as_it_is(into: &mut Worksheet, row: u32, column: u16, cell: &Data) {
    match cell {
        Data::Float(number) => into.write_number(row, column, *number),
        Data::Int(number) => into.write_number(row, column, i32::try_from(*number).unwrap()),
        Data::DateTime(day) => {
            let format = Format::new().set_num_format("yyyy/m/d").set_font_size(10);
            into.write_number_with_format(row, column, day.as_f64(), &format)
        }
        other => into.write_string(row, column, other.to_string()),
    }
    .unwrap();
}

/// The column under a heading without its star; a question's by its number.
fn column(rows: &Rows, heading: &str) -> usize {
    let is = |cell: &Data| {
        let title = cell.to_string();
        let title = title.trim_end_matches('*');
        title == heading
            || title
                .split_once(' ')
                .is_some_and(|(code, _)| code == heading)
    };
    let head = rows.first().unwrap();
    let found = head.iter().position(is);
    found.unwrap_or_else(|| panic!("no column {heading}: {head:?}"))
}

/// The row in which these headings have these values.
pub fn row(rows: &Rows, by: &[(&str, &str)]) -> usize {
    let says = |row, heading, value: &str| match at(rows, (row, heading)) {
        Data::String(text) => text == value,
        _ => false,
    };
    let fits = |row: &usize| by.iter().all(|(heading, value)| says(*row, heading, value));
    let found = (0..rows.len()).find(fits);
    found.unwrap_or_else(|| panic!("no row {by:?}"))
}

/// What stands in a cell.
pub fn at(rows: &Rows, (row, heading): (usize, &str)) -> Data {
    let cells = rows.get(row).unwrap();
    cells.get(column(rows, heading)).unwrap().clone()
}

/// Puts something into a cell.
pub fn put(rows: &mut Rows, (row, heading): (usize, &str), value: impl Into<Data>) {
    let column = column(rows, heading);
    *rows.get_mut(row).unwrap().get_mut(column).unwrap() = value.into();
}

/// What the preview says would be entered, one change after another.
pub fn changes(page: &Answer) -> Vec<String> {
    let items = scraper::Selector::parse("details[open] ul.lines li").unwrap();
    let page = page.page();
    let texts = page.select(&items).flat_map(|item| item.text());
    let lines = texts.flat_map(|text| text.split('；'));
    let lines = lines.map(|line| line.trim().to_owned());
    lines.filter(|line| line.contains('：')).collect()
}

/// The fields that settle conflicts, in the order of the page: label and name.
pub fn conflicts(page: &Answer) -> Vec<(String, String)> {
    let fields = scraper::Selector::parse("input[type='radio'][value='mine']").unwrap();
    let names = page.page();
    let names = names.select(&fields);
    let names = names.map(|input| input.value().attr("name").unwrap().to_owned());
    page.texts("fieldset legend")
        .into_iter()
        .zip(names)
        .collect()
}

#[tokio::test]
async fn a_workbook_taken_away_comes_back_merged_with_what_others_did() {
    let world = World::demo().await;
    let unit = world.sign_in("jiaotong").await;
    let book = template(&world, &unit, REGISTER).await;
    let name = "长春市绿园区汽车维修行业协会";
    let changed = saved(&book, as_text, |rows| {
        let row = row(rows, &[("协会名称", name)]);
        put(rows, (row, "住所"), "绿园区工作簿路8号");
        put(rows, (row, "业务范围"), "汽车维修行业自律");
    });
    // Meanwhile somebody else changed the domicile too, and something of their own.
    sqlx::query("update association set domicile = '绿园区别处2号', legal_representative = '他人', version = version + 1 where name = $1")
        .bind(name)
        .execute(world.owner())
        .await
        .unwrap();
    let (_, at) = bring(&world, &unit, REGISTER, ("本单位.xlsx", &changed)).await;
    let asked = settled(&world, &unit, &at).await;
    assert!(
        asked.body.contains("工作簿：绿园区工作簿路8号"),
        "{}",
        asked.body
    );
    assert!(asked.body.contains("系统：绿园区别处2号"), "{}", asked.body);
    let settle = asked.texts("fieldset legend");
    assert_eq!(settle.len(), 1, "one cell is in conflict: {settle:?}");
    let field = asked
        .page()
        .select(&scraper::Selector::parse("input[type='radio'][value='mine']").unwrap())
        .map(|input| input.value().attr("name").unwrap().to_owned())
        .next()
        .unwrap();
    let page = answered_with(&world, &unit, &at, &[], &[(&field, "mine")]).await;
    assert!(page.body.contains("全部导入（1行）"), "{}", page.body);
    assert!(
        !page.body.contains("他人 →"),
        "what nobody touched in the workbook stays"
    );
    let done = entered(&world, &unit, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &unit, &at).await;
    let row: (String, String, String) = sqlx::query_as(
        "select domicile, business_scope, legal_representative from association where name = $1",
    )
    .bind(name)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let wanted = ("绿园区工作簿路8号", "汽车维修行业自律", "他人");
    assert_eq!((&*row.0, &*row.1, &*row.2), wanted);
    // Another unit's workbook, and one whose ground was changed, are known at once.
    let other = world.sign_in("shangwu").await;
    let (_, at) = bring(&world, &other, REGISTER, ("别人的.xlsx", &changed)).await;
    let page = settled(&world, &other, &at).await;
    assert!(page.body.contains("其他单位下载的"), "{}", page.body);
    let (_, at) = bring(&world, &unit, "/surveys/import", ("放错.xlsx", &changed)).await;
    let page = settled(&world, &unit, &at).await;
    assert!(page.body.contains("不是用在这里的"), "{}", page.body);
}

/// Brings a workbook in which nobody changed anything: it says so, and asks nothing.
async fn says_what_stands(world: &World, who: &str, page: &str, (name, book): (&str, &[u8])) {
    let (sent, at) = bring(world, who, page, (name, book)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let shown = settled(world, who, &at).await;
    let same = "表格内容与系统中的一致，没有需要导入的。";
    assert!(shown.body.contains(same), "{page} {name}: {}", shown.body);
    for other in ["请先答复", "有错误", "新增", "更改", "不导入"] {
        let counted = shown.texts("main p .mark").join(" ");
        assert!(!counted.contains(other), "{page} {name}: {counted}");
    }
    let rows = shown.texts("main p b");
    assert!(rows.iter().any(|rows| rows != "0"), "{}", shown.body);
}

/// The accounts that have a workbook of each kind.
const HOLDERS: [(&str, &[&str]); 4] = [
    (
        REGISTER,
        &["jiaotong", "nongye", "gongshanglian", "minzheng", "office"],
    ),
    (UNITS, &["admin"]),
    (
        SURVEYS,
        &["jiaotong", "gongxin", "nongye", "wenguang", "gongshanglian"],
    ),
    (
        PEOPLE,
        &["jiaotong", "gongxin", "nongye", "wenguang", "gongshanglian"],
    ),
];

#[tokio::test]
async fn a_template_of_any_kind_that_nobody_touched_says_what_stands() {
    let world = World::demo().await;
    for (page, holders) in HOLDERS {
        for holder in holders {
            let who = world.sign_in(holder).await;
            let book = template(&world, &who, page).await;
            says_what_stands(&world, &who, page, (&format!("{holder}.xlsx"), &book)).await;
        }
    }
    let odd =
        "select count(*) from import where report->'warnings' <> '[]' or report->'asked' <> '[]'";
    assert_eq!(
        world.count(odd).await,
        0,
        "nothing to confirm, nothing to settle"
    );
    let all = "select count(*) from import where state = 'checked'";
    assert_eq!(world.count(all).await, 16);
}

#[tokio::test]
async fn a_template_that_another_program_saved_says_what_stands() {
    let world = World::demo().await;
    let who = world.sign_in("nongye").await;
    let admin = world.sign_in("admin").await;
    for page in [REGISTER, SURVEYS, PEOPLE, UNITS] {
        let who = if page == UNITS { &admin } else { &who };
        let book = template(&world, who, page).await;
        for (name, put) in [("另存.xlsx", as_it_is as Put), ("文本.xlsx", as_text)] {
            let again = saved(&book, put, |_| {});
            says_what_stands(&world, who, page, (name, &again)).await;
        }
    }
    // It is known for the workbook that was taken away: what others do meanwhile stays.
    let book = template(&world, &who, REGISTER).await;
    sqlx::query("update association set domicile = '绿园区别处2号', version = version + 1 where name like '%花卉协会'")
        .execute(world.owner())
        .await
        .unwrap();
    let again = saved(&book, as_it_is, |_| {});
    says_what_stands(&world, &who, REGISTER, ("隔日.xlsx", &again)).await;
}

#[tokio::test]
async fn an_association_that_went_to_another_unit_meanwhile_is_named() {
    let world = World::demo().await;
    let who = world.sign_in("nongye").await;
    let mut books = Vec::new();
    for page in [REGISTER, SURVEYS, PEOPLE] {
        books.push((page, template(&world, &who, page).await));
    }
    sqlx::query(
        "update association set version = version + 1,
             department_id = (select id from department where name = '区商务局')
         where name like '%花卉协会'",
    )
    .execute(world.owner())
    .await
    .unwrap();
    let name = "长春市绿园区花卉协会";
    let told = [
        (
            "协会名称",
            "住所",
            "工作簿下载之后，这个协会已不在本单位的台账中，请删去本行",
        ),
        ("SV-01", "SV-18-1", "本单位没有这个协会"),
        ("SV-01", "职级", "本单位没有这个协会"),
    ];
    for ((page, book), (named, touched, told)) in books.iter().zip(told) {
        let changed = saved(book, as_it_is, |rows| {
            let row = row(rows, &[(named, name)]);
            put(rows, (row, touched), "改动");
        });
        let (_, at) = bring(&world, &who, page, ("本单位.xlsx", &changed)).await;
        let shown = settled(&world, &who, &at).await;
        assert!(shown.body.contains(told), "{page}: {}", shown.body);
        assert!(!shown.body.contains("请先答复"), "{page}: {}", shown.body);
        assert!(!shown.body.contains("全部导入（"), "{page}: {}", shown.body);
    }
}
