//! Major activities during the reform (MA-1 to MA-3), from registration to result.

use axum::http::StatusCode;

use crate::world::World;

/// Fields of a registration.
fn entry<'a>(kind: &'a str, held_on: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", "0"),
        ("kind", kind),
        ("title", "试一项活动"),
        ("held_on", held_on),
        ("amount", "12.50"),
        ("procedure", "按章程经理事会审议，报业务主管单位批准"),
        ("candidates", ""),
    ]
}

async fn version(world: &World, id: &str) -> String {
    sqlx::query_scalar::<_, i32>("select version from activity where id = $1")
        .bind(id.parse::<i64>().unwrap())
        .fetch_one(world.owner())
        .await
        .unwrap()
        .to_string()
}

#[tokio::test]
async fn ma_2_a_disposal_waits_for_finance_and_ends_with_its_result() {
    let world = World::demo().await;
    let association = world.association("物流行业协会").await;
    let base = format!("/associations/{association}/activities");
    let clerk = world.sign_in("jiaotong").await;
    let answer = world
        .post(
            &clerk,
            &format!("{base}/new"),
            &entry("disposal", "2018-11-20"),
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.location().split('?').next().unwrap().to_owned();
    let id = path.rsplit('/').next().unwrap().to_owned();
    // Money is kept in cents.
    let cents: i64 = sqlx::query_scalar("select amount_cents from activity where id = $1")
        .bind(id.parse::<i64>().unwrap())
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(cents, 12_500_000);

    let leader = world.sign_in("jiaotong-lead").await;
    let page = world.get(&leader, &path).await;
    assert!(page.body.contains("须先取得财政局的批准"));
    let seen = version(&world, &id).await;
    let fields = [("version", seen.as_str()), ("needs_office", "yes")];
    let answer = world
        .post(&leader, &format!("{path}/approval"), &fields)
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("不得擅自处置资产"));
    // The clerk does not approve, another unit does not know of it.
    let answer = world
        .post(&clerk, &format!("{path}/approval"), &fields)
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let other = world.sign_in("shangwu-lead").await;
    assert_eq!(world.get(&other, &path).await.status, StatusCode::NOT_FOUND);

    let finance: i64 = sqlx::query_scalar("select id from department where code = 'caizheng'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let finance = finance.to_string();
    let record = [
        ("version", seen.as_str()),
        ("department", finance.as_str()),
        ("document_number", "绿财资〔2018〕31号"),
        ("document_date", "2018-11-19"),
        ("opinion", "同意报废处置"),
    ];
    let answer = world
        .post(&clerk, &format!("{path}/records"), &record)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    // The page that was open before does not know of the approval on record.
    let approval = format!("{path}/approval");
    let answer = world.post(&leader, &approval, &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert!(answer.body.contains("登记重大业务活动的批准文件"));
    let approved = [("needs_office", "yes")];
    let answer = world.submit(&leader, (&path, &approval), &approved).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);

    // The office's head decides, the clerk of the office does not.
    let seen = version(&world, &id).await;
    let fields = [("version", seen.as_str()), ("allow_opinion", "同意")];
    let clerk_of_office = world.sign_in("office").await;
    let answer = world
        .post(&clerk_of_office, &format!("{path}/allowance"), &fields)
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let head = world.sign_in("office-lead").await;
    let answer = world
        .post(&head, &format!("{path}/allowance"), &fields)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    // The version moved on with the decision: the same form again is stale.
    let answer = world
        .post(&head, &format!("{path}/allowance"), &fields)
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);

    let seen = version(&world, &id).await;
    let early = [
        ("version", seen.as_str()),
        ("result", "已处置"),
        ("result_on", "2018-11-19"),
    ];
    let answer = world.post(&clerk, &format!("{path}/result"), &early).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let result = [
        ("version", seen.as_str()),
        ("result", "已处置"),
        ("result_on", "2018-11-21"),
    ];
    let answer = world.post(&clerk, &format!("{path}/result"), &result).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(world.get(&clerk, &path).await.body.contains("已办结"));
}

#[tokio::test]
async fn ma_3_nobody_who_must_leave_is_elected_and_names_stay_with_who_may_read_them() {
    let world = World::demo().await;
    let association = world.association("汽车维修行业协会").await;
    let base = format!("/associations/{association}/activities");
    // 赵某 is on the register of the example as somebody who must leave.
    let name: String = sqlx::query_scalar(
        "select r ->> 'name' from survey s, jsonb_array_elements(s.answers -> 'SV-60') r
         where s.association_id = $1 and r ->> 'identity' = 'incumbent' limit 1",
    )
    .bind(association)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let own = world.sign_in("xiehui").await;
    let mut fields = entry("election", "2018-12-10");
    fields.retain(|(key, _)| *key != "candidates");
    fields.extend([("candidates", name.as_str()), ("declared", "yes")]);
    let answer = world.post(&own, &format!("{base}/new"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.location().split('?').next().unwrap().to_owned();
    let leader = world.sign_in("jiaotong-lead").await;
    let page = world.get(&leader, &path).await;
    assert!(page.body.contains("拟选负责人中有1人"), "{}", page.body);
    let answer = world
        .post(
            &leader,
            &format!("{path}/approval"),
            &[("version", "1"), ("needs_office", "no")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let finance = world.sign_in("caizheng").await;
    let page = world.get(&finance, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains(&name) && page.body.contains("1人"));
    let told: i64 = sqlx::query_scalar(
        "select count(*) from act_record where act like 'activity.%' and sentence like '%' || $1 || '%'",
    )
    .bind(&name)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(told, 0);
}
