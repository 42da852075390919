//! What the registers' pages say of the worked example (domain 12.1), and what a
//! granted delay does to the room's deadline (TC-32).

use axum::http::StatusCode;

use crate::world::{Answer, World};

const EXAMPLE: &str = "汽车维修行业协会";

/// The cells of the table's row that begins with this name.
fn row(page: &Answer, name: &str) -> Vec<String> {
    let tree = page.page();
    let rows = scraper::Selector::parse("tbody tr").unwrap();
    let cells = scraper::Selector::parse("th, td").unwrap();
    tree.select(&rows)
        .map(|row| {
            row.select(&cells)
                .map(|cell| cell.text().collect::<String>().trim().to_owned())
                .collect::<Vec<_>>()
        })
        .find(|cells| cells.first().is_some_and(|first| first == name))
        .unwrap_or_default()
}

/// A definition by its term.
fn said(page: &Answer, term: &str) -> String {
    let (terms, values) = (
        page.texts("dl.definition dt"),
        page.texts("dl.definition dd"),
    );
    let found = terms.iter().position(|each| each.trim() == term);
    let value = found.and_then(|place| values.get(place));
    value.map_or_else(String::new, |value| value.trim().to_owned())
}

fn has(cells: &[String], wanted: &[&str]) {
    for value in wanted {
        assert!(
            cells
                .iter()
                .any(|cell| cell == value || (value.len() > 12 && cell.ends_with(value))),
            "{value}: {cells:?}"
        );
    }
}

#[tokio::test]
async fn the_worked_example_on_the_pages() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let clerk = world.sign_in("jiaotong").await;
    let assets = world
        .get(&clerk, &format!("/associations/{id}/assets"))
        .await;
    let sums = assets.texts(".sum-line span");
    for line in [
        "2017年收入合计 28.95万元",
        "资产总额 34.15万元",
        "负债总额 3.20万元",
        "净资产 30.95万元",
    ] {
        assert!(sums.iter().any(|sum| sum == line), "{line}: {sums:?}");
    }
    has(
        &row(&assets, "计算机4台"),
        &["4", "0.80", "国有", "收回", "2018-11-06"],
    );
    has(
        &row(&assets, "2018年项目拨款"),
        &[
            "2.50",
            "已退回",
            "2018-10-30",
            "2018-11-01",
            "已退回，财政局已核实",
        ],
    );
    let room = row(&assets, "区交通运输局办公楼 312");
    has(&room, &["38.50", "2018-12-31"]);
    let settled = world
        .get(
            &clerk,
            &format!("/associations/{id}/assets/appropriation/3"),
        )
        .await;
    assert_eq!(said(&settled, "审批日期"), "2018-11-01");
    // Finished late: the day that the scheme fixed had gone by.
    assert_eq!(
        settled.texts(".page-head .mark-done_late").len(),
        1,
        "{}",
        settled.body
    );

    let functions = world
        .get(&clerk, &format!("/associations/{id}/functions"))
        .await;
    has(&row(&functions, "机动车维修备案初审"), &["2018-10-29"]);
    for name in ["维修行业统计", "维修技工培训"] {
        let cells = row(&functions, name);
        has(&cells, &["2018-11-05", "已移交，监管措施已存档"]);
        assert!(
            cells.iter().any(|cell| cell.contains("监〔2018〕")),
            "{cells:?}"
        );
    }
    has(&row(&functions, "行业统计"), &["3.00"]);
}

#[tokio::test]
async fn account_books_and_seals_bear_their_days() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let clerk = world.sign_in("jiaotong").await;
    for (measure, day) in [("T3-03", "2018-10-30"), ("T3-05", "2018-11-02")] {
        let item: i64 =
            sqlx::query_scalar("select id from item where association_id = $1 and measure = $2")
                .bind(id)
                .bind(measure)
                .fetch_one(world.owner())
                .await
                .unwrap();
        let page = world
            .get(&clerk, &format!("/associations/{id}/progress/{item}"))
            .await;
        assert!(page.body.contains(day), "{measure} {day}");
    }
}

async fn deadline(world: &World, id: i64) -> String {
    sqlx::query_scalar(
        "select deadline::text from item where association_id = $1 and measure = 'T3-11'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap()
}

#[tokio::test]
async fn tc_32_a_granted_delay_moves_the_rooms_deadline_and_nothing_else() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let others =
        "select string_agg(deadline::text, ',' order by id) from item where measure <> 'T3-11'";
    let before: String = sqlx::query_scalar(others)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let clerk = world.sign_in("jiaotong").await;
    let path = format!("/associations/{id}/assets/delay/1");
    let fields = [
        ("version", "0"),
        ("until", "2019-06-30"),
        ("reason", "新办公场所装修"),
    ];
    let saved = world.post(&clerk, &path, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let leader = world.sign_in("jiaotong-lead").await;
    let assets = format!("/associations/{id}/assets");
    let sent = world.submit(&leader, (&assets, &assets), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    // TC-33: what the unit asks for moves nothing.
    assert_eq!(deadline(&world, id).await, "2018-12-31");

    let seen: i32 = sqlx::query_scalar(
        "select version from holding where association_id = $1 and register = 'delay'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let seen = seen.to_string();
    let fields = [
        ("version", seen.as_str()),
        ("decision_document", "绿管函〔2018〕21号"),
        ("decision_note", "同意延期"),
    ];
    let approval = format!("/associations/{id}/rooms/1/delay");
    for stranger in ["jiaotong-lead", "caizheng"] {
        let cookie = world.sign_in(stranger).await;
        let refused = world.post(&cookie, &approval, &fields).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{stranger}");
    }
    let jiguan = world.sign_in("jiguan").await;
    let granted = world.post(&jiguan, &approval, &fields).await;
    assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.body);
    assert_eq!(deadline(&world, id).await, "2019-06-30");
    let after: String = sqlx::query_scalar(others)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(before, after);
    let item: i64 =
        sqlx::query_scalar("select id from item where association_id = $1 and measure = 'T3-11'")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    let page = world
        .get(
            &clerk,
            &format!("/associations/{id}/progress/{item}/extension"),
        )
        .await;
    assert!(page.body.contains("绿管函〔2018〕21号"), "{}", page.body);
    // It is not taken back: another day is asked for anew.
    let page = world.get(&jiguan, &path).await;
    assert!(
        page.body.contains("经批准延期至2019-06-30"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("退回业务主管单位"), "{}", page.body);
}
