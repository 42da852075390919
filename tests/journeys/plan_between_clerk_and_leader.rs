//! Clerk and leader of a unit hand the plan over to each other; it lies on one desk at a
//! time, and the leader is not told to sign what is not complete.

use axum::http::StatusCode;

use crate::world::{Answer, World};

fn went(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

async fn text(world: &World, sql: &'static str, id: i64) -> String {
    sqlx::query_scalar(sql)
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// Who has the plan and what is asked for it.
const HANDS: &str = "select string_agg(role || ' ' || act, ',' order by role) from desk
    where association_id = $1 and kind = 'plan'";
const STATE: &str = "select state from plan where association_id = $1";

#[tokio::test]
async fn it_is_passed_sent_back_and_signed() {
    let world = World::demo().await;
    let id = world.association("家具商会").await;
    let plan = format!("/associations/{id}/plan");
    let at = |act: &str| format!("{plan}/{act}");
    let (passing, back, approvals) = (at("passing"), at("back"), at("approvals"));
    let clerk = world.sign_in("shangwu").await;
    let leader = world.sign_in("shangwu-lead").await;
    assert_eq!(text(&world, HANDS, id).await, "unit_clerk plan.save");
    // Not complete: nobody was asked for approval yet. The page says so, and so does the act.
    let page = world.get(&clerk, &plan).await;
    assert!(page.body.contains("送单位负责人签发"), "{}", page.body);
    assert!(page.body.contains("尚未报请有关部门批准"), "{}", page.body);
    let version = text(
        &world,
        "select version::text from plan where association_id = $1",
        id,
    )
    .await;
    let fields = [("version", version.as_str()), ("request_id", "too-early")];
    let refused = world.post(&clerk, &passing, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);

    went(&world.submit(&clerk, (&plan, &approvals), &[]).await);
    went(&world.submit(&clerk, (&plan, &passing), &[]).await);
    assert_eq!(text(&world, STATE, id).await, "for_signature");
    assert_eq!(text(&world, HANDS, id).await, "unit_leader plan.submit");
    // Back with a reason, which the clerk reads on the page.
    let empty = world
        .submit(&leader, (&plan, &back), &[("reason", "")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = [("reason", "请核对人员安置的时间")];
    went(&world.submit(&leader, (&plan, &back), &why).await);
    assert_eq!(text(&world, HANDS, id).await, "unit_clerk plan.save");
    let page = world.get(&clerk, &plan).await;
    assert!(page.body.contains("请核对人员安置的时间"), "{}", page.body);
    // Whoever writes in it takes it back to the clerk.
    went(&world.submit(&clerk, (&plan, &passing), &[]).await);
    let part = format!("{plan}/parts/PL-7");
    let form = world.get(&clerk, &part).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    let typed = [("PL-7-1", "通过会费和服务收入维持运转，暂不安排购买服务")];
    went(&world.submit(&clerk, (&part, &part), &typed).await);
    assert_eq!(text(&world, STATE, id).await, "draft");
    went(&world.submit(&clerk, (&plan, &passing), &[]).await);
    let submission = format!("{plan}/submission");
    let number = [("request_number", "绿商请〔2018〕99号")];
    went(&world.submit(&leader, (&plan, &submission), &number).await);
    assert_eq!(text(&world, STATE, id).await, "submitted");
    let history = world
        .get(&clerk, &format!("/associations/{id}/history"))
        .await;
    assert!(
        history.body.contains("送单位负责人签发"),
        "{}",
        history.body
    );
    assert!(history.body.contains("退回经办人修改"), "{}", history.body);
}

#[tokio::test]
async fn a_finished_recommendation_reaches_the_leader() {
    let world = World::demo().await;
    let nothing_missing = world
        .count(
            "select count(*) from desk d join recommendation r on r.department_id = d.department_id
             where d.kind = 'recommendation' and d.act = 'roster.submit' and r.state not in ('draft', 'returned')",
        )
        .await;
    assert_eq!(nothing_missing, 0);
    let milk = world.association("奶业协会").await;
    let unit: i64 = sqlx::query_scalar("select department_id from association where id = $1")
        .bind(milk)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let hands = "select coalesce(string_agg(role || ' ' || act, ',' order by role), '') from desk
        where department_id = $1 and kind = 'recommendation'";
    // Its surveys are not all confirmed, so there is nothing to sign yet.
    assert_eq!(text(&world, hands, unit).await, "unit_clerk roster.save");
}
