//! Lists of real bodies come in: English headings mapped on the page, what a list does not say
//! left to be filled in.

use axum::http::StatusCode;

use super::spreadsheets_in::{answered, bring, entered, settled};
use crate::world::World;

fn list(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/lists");
    std::fs::read(format!("{folder}/{name}")).unwrap()
}

#[tokio::test]
async fn four_hundred_real_associations_enter_the_register() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let before = world.count("select count(*) from association").await;
    let page = "/associations/import";
    let file = ("associations_real.csv", &*list("associations_real.csv"));
    let (sent, at) = bring(&world, &civil, page, file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let asked = settled(&world, &civil, &at).await;
    // Not one heading is known: each is asked, with what stands below it.
    assert_eq!(asked.texts("select").len(), 14, "{}", asked.body);
    assert!(
        asked.body.contains("中国企业国有产权交易机构协会"),
        "{}",
        asked.body
    );
    let said = [
        ("“name”", "协会名称"),
        ("“credit_code”", "统一社会信用代码"),
        ("“registration_authority”", "登记机关"),
        ("由哪个单位主管", "区商务局"),
        ("", "不导入这一列"),
    ];
    answered(&world, &civil, &at, &said).await;
    // The sheet has no column of units that is read: one for all of it.
    let page = answered(&world, &civil, &at, &said).await;
    assert!(page.body.contains("全部导入（420行）"), "{}", page.body);
    let done = entered(&world, &civil, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &civil, &at).await;
    assert_eq!(
        world.count("select count(*) from association").await,
        before + 420
    );
    let lacking = "select count(*) from desk where kind = 'entry' and role = 'unit_clerk'";
    assert_eq!(
        world.count(lacking).await,
        420,
        "what is missing lies with the unit"
    );
    // The headings are remembered: the next list of the same form is not asked about.
    let file = (
        "再来一次.csv",
        &*[list("associations_real.csv"), b"\n".to_vec()].concat(),
    );
    let (_, at) = bring(&world, &civil, "/associations/import", file).await;
    let page = answered(&world, &civil, &at, &said).await;
    assert!(page.body.contains("与系统一致"), "{}", page.body);
    assert!(page.body.contains("没有需要导入的"), "{}", page.body);
}

#[tokio::test]
async fn bodies_that_are_out_or_to_be_judged_are_not_put_in_scope() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let last = world.count("select max(id) from association").await;
    let file = ("scope_negative_real.csv", &*list("scope_negative_real.csv"));
    let (_, at) = bring(&world, &civil, "/associations/import", file).await;
    let said = [
        ("“name”", "协会名称"),
        ("由哪个单位主管", "区商务局"),
        ("", "不导入这一列"),
    ];
    answered(&world, &civil, &at, &said).await;
    answered(&world, &civil, &at, &said).await;
    let done = entered(&world, &civil, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &civil, &at).await;
    let new: i64 = sqlx::query_scalar("select count(*) from association where id > $1")
        .bind(last)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(new, 131);
    let proposed: i64 = sqlx::query_scalar(
        "select count(*) from association where id > $1 and (scope_computed = 'in' or scope <> 'undecided')",
    )
    .bind(last)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(proposed, 0);
}
