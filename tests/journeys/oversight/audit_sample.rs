//! The audit's sample (AU-1 to AU-5): by amount and by seed; what was found is a finding, and
//! the auditor writes nothing else.

use axum::http::StatusCode;

use super::{At, done, made, refused};
use crate::world::World;

#[tokio::test]
async fn the_sample_has_who_had_money_and_the_worked_example_has_no_finding() {
    let world = World::demo().await;
    let example = world.association("汽车维修行业协会").await;
    let check: (String, String) = sqlx::query_as(
        "select state, answers ->> 'check_result' from docket where process = 'audit_check' and association_id = $1",
    )
    .bind(example)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(check, ("settled".to_owned(), "clean".to_owned()));
    let found: i64 = sqlx::query_scalar("select count(*) from finding where association_id = $1")
        .bind(example)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(found, 0);
    // 35 of 38 stays.
    let (done_, all): (i64, i64) = sqlx::query_as(
        "select sum(resolved), sum(applicable) from association_progress where association_id = $1 and track in ('T1', 'T2', 'T3', 'T4', 'T5')",
    )
    .bind(example)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!((done_, all), (35, 38));
    let auditor = world.sign_in("shenji").await;
    let funds = world.get(&auditor, "/audit-checks/funds").await;
    assert_eq!(funds.status, StatusCode::OK, "{}", funds.body);
    assert!(funds.body.contains("汽车维修行业协会"));
    let unit = world.sign_in("gongxin").await;
    assert_eq!(
        world.get(&unit, "/audit-checks/funds").await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn a_check_that_found_something_has_its_finding_first() {
    let world = World::demo().await;
    let auditor = world.sign_in("shenji").await;
    let page = "/dockets/new/audit_sample";
    let told = [
        ("sample_title", "补充抽查"),
        ("sample_count", "2"),
        ("sample_seed", "补充2018"),
        ("sample_due", "2018-12-20"),
    ];
    let sample = At {
        world: &world,
        id: made(&world.submit(&auditor, (page, page), &told).await),
    };
    done(&sample.go("shenji", "sending", &[]).await);
    let (check, association): (i64, i64) = sqlx::query_as(
        "select d.id, d.association_id from docket d where d.parent_id = $1
           and not exists (select from finding f where f.association_id = d.association_id) order by d.id limit 1",
    )
    .bind(sample.id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let check = At {
        world: &world,
        id: check,
    };
    let told = [
        ("check_reason", "amount"),
        ("check_on", "2018-11-22"),
        ("check_posts", "yes"),
        ("check_assets", "no"),
        ("check_policy", "yes"),
        ("check_exit", "yes"),
        ("check_result", "found"),
    ];
    done(&check.write("shenji", &told).await);
    let early = check.go("shenji", "sending", &[]).await;
    refused(&early, StatusCode::CONFLICT, "请先在该协会的");
    let auditor = world.sign_in("shenji").await;
    let page = format!("/associations/{association}/findings/new");
    let finding = [
        ("summary", "漏列打印机1台"),
        ("kind", "omitted"),
        ("level", "normal"),
        ("assets", "固定资产第3行"),
        ("amount", "0.30"),
        ("found_on", "2018-11-22"),
        ("due_on", "2018-12-10"),
    ];
    done(&world.submit(&auditor, (&page, &page), &finding).await);
    done(&check.go("shenji", "sending", &[]).await);
    // The auditor reads the report of a unit and writes nothing there.
    let auditor = world.sign_in("shenji").await;
    let report = super::own(&world, "midterm", "gongxin").await;
    let answer = world
        .get(&auditor, &format!("/dockets/{report}/edit"))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}
