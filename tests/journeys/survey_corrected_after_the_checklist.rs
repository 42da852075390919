//! A new edition of the survey, its consequences shown and then applied (TC-39).

use axum::http::StatusCode;
use tuogou::progress::counters;

use crate::world::World;

#[tokio::test]
async fn tc_39_a_new_edition_adds_lapses_and_keeps() {
    let world = World::demo().await;
    let id = world.association("建筑业协会").await;
    let path = format!("/associations/{id}/progress/revision");
    let leader = world.sign_in("zhujian-lead").await;
    let bench = world.get(&leader, "/").await;
    assert!(bench.body.contains("按新版摸底调查调整清单"));
    let page = world.get(&leader, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    let added = page.texts("[aria-label='增加的事项'] tbody tr");
    let lapsed = page.texts("[aria-label='不再适用的事项'] tbody tr");
    assert!(!added.is_empty() && !lapsed.is_empty(), "{}", page.body);
    assert!(
        lapsed.iter().any(|row| row.starts_with("T3-11")),
        "{lapsed:?}"
    );
    assert!(page.body.contains("实施方案须变更"));
    let resolved = "select count(*) from item where resolved_on is not null";
    let before = world.count(resolved).await;
    // A clerk looks, the leader applies.
    let clerk = world.sign_in("zhujian").await;
    let refused = world.post(&clerk, &path, &[("version", "2")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let old = world.post(&leader, &path, &[("version", "1")]).await;
    assert_eq!(old.status, StatusCode::CONFLICT);
    let applied = world.submit(&leader, (&path, &path), &[]).await;
    assert_eq!(applied.status, StatusCode::SEE_OTHER, "{}", applied.body);
    let again = world.post(&leader, &path, &[("version", "2")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);

    assert_eq!(world.count(resolved).await, before, "what was done stays");
    let drift = counters::drift(&mut world.db().await, world.scheme())
        .await
        .unwrap();
    assert!(drift.is_empty(), "{drift:?}");
    let later: i64 =
        sqlx::query_scalar("select count(*) from item where association_id = $1 and added_later")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    assert_eq!(later, i64::try_from(added.len()).unwrap());
    // Whoever looks at one of these items finds who put it on, or took it off, the list.
    let told: i64 = sqlx::query_scalar(
        "select count(distinct subject_id) from act_record
         where association_id = $1 and subject_kind = 'item' and act = 'revision.apply'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(told, i64::try_from(added.len() + lapsed.len()).unwrap());
    let gone: i64 = sqlx::query_scalar(
        "select count(*) from item where association_id = $1 and state = 'not_applicable'
         and return_reason like '%第2版%'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(gone, i64::try_from(lapsed.len()).unwrap());
    let page = world.get(&leader, &path).await;
    assert!(page.body.contains("与最新确认的摸底调查一致") && page.body.contains("摸底调查第2版"));
}
