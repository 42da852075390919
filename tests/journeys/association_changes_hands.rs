//! The responsible unit changes mid-way; two organs both claim to be 主管.

use axum::http::StatusCode;
use tuogou::progress::counters;

use crate::world::World;

/// How many associations of a unit the statistics count as published, and as listed now.
async fn listed(world: &World, cookie: &str, unit: &str) -> (i64, i64) {
    let page = world.get(cookie, "/statistics").await;
    let html = page.page();
    let select = |text: &str| scraper::Selector::parse(text).unwrap();
    let row = html
        .select(&select("table.ledger tbody tr"))
        .find(|row| row.text().any(|text| text == unit))
        .unwrap();
    let cells: Vec<i64> = row
        .select(&select("td"))
        .map(|cell| {
            let text: String = cell.text().collect();
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.parse().unwrap_or_default()
        })
        .collect();
    let cell = |index: usize| cells.get(index).copied().unwrap_or_default();
    (cell(3), cell(5))
}

#[tokio::test]
async fn tc_62_to_dos_move_history_stays_and_both_units_say_from_when() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let path = format!("/associations/{id}");
    let (before, after) = (
        world.sign_in("jiaotong").await,
        world.sign_in("gongxin").await,
    );
    let history = world.get(&before, &format!("{path}/history")).await;
    assert_eq!(history.status, StatusCode::OK);
    let reader = world.sign_in("office-2").await;
    let (left, taken) = (
        listed(&world, &reader, "交通局").await,
        listed(&world, &reader, "工信局").await,
    );
    let civil = world.sign_in("minzheng").await;
    let change = format!("{path}/unit");
    let sealed = world.sealed(&civil, &change, &change).await;
    let unit: i64 = sqlx::query_scalar("select id from department where code = 'gongxin'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let unit = unit.to_string();
    let mut fields = vec![
        ("unit", unit.as_str()),
        ("on", "2018-11-20"),
        ("document", "绿编发〔2018〕15号"),
        ("document_date", "2018-11-19"),
    ];
    fields.extend(
        sealed
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    let changed = world.post(&civil, &change, &fields).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    // Once more from the same page, under another key: somebody was faster.
    fields.retain(|(name, _)| *name != "request_id");
    let stale = world.post(&civil, &change, &fields).await;
    assert!(stale.status.is_client_error(), "{}", stale.body);

    let drift = counters::drift(&mut world.db().await, world.scheme())
        .await
        .unwrap();
    assert!(drift.is_empty(), "{drift:?}");
    // It is the new unit's now, with its to-dos and its whole history.
    assert_eq!(
        world.get(&before, &path).await.status,
        StatusCode::NOT_FOUND
    );
    let history = world.get(&after, &format!("{path}/history")).await;
    assert!(
        history.body.contains("区交通运输局") && history.body.contains("变更为区工业和信息化局")
    );
    // Each item has its line in the file, and what changed is told once, not thirty times.
    let moved = "随业务主管单位变更移交";
    assert!(history.body.contains(moved));
    let news = world.get(&after, "/changes?since=2018-11-20").await;
    assert!(
        news.body.contains("变更为区工业和信息化局"),
        "{}",
        news.body
    );
    let own = world.get(&civil, "/").await;
    assert!(!news.body.contains(moved) && !own.body.contains(moved));
    let items: i64 = sqlx::query_scalar(
        "select count(*) from item where association_id = $1 and department_id <> $2::bigint",
    )
    .bind(id)
    .bind(unit.parse::<i64>().unwrap())
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(items, 0);
    // One primary tie lives, the new unit's; its old 联系 became part of it.
    let living: Vec<(i64, bool)> = sqlx::query_as(
        "select department_id, is_primary from tie where association_id = $1 and ended_on is null",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(living, [(unit.parse().unwrap(), true)]);
    for (cookie, name) in [(&before, "交通局"), (&after, "工信局")] {
        let page = world.get(cookie, "/statistics").await;
        let told = page
            .texts("li")
            .into_iter()
            .find(|line| line.contains("汽车维修行业协会"));
        let told = told.unwrap();
        assert!(told.contains("2018-11-20") && told.contains(name), "{told}");
    }
    // What was published stays with the unit of that day; the list in force has moved.
    let office = world.sign_in("office").await;
    for (name, change, (then, now)) in [("交通局", -1, left), ("工信局", 1, taken)] {
        let found = listed(&world, &office, name).await;
        assert_eq!(found, (then, now + change), "{name}");
    }
    for (cookie, told) in [(&before, "转至工信局"), (&after, "转入本单位")] {
        let page = world.get(cookie, "/dashboard").await;
        assert!(
            page.body.contains(told) && page.body.contains("2018-11-20"),
            "{}",
            page.body
        );
    }
    // The frozen base of the old unit stays.
    let base: i32 = sqlx::query_scalar(
        "select c.base from roster_cutoff c join department d on d.id = c.department_id where d.code = 'jiaotong'",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(base, 3);
}

#[tokio::test]
async fn tc_12_a_second_organ_cannot_be_entered_as_supervising() {
    let world = World::demo().await;
    let id = world.association("物流行业协会").await;
    let clerk = world.sign_in("jiaotong").await;
    let other: i64 = sqlx::query_scalar("select id from department where code = 'shangwu'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let other = other.to_string();
    let mut fields = [
        ("department", other.as_str()),
        ("kind", "supervise"),
        ("basis", "绿商发〔2010〕3号"),
    ];
    let path = format!("/associations/{id}/ties/new");
    let refused = world.post(&clerk, &path, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("主管单位只能有一个"));
    fields[1].1 = "liaise";
    let added = world.post(&clerk, &path, &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    // The table itself holds one primary, and B counts the association once.
    let twice = sqlx::query(
        "update tie set is_primary = true where association_id = $1 and ended_on is null",
    )
    .bind(id)
    .execute(world.owner())
    .await;
    assert!(twice.is_err());
    let mut db = world.db().await;
    for (unit, wanted) in [("jiaotong", 1), ("shangwu", 0)] {
        let unit: i64 = sqlx::query_scalar("select id from department where code = $1")
            .bind(unit)
            .fetch_one(world.owner())
            .await
            .unwrap();
        let found = tuogou::roster::store::candidates(
            &mut db,
            tuogou::ids::DepartmentId(unit),
            &world.scheme().campaign.parameters,
        )
        .await
        .unwrap();
        assert_eq!(found.iter().filter(|each| each.id.0 == id).count(), wanted);
    }
}

#[tokio::test]
async fn a_tie_is_ended_as_it_was_seen_and_once() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let clerk = world.sign_in("gongxin").await;
    let tie: i64 = sqlx::query_scalar(
        "update tie set ended_on = null, ended_by = null where association_id = $1 and not is_primary returning id",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let path = format!("/associations/{id}/ties/{tie}");
    let sealed = world.sealed(&clerk, &path, &path).await;
    let typed = |on: &'static str, key: &'static str| {
        let mut fields = sealed.clone();
        fields.retain(|(name, _)| name != "request_id");
        let more = [
            ("ended_on", on),
            ("ended_by", "绿工信发〔2018〕2号"),
            ("request_id", key),
        ];
        fields.extend(more.map(|(name, value)| (name.to_owned(), value.to_owned())));
        fields
    };
    let end = async |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        world.post(&clerk, &path, &fields).await
    };
    let early = end(typed("2011-01-01", "ending-too-early")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("终止日期早于起始日期"));
    let mut unseen = typed("2018-11-20", "ending-not-seen1");
    unseen.retain(|(name, _)| name != "seen");
    assert_eq!(end(unseen).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ended = end(typed("2018-11-20", "ending-as-seen-1")).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    let again = end(typed("2018-11-21", "ending-again-111")).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("已于2018-11-20终止"), "{}", again.body);
}
