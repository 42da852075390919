//! Two people open the same form, and both save (TC-55): what one of them did not touch
//! takes the other's value, rows of both stay, and what both touched is a choice.

use axum::http::StatusCode;
use scraper::{ElementRef, Selector};

use crate::world::{Answer, World};

/// Names and values, in the form's order.
pub type Fields = Vec<(String, String)>;

/// What a browser would send of a page's form with this button or address.
pub fn sent(page: &Answer, action: &str) -> Fields {
    let tree = page.page();
    let forms = Selector::parse("main form[method='post']").unwrap();
    let button = Selector::parse(&format!("button[formaction='{action}']")).unwrap();
    let form = tree
        .select(&forms)
        .find(|form| {
            form.value().attr("action") == Some(action) || form.select(&button).next().is_some()
        })
        .unwrap_or_else(|| panic!("no form for {action}: {}", page.body));
    let inputs = Selector::parse("input, select, textarea").unwrap();
    form.select(&inputs).filter_map(typed).collect()
}

fn typed(input: ElementRef<'_>) -> Option<(String, String)> {
    let value = |name: &str| input.value().attr(name).unwrap_or_default().to_owned();
    let chosen = Selector::parse("option[selected]").unwrap();
    let kind = value("type");
    let unticked =
        matches!(kind.as_str(), "radio" | "checkbox") && input.value().attr("checked").is_none();
    if value("name").is_empty() || unticked || kind == "file" {
        return None;
    }
    let typed = match input.value().name() {
        "select" => {
            let chosen = input.select(&chosen).next();
            let chosen = chosen.and_then(|option| option.value().attr("value"));
            chosen.unwrap_or_default().to_owned()
        }
        "textarea" => {
            let text: String = input.text().collect();
            text.trim_start_matches('\n').replace('\n', "\r\n")
        }
        _ => value("value"),
    };
    Some((value("name"), typed))
}

fn put(fields: &mut Fields, values: &[(&str, &str)]) {
    for (name, value) in values {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
}

async fn send(world: &World, cookie: &str, path: &str, fields: &Fields) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    world.post(cookie, path, &fields).await
}

fn all(fields: &Fields, start: &str, end: &str) -> Vec<String> {
    let found = fields.iter().filter(|(name, value)| {
        name.starts_with(start) && name.ends_with(end) && !value.is_empty()
    });
    found.map(|(_, value)| value.clone()).collect()
}

fn one<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

const ORGANS: [&str; 3] = ["区农业局办公室", "区畜牧业管理局", "区水利局"];

#[tokio::test]
async fn tc_55_rows_radios_and_numbers_of_two_people_on_one_section() {
    let world = World::demo().await;
    let id = world.association("农产品加工业协会").await;
    let path = format!("/associations/{id}/survey/sections/institution");
    let (hers, his) = (world.sign_in("nongye").await, world.sign_in("nongye").await);
    // Both begin with what the survey says, and with something in it.
    let mut start = sent(&world.get(&hers, &path).await, &path);
    put(
        &mut start,
        &[
            ("SV-20.1.kind", "supervise"),
            ("SV-20.1.department", "区农业局"),
            ("SV-20.2.kind", "liaise"),
            ("SV-20.2.department", "区供销社"),
            ("SV-21", "no"),
            ("SV-23", "no"),
            ("SV-28-1", "3"),
            ("SV-28-2", "1"),
            ("done", "no"),
        ],
    );
    let saved = send(&world, &hers, &path, &start).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let (mut she, mut he) = (
        sent(&world.get(&hers, &path).await, &path),
        sent(&world.get(&his, &path).await, &path),
    );
    assert!(
        one(&she, "base").is_some_and(|base| base.contains("SV-20.2=")),
        "{she:?}"
    );

    // She adds three, takes one away, answers a question, changes a number, is done.
    for (organ, number) in ORGANS.iter().zip(3..) {
        put(&mut she, &[(&format!("SV-20.{number}.kind"), "liaise")]);
        put(&mut she, &[(&format!("SV-20.{number}.department"), *organ)]);
    }
    she.retain(|(name, _)| !name.starts_with("SV-20.2."));
    put(
        &mut she,
        &[
            ("SV-21", "yes"),
            ("SV-28-1", "4"),
            ("SV-28-2", "2"),
            ("done", "yes"),
        ],
    );
    let saved = send(&world, &hers, &path, &she).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);

    // He adds one, answers another question, changes one of the two numbers otherwise.
    put(
        &mut he,
        &[
            ("SV-20.3.kind", "affiliate"),
            ("SV-20.3.department", "区工商联"),
            ("SV-23", "yes"),
            ("SV-28-1", "5"),
        ],
    );
    let both = send(&world, &his, &path, &he).await;
    assert_eq!(both.status, StatusCode::CONFLICT, "{}", both.body);
    // One thing is his to choose, in words; all others are told.
    let choices = both.texts("main form legend");
    assert_eq!(choices, ["内设机构数"], "{}", both.body);
    for words in [
        "采用对方的修改",
        "保留您的修改",
        "是否与其他协会、社会组织存在代管、协管、挂靠关系",
        "区水利局",
        "区工商联",
        "删除一行",
        "已填完",
        "农晓燕",
    ] {
        assert!(both.body.contains(words), "{words}: {}", both.body);
    }
    assert!(
        !both.texts("main").concat().contains("SV-"),
        "{}",
        both.body
    );
    assert!(
        both.texts(".lead").concat().contains("2018-11-22"),
        "who and when"
    );

    // One click saves.
    let merged = sent(&both, &path);
    let saved = send(&world, &his, &path, &merged).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let now = sent(&world.get(&his, &path).await, &path);
    let mut organs = all(&now, "SV-20.", ".department");
    organs.sort();
    let mut wanted = vec!["区农业局", "区工商联"];
    wanted.extend(ORGANS);
    wanted.sort_unstable();
    assert_eq!(organs, wanted);
    for (name, value) in [
        ("SV-21", "yes"),
        ("SV-23", "yes"),
        ("SV-28-1", "5"),
        ("SV-28-2", "2"),
        ("done", "yes"),
    ] {
        assert_eq!(one(&now, name), Some(value), "{name}");
    }
    // Sent again from the page before, it is another's save by now: asked, not done.
    let again = send(&world, &his, &path, &he).await;
    assert_ne!(again.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_row_that_one_took_away_and_the_other_changed_is_kept_until_somebody_says() {
    let world = World::demo().await;
    let unit: i64 = sqlx::query_scalar(
        "select department_id from workgroup where jsonb_array_length(members) > 1 limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let clerk: String = sqlx::query_scalar(
        "select a.username from capacity c join account a on a.id = c.account_id
         where c.department_id = $1 and c.role = 'unit_clerk' and a.disabled_at is null limit 1",
    )
    .bind(unit)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let path = format!("/workgroups/{unit}/edit");
    let (hers, his) = (world.sign_in(&clerk).await, world.sign_in(&clerk).await);
    let (mut she, mut he) = (
        sent(&world.get(&hers, &path).await, &path),
        sent(&world.get(&his, &path).await, &path),
    );
    let second = one(&she, "member.2.name").unwrap().to_owned();
    put(
        &mut she,
        &[
            ("member.1.name", ""),
            ("member.1.post", ""),
            ("leader_post", "局长"),
        ],
    );
    put(
        &mut he,
        &[("member.1.post", "副局长"), ("member.2.post", "科长")],
    );
    let saved = send(&world, &hers, &path, &she).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let both = send(&world, &his, &path, &he).await;
    assert_eq!(both.status, StatusCode::CONFLICT, "{}", both.body);
    assert_eq!(both.texts("main form legend"), ["工作组成员"]);
    assert!(both.body.contains("删除此行") && both.body.contains("副局长"));
    let merged = sent(&both, &path);
    let saved = send(&world, &his, &path, &merged).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let now = sent(&world.get(&his, &path).await, &path);
    assert_eq!(one(&now, "member.1.post"), Some("副局长"));
    assert_eq!(one(&now, "member.2.name"), Some(second.as_str()));
    assert_eq!(one(&now, "member.2.post"), Some("科长"));
    assert_eq!(one(&now, "leader_post"), Some("局长"));
}

#[tokio::test]
async fn what_was_seen_first_counts_through_messages_and_rows_that_are_added() {
    let world = World::demo().await;
    let id = world.association("农产品加工业协会").await;
    let path = format!("/associations/{id}/survey/sections/institution");
    let (hers, his) = (world.sign_in("nongye").await, world.sign_in("nongye").await);
    let (mut she, mut he) = (
        sent(&world.get(&hers, &path).await, &path),
        sent(&world.get(&his, &path).await, &path),
    );
    let base = one(&he, "base").unwrap().to_owned();
    put(&mut she, &[("SV-28-1", "4"), ("done", "no")]);
    let saved = send(&world, &hers, &path, &she).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    put(&mut he, &[("SV-28-2", "two"), ("done", "no")]);
    let wrong = send(&world, &his, &path, &he).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    he = sent(&wrong, &path);
    put(&mut he, &[("_add", "SV-20")]);
    let grown = send(&world, &his, &path, &he).await;
    assert_eq!(grown.status, StatusCode::OK);
    he = sent(&grown, &path);
    assert_eq!(one(&he, "base"), Some(base.as_str()));
    put(&mut he, &[("SV-28-2", "2")]);
    let both = send(&world, &his, &path, &he).await;
    assert_eq!(both.status, StatusCode::CONFLICT, "{}", both.body);
    assert_eq!(both.value("SV-28-1"), "4");
    assert_eq!(both.value("SV-28-2"), "2");
}
