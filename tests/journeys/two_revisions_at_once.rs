//! Two people revise the same thing at the same moment: one of them does, the other
//! is told so on a page. (Two changes of a plan: `change_of_several_parts`.)

use axum::http::StatusCode;

use crate::world::{Answer, World};

/// The one that went through and the one that did not, with its words.
fn won_and_lost(one: Answer, other: Answer) -> String {
    let mut answers = [one, other];
    answers.sort_by_key(|answer| answer.status.as_u16());
    let [won, lost] = answers;
    assert_eq!(won.status, StatusCode::SEE_OTHER, "{}", won.body);
    assert_eq!(lost.status, StatusCode::CONFLICT, "{}", lost.body);
    lost.texts("main").join("")
}

#[tokio::test]
async fn two_reopen_a_survey_and_one_edition_is_begun() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let path = format!("/associations/{id}/survey/edition");
    let (first, second) = (
        world.sign_in("office-lead").await,
        world.sign_in("office-lead-2").await,
    );
    let page = format!("/associations/{id}/survey");
    let seen = world.sealed(&first, &page, &path).await;
    let seen = seen.iter().find(|(name, _)| name == "seen").unwrap();
    let fields = |reason| [("seen", seen.1.as_str()), ("reason", reason)];
    let (mine, theirs) = (fields("单位报告情况有变化"), fields("审计发现漏报"));
    let (one, other) = tokio::join!(
        world.post(&first, &path, &mine),
        world.post(&second, &path, &theirs),
    );
    let told = won_and_lost(one, other);
    assert!(told.contains("摸底调查") && told.contains('。'), "{told}");
    let begun: i64 = sqlx::query_scalar(
        "select count(*) from survey where association_id = $1 and state = 'draft'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(begun, 1);
}

#[tokio::test]
async fn two_apply_a_new_survey_to_a_checklist_and_it_is_applied_once() {
    let world = World::demo().await;
    let id = world.association("建筑业协会").await;
    let path = format!("/associations/{id}/progress/revision");
    let (leader, head) = (
        world.sign_in("zhujian-lead").await,
        world.sign_in("office-lead").await,
    );
    // Both look at the same thing, which is then there only once.
    let seen = world.get(&leader, &path).await.value("seen");
    let version = [("seen", seen.as_str())];
    let (one, other) = tokio::join!(
        world.post(&leader, &path, &version),
        world.post(&head, &path, &version),
    );
    let told = won_and_lost(one, other);
    assert!(told.contains("清单") && told.contains('。'), "{told}");
    let (applied, twice): (i64, i64) = sqlx::query_as(
        "select (select count(*) from checklist_revision where association_id = $1),
                (select count(*) from (select 1 from item where association_id = $1
                 group by measure, object having count(*) > 1) twice)",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!((applied, twice), (1, 0));
}
