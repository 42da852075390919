//! 注销、合并: the unit proposes, civil affairs decides, everything follows.

use axum::http::StatusCode;
use tuogou::progress::counters;

use crate::world::World;

async fn one<T>(world: &World, sql: &'static str, id: i64) -> T
where
    T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    sqlx::query_scalar(sql)
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// Clerk, leader, civil affairs; gives the answer to the decision.
async fn leave(world: &World, id: i64, fields: &[(&str, &str)]) {
    let path = format!("/associations/{id}/exit");
    let clerk = world.sign_in("jiaotong").await;
    let fields: Vec<(&str, &str)> = [
        ("version", "0"),
        ("reason", "会员大会决议"),
        ("document", "绿交报〔2018〕9号"),
    ]
    .into_iter()
    .chain(fields.iter().copied())
    .collect();
    let saved = world.post(&clerk, &path, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let leader = world.sign_in("jiaotong-lead").await;
    let page = world.get(&leader, &path).await;
    let version = page.value("seen");
    let sent = world
        .post(&leader, &format!("{path}/proposal"), &[("seen", &version)])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let civil = world.sign_in("minzheng").await;
    let page = world.get(&civil, &path).await;
    let version = page.value("seen");
    let early = world
        .post(
            &civil,
            &format!("{path}/decision"),
            &[
                ("seen", &version),
                ("number", "绿民注〔2018〕7号"),
                ("date", "2018-11-01"),
            ],
        )
        .await;
    // Not before the proposal.
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let decided = world
        .post(
            &civil,
            &format!("{path}/decision"),
            &[
                ("seen", &version),
                ("number", "绿民注〔2018〕7号"),
                ("date", "2018-11-22"),
            ],
        )
        .await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
}

#[tokio::test]
async fn tc_40_a_listed_association_is_deregistered() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    leave(&world, id, &[("kind", "deregistered"), ("survivor", "")]).await;
    let plan: String = one(
        &world,
        "select state from plan where association_id = $1",
        id,
    )
    .await;
    assert_eq!(plan, "terminated");
    // What was done stays, what was not is no longer called for, each with the reason.
    let done: i64 = one(
        &world,
        "select count(*) from item where association_id = $1 and resolved_on is not null",
        id,
    )
    .await;
    assert_eq!(done, 35);
    let open: i64 = one(
        &world,
        "select count(*) from item where association_id = $1
         and state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')",
        id,
    )
    .await;
    assert_eq!(open, 0);
    let reasons: i64 = one(
        &world,
        "select count(*) from item where association_id = $1 and state = 'not_applicable'
         and return_reason like '%注销%绿民注〔2018〕7号%'",
        id,
    )
    .await;
    assert_eq!(reasons, 3 + 4, "three of the five tracks and four of T6");
    let drift = counters::drift(&mut world.db().await, world.scheme())
        .await
        .unwrap();
    assert!(drift.is_empty(), "{drift:?}");

    // It stays on the list and in the statistics, as exited.
    let page = world.get("", "/public/roster").await;
    assert!(page.body.contains("汽车维修行业协会") && page.body.contains("已注销"));
    let head = world.sign_in("office-lead").await;
    let statistics = world.get(&head, "/statistics").await;
    assert_eq!(statistics.status, StatusCode::OK);
    let rows = statistics.texts("[aria-label='完成率：现行名单'] tr");
    let unit = rows.iter().find(|row| row.starts_with("交通局")).unwrap();
    let words: Vec<&str> = unit.split_whitespace().collect();
    // 2 listed, 1 exited, none complete: 0 of 1, and (0 + 1) of 2.
    assert!(
        words.contains(&"2") && words.contains(&"0.0%") && words.contains(&"50.0%"),
        "{unit}"
    );

    // The case file is closed, and reads on.
    let clerk = world.sign_in("jiaotong").await;
    let page = world.get(&clerk, &format!("/associations/{id}")).await;
    assert!(page.body.contains("已注销"));
    let tie = world
        .post(
            &clerk,
            &format!("/associations/{id}/ties/new"),
            &[("request_id", "0123456789abcdef")],
        )
        .await;
    assert_eq!(tie.status, StatusCode::FORBIDDEN);
    let filtered = world.get(&head, "/associations?status=exited").await;
    assert!(filtered.body.contains("汽车维修行业协会"));
    let living = world
        .get(&head, "/associations?status=living&q=汽车维修")
        .await;
    assert!(
        !living
            .texts("tbody th")
            .iter()
            .any(|name| name.contains("汽车维修"))
    );
}

#[tokio::test]
async fn tc_41_a_merger_hands_assets_and_people_to_the_survivor() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let survivor = world.association("物流行业协会").await;
    let clerk = world.sign_in("jiaotong").await;
    // Nobody merges into itself, into a stranger, or into nothing.
    for name in [
        "",
        "长春市绿园区汽车维修行业协会",
        "长春市绿园区没有这个协会",
    ] {
        let refused = world
            .post(
                &clerk,
                &format!("/associations/{id}/exit"),
                &[
                    ("version", "0"),
                    ("kind", "merged"),
                    ("reason", "合并"),
                    ("document", "绿交报〔2018〕9号"),
                    ("survivor", name),
                ],
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
    }
    leave(
        &world,
        id,
        &[("kind", "merged"), ("survivor", "长春市绿园区物流行业协会")],
    )
    .await;
    let into: i64 = one(
        &world,
        "select merged_into from association where id = $1",
        id,
    )
    .await;
    assert_eq!(into, survivor);
    // The room and its items go over; the certificate's item ends.
    let room: i64 = one(
        &world,
        "select count(*) from item where association_id = $1 and state = 'not_applicable'
         and return_reason like '随合并转入%'",
        id,
    )
    .await;
    let ended: i64 = one(
        &world,
        "select count(*) from item where association_id = $1 and measure = 'T1-02' and return_reason like '%终止%'",
        id,
    )
    .await;
    assert_eq!(ended, 1);
    let rows_over: i64 = one(
        &world,
        "select count(*) from item where association_id = $1 and state = 'not_applicable'
         and (object like 'SV-51#%' or object like 'SV-55#%' or object like 'SV-60#%' or object like 'SV-45#%')",
        id,
    )
    .await;
    assert_eq!(room, rows_over);
    let page = world
        .get(&clerk, &format!("/associations/{survivor}/exit"))
        .await;
    assert!(page.body.contains("资产2项、人员8名"), "{}", page.body);
    let page = world.get(&clerk, &format!("/associations/{id}")).await;
    assert!(page.body.contains(&format!("/associations/{survivor}\"")));
}

#[tokio::test]
async fn tc_05_only_active_associations_are_in_the_base() {
    let world = World::demo().await;
    let unit = sqlx::query_scalar::<_, i64>("select id from department where code = 'shangwu'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let issued = world.scheme().campaign.parameters.clone();
    let base = async || {
        let mut db = world.db().await;
        tuogou::roster::store::candidates(&mut db, tuogou::ids::DepartmentId(unit), &issued)
            .await
            .unwrap()
            .len()
    };
    let before = base().await;
    // 美容美发 is only proposed: still registered, still in B, and R is half of it.
    let id = world.association("美容美发业协会").await;
    let civil = world.sign_in("minzheng").await;
    let path = format!("/associations/{id}/exit");
    let version = world.get(&civil, &path).await.value("seen");
    let decided = world
        .post(
            &civil,
            &format!("{path}/decision"),
            &[
                ("seen", &version),
                ("number", "绿民注〔2018〕8号"),
                ("date", "2018-11-22"),
            ],
        )
        .await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    assert_eq!(base().await, before - 1);
    // What the cut-off froze stays.
    let frozen: i32 = one(
        &world,
        "select base from roster_cutoff where department_id = $1",
        unit,
    )
    .await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/roster").await;
    let row = page
        .texts("table tr")
        .into_iter()
        .find(|row| row.starts_with("商务局"))
        .unwrap();
    assert!(
        row.split_whitespace()
            .any(|word| word == frozen.to_string()),
        "{row}"
    );
}
