//! A unit's work group: written by the clerk, reported by the leader, read and
//! sent back by the office (PH-01 to PH-04).

use axum::http::StatusCode;

use crate::world::World;

async fn unit(world: &World, code: &str) -> i64 {
    sqlx::query_scalar("select id from department where code = $1")
        .bind(code)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

const GROUP: [(&str, &str); 9] = [
    ("leader", "季某"),
    ("leader_post", "局长"),
    ("member.1.name", "焦某"),
    ("member.1.post", "科长"),
    ("member.2.name", ""),
    ("member.2.post", ""),
    ("liaison_name", "联某"),
    ("liaison_phone", "0431-87601234"),
    ("liaison_joined", "yes"),
];

#[tokio::test]
async fn a_work_group_goes_from_the_clerk_to_the_office() {
    let world = World::demo().await;
    let id = unit(&world, "jiaoyu").await;
    let path = format!("/workgroups/{id}");
    let clerk = world.sign_in("jiaoyu").await;
    let page = world.get(&clerk, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("尚未填写组长"));

    // Half a row is refused with what was typed kept.
    let mut fields = GROUP.to_vec();
    fields.extend([("version", "0"), ("risk.1.risk", "人员空缺")]);
    let answer = world.post(&clerk, &format!("{path}/edit"), &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("请填写应对措施"));
    assert_eq!(answer.value("risk.1.risk"), "人员空缺");
    assert_eq!(answer.value("leader"), "季某");

    let mut fields = GROUP.to_vec();
    fields.push(("version", "0"));
    let answer = world.post(&clerk, &format!("{path}/edit"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    // The same version again is stale: both versions are shown.
    fields[0].1 = "另一人";
    let answer = world.post(&clerk, &format!("{path}/edit"), &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("另一人") && answer.body.contains("季某"));

    // (a): the clerk does not report; the leader does, what is complete.
    let answer = world
        .post(&clerk, &format!("{path}/report"), &[("version", "1")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let leader = world.sign_in("jiaoyu-lead").await;
    let report = format!("{path}/report");
    let answer = world.submit(&leader, (&path, &report), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let parts: Vec<(String, String)> = sqlx::query_as(
        "select part, reported_on::text from workgroup_part where department_id = $1 order by part",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(
        parts,
        [
            ("group".to_owned(), "2018-11-22".to_owned()),
            ("liaison".to_owned(), "2018-11-22".to_owned())
        ]
    );

    let office = world.sign_in("office").await;
    let list = world.get(&office, "/workgroups").await;
    assert!(list.body.contains(">教育局</a>") && list.body.contains("未填报"));
    let page = world.get(&office, &path).await;
    assert!(page.body.contains("0431-87601234"));
    let reading = format!("{path}/reading");
    let answer = world.submit(&office, (&path, &reading), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let back = format!("{path}/return");
    let answer = world
        .submit(&office, (&path, &back), &[("part", "liaison")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reason = [("part", "liaison"), ("reason", "电话打不通")];
    let answer = world.submit(&office, (&path, &back), &reason).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = world.get(&leader, &path).await;
    assert!(page.body.contains("电话打不通"));
    let answer = world.submit(&leader, (&path, &report), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answer = world.post(&leader, &report, &[("version", "3")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn telephone_numbers_and_other_units_groups_are_not_for_everybody() {
    let world = World::demo().await;
    let id = unit(&world, "shangwu").await;
    let path = format!("/workgroups/{id}");
    for (username, shown) in [
        ("office", true),
        ("minzheng", true),
        ("shangwu", true),
        ("caizheng", false),
        ("minzheng-lead", false),
    ] {
        let cookie = world.sign_in(username).await;
        let page = world.get(&cookie, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{username}");
        assert_eq!(page.body.contains("0431-8760"), shown, "{username}");
    }
    let other = world.sign_in("gongxin").await;
    assert_eq!(world.get(&other, &path).await.status, StatusCode::NOT_FOUND);
    let names = world
        .count("select count(*) from act_record where act like 'workgroup.%' and sentence like '%联络员%'")
        .await;
    assert_eq!(names, 0);
}
