//! What was done opens again when a fact that it rests on ceases to hold (DN-3), whichever
//! register has the fact: the item says why and since when, its history stays, and counters
//! and desk follow.

use axum::http::StatusCode;
use tuogou::progress::counters;

use crate::world::{Answer, World};

const EXAMPLE: &str = "汽车维修行业协会";

fn went(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// One value of an association.
async fn one<T>(world: &World, sql: &'static str, id: i64) -> T
where
    (T,): for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>,
    T: Send + Unpin,
{
    let found = sqlx::query_scalar(sql).bind(id);
    found.fetch_one(world.owner()).await.unwrap()
}

/// The item of a measure: its key and its state.
async fn item(world: &World, id: i64, measure: &str) -> (i64, String) {
    let sql =
        "select id, state from item where association_id = $1 and measure = $2 order by id limit 1";
    sqlx::query_as(sql)
        .bind(id)
        .bind(measure)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// Somebody comes onto the register of people.
async fn comes(world: &World, clerk: &str, id: i64, who: &[(&str, &str)]) {
    let mut typed = vec![
        ("version", "0"),
        ("kind", "concurrent"),
        ("post_start", "2018-11-20"),
    ];
    typed.extend(who);
    let path = format!("/associations/{id}/posts/new");
    went(&world.post(clerk, &path, &typed).await);
}

/// A member without office comes onto it.
async fn noted(world: &World, clerk: &str, id: i64) {
    let who = [
        ("name", "郑某"),
        ("identity", "member"),
        ("post", "director"),
    ];
    comes(world, clerk, id, &who).await;
}

async fn resolved(world: &World, id: i64) -> i64 {
    let sql = "select sum(resolved)::bigint from association_progress where association_id = $1 and track <> 'T6'";
    one(world, sql, id).await
}

/// The item is open again with these words; nothing that is counted differs.
async fn opened(world: &World, id: i64, measure: &str, words: &str) {
    let (key, state) = item(world, id, measure).await;
    assert_eq!(state, "in_progress", "{measure}");
    let clerk = world.sign_in("jiaotong").await;
    let page = world
        .get(&clerk, &format!("/associations/{id}/progress/{key}"))
        .await;
    for words in [words, "本事项重新打开", "重新打开事项"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(
        page.body.contains("核实："),
        "the history stays: {}",
        page.body
    );
    assert!(!page.body.contains("<dt>完成日期</dt>"), "{}", page.body);
    let drift = counters::drift(&mut world.db().await, world.scheme()).await;
    assert!(drift.unwrap().is_empty());
    assert!(world.differences().await.is_empty());
}

#[tokio::test]
async fn a_settlement_that_is_taken_back_opens_the_money_again() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    assert_eq!(item(&world, id, "T3-06").await.1, "verified");
    let before = resolved(&world, id).await;
    assert_eq!(before, 35);
    let (object, version): (String, i32) = sqlx::query_as(
        "select object, version from holding where association_id = $1 and register = 'appropriation' and state = 'approved'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let finance = world.sign_in("caizheng").await;
    let path = format!("/associations/{id}/assets/appropriation/{object}/return");
    let version = version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("reason", "缴款书金额与退回金额不符"),
    ];
    went(&world.post(&finance, &path, &fields).await);
    opened(&world, id, "T3-06", "的退回或说明尚未经财政局核实").await;
    assert_eq!(resolved(&world, id).await, before - 1);
}

#[tokio::test]
async fn pe_15_an_arranged_post_opens_what_was_settled_with_the_reply() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    assert_eq!(item(&world, id, "T4-02").await.1, "accepted");
    let clerk = world.sign_in("jiaotong").await;
    let who = [
        ("name", "吴某"),
        ("identity", "member"),
        ("post", "director"),
        ("recommended", "yes"),
    ];
    comes(&world, &clerk, id, &who).await;
    let (_, state) = item(&world, id, "T4-02").await;
    assert_eq!(state, "in_progress");
    // A promise that does not hold is not reported as kept.
    let (key, _) = item(&world, id, "T4-02").await;
    let told = world
        .get(&clerk, &format!("/associations/{id}/progress/{key}"))
        .await;
    assert!(told.body.contains("PE-15"), "{}", told.body);
}

#[tokio::test]
async fn who_was_only_noted_on_the_register_opens_nothing() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let before = resolved(&world, id).await;
    let clerk = world.sign_in("jiaotong").await;
    noted(&world, &clerk, id).await;
    assert_eq!(resolved(&world, id).await, before);
}

#[tokio::test]
async fn what_was_done_before_facts_were_asked_for_stays_until_they_were_whole_once() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    for sql in [
        "update item set facts_held = false where association_id = $1",
        "update tie set ended_on = null, ended_by = null where association_id = $1 and not is_primary",
    ] {
        sqlx::query(sql)
            .bind(id)
            .execute(world.owner())
            .await
            .unwrap();
    }
    world.made_anew().await;
    // Something else is entered on a register.
    let clerk = world.sign_in("jiaotong").await;
    noted(&world, &clerk, id).await;
    let sql = "select count(*) from item where association_id = $1 and measure = 'T1-01' and state = 'verified'";
    let ties: i64 = one(&world, sql, id).await;
    assert_eq!(ties, 2);
    let sql = "select facts_held from item where association_id = $1 and measure = 'T3-03'";
    let whole: bool = one(&world, sql, id).await;
    assert!(whole, "whole by now, and looked at from now on");
}

#[tokio::test]
async fn t1_01_the_organ_finds_its_own_tie_on_its_workbench() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let sql = "update tie set ended_on = null, ended_by = null where association_id = $1 and not is_primary returning id";
    let tie: i64 = one(&world, sql, id).await;
    world.made_anew().await;
    let organ = world.sign_in("gongxin").await;
    let path = format!("/associations/{id}/ties/{tie}");
    let bench = world.get(&organ, "/").await;
    assert!(bench.body.contains(&path), "{}", bench.body);
    assert!(bench.body.contains("终止与协会的关系"), "{}", bench.body);
    let unit = world.get(&world.sign_in("jiaotong").await, "/").await;
    assert!(!unit.body.contains(&path), "{}", unit.body);
    let typed = [
        ("ended_on", "2018-11-20"),
        ("ended_by", "绿工信发〔2018〕19号"),
    ];
    went(&world.submit(&organ, (&path, &path), &typed).await);
    let bench = world.get(&organ, "/").await;
    assert!(!bench.body.contains(&path), "{}", bench.body);
}

#[tokio::test]
async fn who_comes_onto_the_register_later_has_an_item() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let clerk = world.sign_in("jiaotong").await;
    let who = [
        ("name", "冯某"),
        ("identity", "retired_cadre"),
        ("retired_on", "2017-03-31"),
        ("post", "adviser"),
    ];
    comes(&world, &clerk, id, &who).await;
    let sql = "select id from item where association_id = $1 and measure = 'T4-04' and object like 'SV-60#p%'
         and state = 'open' and deadline > '2018-11-22'";
    let new: i64 = one(&world, sql, id).await;
    let page = format!("/associations/{id}/progress/{new}");
    let told = world.get(&clerk, &page).await;
    assert!(told.body.contains("尚未登记辞去"), "{}", told.body);
    // Whoever may not read names has a number.
    let finance = world.sign_in("caizheng").await;
    let told = world.get(&finance, &page).await;
    assert!(told.body.contains("台账人员第") && !told.body.contains("冯某"));
    let drift = counters::drift(&mut world.db().await, world.scheme()).await;
    assert!(drift.unwrap().is_empty());
}
