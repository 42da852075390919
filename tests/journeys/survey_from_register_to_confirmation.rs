//! A clerk enters an association and fills in its survey; the leader signs; the
//! office sends it back; it is mended and confirmed; the case file tells it all.

use axum::http::StatusCode;

use crate::world::{Answer, World};

/// What a page's form would send as it is.
pub(super) fn typed(section: &Answer) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let selector =
        scraper::Selector::parse("main form input, main form select, main form textarea").unwrap();
    for input in section.page().select(&selector) {
        let value = |name: &str| input.value().attr(name).unwrap_or_default().to_owned();
        let name = value("name");
        let skipped = name.is_empty()
            || (matches!(value("type").as_str(), "radio" | "checkbox")
                && input.value().attr("checked").is_none());
        if !skipped {
            let chosen = scraper::Selector::parse("option[selected]").unwrap();
            let typed = match input.value().name() {
                "select" => input
                    .select(&chosen)
                    .next()
                    .and_then(|option| option.value().attr("value"))
                    .unwrap_or_default()
                    .to_owned(),
                "textarea" => input
                    .text()
                    .collect::<String>()
                    .trim_start_matches('\n')
                    .to_owned(),
                _ => value("value"),
            };
            fields.push((name, typed));
        }
    }
    fields
}

/// Changes the name of the contact in the survey's first section, as its page is now.
async fn name_contact(world: &World, clerk: &str, survey: &str, name: &str) {
    let path = format!("{survey}/sections/base");
    let mut fields = typed(&world.get(clerk, &path).await);
    for (field, value) in &mut fields {
        if field == "SV-18-1" {
            name.clone_into(value);
        }
    }
    let saved = send(world, clerk, &path, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

/// Sends what a form carried when its page was opened.
async fn send(world: &World, cookie: &str, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    world.post(cookie, path, &fields).await
}

#[tokio::test]
async fn the_survey_is_returned_mended_and_confirmed() {
    let world = World::demo().await;
    let id = world.association("奶业协会").await;
    let survey = format!("/associations/{id}/survey");

    // The office's clerk sends it back with an opinion beside a field.
    let office = world.sign_in("office").await;
    let page = world.get(&office, &format!("{survey}/return")).await;
    assert_eq!(page.status, StatusCode::OK);
    let back = format!("{survey}/return");
    let empty = world.submit(&office, (&back, &back), &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let opinion = [("SV-18-1", "请填写联系人真实姓名")];
    let sent_back = world.submit(&office, (&back, &back), &opinion).await;
    assert_eq!(
        sent_back.status,
        StatusCode::SEE_OTHER,
        "{}",
        sent_back.body
    );

    // The clerk sees the opinion beside the field and mends it.
    let clerk = world.sign_in("nongye").await;
    let workbench = world.get(&clerk, "/").await;
    assert!(workbench.body.contains("补正被退回的摸底调查"));
    let overview = world.get(&clerk, &survey).await;
    assert!(overview.body.contains("有退回意见"));
    assert!(overview.body.contains("请填写联系人真实姓名"));
    // Another department may read the survey, not what passes between the two.
    let finance = world.sign_in("caizheng").await;
    let read = world.get(&finance, &survey).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(!read.body.contains("请填写联系人真实姓名"));
    let section = world.get(&clerk, &format!("{survey}/sections/base")).await;
    assert!(section.body.contains("请填写联系人真实姓名"));
    name_contact(&world, &clerk, &survey, "梁晓雯").await;

    // Only the leader submits; only the office's head confirms.
    let refused = world
        .post(
            &clerk,
            &format!("{survey}/submission"),
            &[("request_id", "3333333333333333")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let leader = world.sign_in("nongye-lead").await;
    let submission = format!("{survey}/submission");
    let submitted = world.submit(&leader, (&survey, &submission), &[]).await;
    assert_eq!(
        submitted.status,
        StatusCode::SEE_OTHER,
        "{}",
        submitted.body
    );
    let refused = world
        .post(
            &office,
            &format!("{survey}/confirmation"),
            &[("request_id", "5555555555555555")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let head = world.sign_in("office-lead").await;
    let confirmation = format!("{survey}/confirmation");
    let confirmed = world.submit(&head, (&survey, &confirmation), &[]).await;
    assert_eq!(
        confirmed.status,
        StatusCode::SEE_OTHER,
        "{}",
        confirmed.body
    );
    let again = world.post(&head, &confirmation, &[("seen", "1")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);

    let history = world
        .get(&clerk, &format!("/associations/{id}/history"))
        .await;
    let acts = history.texts(".timeline .what");
    assert!(
        acts[0].contains("确认摸底调查") && acts[1].contains("报送摸底调查"),
        "{acts:?}"
    );
    assert!(history.body.contains("请填写联系人真实姓名"));
}

#[tokio::test]
async fn nobody_signs_or_confirms_what_they_have_not_seen() {
    let world = World::demo().await;
    let id = world.association("奶业协会").await;
    let survey = format!("/associations/{id}/survey");
    let (submission, confirmation) = (
        format!("{survey}/submission"),
        format!("{survey}/confirmation"),
    );
    let head = world.sign_in("office-lead").await;
    let old = world.sealed(&head, &survey, &confirmation).await;
    // Meanwhile it goes back, is changed and comes again.
    let office = world.sign_in("office").await;
    let back = format!("{survey}/return");
    let opinion = [("SV-18-1", "请填写联系人真实姓名")];
    let returned = world.submit(&office, (&back, &back), &opinion).await;
    assert_eq!(returned.status, StatusCode::SEE_OTHER, "{}", returned.body);
    let clerk = world.sign_in("nongye").await;
    name_contact(&world, &clerk, &survey, "梁晓雯").await;
    // The leader opens it, the clerk goes on writing: every section counts.
    let leader = world.sign_in("nongye-lead").await;
    let before = world.sealed(&leader, &survey, &submission).await;
    name_contact(&world, &clerk, &survey, "梁晓文").await;
    let unseen = send(&world, &leader, &submission, &before).await;
    assert_eq!(unseen.status, StatusCode::CONFLICT, "{}", unseen.body);
    assert!(unseen.body.contains("填写摸底调查"), "{}", unseen.body);
    let submitted = world.submit(&leader, (&survey, &submission), &[]).await;
    assert_eq!(
        submitted.status,
        StatusCode::SEE_OTHER,
        "{}",
        submitted.body
    );
    let unseen = send(&world, &head, &confirmation, &old).await;
    assert_eq!(unseen.status, StatusCode::CONFLICT, "{}", unseen.body);
    let confirmed = "select count(*) from survey where state = 'confirmed' and association_id = ";
    let confirmed = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(format!("{confirmed}{id}")));
    assert_eq!(confirmed.fetch_one(world.owner()).await.unwrap(), 0);
    let seen = world.submit(&head, (&survey, &confirmation), &[]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
}

/// A survey that waits for the office: its association, and the account of its unit's leader.
async fn sent(world: &World) -> (i64, String) {
    sqlx::query_as(
        "select s.association_id, k.username from survey s
         join association a on a.id = s.association_id
         join capacity c on c.department_id = a.department_id and c.role = 'unit_leader'
         join account k on k.id = c.account_id
         where s.state = 'submitted' order by s.association_id, k.id limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap()
}

#[tokio::test]
async fn a_survey_is_taken_back_while_nobody_has_opened_the_check() {
    let world = World::demo().await;
    let (id, leader) = sent(&world).await;
    let survey = format!("/associations/{id}/survey");
    let back = format!("{survey}/taking-back");
    // The office looks at it, which does not count.
    let head = world.sign_in("office-lead").await;
    let confirmation = format!("{survey}/confirmation");
    let open = world.sealed(&head, &survey, &confirmation).await;
    let leader = world.sign_in(&leader).await;
    let sealed = world.sealed(&leader, &survey, &back).await;
    let sealed: Vec<(&str, &str)> = sealed
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let taken = world.post(&leader, &back, &sealed).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    // A second click is the first one's.
    let twice = world.post(&leader, &back, &sealed).await;
    assert_eq!(
        twice.location(),
        taken.location().split('?').next().unwrap()
    );
    let page = world.get(&leader, &survey).await;
    assert!(page.body.contains("填报中，尚未报送"), "{}", page.body);
    let history = world
        .get(&leader, &format!("/associations/{id}/history"))
        .await;
    assert!(history.body.contains("取回摸底调查"));
    // Whoever had it open cannot confirm what is being changed.
    let open: Vec<(&str, &str)> = open.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let late = world.post(&head, &confirmation, &open).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
}

#[tokio::test]
async fn tc_37_the_second_is_told_who_was_first() {
    let world = World::demo().await;
    let (id, _) = sent(&world).await;
    let survey = format!("/associations/{id}/survey");
    let confirmation = format!("{survey}/confirmation");
    let heads: Vec<(String, String)> = sqlx::query_as(
        "select a.username, a.display_name from account a join capacity c on c.account_id = a.id
         where c.role = 'office_leader' and c.delegation_id is null and a.disabled_at is null
         order by a.id limit 2",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let (first, second) = (
        world.sign_in(&heads[0].0).await,
        world.sign_in(&heads[1].0).await,
    );
    let open = world.sealed(&second, &survey, &confirmation).await;
    let open: Vec<(&str, &str)> = open.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let done = world.submit(&first, (&survey, &confirmation), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let late = world.post(&second, &confirmation, &open).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    let told = late.texts(".error-summary p").join("");
    assert!(
        told.contains(&heads[0].1) && told.contains("确认摸底调查"),
        "{told}"
    );
}

#[tokio::test]
async fn an_opened_check_keeps_the_survey() {
    let world = World::demo().await;
    let (id, leader) = sent(&world).await;
    let survey = format!("/associations/{id}/survey");
    let back = format!("{survey}/taking-back");
    let leader = world.sign_in(&leader).await;
    let sealed = world.sealed(&leader, &survey, &back).await;
    let office = world.sign_in("office").await;
    let comments = format!("/associations/{id}/comments");
    let remark = [("body", "第二部分的会员数请再核对。")];
    let said = world.submit(&office, (&comments, &comments), &remark).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    let sealed: Vec<(&str, &str)> = sealed
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let kept = world.post(&leader, &back, &sealed).await;
    assert_eq!(kept.status, StatusCode::CONFLICT, "{}", kept.body);
    assert!(kept.body.contains("不能取回"));
    let page = world.get(&leader, &survey).await;
    assert!(page.body.contains("class=\"refused\""), "{}", page.body);
    // Nobody but the unit's leader is offered it.
    let clerk = world.get(&office, &survey).await;
    assert!(!clerk.body.contains("取回摸底调查"));
}

#[tokio::test]
async fn what_was_seen_of_one_edition_is_not_the_next() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let survey = format!("/associations/{id}/survey");
    let edition = format!("{survey}/edition");
    let before = "select max(version)::bigint from survey where association_id = ";
    let version = |sql: String| {
        let pool = world.owner().clone();
        async move {
            let found = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql));
            found.fetch_one(&pool).await.unwrap()
        }
    };
    let old = version(format!("{before}{id}")).await;
    let head = world.sign_in("office-lead").await;
    let begun = world
        .submit(&head, (&survey, &edition), &[("reason", "审计发现漏报")])
        .await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    assert_eq!(
        version(format!("{before}{id} and state = 'draft'")).await,
        old + 1
    );
}

#[tokio::test]
async fn people_are_masked_for_those_who_may_not_read_them() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let path = format!("/associations/{id}/survey/answers");
    for (username, reads) in [
        ("jiaotong", true),
        ("zuzhi", true),
        ("office", true),
        ("xiehui", true),
        ("caizheng", false),
        ("shenji", false),
        ("minzheng-lead", false),
    ] {
        let cookie = world.sign_in(username).await;
        let page = world.get(&cookie, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{username}");
        assert_eq!(page.body.contains("原区经济局局长"), reads, "{username}");
    }
}
