//! A leader is away: a colleague acts for stated days, with both names, and not
//! on what they drafted; an account is disabled while things wait.

use axum::http::StatusCode;

use crate::world::World;

/// A second clerk of the unit, so that there is somebody who has drafted nothing.
async fn second_clerk(world: &World) {
    sqlx::query(
        "with made as (insert into account (username, display_name, password_hash, must_change_password, created_at)
             select 'nongye-2', '郑某', password_hash, false, created_at from account where username = 'nongye'
             returning id)
         insert into capacity (campaign_id, account_id, department_id, role)
         select c.campaign_id, made.id, c.department_id, 'unit_clerk'
         from made, capacity c join account a on a.id = c.account_id and a.username = 'nongye'",
    )
    .execute(world.owner())
    .await
    .unwrap();
}

async fn account(world: &World, username: &str) -> String {
    let id: i64 = sqlx::query_scalar("select id from account where username = $1")
        .bind(username)
        .fetch_one(world.owner())
        .await
        .unwrap();
    id.to_string()
}

/// Delegates from today to 30 November; the number of the new capacity.
async fn delegate(world: &World, leader: &str, to: &str) -> i64 {
    let cookie = world.sign_in(leader).await;
    let delegate = account(world, to).await;
    let fields = [
        ("delegate", delegate.as_str()),
        ("from_on", "2018-11-22"),
        ("to_on", "2018-11-30"),
        ("document", "农函〔2018〕31号"),
        ("request_id", "dddddddddddddddd"),
    ];
    let answer = world.post(&cookie, "/delegations/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    sqlx::query_scalar("select max(id) from capacity where delegation_id is not null")
        .fetch_one(world.owner())
        .await
        .unwrap()
}

async fn switch(world: &World, cookie: &str, capacity: i64) -> StatusCode {
    let capacity = capacity.to_string();
    let fields = [
        ("held", capacity.as_str()),
        ("request_id", "eeeeeeeeeeeeeeee"),
    ];
    world.post(cookie, "/capacity", &fields).await.status
}

#[tokio::test]
async fn tc_63_the_delegates_acts_carry_both_names_until_the_delegation_is_over() {
    let world = World::demo().await;
    second_clerk(&world).await;
    let capacity = delegate(&world, "nongye-lead", "nongye-2").await;
    let cookie = world.sign_in("nongye-2").await;
    assert_eq!(
        switch(&world, &cookie, capacity).await,
        StatusCode::SEE_OTHER
    );
    let workbench = world.get(&cookie, "/").await;
    assert!(
        workbench.body.contains("郑某（代行聂志军）"),
        "{}",
        workbench.body
    );

    // 农业局's leader may add a tie to an own association; the delegate does it.
    let id = world.association("奶业协会").await;
    let department = world
        .count("select id from department where code = 'shangwu'")
        .await
        .to_string();
    let tie = [
        ("department", department.as_str()),
        ("kind", "liaise"),
        ("via_subordinate", ""),
        ("basis", "绿商发〔2012〕3号"),
        ("started_on", ""),
        ("request_id", "ffffffffffffffff"),
    ];
    let answer = world
        .post(&cookie, &format!("/associations/{id}/ties/new"), &tie)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let history = world
        .get(&cookie, &format!("/associations/{id}/history"))
        .await;
    assert!(history.body.contains("郑某（代行聂志军）"));
    // What is signed names both too.
    let signed: Option<String> = sqlx::query_scalar(
        "select signer(r.campaign_id, r.act, r.subject_kind, r.subject_id, r.account_id) from act_record r
         where r.act = 'tie.add' and r.association_id = $1 order by r.id desc limit 1",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(signed.as_deref(), Some("郑某（代行聂志军）"));
    let audited = world
        .count("select count(*) from audit_record where act = 'tie.add' and payload like '%郑某（代行聂志军）%'")
        .await;
    assert_eq!(audited, 1);

    // What was lent is not passed on.
    assert_eq!(
        world.get(&cookie, "/delegations/new").await.status,
        StatusCode::FORBIDDEN
    );

    // The day after the last: the same session is a clerk's again, without signing in.
    let after = chrono::NaiveDate::from_ymd_opt(2018, 12, 1).unwrap();
    world.app.clock.move_to(after.and_hms_opt(8, 0, 0).unwrap());
    let workbench = world.get(&cookie, "/").await;
    assert_eq!(workbench.status, StatusCode::OK);
    assert!(!workbench.body.contains("代行聂志军") && workbench.body.contains("郑某"));
    assert_eq!(
        switch(&world, &cookie, capacity).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn tc_63_a_delegation_ended_early_gives_nothing_from_that_moment() {
    let world = World::demo().await;
    second_clerk(&world).await;
    let capacity = delegate(&world, "nongye-lead", "nongye-2").await;
    let cookie = world.sign_in("nongye-2").await;
    assert_eq!(
        switch(&world, &cookie, capacity).await,
        StatusCode::SEE_OTHER
    );
    let leader = world.sign_in("nongye-lead").await;
    let number = world
        .count("select max(id) from delegation where ended_on is null and to_on = '2018-11-30'")
        .await;
    let end = format!("/delegations/{number}/end");
    let fields = [("version", "1"), ("request_id", "abababababababab")];
    // Another unit's leader cannot; the one who gave it can.
    let stranger = world.sign_in("shangwu-lead").await;
    assert_eq!(
        world.post(&stranger, &end, &fields).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        world.post(&leader, &end, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let workbench = world.get(&cookie, "/").await;
    assert!(!workbench.body.contains("代行聂志军"));
    let list = world.get(&leader, "/delegations").await;
    assert!(list.body.contains("已提前结束"));
}

#[tokio::test]
async fn tc_63_the_delegate_does_not_sign_what_they_drafted() {
    let world = World::demo().await;
    let id = world.association("农产品加工业协会").await;
    // 农晓燕 filled the survey in; now she acts for her leader.
    let capacity = delegate(&world, "nongye-lead", "nongye").await;
    let cookie = world.sign_in("nongye").await;
    assert_eq!(
        switch(&world, &cookie, capacity).await,
        StatusCode::SEE_OTHER
    );
    let submit = format!("/associations/{id}/survey/submission");
    let fields = [("request_id", "cdcdcdcdcdcdcdcd"), ("version", "1")];
    let answer = world.post(&cookie, &submit, &fields).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("您自己起草"), "{}", answer.body);
    // The leader himself is not refused for that.
    let leader = world.sign_in("nongye-lead").await;
    let answer = world.post(&leader, &submit, &fields).await;
    assert_ne!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn tc_64_who_drafted_does_not_sign_unless_the_setting_lets_a_small_unit() {
    let world = World::demo().await;
    let id = world.association("农产品加工业协会").await;
    // A small unit: one person is clerk and leader, nobody else is left.
    sqlx::query(
        "insert into capacity (campaign_id, account_id, department_id, role)
         select c.campaign_id, c.account_id, c.department_id, 'unit_leader'
         from capacity c join account a on a.id = c.account_id and a.username = 'nongye'",
    )
    .execute(world.owner())
    .await
    .unwrap();
    let leader: i64 = sqlx::query_scalar(
        "select c.id from capacity c join account a on a.id = c.account_id
         where a.username = 'nongye' and c.role = 'unit_leader'",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let cookie = world.sign_in("nongye").await;
    assert_eq!(switch(&world, &cookie, leader).await, StatusCode::SEE_OTHER);
    let submit = format!("/associations/{id}/survey/submission");
    let refused = |key: &'static str| [("request_id", key), ("version", "1")];
    let answer = world
        .post(&cookie, &submit, &refused("1212121212121212"))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);

    // The setting alone is not enough while the unit has another account.
    let head = world.sign_in("office-lead").await;
    let setting = [
        ("version", "0"),
        ("value", "yes"),
        ("effective_on", "2018-11-22"),
        ("reason", "小单位人员不足"),
        ("request_id", "3434343434343434"),
    ];
    let changed = world
        .post(&head, "/settings/allow_self_signature", &setting)
        .await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    let answer = world
        .post(&cookie, &submit, &refused("5656565656565656"))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);

    // Alone in the unit and allowed: signed, and recorded as such.
    sqlx::query("update account set disabled_at = now() where username = 'nongye-lead'")
        .execute(world.owner())
        .await
        .unwrap();
    sqlx::query("update survey set sections_done = (select array_agg(distinct s) from survey t, unnest(t.sections_done) s), \
                 answers = (select answers from survey where state = 'confirmed' order by id limit 1), \
                 acknowledged = (select acknowledged from survey where state = 'confirmed' order by id limit 1), \
                 explained_for = (select explained_for from survey where state = 'confirmed' order by id limit 1) \
                 where association_id = $1")
        .bind(id)
        .execute(world.owner())
        .await
        .unwrap();
    let survey = format!("/associations/{id}/survey");
    let answer = world.submit(&cookie, (&survey, &submit), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let history = world
        .get(&cookie, &format!("/associations/{id}/history"))
        .await;
    assert!(
        history.body.contains("起草人与签报人为同一人"),
        "{}",
        history.body
    );
}

#[tokio::test]
async fn tc_63_what_waits_for_a_disabled_leader_is_without_holder_and_the_administrator_is_told() {
    let world = World::demo().await;
    let admin = world.sign_in("admin").await;
    assert!(!world.get(&admin, "/").await.body.contains("无人办理"));
    let leader = account(&world, "nongye-lead").await;
    let edit = format!("/accounts/{leader}");
    let page = world.get(&admin, &edit).await;
    assert!(page.body.contains("下列身份只有这个账号"));
    let version = page.value("version");
    let fields = [
        ("version", version.as_str()),
        ("name", "聂志军"),
        ("disabled", "yes"),
        ("remove", ""),
        ("department", ""),
        ("role", ""),
        ("request_id", "dededededededede"),
    ];
    let answer = world.post(&admin, &edit, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    for username in ["admin", "nongye", "office"] {
        let cookie = world.sign_in(username).await;
        let workbench = world.get(&cookie, "/").await;
        assert!(
            workbench.body.contains("无人办理")
                && workbench.body.contains("区农业局·业务主管单位负责人"),
            "{username}"
        );
    }
    let list = world.get(&admin, "/accounts").await;
    assert!(list.body.contains("区农业局：缺负责人"));
    // Another unit is not told of it.
    let other = world.sign_in("shangwu").await;
    assert!(!world.get(&other, "/").await.body.contains("区农业局"));
}

/// Whether anybody may act as the unit's leader on the demonstration's day.
async fn has_leader(world: &World) -> bool {
    let found = world
        .count(
            "select count(*) from capacities_on(1, '2018-11-22') c
             join account a on a.id = c.account_id and a.disabled_at is null
             join department d on d.campaign_id = 1 and d.id = c.department_id
             where d.code = 'nongye' and c.role = 'unit_leader'",
        )
        .await;
    found > 0
}

/// Changes the leader's account as the administrator does from its page.
async fn change_leader(world: &World, admin: &str, typed: &[(&str, &str)]) {
    let edit = format!("/accounts/{}", account(world, "nongye-lead").await);
    let mut fields = vec![
        ("name", "聂志军"),
        ("remove", ""),
        ("department", ""),
        ("role", ""),
    ];
    fields.retain(|(name, _)| !typed.iter().any(|(known, _)| known == name));
    fields.extend(typed);
    let answer = world.submit(admin, (&edit, &edit), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn tc_63_a_delegation_ends_with_its_principals_account_and_the_gap_is_told() {
    let world = World::demo().await;
    second_clerk(&world).await;
    let capacity = delegate(&world, "nongye-lead", "nongye-2").await;
    let cookie = world.sign_in("nongye-2").await;
    assert_eq!(
        switch(&world, &cookie, capacity).await,
        StatusCode::SEE_OTHER
    );
    let admin = world.sign_in("admin").await;
    assert!(!world.get(&admin, "/").await.body.contains("无人办理"));
    // What is lent is nobody else's: the administrator is warned before.
    let edit = format!("/accounts/{}", account(&world, "nongye-lead").await);
    let page = world.get(&admin, &edit).await;
    assert!(page.body.contains("下列身份只有这个账号"), "{}", page.body);

    change_leader(&world, &admin, &[("disabled", "yes")]).await;
    let ended = world
        .count(
            "select count(*) from delegation g join account a on a.id = g.from_account_id
             where a.username = 'nongye-lead' and g.to_on = '2018-11-30' and g.ended_on = '2018-11-22'",
        )
        .await;
    assert_eq!(ended, 1);
    let told = world
        .count(
            "select count(*) from audit_record a join act_record r on r.id = a.record_id
             where a.act = 'delegation.end' and r.sentence like '%账号停用，郑某代行聂志军%'",
        )
        .await;
    assert_eq!(told, 1);
    // The session that acted goes on as a clerk's.
    let workbench = world.get(&cookie, "/").await;
    assert_eq!(workbench.status, StatusCode::OK);
    assert!(!workbench.body.contains("代行聂志军"), "{}", workbench.body);
    assert_eq!(
        switch(&world, &cookie, capacity).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    for username in ["admin", "nongye", "office"] {
        let cookie = world.sign_in(username).await;
        let workbench = world.get(&cookie, "/").await;
        assert!(
            workbench.body.contains("无人办理")
                && workbench.body.contains("区农业局·业务主管单位负责人"),
            "{username}"
        );
    }
    let list = world.get(&admin, "/accounts").await;
    assert!(list.body.contains("区农业局：缺负责人"));
    // Back in use, the leader is there again; what was lent is not.
    change_leader(&world, &admin, &[]).await;
    assert!(has_leader(&world).await);
    assert!(!world.get(&admin, "/").await.body.contains("无人办理"));
    assert_eq!(
        switch(&world, &cookie, capacity).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn tc_63_a_delegation_ends_with_its_principals_capacity() {
    let world = World::demo().await;
    second_clerk(&world).await;
    delegate(&world, "nongye-lead", "nongye-2").await;
    let unit = world
        .count("select id from department where code = 'nongye'")
        .await;
    let remove = format!("{unit}:unit_leader");
    let admin = world.sign_in("admin").await;
    change_leader(&world, &admin, &[("remove", &remove)]).await;
    assert!(!has_leader(&world).await);
    let told = world
        .count(
            "select count(*) from audit_record a join act_record r on r.id = a.record_id
             where a.act = 'delegation.end' and r.sentence like '%身份取消，郑某代行聂志军%'",
        )
        .await;
    assert_eq!(told, 1);
    let list = world.get(&admin, "/accounts").await;
    assert!(list.body.contains("区农业局：缺负责人"));
}

#[tokio::test]
async fn tc_63_the_database_lends_nothing_of_an_account_that_is_not_in_use() {
    let world = World::demo().await;
    second_clerk(&world).await;
    delegate(&world, "nongye-lead", "nongye-2").await;
    assert!(has_leader(&world).await);
    sqlx::query("update account set disabled_at = now() where username = 'nongye-lead'")
        .execute(world.owner())
        .await
        .unwrap();
    assert!(!has_leader(&world).await);
}
