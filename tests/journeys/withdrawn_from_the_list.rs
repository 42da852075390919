//! An association with a plan is withdrawn from the published list: the unit asks,
//! the office's head decides, and the plan ends with the amendment (LI-8, LI-9).

use axum::http::StatusCode;
use tuogou::progress::counters;

use crate::world::{Answer, World};

/// What is open of an association: items, approvals, conditions, changes, later
/// dates, notices.
const OPEN: &str = "select
    (select count(*) from item where association_id = $1 and state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')),
    (select count(*) from prior_approval where association_id = $1 and state = 'requested'),
    (select count(*) from plan_condition where association_id = $1 and state in ('open', 'reported', 'returned')),
    (select count(*) from plan_change c join plan p on p.id = c.plan_id
     where p.association_id = $1 and c.state = 'pending'),
    (select count(*) from item_extension where association_id = $1 and state = 'asked'),
    (select count(*) from linked_notice where association_id = $1 and answered_on is null and closed_on is null)";

async fn open(world: &World, id: i64) -> [i64; 6] {
    let row: (i64, i64, i64, i64, i64, i64) = sqlx::query_as(OPEN)
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    [row.0, row.1, row.2, row.3, row.4, row.5]
}

async fn text(world: &World, sql: &'static str, id: i64) -> String {
    sqlx::query_scalar(sql)
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// An association on the list whose plan is in a state and that need not take part,
/// with the accounts of its unit.
async fn with_plan(world: &World, state: &str) -> Option<(i64, String)> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "select a.id, d.code from plan p
         join association a on a.id = p.association_id
         join department d on d.id = a.department_id
         join roster_entry e on e.association_id = a.id and e.withdrawn_by is null
         where p.state = $1 and a.exited_on is null order by a.id",
    )
    .bind(state)
    .fetch_all(world.owner())
    .await
    .unwrap();
    for (id, unit) in rows {
        let clerk = world.sign_in(&unit).await;
        let page = world.get(&clerk, &path(id, "")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        if page.body.contains("保存撤出申请") {
            return Some((id, unit));
        }
        assert!(
            page.body.contains("涉及财政拨款，必须参加"),
            "{}",
            page.body
        );
    }
    None
}

/// An amendment of several, as its page stands.
async fn amend(world: &World, head: &str, fields: &[(&str, &str)]) -> Answer {
    let (page, action) = ("/roster/amendments/new", "/roster/amendments");
    world.submit(head, (page, action), fields).await
}

fn path(id: i64, tail: &str) -> String {
    format!("/associations/{id}/listing{tail}")
}

/// The unit writes and signs; what the office then sees and agrees to.
async fn ask(world: &World, id: i64, unit: &str) -> String {
    let clerk = world.sign_in(unit).await;
    let fields = [
        ("change", "withdrawn"),
        ("reason", "会员大会决议暂缓脱钩，改列后续批次"),
        ("document", "绿报〔2018〕77号"),
    ];
    let page = path(id, "");
    let saved = world.submit(&clerk, (&page, &page), &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let leader = world.sign_in(&format!("{unit}-lead")).await;
    let sent = world
        .submit(&leader, (&page, &path(id, "/proposal")), &[])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let head = world.sign_in("office-lead").await;
    seen(world, &head, id, "/decision").await
}

/// What a form of the page says that was seen.
async fn seen(world: &World, cookie: &str, id: i64, tail: &str) -> String {
    let carried = world.sealed(cookie, &path(id, ""), &path(id, tail)).await;
    let seen = carried.into_iter().find(|(name, _)| name == "seen");
    seen.unwrap().1
}

/// Name, then the numbers of a unit's row of the completion table.
async fn completion(world: &World, cookie: &str, table: &str, unit: &str) -> Vec<String> {
    let page = world.get(cookie, "/statistics").await;
    let rows = page.texts(&format!("[aria-label='{table}'] tr"));
    let row = rows.iter().find(|row| row.starts_with(unit)).unwrap();
    row.split_whitespace().map(str::to_owned).collect()
}

#[tokio::test]
async fn li_8_a_plan_under_way_ends_with_the_amendment_in_one_write() {
    let world = World::demo().await;
    let (id, unit) = with_plan(&world, "implementing").await.unwrap();
    let short = text(
        &world,
        "select d.short_name from association a join department d on d.id = a.department_id where a.id = $1",
        id,
    )
    .await;
    let before = open(&world, id).await;
    assert!(before[0] > 0, "{before:?}");
    // The page says what would end, before anybody has asked.
    let clerk = world.sign_in(&unit).await;
    let page = world.get(&clerk, &path(id, "")).await;
    assert!(page.body.contains("撤出后一并终止"));
    assert!(page.body.contains("方案当前状态为“实施中”"));
    assert!(
        page.body.contains(&format!("五分离事项{}项", before[0])),
        "{}",
        page.body
    );
    // Too short a reason comes back with what was typed.
    let fields = [
        ("version", "0"),
        ("change", "withdrawn"),
        ("reason", "短"),
        ("document", "绿报〔2018〕77号"),
    ];
    let refused = world.post(&clerk, &path(id, ""), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.value("reason"), "短");
    assert_eq!(refused.value("document"), "绿报〔2018〕77号");
    // Nobody withdraws a plan by one hand.
    let head = world.sign_in("office-lead").await;
    let number = id.to_string();
    let alone = [("withdrawn", number.as_str()), ("reason", "直接撤出这一个")];
    let alone = amend(&world, &head, &alone).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);

    let version = ask(&world, id, &unit).await;
    let bench = world.get(&head, "/").await;
    assert!(bench.body.contains("决定名单调整申请：撤出"));
    let bulk = world.get(&head, "/roster/amendments/new").await;
    assert!(bulk.body.contains("已申请撤出"));
    // The office's clerk sees it and does not decide; the clerk of the unit does not sign.
    let office = world.sign_in("office").await;
    let seen = world.get(&office, &path(id, "")).await;
    assert!(seen.body.contains("会员大会决议暂缓脱钩") && !seen.body.contains("并编号"));
    let decision = [("seen", version.as_str()), ("grounds", "改列后续批次")];
    for cookie in [&office, &clerk] {
        let denied = world.post(cookie, &path(id, "/decision"), &decision).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
    }
    let stale = [("seen", "999"), ("grounds", "改列后续批次")];
    let stale = world.post(&head, &path(id, "/decision"), &stale).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(open(&world, id).await, before);

    let listed = completion(&world, &head, "完成率：现行名单", &short).await;
    let published = completion(&world, &head, "完成率：发布时的名单", &short).await;
    let decided = world.post(&head, &path(id, "/decision"), &decision).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    ended(&world, id).await;
    // 11.2: one less on the list as it stands, the published one as it was.
    let after = completion(&world, &head, "完成率：现行名单", &short).await;
    let count = |row: &[String]| row[1].parse::<i64>().unwrap();
    assert_eq!(count(&after), count(&listed) - 1, "{listed:?} {after:?}");
    assert_eq!(
        completion(&world, &head, "完成率：发布时的名单", &short).await[1],
        published[1]
    );
    reads_on(&world, id, &unit).await;
}

/// Everything is closed, nothing is lost.
async fn ended(world: &World, id: i64) {
    let state = text(
        world,
        "select state from plan where association_id = $1",
        id,
    )
    .await;
    assert_eq!(state, "terminated");
    assert_eq!(open(world, id).await, [0; 6]);
    let drift = counters::drift(&mut world.db().await, world.scheme())
        .await
        .unwrap();
    assert!(drift.is_empty(), "{drift:?}");
    let reached = text(world, "select stage from association where id = $1", id).await;
    assert_eq!(reached, "survey_confirmed");
    let request = text(
        world,
        "select state from roster_request where association_id = $1 and amendment_id is not null",
        id,
    )
    .await;
    assert_eq!(request, "decided");
}

/// The register tells of it, the old plan is there to read and closed to acts.
async fn reads_on(world: &World, id: i64, unit: &str) {
    let clerk = world.sign_in(unit).await;
    let record = world.get(&clerk, &format!("/associations/{id}")).await;
    assert!(record.body.contains("撤出脱钩名单") && record.body.contains("原实施方案"));
    let register = world.get(&clerk, "/associations?status=withdrawn").await;
    assert!(
        register
            .texts("tbody td")
            .iter()
            .any(|cell| cell == "已撤出名单")
    );
    let history = world
        .get(&clerk, &format!("/associations/{id}/history"))
        .await;
    assert!(
        history.body.contains("实施方案随撤出名单终止"),
        "{}",
        history.body
    );
    let plan = world.get(&clerk, &format!("/associations/{id}/plan")).await;
    assert!(plan.status == StatusCode::OK && plan.body.contains("已终止"));
    let progress = world
        .get(&clerk, &format!("/associations/{id}/progress"))
        .await;
    assert_eq!(progress.status, StatusCode::OK);
    let item: i64 = sqlx::query_scalar("select min(id) from item where association_id = $1")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let write = format!("/associations/{id}/progress/{item}");
    let denied = world.post(&clerk, &write, &[("version", "1")]).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    assert!(denied.body.contains("已经终止"));
    // It does not come back.
    let page = world.get(&clerk, &path(id, "")).await;
    assert!(page.body.contains("不能再列入") && !page.body.contains("保存列入申请"));
    let head = world.sign_in("office-lead").await;
    let number = id.to_string();
    let back = [("added", number.as_str()), ("reason", "想要重新列入")];
    let back = amend(world, &head, &back).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_plan_in_any_state_before_closed_ends() {
    let world = World::demo().await;
    let mut seen = Vec::new();
    for state in [
        "draft",
        "submitted",
        "under_review",
        "returned",
        "approved",
        "change_pending",
    ] {
        let Some((id, unit)) = with_plan(&world, state).await else {
            continue;
        };
        let version = ask(&world, id, &unit).await;
        let head = world.sign_in("office-lead").await;
        let decision = [("seen", version.as_str()), ("grounds", "改列后续批次")];
        let decided = world.post(&head, &path(id, "/decision"), &decision).await;
        assert_eq!(
            decided.status,
            StatusCode::SEE_OTHER,
            "{state}: {}",
            decided.body
        );
        ended(&world, id).await;
        seen.push(state);
    }
    // What the demonstration has of them; the rest is `plan::rules`' table.
    assert!(seen.len() >= 4, "{seen:?}");
    assert!(seen.contains(&"change_pending"), "{seen:?}");
}

#[tokio::test]
async fn a_request_is_refused_with_a_reason_and_can_be_made_again() {
    let world = World::demo().await;
    let (id, unit) = with_plan(&world, "implementing").await.unwrap();
    ask(&world, id, &unit).await;
    let head = world.sign_in("office-lead").await;
    let version = seen(&world, &head, id, "/refusal").await;
    let empty = [("seen", version.as_str()), ("refusal", "")];
    let empty = world.post(&head, &path(id, "/refusal"), &empty).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = [
        ("seen", version.as_str()),
        ("refusal", "方案已大部完成，应继续实施"),
    ];
    let refused = world.post(&head, &path(id, "/refusal"), &words).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
    let state = text(
        &world,
        "select state from plan where association_id = $1",
        id,
    )
    .await;
    assert_eq!(state, "implementing");
    let clerk = world.sign_in(&unit).await;
    let page = world.get(&clerk, &path(id, "")).await;
    assert!(page.body.contains("方案已大部完成") && page.body.contains("保存撤出申请"));
    ask(&world, id, &unit).await;
    // Another unit does not know of any of it.
    let stranger = if unit == "gongxin" {
        "shangwu"
    } else {
        "gongxin"
    };
    let stranger = world.sign_in(stranger).await;
    let hidden = world.get(&stranger, &path(id, "")).await.status;
    assert!(
        matches!(hidden, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN),
        "{hidden}"
    );
}

#[tokio::test]
async fn tc_36_the_head_decides_no_request_of_a_unit_of_their_own() {
    let world = World::demo().await;
    let (id, unit) = with_plan(&world, "implementing").await.unwrap();
    let version = ask(&world, id, &unit).await;
    sqlx::query(
        "insert into capacity (campaign_id, account_id, department_id, role)
         select 1, (select id from account where username = 'office-lead'), department_id, 'unit_clerk'
         from association where id = $1",
    )
    .bind(id)
    .execute(world.owner())
    .await
    .unwrap();
    let head = world.sign_in("office-lead").await;
    let decision = [("seen", version.as_str()), ("grounds", "改列后续批次")];
    let denied = world.post(&head, &path(id, "/decision"), &decision).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN, "{}", denied.body);
    // Nor by the way around: one amendment for many.
    let number = id.to_string();
    let many = [("withdrawn", number.as_str()), ("reason", "改列后续批次")];
    let many = amend(&world, &head, &many).await;
    assert_eq!(many.status, StatusCode::CONFLICT, "{}", many.body);
    assert!(many.body.contains("须由其他负责人决定"));
    let other = world.sign_in("office-lead-2").await;
    let decided = world.post(&other, &path(id, "/decision"), &decision).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
}

#[tokio::test]
async fn two_heads_agree_at_once_and_one_amendment_comes_of_it() {
    let world = World::demo().await;
    let (id, unit) = with_plan(&world, "implementing").await.unwrap();
    let version = ask(&world, id, &unit).await;
    let (first, second) = (
        world.sign_in("office-lead").await,
        world.sign_in("office-lead-2").await,
    );
    let decision = [("seen", version.as_str()), ("grounds", "改列后续批次")];
    let where_to = path(id, "/decision");
    let (one, other) = tokio::join!(
        world.post(&first, &where_to, &decision),
        world.post(&second, &where_to, &decision),
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let withdrawals = sqlx::query_scalar::<_, i64>(
        "select count(*) from roster_amendment_entry where association_id = $1 and change = 'withdrawn'",
    );
    let withdrawals = withdrawals.bind(id).fetch_one(world.owner()).await.unwrap();
    assert_eq!(withdrawals, 1);
    ended(&world, id).await;
}
