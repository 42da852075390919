//! Who sent something takes it back while nobody has opened the check: a plan, a
//! recommendation, a report of a condition.

use axum::http::StatusCode;

use crate::world::{Answer, World};

fn went(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

async fn state(world: &World, sql: &'static str, id: i64) -> String {
    sqlx::query_scalar(sql)
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

const PLAN: &str = "select state from plan where association_id = $1";

#[tokio::test]
async fn a_plan_until_the_office_has_remarked_on_it() {
    let world = World::demo().await;
    let id = world.association("轨道客车配套商会").await;
    let plan = format!("/associations/{id}/plan");
    let (recall, submission) = (format!("{plan}/recall"), format!("{plan}/submission"));
    let leader = world.sign_in("gongxin-lead").await;
    let asked = "select count(*)::text from prior_approval where association_id = $1 and state = 'requested'";
    let before = state(&world, asked, id).await;
    went(&world.submit(&leader, (&plan, &recall), &[]).await);
    assert_eq!(state(&world, PLAN, id).await, "draft");
    assert_eq!(state(&world, asked, id).await, "0", "what was asked rests");
    let desk = "select string_agg(distinct act, ' ') from desk where association_id = $1 and kind in ('plan', 'approval')";
    assert_eq!(state(&world, desk, id).await, "plan.save");
    let again = [("request_number", "绿工请〔2018〕99号")];
    went(&world.submit(&leader, (&plan, &submission), &again).await);
    assert_eq!(state(&world, asked, id).await, before);
    // A remark of the office opens the check.
    let office = world.sign_in("office").await;
    let comments = format!("/associations/{id}/comments");
    let remark = [("body", "请核对资产处置意见")];
    went(&world.submit(&office, (&comments, &comments), &remark).await);
    let page = world.get(&leader, &plan).await;
    assert!(
        page.body.contains("脱钩办已经对这次报送提出意见"),
        "{}",
        page.body
    );
    let version: i32 = sqlx::query_scalar("select version from plan where association_id = $1")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let fields = [
        ("version", version.to_string()),
        ("request_id", "too-late".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let refused = world.post(&leader, &recall, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(state(&world, PLAN, id).await, "submitted");
    let history = world
        .get(&leader, &format!("/associations/{id}/history"))
        .await;
    assert!(history.body.contains("取回实施方案"), "{}", history.body);
}

#[tokio::test]
async fn a_plan_that_was_taken_on_is_not_taken_back() {
    let world = World::demo().await;
    let id = world.association("物流行业协会").await;
    let plan = format!("/associations/{id}/plan");
    assert_eq!(state(&world, PLAN, id).await, "under_review");
    let leader = world.sign_in("jiaotong-lead").await;
    let page = world.get(&leader, &plan).await;
    assert!(!page.body.contains("plan/recall"), "{}", page.body);
}

#[tokio::test]
async fn a_report_of_a_condition() {
    let world = World::demo().await;
    let id = world.association("物流行业协会").await;
    let head = world.sign_in("office-lead").await;
    let (form, reply) = (
        format!("/associations/{id}/plan/reply/new"),
        format!("/associations/{id}/plan/reply"),
    );
    let own = [("conditions", "补齐会员大会决议。"), ("opinion", "同意。")];
    went(&world.submit(&head, (&form, &reply), &own).await);
    let condition: i64 = sqlx::query_scalar(
        "select id from plan_condition where association_id = $1 and state = 'open' order by id desc limit 1",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let page = format!("/associations/{id}/plan/conditions/{condition}");
    let leader = world.sign_in("jiaotong-lead").await;
    let note = [("note", "决议已补齐"), ("document_number", "")];
    went(&world.submit(&leader, (&page, &page), &note).await);
    let sql = "select state from plan_condition where id = $1";
    assert_eq!(state(&world, sql, condition).await, "reported");
    let recall = format!("{page}/recall");
    went(&world.submit(&leader, (&page, &recall), &[]).await);
    assert_eq!(state(&world, sql, condition).await, "open");
}

#[tokio::test]
async fn a_recommendation_until_it_is_decided_on() {
    let world = World::demo().await;
    let unit: i64 = sqlx::query_scalar(
        "update recommendation set state = 'submitted'
         where department_id = (select id from department where code = 'gongxin') returning department_id",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let leader: String = sqlx::query_scalar(
        "select a.username from capacity c join account a on a.id = c.account_id
         where c.department_id = $1 and c.role = 'unit_leader' order by a.id limit 1",
    )
    .bind(unit)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let cookie = world.sign_in(&leader).await;
    let page = format!("/roster/{unit}");
    let recall = format!("{page}/recall");
    went(&world.submit(&cookie, (&page, &recall), &[]).await);
    let sql = "select state from recommendation where department_id = $1";
    assert_eq!(state(&world, sql, unit).await, "draft");
    let submission = format!("{page}/submission");
    went(&world.submit(&cookie, (&page, &submission), &[]).await);
    assert_eq!(state(&world, sql, unit).await, "submitted");
}
