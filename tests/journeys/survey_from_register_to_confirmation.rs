//! A clerk enters an association and fills in its survey; the leader signs; the
//! office sends it back; it is mended and confirmed; the case file tells it all.

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn the_survey_is_returned_mended_and_confirmed() {
    let world = World::demo().await;
    let id = world.association("奶业协会").await;
    let survey = format!("/associations/{id}/survey");

    // The office's clerk sends it back with an opinion beside a field.
    let office = world.sign_in("office").await;
    let page = world.get(&office, &format!("{survey}/return")).await;
    assert_eq!(page.status, StatusCode::OK);
    let empty = world
        .post(
            &office,
            &format!("{survey}/return"),
            &[("request_id", "1111111111111111")],
        )
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent_back = world
        .post(
            &office,
            &format!("{survey}/return"),
            &[
                ("request_id", "2222222222222222"),
                ("SV-18-1", "请填写联系人真实姓名"),
            ],
        )
        .await;
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
    for (name, value) in &mut fields {
        if name == "SV-18-1" {
            *value = "梁晓雯".to_owned();
        }
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let saved = world
        .post(&clerk, &format!("{survey}/sections/base"), &fields)
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);

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
    let submitted = world
        .post(
            &leader,
            &format!("{survey}/submission"),
            &[("request_id", "4444444444444444")],
        )
        .await;
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
    let confirmed = world
        .post(
            &head,
            &format!("{survey}/confirmation"),
            &[("request_id", "6666666666666666")],
        )
        .await;
    assert_eq!(
        confirmed.status,
        StatusCode::SEE_OTHER,
        "{}",
        confirmed.body
    );
    let again = world
        .post(
            &head,
            &format!("{survey}/confirmation"),
            &[("request_id", "7777777777777777")],
        )
        .await;
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
