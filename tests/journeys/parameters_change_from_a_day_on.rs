//! The office's head changes a parameter from a day on; what was done before
//! keeps the parameters of its day.

use axum::http::StatusCode;
use chrono::NaiveDate;

use crate::world::World;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const CHANGE: [(&str, &str); 5] = [
    ("version", "0"),
    ("value", "12"),
    ("effective_on", "2018年12月1日"),
    ("reason", "绿脱钩办〔2018〕19号"),
    ("request_id", "0123456789abcdef"),
];

fn with<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)>
where
    'static: 'a,
{
    CHANGE
        .iter()
        .map(|(key, old)| (*key, if *key == name { value } else { *old }))
        .collect()
}

#[tokio::test]
async fn tc_51_a_changed_parameter_takes_effect_on_its_day_and_never_before() {
    let world = World::demo().await;
    let example = world.association("汽车维修行业协会").await;
    let head = world.sign_in("office-lead").await;
    let before = world.app.on(day("2018-11-22")).await.unwrap();
    let old = before.scheme.campaign.parameters.warn_days;

    let sent = world.post(&head, "/settings/warn_days", &CHANGE).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);

    // Every rule is asked under the parameters of the day, on either side of it.
    for (on, expected) in [("2018-11-22", old), ("2018-11-30", old), ("2018-12-01", 12)] {
        let app = world.app.on(day(on)).await.unwrap();
        assert_eq!(app.scheme.campaign.parameters.warn_days, expected, "{on}");
    }
    let page = world.get(&head, "/settings/warn_days").await;
    assert!(page.body.contains("尚未生效") && page.body.contains("绿脱钩办〔2018〕19号"));
    assert!(
        world
            .get(&head, "/settings")
            .await
            .body
            .contains("自2018-12-01起12天")
    );

    // An act of today and the same act after the day keep different snapshots.
    let kept = |comment: &'static str| {
        let pool = world.owner().clone();
        async move {
            sqlx::query_scalar::<_, serde_json::Value>(
                "select s.parameters -> 'warn_days' from act_record r
                 join parameter_snapshot s on s.campaign_id = r.campaign_id and s.id = r.snapshot_id
                 where r.opinion = $1 order by r.id desc limit 1",
            )
            .bind(comment)
            .fetch_one(&pool)
            .await
            .unwrap()
        }
    };
    let survey = format!("/associations/{example}/survey");
    let reopen = format!("{survey}/edition");
    let first = [("reason", "核对人员情况")];
    let answer = world.submit(&head, (&survey, &reopen), &first).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(kept("核对人员情况").await, serde_json::json!(old));
    world
        .app
        .clock
        .move_to(day("2018-12-01").and_hms_opt(9, 0, 0).unwrap());
    let other = world.association("物流行业协会").await;
    let survey = format!("/associations/{other}/survey");
    let reopen = format!("{survey}/edition");
    let second = [("reason", "十二月再核")];
    let answer = world.submit(&head, (&survey, &reopen), &second).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(kept("十二月再核").await, serde_json::json!(12));
    assert_eq!(kept("核对人员情况").await, serde_json::json!(old));

    // The handlers are given the new value: the page says it is in force.
    let page = world.get(&head, "/settings/warn_days").await;
    assert!(page.body.contains("现行值：12天"), "{}", page.body);
    // The case file tells the version, and the version its values.
    let history = world
        .get(&head, &format!("/associations/{other}/history"))
        .await;
    let link = history
        .texts("ol.timeline .who a")
        .into_iter()
        .next()
        .unwrap();
    let number = link
        .trim_start_matches("依据参数第")
        .trim_end_matches('版')
        .to_owned();
    let version = world
        .get(&head, &format!("/settings/versions/{number}"))
        .await;
    assert!(version.body.contains("12天"), "{}", version.body);
}

#[tokio::test]
async fn tc_51_what_would_rewrite_the_past_or_makes_no_sense_is_refused_beside_its_field() {
    let world = World::demo().await;
    let head = world.sign_in("office-lead").await;
    for (name, value, message) in [
        ("effective_on", "2018-11-21", "不追溯"),
        ("effective_on", "下个月", "日期请写作"),
        ("value", "七", "整数"),
        ("value", "", "请填写整数"),
        ("reason", "", "请填写理由"),
    ] {
        let answer = world
            .post(&head, "/settings/warn_days", &with(name, value))
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name} {value}"
        );
        assert!(answer.body.contains(message), "{name} {value}");
    }
    let upside_down = world
        .post(&head, "/settings/phase1_end", &with("value", "2018-08-01"))
        .await;
    assert_eq!(upside_down.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(upside_down.body.contains("结束日期不能早于开始日期"));
    let ratio = world
        .post(&head, "/settings/list_ratio_num", &with("value", "2/3"))
        .await;
    assert_eq!(ratio.status, StatusCode::SEE_OTHER, "{}", ratio.body);
    let app = world.app.on(day("2018-12-01")).await.unwrap();
    let parameters = &app.scheme.campaign.parameters;
    assert_eq!(
        (parameters.list_ratio_num, parameters.list_ratio_den),
        (2, 3)
    );
    // Somebody else was faster.
    let mut late = with("value", "3/4");
    late.retain(|(name, _)| *name != "request_id");
    late.push(("request_id", "cccccccccccccccc"));
    let stale = world.post(&head, "/settings/list_ratio_num", &late).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn only_the_offices_head_changes_parameters_and_the_administrator_the_calendar() {
    let world = World::demo().await;
    for (username, status) in [
        ("office", StatusCode::FORBIDDEN),
        ("jiaotong-lead", StatusCode::FORBIDDEN),
        ("admin", StatusCode::FORBIDDEN),
        ("caizheng", StatusCode::FORBIDDEN),
    ] {
        let cookie = world.sign_in(username).await;
        let answer = world.post(&cookie, "/settings/warn_days", &CHANGE).await;
        assert_eq!(answer.status, status, "{username}");
    }
    let admin = world.sign_in("admin").await;
    let forgotten = with("value", "2018-12-30、2018-12-31");
    let answer = world
        .post(&admin, "/settings/days_off/calendar", &forgotten)
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("生效日期以前的日期不能增减"));
    let known = &world.scheme().campaign.days_off;
    let listed: Vec<String> = known.iter().map(ToString::to_string).collect();
    let listed = format!("{}、2020-01-01", listed.join("、"));
    let mut days = with("value", &listed);
    days.retain(|(name, _)| *name != "request_id");
    days.push(("request_id", "9999999999999999"));
    let answer = world
        .post(&admin, "/settings/days_off/calendar", &days)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let app = world.app.on(day("2018-12-01")).await.unwrap();
    assert_eq!(app.scheme.campaign.days_off.len(), known.len() + 1);
    // A parameter is not changed by way of the calendar.
    let answer = world
        .post(&admin, "/settings/warn_days/calendar", &CHANGE)
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn tc_51_whom_another_age_limit_concerns_is_listed() {
    let world = World::demo().await;
    // The demonstration's PD-1 sets 65 from December on: 赵某 was born in 1949.
    let head = world.sign_in("office-lead").await;
    let page = world.get(&head, "/settings/age_limit").await;
    assert!(page.body.contains("修改后受影响的人员"));
    let list = world.get(&head, "/settings/age_limit/affected").await;
    assert!(list.body.contains("由70周岁改为65周岁，自2018-12-01起执行"));
    assert!(list.body.contains("汽车维修行业协会") && list.body.contains("赵某"));
    assert!(
        list.body
            .contains("审批、备案时的年龄界限为70周岁，仍然有效")
    );
    // What a change would bring is seen before it is made.
    for (query, told) in [
        ("value=69&effective_on=2018-11-23", true),
        (
            "value=60&effective_on=2018%E5%B9%B411%E6%9C%8823%E6%97%A5",
            true,
        ),
        ("value=70&effective_on=2018-11-23", false),
        ("value=seventy&effective_on=2018-11-23", false),
        ("value=65", false),
        ("value=0&effective_on=2018-11-23", false),
    ] {
        let preview = format!("/settings/age_limit/affected?{query}");
        let page = world.get(&head, &preview).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert_eq!(page.body.contains("赵某"), told, "{query}");
    }
    // Another unit is not told; who reads no persons sees a count.
    for (username, names) in [("shangwu", false), ("admin", false), ("jiaotong", true)] {
        let cookie = world.sign_in(username).await;
        let list = world.get(&cookie, "/settings/age_limit/affected").await;
        assert_eq!(list.body.contains("赵某"), names, "{username}");
    }
    let leader = world.sign_in("minzheng-lead").await;
    let list = world.get(&leader, "/settings/age_limit/affected").await;
    assert!(list.texts("td").iter().any(|cell| cell.ends_with('人')));
    assert!(!list.body.contains("赵某") && !list.body.contains("1949"));
    let named: i64 = sqlx::query_scalar("select count(*) from post_holder where name = '赵某'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert!(named > 0, "the name is there to be kept back");
}

#[tokio::test]
async fn tc_51_every_parameter_of_posts_has_its_list_and_no_other_has_one() {
    let world = World::demo().await;
    let head = world.sign_in("office-lead").await;
    for parameter in tuogou::scheme::parameters::TABLE {
        let concerns = tuogou::scheme::parameters::OF_POSTS.contains(&parameter.name);
        let address = format!("/settings/{}/affected", parameter.name);
        let list = world.get(&head, &address).await;
        let expected = if concerns {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        };
        assert_eq!(list.status, expected, "{}", parameter.name);
        if concerns {
            let page = world
                .get(&head, &format!("/settings/{}", parameter.name))
                .await;
            assert!(page.body.contains(&address), "{}", parameter.name);
        }
    }
    // 孙某 and others of the demonstration, by other rules than age.
    let preview = "/settings/cooling_months/affected?value=600&effective_on=2018-12-01";
    let list = world.get(&head, preview).await;
    assert!(list.body.contains("尚差"), "{}", list.body);
    assert!(list.body.contains("退（离）休后三年内，一般不得"));
}
