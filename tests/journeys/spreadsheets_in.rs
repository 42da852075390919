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
fn cells(bytes: &[u8]) -> Vec<Vec<Data>> {
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
fn book(cells: &[Vec<String>]) -> Vec<u8> {
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

fn texts(cells: &[Vec<Data>]) -> Vec<Vec<String>> {
    cells
        .iter()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect()
}

const REGISTER: &str = "/associations/import";

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
async fn what_somebody_else_did_meanwhile_brings_the_preview_again() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let rows = [
        ["协会名称", "业务主管单位", "住所"],
        [
            "长春市绿园区汽车维修行业协会",
            "区交通运输局",
            "绿园区新住所1号",
        ],
    ];
    let rows = rows.map(|row| row.map(str::to_owned).to_vec());
    let (_, at) = bring(&world, &civil, REGISTER, ("住所.xlsx", &book(&rows))).await;
    let page = settled(&world, &civil, &at).await;
    assert!(page.body.contains("→ 绿园区新住所1号"), "{}", page.body);
    let sealed = world.sealed(&civil, &at, &at).await;
    sqlx::query("update association set domicile = '绿园区别处2号', version = version + 1 where name = '长春市绿园区汽车维修行业协会'")
        .execute(world.owner())
        .await
        .unwrap();
    let mut fields: Vec<(&str, &str)> = sealed
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    fields.extend([
        ("basis.domicile", "error"),
        ("document.domicile", ""),
        ("changed_on.domicile", ""),
    ]);
    let refused = world.post(&civil, &at, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(
        refused.body.contains("绿园区别处2号 → 绿园区新住所1号"),
        "{}",
        refused.body
    );
    let done = entered(&world, &civil, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(
        world
            .count("select count(*) from association where domicile = '绿园区新住所1号'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_unit_brings_its_own_and_sees_nobody_elses_upload() {
    let world = World::demo().await;
    let unit = world.sign_in("shangwu").await;
    let rows = [
        ["协会名称", "统一社会信用代码", "业务主管单位"],
        ["长春市绿园区汽车维修行业协会", "", "区商务局"],
        ["长春市绿园区花艺行业协会", "", "区交通运输局"],
    ];
    let rows = rows.map(|row| row.map(str::to_owned).to_vec());
    let (_, at) = bring(&world, &unit, REGISTER, ("本单位.xlsx", &book(&rows))).await;
    let page = settled(&world, &unit, &at).await;
    assert!(
        page.body.contains("台账中已有协会用了这个名称或代码"),
        "{}",
        page.body
    );
    assert!(page.body.contains("不是本单位主管的协会"), "{}", page.body);
    let other = world.sign_in("jiaotong").await;
    for path in [at.clone(), format!("{at}/marked")] {
        assert_eq!(
            world.get(&other, &path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
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

#[tokio::test]
async fn figures_of_the_survey_come_back_marked_and_go_in_mended() {
    let world = World::demo().await;
    let unit = world.sign_in("gongxin").await;
    let mut names = vec![vec!["协会名称".to_owned()]];
    for trade in ["茶叶", "花卉", "家具", "烘焙", "印刷"] {
        names.push(vec![format!("长春市绿园区{trade}行业协会")]);
    }
    let (_, at) = bring(&world, &unit, REGISTER, ("本单位.xlsx", &book(&names))).await;
    let done = entered(&world, &unit, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &unit, &at).await;
    let page = "/surveys/import";
    let file = ("摸底.xlsx", &*given("07-摸底数字与单位.xlsx"));
    let (_, at) = bring(&world, &unit, page, file).await;
    let asked = settled(&world, &unit, &at).await;
    // 元 in the title and 万元 at the column: whoever knows says which.
    assert!(
        asked.body.contains("“资产总额(万元)”（E2）的金额单位"),
        "{}",
        asked.body
    );
    assert!(
        asked.body.contains("“2018年财政拨款”（D2）是什么"),
        "{}",
        asked.body
    );
    let amounts: Vec<String> = asked
        .page()
        .select(&scraper::Selector::parse("input[type='radio'][value='wan']").unwrap())
        .map(|input| input.value().attr("name").unwrap().to_owned())
        .collect();
    let said = [
        ("财政拨款", "基本"),
        ("资产总额", "流动资产"),
        ("", "不导入"),
    ];
    let wan: Vec<(&str, &str)> = amounts.iter().map(|name| (&**name, "wan")).collect();
    let page = answered_with(&world, &unit, &at, &said, &wan).await;
    for cell in ["E4", "G6", "B7", "D7", "E7", "F7", "G7"] {
        assert!(
            page.body.contains(&format!("{cell}“")),
            "{cell}: {}",
            page.body
        );
    }
    let marked = world.get(&unit, &format!("{at}/marked")).await;
    let mut rows = texts(&cells(&marked.bytes));
    for (row, column) in [
        (3, 4),
        (5, 6),
        (5, 8),
        (6, 1),
        (6, 3),
        (6, 4),
        (6, 5),
        (6, 6),
        (6, 8),
    ] {
        rows[row][column] = String::new();
    }
    let (_, at) = bring(
        &world,
        &unit,
        "/surveys/import",
        ("摸底（已更正）.xlsx", &book(&rows)),
    )
    .await;
    let page = answered_with(&world, &unit, &at, &said, &wan).await;
    assert!(page.body.contains("全部导入（5行）"), "{}", page.body);
    let done = entered(&world, &unit, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &unit, &at).await;
    let id = world.association("茶叶行业协会").await;
    let answers: serde_json::Value =
        sqlx::query_scalar("select answers from survey where association_id = $1")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert_eq!(answers["SV-10"], 90);
    assert_eq!(answers["SV-50-0"], 3_200_000, "32,000元");
    // Whoever imported a survey has drafted it.
    let drafted =
        "select count(*) from act_record where act = 'survey.save' and sentence like '%导入%'";
    assert_eq!(world.count(drafted).await, 5);
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "the write of an import, up to where the program is killed"
)]
async fn an_import_that_stops_in_the_middle_has_entered_nothing_and_its_page_says_so() {
    let world = World::demo().await;
    let unit = world.sign_in("shangwu").await;
    let before = world.count("select count(*) from association").await;
    let rows = [["协会名称"], ["长春市绿园区花艺行业协会"]];
    let rows = rows.map(|row| row.map(str::to_owned).to_vec());
    let (_, at) = bring(&world, &unit, REGISTER, ("本单位.xlsx", &book(&rows))).await;
    settled(&world, &unit, &at).await;
    let id: i32 = at.rsplit('/').next().unwrap().parse().unwrap();
    // As the write of an import holds it, up to where the program is killed.
    let mut writing = world.owner().begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(1501, $1)")
        .bind(id)
        .execute(&mut *writing)
        .await
        .unwrap();
    let page = world.get(&unit, &at).await;
    assert!(page.body.contains("正在导入"), "{}", page.body);
    assert_eq!(page.headers["refresh"], "2", "it goes on without a script");
    writing.rollback().await.unwrap();
    let page = world.get(&unit, &at).await;
    assert!(page.body.contains("全部导入（1行）"), "{}", page.body);
    assert_eq!(
        world.count("select count(*) from association").await,
        before
    );
    let done = entered(&world, &unit, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &unit, &at).await;
    assert_eq!(
        world.count("select count(*) from association").await,
        before + 1
    );
}

/// A workbook of ours as an office program saves it: every sheet with its cells, the hidden
/// ones hidden; `change` has its say over the first.
fn saved(bytes: &[u8], change: impl FnOnce(&mut Vec<Vec<String>>)) -> Vec<u8> {
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut made = Workbook::new();
    let mut change = Some(change);
    for sheet in read.sheets_metadata().to_vec() {
        let range = read.worksheet_range(&sheet.name).unwrap();
        let mut rows: Vec<Vec<String>> = Vec::new();
        if let Some((last, right)) = range.end() {
            for row in 0..=last {
                let cell = |column| match range.get_value((row, column)) {
                    Some(Data::DateTime(day)) => {
                        let (year, month, day, ..) = day.to_ymd_hms_milli();
                        format!("{year}-{month:02}-{day:02}")
                    }
                    Some(value) => value.to_string(),
                    None => String::new(),
                };
                rows.push((0..=right).map(cell).collect());
            }
        }
        if let Some(change) = change.take() {
            change(&mut rows);
        }
        let into = made.add_worksheet();
        into.set_name(&sheet.name).unwrap();
        into.set_hidden(sheet.visible != calamine::SheetVisible::Visible);
        for (row, cells) in (0..).zip(&rows) {
            for (column, text) in (0..).zip(cells) {
                if !text.is_empty() {
                    into.write_string(row, column, text).unwrap();
                }
            }
        }
    }
    made.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_workbook_taken_away_comes_back_merged_with_what_others_did() {
    let world = World::demo().await;
    let unit = world.sign_in("jiaotong").await;
    let template = world.get(&unit, "/associations/import/template.xlsx").await;
    assert_eq!(template.status, StatusCode::OK);
    let place = |rows: &[Vec<String>], head: &str| {
        rows[0]
            .iter()
            .position(|each| each.trim_end_matches('*') == head)
            .unwrap()
    };
    let name = "长春市绿园区汽车维修行业协会";
    let changed = saved(&template.bytes, |rows| {
        let (named, domicile) = (place(rows, "协会名称"), place(rows, "住所"));
        let business = place(rows, "业务范围");
        let row = rows.iter_mut().find(|row| row[named] == name).unwrap();
        row[domicile] = "绿园区工作簿路8号".to_owned();
        row[business] = "汽车维修行业自律".to_owned();
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
