//! Long forms: nothing is asked twice, what hangs on another answer says so, one goes from
//! section to section, and what is typed and not saved is kept for whoever typed it.

use axum::http::StatusCode;
use sqlx::types::Json;

use super::survey_says_what_is_wrong::{goes, save};
use crate::world::{Answer, World};

/// What an answer of the newest edition says.
async fn answered(world: &World, id: i64, code: &str) -> Option<i64> {
    let newest = "select (answers ->> $2)::bigint from survey where association_id = $1 order by edition desc limit 1";
    let answer = sqlx::query_scalar::<_, Option<i64>>(newest);
    let answer = answer.bind(id).bind(code).fetch_one(world.owner()).await;
    answer.unwrap()
}

#[tokio::test]
async fn tc_47_what_others_add_up_to_is_computed_and_never_asked() {
    let world = World::demo().await;
    let id = world.association("花卉协会").await;
    let base = format!("/associations/{id}/survey/sections/base");
    let clerk = world.sign_in("nongye").await;
    let page = world.get(&clerk, &base).await;
    assert!(!page.body.contains("name=\"SV-12\""), "{}", page.body);
    // A client that sends a total all the same is not believed.
    let members = [("SV-10", "86"), ("SV-11", "4"), ("SV-12", "91")];
    save(&world, &clerk, &base, &members).await;
    assert_eq!(answered(&world, id, "SV-12").await, Some(90));
    let page = world.get(&clerk, &base).await;
    assert_eq!(page.texts("#f-SV-12"), ["90"]);
    // Without one of its parts it is no number, and that part is what is missing.
    save(&world, &clerk, &base, &[("SV-11", ""), ("done", "yes")]).await;
    assert_eq!(answered(&world, id, "SV-12").await, None);
    let page = world.get(&clerk, &base).await;
    assert!(page.body.contains("本部分有1处漏填"), "{}", page.body);
    assert!(
        page.texts("#e-SV-11")
            .join("")
            .contains("请填写“个人会员数”")
    );
}

#[tokio::test]
async fn amounts_that_must_agree_are_compared_where_they_are_typed() {
    let world = World::demo().await;
    let id = world.association("花卉协会").await;
    let finance = format!("/associations/{id}/survey/sections/finance");
    let clerk = world.sign_in("nongye").await;
    let page = world.get(&clerk, &finance).await;
    let balance = page.texts(".compared").join("");
    assert!(
        balance.contains("资产总额 = 负债总额 + 限定性净资产 + 非限定性净资产"),
        "{balance}"
    );
    assert!(balance.contains("✓ 相符"), "{balance}");
    assert_eq!(page.texts("table.amounts thead th")[..2], ["项目", "万元"]);
    let more = page.value("SV-50-2").replace('.', "") + "1.00";
    save(&world, &clerk, &finance, &[("SV-50-2", &more)]).await;
    let page = world.get(&clerk, &finance).await;
    let balance = page.texts(".compared").join("");
    assert!(balance.contains("■ 相差"), "{balance}");
}

#[tokio::test]
async fn what_is_asked_under_a_condition_says_so_and_is_not_lost() {
    let world = World::demo().await;
    let id = world.association("花卉协会").await;
    let finance = format!("/associations/{id}/survey/sections/finance");
    let clerk = world.sign_in("nongye").await;
    let bank = [("SV-42", "yes"), ("SV-42-1", "长春农商银行绿园支行")];
    save(&world, &clerk, &finance, &bank).await;
    let page = world.get(&clerk, &finance).await;
    assert!(
        page.texts("#h-SV-42-1")
            .join("")
            .contains("“是否有独立银行账号”为“是”的填写")
    );
    let when = scraper::Selector::parse("[data-shown-when]").unwrap();
    let tree = page.page();
    let mut conditions = tree
        .select(&when)
        .filter_map(|part| part.value().attr("data-shown-when"));
    assert!(conditions.any(|rule| rule == r#"["is","SV-42","yes"]"#));
    // Answered otherwise, it is no longer asked; what was typed stays in the form.
    save(&world, &clerk, &finance, &[("SV-42", "no")]).await;
    let page = world.get(&clerk, &finance).await;
    assert_eq!(page.value("SV-42-1"), "长春农商银行绿园支行");
    let answers = format!("/associations/{id}/survey/answers");
    let shown = world.get(&clerk, &answers).await;
    assert!(!shown.body.contains("长春农商银行绿园支行"));
}

#[tokio::test]
async fn a_section_leads_to_the_next_one_and_shows_how_all_of_them_stand() {
    let world = World::demo().await;
    let id = world.association("花卉协会").await;
    let sections = format!("/associations/{id}/survey/sections");
    let clerk = world.sign_in("nongye").await;
    let personnel = format!("{sections}/personnel");
    let page = world.get(&clerk, &personnel).await;
    let links = page.texts("nav.parts li");
    assert_eq!(links.len(), world.scheme().survey.sections.len());
    assert!(links[0].starts_with("一 基本信息"), "{links:?}");
    // What the office sent back is told above the form, with the way to it.
    let page = world.get(&clerk, &format!("{sections}/finance")).await;
    let returned = page.texts(".notice.warning li").join("");
    assert!(
        returned.contains("资产明细：资产明细与现场清查不一致"),
        "{returned}"
    );
    for (then, lands) in [
        ("stay", personnel.clone()),
        ("next", format!("{sections}/party")),
    ] {
        let saved = save(
            &world,
            &clerk,
            &personnel,
            &[("_then", then), ("done", "no")],
        )
        .await;
        assert_eq!(goes(&saved), lands);
    }
}

const DRAFTS: &str = "/drafts";

/// The script keeps what is typed into the form at an address.
async fn keep(world: &World, who: &str, address: &str, fields: &str) -> Answer {
    let sent = [("address", address), ("fields", fields)];
    world.post(who, DRAFTS, &sent).await
}

async fn kept(world: &World, who: &str, address: &str) -> Answer {
    world.get(who, &format!("{DRAFTS}?address={address}")).await
}

async fn drafts(world: &World) -> i64 {
    world.count("select count(*) from draft").await
}

#[tokio::test]
async fn what_is_typed_and_not_saved_is_there_on_another_machine_for_who_typed_it() {
    let world = World::demo().await;
    let id = world.association("花卉协会").await;
    let base = format!("/associations/{id}/survey/sections/base");
    let [here, there] = [world.sign_in("nongye").await, world.sign_in("nongye").await];
    let leader = world.sign_in("nongye-lead").await;
    let records = "select count(*) from act_record";
    let before = world.count(records).await;
    let typed = r#"[["version","3"],["SV-18-1","梁晓雯"]]"#;
    let answer = keep(&world, &here, &base, typed).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let found = kept(&world, &there, &base).await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(
        found.body.contains(r#"["SV-18-1","梁晓雯"]"#),
        "{}",
        found.body
    );
    // It is nobody else's, no part of the survey, and of no record.
    let none = kept(&world, &leader, &base).await;
    assert_eq!(none.status, StatusCode::NO_CONTENT);
    assert!(!world.get(&there, &base).await.body.contains("梁晓雯"));
    assert_eq!(world.count(records).await, before);
    // Saving the form drops it.
    save(&world, &there, &base, &[("SV-18-1", "梁晓雯")]).await;
    let none = kept(&world, &here, &base).await;
    assert_eq!(none.status, StatusCode::NO_CONTENT);
    assert_eq!(drafts(&world).await, 0);
}

#[tokio::test]
async fn what_is_typed_goes_after_fourteen_days_when_given_up_and_when_it_is_too_much() {
    let world = World::demo().await;
    let clerk = world.sign_in("nongye").await;
    let typed = r#"[["note","一"]]"#;
    keep(&world, &clerk, "/associations/1/plan/parts/PL-4", typed).await;
    sqlx::query("update draft set kept_at = kept_at - interval '15 days'")
        .execute(world.owner())
        .await
        .unwrap();
    let old = kept(&world, &clerk, "/associations/1/plan/parts/PL-4").await;
    assert_eq!(old.status, StatusCode::NO_CONTENT);
    // Whoever keeps anything sweeps what is too old, whosever it was.
    let other = world.sign_in("jiaotong").await;
    keep(&world, &other, "/associations/new", typed).await;
    assert_eq!(drafts(&world).await, 1);
    let given_up = keep(&world, &other, "/associations/new", "[]").await;
    assert_eq!(given_up.status, StatusCode::NO_CONTENT);
    assert_eq!(drafts(&world).await, 0);
    for number in 0..45 {
        keep(&world, &clerk, &format!("/associations/{number}"), typed).await;
    }
    assert_eq!(drafts(&world).await, 40);
    let newest = kept(&world, &clerk, "/associations/44").await;
    assert_eq!(newest.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_no_form_is_not_kept() {
    let world = World::demo().await;
    let clerk = world.sign_in("nongye").await;
    for (address, fields) in [
        ("", "[]"),
        ("https://example.test/", "[]"),
        ("/associations/1", "{}"),
        ("/associations/1", "no json"),
    ] {
        let answer = keep(&world, &clerk, address, fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address} {fields}");
    }
    let nul = keep(
        &world,
        &clerk,
        "/associations/1",
        r#"[["note","a\u0000b"]]"#,
    )
    .await;
    assert_eq!(nul.status, StatusCode::OK, "{}", nul.body);
    let Json(fields): Json<Vec<(String, String)>> = sqlx::query_scalar("select fields from draft")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(fields, [("note".to_owned(), "ab".to_owned())]);
}
