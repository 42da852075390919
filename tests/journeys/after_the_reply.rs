//! What happens to a plan once it is replied to: changes, conditions, withdrawn
//! approvals, later dates, notices. Each as the people who do it.

use axum::http::StatusCode;

use crate::world::World;

/// The plan's version as its page carries it.
async fn version(world: &World, association: i64) -> String {
    sqlx::query_scalar::<_, i32>("select version from plan where association_id = $1")
        .bind(association)
        .fetch_one(world.owner())
        .await
        .unwrap()
        .to_string()
}

async fn in_state(world: &World, state: &str) -> i64 {
    sqlx::query_scalar("select association_id from plan where state = $1 and suspended_on is null order by id limit 1")
        .bind(state)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_pending_change_is_approved_and_deadlines_follow() {
    let world = World::demo().await;
    let id = in_state(&world, "change_pending").await;
    let before = world
        .count("select count(*) from item where deadline = '2018-11-18'")
        .await;
    let head = world.sign_in("office-lead").await;
    let page = world.get(&head, &format!("/associations/{id}/plan")).await;
    assert!(page.body.contains("待批的变更"));
    let seen = version(&world, id).await;
    let path = format!("/associations/{id}/plan/change-approval");
    let fields = [("version", seen.as_str()), ("request_id", "change-1")];
    let answer = world.post(&head, &path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let after = world
        .count("select count(*) from item where deadline = '2018-11-18'")
        .await;
    assert!(after > before, "the open item follows the plan's new step");
    let edition = world
        .count("select max(edition)::bigint from plan where state = 'implementing'")
        .await;
    assert_eq!(edition, 2);
}

#[tokio::test]
async fn a_suspended_plan_moves_only_when_it_is_resumed() {
    let world = World::demo().await;
    let id: i64 =
        sqlx::query_scalar("select association_id from plan where suspended_on is not null")
            .fetch_one(world.owner())
            .await
            .unwrap();
    let head = world.sign_in("office-lead").await;
    let seen = version(&world, id).await;
    let suspend = format!("/associations/{id}/plan/suspension");
    let fields = [
        ("version", seen.as_str()),
        ("reason", "再次暂停"),
        ("expected_on", "2018-12-20"),
        ("request_id", "s-1"),
    ];
    let answer = world.post(&head, &suspend, &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let resume = format!("/associations/{id}/plan/resumption");
    let without = [
        ("version", seen.as_str()),
        ("reason", ""),
        ("request_id", "s-2"),
    ];
    let answer = world.post(&head, &resume, &without).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("version", seen.as_str()),
        ("reason", "判决已生效"),
        ("request_id", "s-3"),
    ];
    let answer = world.post(&head, &resume, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn a_void_reply_keeps_its_number_and_the_plan_gets_a_new_one() {
    let world = World::demo().await;
    let (old, new, state): (String, String, String) = sqlx::query_as(
        "select v.number, p.reply_number, p.state from plan_void_reply v join plan p on p.id = v.plan_id",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_ne!(old, new);
    assert!(
        matches!(state.as_str(), "approved" | "terminated"),
        "{state}"
    );
}

#[tokio::test]
async fn the_worked_examples_condition_is_fulfilled_and_confirmed() {
    let world = World::demo().await;
    let (due, reported, confirmed): (chrono::NaiveDate, chrono::NaiveDate, chrono::NaiveDate) = sqlx::query_as(
        "select due, reported_on, confirmed_on from plan_condition c join association a on a.id = c.association_id
         where a.uscc = '51220106MJ00001065'",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(
        (due.to_string(), reported.to_string(), confirmed.to_string()),
        (
            "2018-10-31".to_owned(),
            "2018-10-30".to_owned(),
            "2018-11-01".to_owned()
        )
    );
}

#[tokio::test]
async fn tc_35_what_rests_on_a_withdrawn_approval_is_not_struck_off() {
    let world = World::demo().await;
    let (id, approval, competence): (i64, i64, String) = sqlx::query_as(
        "select association_id, id, competence from prior_approval where state = 'withdrawn'",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let measures: Vec<String> = world
        .scheme()
        .measures
        .measures
        .iter()
        .filter(|measure| measure.verify.contains(&competence))
        .map(|measure| measure.code().to_owned())
        .collect();
    let item: (i64, i32) = sqlx::query_as(
        "select id, version from item where association_id = $1 and state = 'verified' and measure = any($2) limit 1",
    )
    .bind(id)
    .bind(&measures)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let head = world.sign_in("office-lead").await;
    let path = format!("/associations/{id}/progress/{}/accept", item.0);
    let seen = item.1.to_string();
    let fields = [("version", seen.as_str()), ("request_id", "tc-35-1")];
    let refused = world.post(&head, &path, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("已撤回"), "{}", refused.body);
    // The office's head decides that the plan stands; then it goes on.
    let page = format!("/associations/{id}/plan/approvals/{approval}");
    let settle = format!("{page}/settlement");
    let fields = [("reason", "核实后不影响方案")];
    let settled = world.submit(&head, (&page, &settle), &fields).await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.body);
    let fields = [("version", seen.as_str()), ("request_id", "tc-35-3")];
    let accepted = world.post(&head, &path, &fields).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
}

/// Item, version and deadline of the worked example's office room.
async fn room(world: &World) -> (i64, i64, String, chrono::NaiveDate) {
    let row: (i64, i64, i32, chrono::NaiveDate) = sqlx::query_as(
        "select i.association_id, i.id, i.version, i.deadline from item i join association a on a.id = i.association_id
         where a.uscc = '51220106MJ00001065' and i.measure = 'T3-11'",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    (row.0, row.1, row.2.to_string(), row.3)
}

#[tokio::test]
async fn tc_33_a_later_date_of_the_unit_alone_moves_nothing() {
    let world = World::demo().await;
    let (id, item, seen, before) = room(&world).await;
    let leader = world.sign_in("jiaotong-lead").await;
    let path = format!("/associations/{id}/progress/{item}/extension");
    let early = [
        ("version", seen.as_str()),
        ("wanted", "2018-12-31"),
        ("reason", "搬迁"),
        ("request_id", "tc-33-0"),
    ];
    let refused = world.post(&leader, &path, &early).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("version", seen.as_str()),
        ("wanted", "2019-06-30"),
        ("reason", "新址装修未完"),
        ("request_id", "tc-33-1"),
    ];
    let answer = world.post(&leader, &path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(room(&world).await.3, before);
    // Nor can another department, or the unit itself, decide.
    for username in ["jiaotong-lead", "zuzhi", "office-lead"] {
        let cookie = world.sign_in(username).await;
        let decide = format!("{path}/decision");
        let answer = world
            .post(&cookie, &decide, &[("version", "1"), ("verdict", "grant")])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{username}");
    }
}

#[tokio::test]
async fn tc_32_the_offices_administration_moves_the_day_of_a_room() {
    let world = World::demo().await;
    let (id, item, seen, _) = room(&world).await;
    let leader = world.sign_in("jiaotong-lead").await;
    let path = format!("/associations/{id}/progress/{item}/extension");
    let fields = [
        ("version", seen.as_str()),
        ("wanted", "2019-06-30"),
        ("reason", "新址装修未完"),
        ("request_id", "tc-32-1"),
    ];
    assert_eq!(
        world.post(&leader, &path, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let (_, _, seen, _) = room(&world).await;
    let jiguan = world.sign_in("jiguan").await;
    let fields = [
        ("version", seen.as_str()),
        ("verdict", "grant"),
        ("document_number", "绿机管延〔2018〕1号"),
        ("request_id", "tc-32-2"),
    ];
    let answer = world
        .post(&jiguan, &format!("{path}/decision"), &fields)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(room(&world).await.3.to_string(), "2019-06-30");
}

#[tokio::test]
async fn tc_50_a_linked_department_reads_its_notice_and_no_more() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let linked = world.sign_in("gongxin").await;
    let notice = world
        .get(&linked, &format!("/associations/{id}/notices"))
        .await;
    assert_eq!(notice.status, StatusCode::OK);
    assert!(notice.body.contains("同意终止关系"));
    for tail in ["survey", "plan", "progress", "history"] {
        let answer = world
            .get(&linked, &format!("/associations/{id}/{tail}"))
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{tail}");
    }
    let stranger = world.sign_in("shangwu").await;
    let answer = world
        .get(&stranger, &format!("/associations/{id}/notices"))
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn tc_72_a_plan_printed_before_its_approval_says_so_across_the_page() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    for (state, says) in [("submitted", true), ("implementing", false)] {
        let id = in_state(&world, state).await;
        let page = world
            .get(&office, &format!("/associations/{id}/plan"))
            .await;
        assert_eq!(page.texts(".watermark").len(), usize::from(says), "{state}");
    }
}
