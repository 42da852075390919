//! A unit's own spreadsheets: its associations and figures come in, nobody else sees them, and
//! what happens meanwhile is neither lost nor entered by half.

use axum::http::StatusCode;

use super::spreadsheets_in::{
    REGISTER, answered_with, book, bring, cells, entered, given, settled, texts,
};
use crate::world::World;

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
