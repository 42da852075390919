//! 任职清理: who may not know of persons learns numbers (domain 2.1); the same
//! person elsewhere (TC-24); who comes after the clean-up (TC-28).

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn names_and_dates_are_only_for_those_of_the_domain() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let person: i64 = sqlx::query_scalar(
        "select id from post_holder where association_id = $1 and name = '赵某'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let paths = [
        "/posts".to_owned(),
        "/posts?category=E&standing=filed&light=warn".to_owned(),
        format!("/associations/{id}/posts"),
        format!("/associations/{id}/posts/{person}"),
        format!("/associations/{id}/posts/{person}/edit"),
        format!("/associations/{id}/history"),
        format!("/associations/{id}"),
        "/associations?q=%E8%B5%B5%E6%9F%90".to_owned(),
        "/audit".to_owned(),
        "/".to_owned(),
    ];
    for blind in [
        "minzheng-lead",
        "fagai",
        "caizheng",
        "jiguan",
        "shenji",
        "observer",
        "admin",
        "shangwu",
        "gongxin",
    ] {
        let cookie = world.sign_in(blind).await;
        for path in &paths {
            let body = world.get(&cookie, path).await.body;
            for secret in [
                "1949-02-11",
                "1949-02",
                "2013-06-30",
                "2016-03-15",
                "原区经济局局长",
            ] {
                assert!(!body.contains(secret), "{blind} {path}: {secret}");
            }
            // The search field repeats the name that was looked for.
            if !path.contains("?q=") {
                assert!(
                    !body.contains("赵某") && !body.contains("王某"),
                    "{blind} {path}"
                );
            }
        }
    }
    // The audit calls people by their number, for everybody; the case file shows what
    // changed of them to who may read persons.
    let head = world.sign_in("office-lead").await;
    let body = world.get(&head, "/audit?q=post").await.body;
    assert!(!body.contains("赵某") && !body.contains("1949-02-11"));
    let history = format!("/associations/{id}/history");
    let body = world.get(&head, &history).await.body;
    assert!(body.contains("赵某"));
    for seeing in [
        "jiaotong",
        "jiaotong-lead",
        "office",
        "zuzhi",
        "renshe",
        "minzheng",
        "bianban",
        "xiehui",
    ] {
        let cookie = world.sign_in(seeing).await;
        let page = world
            .get(&cookie, &format!("/associations/{id}/posts/{person}"))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{seeing}");
        assert!(
            page.body.contains("赵某") && page.body.contains("1949-02-11"),
            "{seeing}"
        );
    }
}

#[tokio::test]
async fn tc_24_one_person_in_two_associations_of_two_units() {
    let world = World::demo().await;
    let rows: Vec<(i64, i64, String)> = sqlx::query_as(
        "select h.association_id, h.id, a.name from post_holder h join association a on a.id = h.association_id
         where h.name = '周建国' order by a.name",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(rows.len(), 2);
    for (unit, own) in [
        ("gongxin", "轨道客车配套商会"),
        ("shangwu", "家政服务业协会"),
    ] {
        let cookie = world.sign_in(unit).await;
        for (association, person, name) in &rows {
            let path = format!("/associations/{association}/posts/{person}");
            let page = world.get(&cookie, &path).await;
            if name.ends_with(own) {
                assert_eq!(page.status, StatusCode::OK);
                assert!(page.body.contains("PE-5") && page.body.contains("另一社会组织任职"));
                let other = rows.iter().find(|row| row.2 != *name).unwrap();
                assert!(
                    !page.body.contains(&other.2)
                        && !page.body.contains(&format!("/associations/{}", other.0))
                );
            } else {
                assert_eq!(page.status, StatusCode::NOT_FOUND, "{unit} {path}");
            }
        }
    }
    let organisation = world.sign_in("zuzhi").await;
    let (association, person, _) = &rows[0];
    let page = world
        .get(
            &organisation,
            &format!("/associations/{association}/posts/{person}"),
        )
        .await;
    assert!(page.body.contains(&rows[1].2));
}

#[tokio::test]
async fn tc_28_who_comes_after_the_clean_up_opens_it_again() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let clerk = world.sign_in("jiaotong").await;
    let state = async || -> (String, Option<chrono::NaiveDate>) {
        sqlx::query_as("select state::text, resolved_on from item where association_id = $1 and measure = 'T4-03'")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap()
    };
    let before = state().await;
    assert!(before.1.is_some());
    let sent = world
        .post(
            &clerk,
            &format!("/associations/{id}/posts/new"),
            &[
                ("version", "0"),
                ("name", "张某"),
                ("identity", "incumbent"),
                ("post", "vice_president"),
                ("kind", "concurrent"),
                ("post_start", "2018-11-21"),
            ],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = world
        .get(&clerk, sent.location().split('?').next().unwrap())
        .await;
    assert!(page.body.contains("PE-18") && page.body.contains("T4-03重新打开"));
    let after = state().await;
    assert_eq!(before.0, "verified");
    assert_eq!(after, ("in_progress".to_owned(), None));
    // The history is kept: both resignations and the confirmation stand.
    let history = world
        .get(&clerk, &format!("/associations/{id}/history"))
        .await;
    assert!(history.body.contains("2018-10-25辞去职务") && history.body.contains("清零确认失效"));
    // It cannot be verified again while the row is red.
    let item: i64 =
        sqlx::query_scalar("select id from item where association_id = $1 and measure = 'T4-03'")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    let item = format!("/associations/{id}/progress/{item}");
    let leader = world.sign_in("jiaotong-lead").await;
    let shown = world.get(&leader, &item).await;
    assert!(!shown.body.contains(&format!("{item}/report")));
    assert!(
        shown.body.contains("还有1名不得兼任职务的人员尚未辞去"),
        "{}",
        shown.body
    );
    assert_eq!(state().await.1, None);
}
