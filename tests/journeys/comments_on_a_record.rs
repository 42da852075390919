//! Those who may see a record talk on it; a department that is asked to read
//! finds it on its workbench until somebody marks it read.

use axum::http::StatusCode;

use crate::world::World;

async fn department(world: &World, code: &str) -> String {
    let id: i64 = sqlx::query_scalar("select id from department where code = $1")
        .bind(code)
        .fetch_one(world.owner())
        .await
        .unwrap();
    id.to_string()
}

#[tokio::test]
async fn a_department_that_is_asked_reads_and_marks_it_read() {
    let world = World::demo().await;
    let id = world.association("物流行业协会").await;
    let path = format!("/associations/{id}/comments");
    let clerk = world.sign_in("jiaotong").await;
    let finance = department(&world, "caizheng").await;
    let fields = [
        ("body", "请核对2017年项目经费的结余。\n另附明细。"),
        ("asked", finance.as_str()),
        ("request_id", "1111111111111111"),
    ];
    let sent = world.post(&clerk, &path, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);

    let reader = world.sign_in("caizheng").await;
    assert!(
        world
            .get(&reader, "/?view=read")
            .await
            .body
            .contains("物流行业协会的留言")
    );
    let page = world.get(&reader, &path).await;
    assert!(page.body.contains("结余") && page.body.contains("待阅"));
    let number = world.count("select max(id) from comment").await;
    let receipt = format!("{path}/{number}/receipt");
    // A department that was not asked cannot sign for it.
    let other = world.sign_in("bianban").await;
    let key = [("request_id", "2222222222222222")];
    assert_eq!(
        world.post(&other, &receipt, &key).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        world.post(&reader, &receipt, &key).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(
        !world
            .get(&reader, "/?view=read")
            .await
            .body
            .contains("物流行业协会的留言")
    );
    assert!(world.get(&clerk, &path).await.body.contains("已签收（钱立"));

    // Another unit's clerk does not know of it; the count stands on the record.
    let stranger = world.sign_in("shangwu").await;
    assert_eq!(
        world.get(&stranger, &path).await.status,
        StatusCode::NOT_FOUND
    );
    let record = world.get(&clerk, &format!("/associations/{id}")).await;
    assert!(record.body.contains("留言（1）"));
}

#[tokio::test]
async fn a_comment_is_withdrawn_on_its_day_and_stays_as_withdrawn() {
    let world = World::demo().await;
    let id = world.association("物流行业协会").await;
    let path = format!("/associations/{id}/comments");
    let clerk = world.sign_in("jiaotong").await;
    let post = |key: &'static str| [("body", "写错了地方的话"), ("request_id", key)];
    world.post(&clerk, &path, &post("1111111111111111")).await;
    let number = world.count("select max(id) from comment").await;
    let withdrawal = format!("{path}/{number}/withdrawal");
    let leader = world.sign_in("jiaotong-lead").await;
    let key = [("request_id", "2222222222222222")];
    assert_eq!(
        world.post(&leader, &withdrawal, &key).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        world.post(&clerk, &withdrawal, &key).await.status,
        StatusCode::SEE_OTHER
    );
    let page = world.get(&leader, &path).await;
    assert!(page.body.contains("已撤回") && !page.body.contains("写错了地方的话"));
    // The next day it stays what it is.
    world.post(&clerk, &path, &post("3333333333333333")).await;
    let number = world.count("select max(id) from comment").await;
    let tomorrow = chrono::NaiveDate::from_ymd_opt(2018, 11, 23).unwrap();
    world
        .app
        .clock
        .move_to(tomorrow.and_hms_opt(9, 0, 0).unwrap());
    let late = [("request_id", "4444444444444444")];
    let answer = world
        .post(&clerk, &format!("{path}/{number}/withdrawal"), &late)
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("只能在当天撤回"));
}

#[tokio::test]
async fn tc_50_a_linked_unit_sees_only_comments_that_ask_it() {
    let world = World::demo().await;
    let example = world.association("汽车维修行业协会").await;
    let path = format!("/associations/{example}/comments");
    let linked = world.sign_in("gongxin").await;
    let clerk = world.sign_in("jiaotong").await;
    let unit = department(&world, "gongxin").await;
    // The tie of the story has ended; who has a tie is linked.
    let ties = format!("/associations/{example}/ties/new");
    let tie = [
        ("kind", "affiliate"),
        ("department", unit.as_str()),
        ("basis", "业务管理惯例"),
    ];
    let added = world.submit(&clerk, (&ties, &ties), &tie).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    assert_eq!(
        world.get(&linked, &path).await.status,
        StatusCode::FORBIDDEN
    );
    let stranger = department(&world, "shangwu").await;
    let asks = [
        ("body", "请确认联系关系的终止文件"),
        ("asked", unit.as_str()),
        ("request_id", "1111111111111111"),
    ];
    assert_eq!(
        world.post(&clerk, &path, &asks).await.status,
        StatusCode::SEE_OTHER
    );
    let private = [("body", "内部情况"), ("request_id", "2222222222222222")];
    world.post(&clerk, &path, &private).await;
    // A unit that may not see the association cannot be asked.
    let wrong = [
        ("body", "请阅"),
        ("asked", stranger.as_str()),
        ("request_id", "3333333333333333"),
    ];
    assert_eq!(
        world.post(&clerk, &path, &wrong).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let page = world.get(&linked, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("终止文件") && !page.body.contains("内部情况"));
    // The association itself reads and writes; the superior does not know of it.
    let own = world.sign_in("xiehui").await;
    let says = [("body", "协会已收到"), ("request_id", "5555555555555555")];
    assert_eq!(
        world.post(&own, &path, &says).await.status,
        StatusCode::SEE_OTHER
    );
    let superior = world.sign_in("observer").await;
    assert_eq!(
        world.get(&superior, &path).await.status,
        StatusCode::NOT_FOUND
    );
}
