//! The unit's clerk hands a finished survey to the leader, who signs it or gives it back;
//! whoever has it is told, and nobody else.

use axum::http::StatusCode;

use super::survey_from_register_to_confirmation::typed;
use crate::world::{Answer, World};

/// In whose hands the survey is: role and act.
async fn hands(world: &World, association: i64) -> Vec<(String, String)> {
    sqlx::query_as(
        "select role, act from desk where kind = 'survey' and association_id = $1 order by role",
    )
    .bind(association)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

fn one(role: &str, act: &str) -> Vec<(String, String)> {
    vec![(role.to_owned(), act.to_owned())]
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// Saves the survey's first section as it stands.
async fn save_again(world: &World, clerk: &str, survey: &str) {
    let path = format!("{survey}/sections/base");
    let page = world.get(clerk, &path).await;
    let fields = typed(&page);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    done(&world.post(clerk, &path, &fields).await);
}

#[tokio::test]
async fn a_finished_survey_goes_to_the_leader_and_comes_back_with_a_reason() {
    let world = World::demo().await;
    let id = world.association("花卉协会").await;
    let survey = format!("/associations/{id}/survey");
    let (passing, back) = (format!("{survey}/passing"), format!("{survey}/back"));
    let (clerk, leader) = (
        world.sign_in("nongye").await,
        world.sign_in("nongye-lead").await,
    );
    // The office sent it back: it is the clerk's, and the leader is told nothing.
    assert_eq!(hands(&world, id).await, one("unit_clerk", "survey.save"));
    done(&world.submit(&clerk, (&survey, &passing), &[]).await);
    assert_eq!(hands(&world, id).await, one("unit_leader", "survey.submit"));
    let page = world.get(&leader, &survey).await;
    assert!(
        page.body.contains("已填报，待单位负责人签发"),
        "{}",
        page.body
    );
    // Only the leader gives it back, and says why.
    let refused = world.post(&clerk, &back, &[("back", "不行")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let silent = world.submit(&leader, (&survey, &back), &[]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = "资产净值与年报不一致，请核对";
    done(
        &world
            .submit(&leader, (&survey, &back), &[("back", why)])
            .await,
    );
    assert_eq!(hands(&world, id).await, one("unit_clerk", "survey.save"));
    let page = world.get(&clerk, &survey).await;
    assert!(page.body.contains(why) && page.body.contains("填报中，尚未报送"));
    let history = format!("/associations/{id}/history");
    assert!(world.get(&clerk, &history).await.body.contains(why));
    // It is between the two of them.
    let office = world.sign_in("office").await;
    assert!(!world.get(&office, &survey).await.body.contains(why));
    // What is written on after it was handed over is handed over again.
    done(&world.submit(&clerk, (&survey, &passing), &[]).await);
    assert!(!world.get(&clerk, &survey).await.body.contains(why));
    save_again(&world, &clerk, &survey).await;
    assert_eq!(hands(&world, id).await, one("unit_clerk", "survey.save"));
    done(&world.submit(&clerk, (&survey, &passing), &[]).await);
    let submission = format!("{survey}/submission");
    done(&world.submit(&leader, (&survey, &submission), &[]).await);
    let with: Vec<String> = hands(&world, id)
        .await
        .into_iter()
        .map(|(role, _)| role)
        .collect();
    assert_eq!(with, ["office_clerk", "office_leader"]);
    // Taken back, it is the clerk's again.
    let taking = format!("{survey}/taking-back");
    done(&world.submit(&leader, (&survey, &taking), &[]).await);
    assert_eq!(hands(&world, id).await, one("unit_clerk", "survey.save"));
}

#[tokio::test]
async fn a_survey_with_gaps_is_not_handed_over() {
    let world = World::demo().await;
    let id = world.association("农产品加工业协会").await;
    let survey = format!("/associations/{id}/survey");
    let clerk = world.sign_in("nongye").await;
    let page = world.get(&clerk, &survey).await;
    let why = page.texts(".refused").join(" ");
    assert!(
        why.contains("送单位负责人签发") && why.contains("处错误或漏填（"),
        "{why}"
    );
    let version: i32 = sqlx::query_scalar("select version from survey where association_id = $1")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let version = version.to_string();
    let seen = [("request_id", "7777777777777777"), ("seen", &*version)];
    let refused = world
        .post(&clerk, &format!("{survey}/passing"), &seen)
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("处错误或漏填（"));
    // A leader is not told to sign what has gaps.
    assert_eq!(hands(&world, id).await, one("unit_clerk", "survey.save"));
}

#[tokio::test]
async fn an_edition_that_was_begun_again_says_why_and_by_whom() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let survey = format!("/associations/{id}/survey");
    let edition = format!("{survey}/edition");
    let head = world.sign_in("office-lead").await;
    let why = [("reason", "审计发现漏报一处房产")];
    done(&world.submit(&head, (&survey, &edition), &why).await);
    for (who, told) in [
        ("jiaotong", true),
        ("jiaotong-lead", true),
        ("caizheng", false),
    ] {
        let cookie = world.sign_in(who).await;
        let page = world.get(&cookie, &survey).await;
        assert_eq!(page.body.contains("审计发现漏报一处房产"), told, "{who}");
        assert_eq!(page.body.contains("本版为重新开启"), told, "{who}");
    }
    assert_eq!(hands(&world, id).await, one("unit_clerk", "survey.save"));
}
