//! What was signed and sent reads as it was signed, whatever is called otherwise since; what the
//! unit has in hand is its newest writing.

use axum::http::StatusCode;

use super::EXAMPLE;
use super::word::Document;
use crate::world::World;

/// Everything around a plan is called otherwise, and departments have answered anew.
const OTHERWISE: [&str; 6] = [
    "update association set name = '改名后的协会' where id = $1",
    "update department set name = name || '（改称）' where id in (
         select department_id from association where id = $1 union select department_id from tie where association_id = $1)",
    "update prior_approval set document_number = '改后文号', conditions = '改后条件', expires_on = '2018-01-01'
     where association_id = $1",
    "update workgroup set liaison_name = '改后联系人', liaison_phone = '13900000000'
     where department_id in (select department_id from association where id = $1)",
    "update plan set content = '{}' where association_id = $1",
    "update tie set basis = '改后依据' where association_id = $1",
];

async fn otherwise(world: &World, id: i64) {
    for change in OTHERWISE {
        let done = sqlx::query(change).bind(id).execute(world.owner()).await;
        assert!(done.unwrap().rows_affected() > 0, "{change}");
    }
}

#[tokio::test]
async fn what_was_signed_stays_as_it_was_signed() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let notice: i64 =
        sqlx::query_scalar("select min(id) from linked_notice where association_id = $1")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    let files = [
        format!("/associations/{id}/request.docx"),
        format!("/associations/{id}/reply.docx"),
        format!("/associations/{id}/notices/{notice}.docx"),
    ];
    let unit = world.sign_in("jiaotong-lead").await;
    let mut before = Vec::new();
    for file in &files {
        before.push(Document::read(&world.get(&unit, file).await).text());
    }
    assert!(
        before[0].contains("联系人：")
            && before[1].contains("抄送：")
            && before[1].contains("区人力资源和社会保障局")
    );
    otherwise(&world, id).await;
    for (file, before) in files.iter().zip(before) {
        let after = Document::read(&world.get(&unit, file).await).text();
        assert_eq!(before, after, "{file}");
    }
}

#[tokio::test]
async fn a_returned_plan_has_its_draft_and_what_was_sent() {
    let world = World::demo().await;
    let id: i64 = sqlx::query_scalar(
        "select association_id from plan where state = 'returned' order by id limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let office = world.sign_in("office").await;
    let file = format!("/associations/{id}/request.docx");
    let round = |round: &str| format!("{file}?round={round}");
    let draft = Document::read(&world.get(&office, &file).await);
    assert_eq!(draft.across(), Some("草稿（第2轮）".to_owned()));
    let sent = Document::read(&world.get(&office, &round("1")).await);
    assert_eq!(sent.across(), Some("已退回（第1轮）".to_owned()));
    // Nobody has signed a draft.
    let number: String =
        sqlx::query_scalar("select o.request_number from plan_round o join plan p on p.id = o.plan_id where p.association_id = $1 and o.round = 1")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert!(sent.text().contains(&number));
    assert!(!draft.text().contains(&number), "it gets its own number");
    // The plan's page leads to both.
    let page = world
        .get(&office, &format!("/associations/{id}/plan"))
        .await;
    let earlier = format!("/associations/{id}/request?round=1");
    assert!(page.body.contains(&earlier), "{}", page.body);
    for nothing in ["2", "0", "x"] {
        let answer = world.get(&office, &round(nothing)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}
