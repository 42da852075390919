//! Domain 12.1 on 22 November 2018: 38 items, 35 resolved, 92.1 %.

use axum::http::StatusCode;
use tuogou::figures::arithmetic;
use tuogou::progress::counters;

use crate::world::World;

#[tokio::test]
async fn the_worked_example_stands_where_the_domain_says() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let rows: Vec<(String, i32, i32)> = sqlx::query_as(
        "select track, applicable, resolved from association_progress where association_id = $1 order by track",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap();
    let expected = [
        ("T1", 5, 4),
        ("T2", 7, 7),
        ("T3", 11, 9),
        ("T4", 12, 12),
        ("T5", 3, 3),
        ("T6", 4, 0),
    ];
    let expected: Vec<(String, i32, i32)> = expected
        .iter()
        .map(|(track, all, done)| ((*track).to_owned(), *all, *done))
        .collect();
    assert_eq!(rows, expected);
    assert!(arithmetic::percent(35, 38).contains("92.1"));
    let open: Vec<String> = sqlx::query_scalar(
        "select measure from item where association_id = $1 and track <> 'T6' and resolved_on is null order by measure",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(open, ["T1-02", "T3-11", "T3-12"]);
    let number: String =
        sqlx::query_scalar("select reply_number from plan where association_id = $1")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert_eq!(number, "绿脱钩办〔2018〕3号");

    let cookie = world.sign_in("jiaotong").await;
    for tail in ["progress", "plan", "plan/reply"] {
        let page = world
            .get(&cookie, &format!("/associations/{id}/{tail}"))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{tail}");
        let wanted = if tail == "progress" {
            "92.1"
        } else {
            "绿脱钩办〔2018〕3号"
        };
        assert!(page.body.contains(wanted), "{tail}");
    }
}

#[tokio::test]
async fn counters_agree_with_the_items() {
    let world = World::demo().await;
    let drift = counters::drift(&mut world.db().await, world.scheme())
        .await
        .unwrap();
    assert!(drift.is_empty(), "{drift:?}");
}

#[tokio::test]
async fn tc_38_reply_numbers_have_no_gap() {
    let world = World::demo().await;
    let serials: Vec<i32> = sqlx::query_scalar(
        "select serial from (select reply_serial as serial from plan where reply_serial is not null
         union all select regexp_replace(number, '.*〕|号', '', 'g')::int from plan_void_reply) taken order by serial",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let expected: Vec<i32> = (1..).take(serials.len()).collect();
    assert!(serials.len() >= 10);
    assert_eq!(serials, expected);
}

#[tokio::test]
async fn the_list_is_public_and_bears_number_and_date() {
    let world = World::demo().await;
    let page = world.get("", "/public/roster").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("汽车维修行业协会") && page.body.contains("2018年第1号"));
    assert!(!page.body.contains("孙某"));
}
