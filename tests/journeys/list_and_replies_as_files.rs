//! The list, what units recommended and the register of replies as files (EX-3, EX-4, EX-6):
//! the worked example's rows with their types, the figures of the pages, and whose rows
//! somebody gets.

use axum::http::StatusCode;
use calamine::Data;
use chrono::NaiveDate;
use tuogou::scheme::Scheme;

use super::survey_summary_as_a_file::{
    EXAMPLE, Is, RECOMMENDED, REPLIES, ROSTER, Table, check, check_row, department, refused,
};
use crate::world::{Answer, World};

/// The cells of the rows of a table of a page.
fn drawn(page: &Answer, label: &str) -> Vec<Vec<String>> {
    let rows = format!("[aria-label='{label}'] tbody tr");
    let rows = scraper::Selector::parse(&rows).unwrap();
    let cells = scraper::Selector::parse("th, td").unwrap();
    let text = |cell: scraper::ElementRef<'_>| cell.text().collect::<String>().trim().to_owned();
    let tree = page.page();
    tree.select(&rows)
        .map(|row| row.select(&cells).map(text).collect())
        .collect()
}

#[tokio::test]
async fn the_list_as_it_stands_with_its_reasons_for_the_office_alone() {
    let world = World::demo().await;
    let inside = Table::of(&world, "office", ROSTER).await;
    assert_eq!(inside.title[0], "2018年行业协会商会与行政机关脱钩名单");
    assert!(
        inside.title[1].contains("2018年第1号，2018年9月28日发布"),
        "{:?}",
        inside.title
    );
    let row = inside.row("协会名称", EXAMPLE);
    let serial = row[0].clone();
    check_row(
        &inside,
        row,
        &[
            ("序号", Is::Number(serial.to_string().parse().unwrap())),
            ("协会名称", Is::Text(EXAMPLE)),
            ("统一社会信用代码", Is::Text("51220106MJ00001065")),
            ("业务主管单位", Is::Text("区交通运输局")),
            ("入选原因", Is::Text("必报：涉及财政拨款")),
            ("备注", Is::Blank),
        ],
    );
    // Row by row what the page has, with what amended it since.
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/roster").await;
    let current = drawn(&page, "现行名单");
    assert_eq!(current.len(), inside.rows.len());
    for (drawn, row) in current.iter().zip(&inside.rows) {
        for (at, on_page) in [(0, 0), (1, 1), (2, 2), (3, 3), (4, 6)] {
            assert_eq!(row[at].to_string(), drawn[on_page], "{drawn:?}");
        }
        let remarks = row[5].to_string();
        assert!(
            remarks.contains(&drawn[5]) && remarks.contains(&drawn[7]),
            "{remarks}: {drawn:?}"
        );
    }
    // What was put on later says so; what was taken off is not there; who moved stands under
    // the unit of the published day, with the change beside it.
    let remarks = inside.column("备注");
    assert!(
        remarks.iter().any(|each| each.contains("增补第")),
        "{remarks:?}"
    );
    assert!(
        !inside
            .column("协会名称")
            .iter()
            .any(|name| name.ends_with("包装印刷行业协会"))
    );
    let moved = inside.row("协会名称", "长春市绿园区信息服务业协会");
    check("业务主管单位", &moved[3], &Is::Text("区工业和信息化局"));
    check(
        "备注",
        &moved[5],
        &Is::With("自2018-11-15起业务主管单位变更为区商务局"),
    );
    // The same list for everybody else, without the reasons.
    for who in ["minzheng", "caizheng", "jiaotong", "xiehui", "observer"] {
        let table = Table::of(&world, who, ROSTER).await;
        assert!(!table.labels.contains(&"入选原因".to_owned()), "{who}");
        assert_eq!(table.rows.len(), inside.rows.len(), "{who}");
        assert!(
            !table
                .rows
                .iter()
                .flatten()
                .any(|cell| cell.to_string().contains("必报"))
        );
    }
    let admin = world.sign_in("admin").await;
    assert_eq!(
        world.get(&admin, ROSTER).await.status,
        StatusCode::FORBIDDEN
    );
}

/// The number that a cell of the page ends with, after what only a voice says.
fn last(cell: &str) -> &str {
    let shown = cell.split_whitespace().next_back().unwrap_or_default();
    if shown == "—" { "" } else { shown }
}

#[tokio::test]
async fn what_units_recommended_has_the_figures_of_the_page() {
    let world = World::demo().await;
    let all = Table::of(&world, "office", RECOMMENDED).await;
    let office = world.sign_in("office").await;
    let page = drawn(&world.get(&office, "/roster").await, "各单位推荐情况");
    assert_eq!(page.len(), all.rows.len());
    for (drawn, row) in page.iter().zip(&all.rows) {
        assert_eq!(row[0].to_string(), drawn[0]);
        for at in 1..=4 {
            assert_eq!(row[at].to_string(), last(&drawn[at]), "{drawn:?}");
        }
        assert_eq!(row[6].to_string(), drawn[9], "{drawn:?}");
    }
    check_row(
        &all,
        all.row("单位", "交通局"),
        &[
            ("单位", Is::Text("交通局")),
            ("主管数B", Is::Number(3.0)),
            ("应推荐R", Is::Number(2.0)),
            ("必报M", Is::Number(1.0)),
            ("推荐L", Is::Number(2.0)),
            ("差额", Is::Number(0.0)),
            ("状态", Is::Text("已发布")),
            ("提交日期", Is::Day("2018-09-18")),
        ],
    );
    // Without whom the list went out has no base.
    assert!(all.column("主管数B").contains(&"未报".to_owned()));
    // A unit has its own row, whatever it asks for.
    let own = Table::of(&world, "jiaotong", RECOMMENDED).await;
    assert_eq!(own.column("单位"), ["交通局"]);
    let other = department(&world, "gongxin").await;
    let asked = format!("{RECOMMENDED}?department={other}");
    assert!(Table::of(&world, "jiaotong", &asked).await.rows.is_empty());
    assert_eq!(
        Table::of(&world, "office", &asked).await.column("单位"),
        ["工信局"]
    );
    refused(&world, RECOMMENDED, "单位推荐情况表").await;
}

#[tokio::test]
async fn before_the_publication_the_list_is_empty_and_the_figures_are_the_days() {
    let world = World::empty(Scheme::lvyuan_2018().unwrap()).await;
    let day: NaiveDate = "2018-09-19".parse().unwrap();
    world
        .told(&[day], async |world, _| {
            let list = Table::of(world, "office", ROSTER).await;
            assert_eq!(list.title[0], "2018年行业协会商会与行政机关脱钩名单");
            assert_eq!(list.title[1], "名单尚未发布");
            assert!(list.rows.is_empty());
            let table = Table::of(world, "office", RECOMMENDED).await;
            let office = world.sign_in("office").await;
            let page = drawn(&world.get(&office, "/roster").await, "各单位推荐情况");
            let trial = drawn(&world.get(&office, "/roster/preview").await, "各单位试算");
            assert_eq!(
                (page.len(), trial.len()),
                (table.rows.len(), table.rows.len())
            );
            for ((drawn, tried), row) in page.iter().zip(&trial).zip(&table.rows) {
                assert_eq!(row[1].to_string(), last(&drawn[1]), "{drawn:?}");
                assert_eq!(row[2].to_string(), last(&drawn[2]), "{drawn:?}");
                assert_eq!(row[4].to_string(), last(&drawn[3]), "{drawn:?}");
                // 必报 and 还差 stand on the page of the trial.
                assert_eq!(row[3].to_string(), last(&tried[3]), "{tried:?}");
                assert_eq!(row[5].to_string(), last(&tried[5]), "{tried:?}");
            }
            let own = table.row("单位", "交通局");
            check("必报M", &own[3], &Is::Number(1.0));
            check("提交日期", &own[7], &Is::Day("2018-09-18"));
        })
        .await;
}

#[tokio::test]
async fn every_reply_by_its_number_with_what_became_of_its_conditions() {
    let world = World::demo().await;
    let all = Table::of(&world, "office", REPLIES).await;
    let replied = world
        .count("select (select count(*) from plan where reply_number is not null) + (select count(*) from plan_void_reply)")
        .await;
    assert_eq!(i64::try_from(all.rows.len()).unwrap(), replied);
    check_row(
        &all,
        all.row("文号", "绿脱钩办〔2018〕3号"),
        &[
            ("文号", Is::Text("绿脱钩办〔2018〕3号")),
            ("协会", Is::Text(EXAMPLE)),
            ("单位", Is::Text("区交通运输局")),
            ("请示文号", Is::Text("绿交请〔2018〕23号")),
            ("收文日", Is::Day("2018-10-22")),
            ("批复日", Is::Day("2018-10-24")),
            (
                "条件",
                Is::With("（时限2018-10-31，已落实，2018-11-01确认，退库通知书）"),
            ),
            ("状态", Is::Text("实施中")),
        ],
    );
    // By number, none left out, as the series gave them.
    let numbers = all.column("文号");
    let given: Vec<String> = (1..=numbers.len())
        .map(|serial| format!("绿脱钩办〔2018〕{serial}号"))
        .collect();
    assert_eq!(numbers, given);
    // A void one stays, and the conditions of the reply in its place are the new one's.
    let of: Vec<&Vec<Data>> = all
        .rows
        .iter()
        .filter(|row| row[1].to_string().ends_with("二手车流通协会"))
        .collect();
    let [void, stands] = of[..] else {
        panic!("{of:?}")
    };
    check("状态", &void[7], &Is::With("已作废（2018-10-29）"));
    check("批复日", &stands[5], &Is::Day("2018-10-31"));
    check("收文日", &stands[4], &Is::Day("2018-10-30"));
    assert!(!void[6].to_string().contains("办公场所独立的责任人员"));
    let conditions = stands[6].to_string();
    let lines: Vec<&str> = conditions.lines().collect();
    let named = |words: &str| lines.iter().filter(|line| line.contains(words)).count();
    assert_eq!(
        named("请于11月10日前明确办公场所独立的责任人员（时限2018-11-10，"),
        1,
        "{lines:?}"
    );
    assert_eq!(
        named("请于11月30日前将用人制度报我办备案（时限2018-11-30，"),
        1,
        "{lines:?}"
    );
}

#[tokio::test]
async fn a_unit_has_the_replies_of_its_own_associations() {
    let world = World::demo().await;
    let own = Table::of(&world, "jiaotong", REPLIES).await;
    assert!(own.column("协会").contains(&EXAMPLE.to_owned()));
    assert!(own.column("单位").iter().all(|name| name == "区交通运输局"));
    let linked = Table::of(&world, "gongxin", REPLIES).await;
    assert!(!linked.column("协会").contains(&EXAMPLE.to_owned()));
    // Who changed hands is in the new unit's register, under the unit that was answered.
    let shangwu = Table::of(&world, "shangwu", REPLIES).await;
    let moved = shangwu.row("协会", "长春市绿园区信息服务业协会");
    check("单位", &moved[2], &Is::Text("区工业和信息化局"));
    let unit = department(&world, "jiaotong").await;
    let narrowed = Table::of(&world, "office", &format!("{REPLIES}?department={unit}")).await;
    assert_eq!(narrowed.rows, own.rows);
    refused(&world, REPLIES, "批复登记表").await;
}
