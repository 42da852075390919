//! 催办: the office reminds one, some or all; departments sign for it; what stays
//! undone becomes a 督办单.

use axum::http::StatusCode;
use chrono::NaiveDate;

use crate::world::{Answer, World};

/// Moves the campaign's day.
pub fn on(world: &World, month: u32, day: u32) {
    let day = NaiveDate::from_ymd_opt(2018, month, day).unwrap();
    world.app.clock.move_to(day.and_hms_opt(9, 0, 0).unwrap());
}

pub async fn department(world: &World, short: &str) -> i64 {
    sqlx::query_scalar("select id from department where short_name = $1")
        .bind(short)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// The fields of a preview as the browser would send them.
pub fn fields(page: &Answer) -> Vec<(String, String)> {
    let html = page.page();
    let select = |text: &str| scraper::Selector::parse(text).unwrap();
    let mut fields: Vec<(String, String)> = html
        .select(&select("form[action='/reminders'] input"))
        .map(|input| {
            let value = |name| input.value().attr(name).unwrap_or_default().to_owned();
            (value("name"), value("value"))
        })
        .collect();
    fields.extend(html.select(&select("form textarea")).map(|area| {
        let name = area.value().attr("name").unwrap().to_owned();
        (name, area.text().collect::<String>())
    }));
    fields
}

pub async fn send(world: &World, cookie: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    world.post(cookie, "/reminders", &fields).await
}

const SENT: &str = "select count(*) from reminder";

#[tokio::test]
async fn the_office_reminds_one_some_and_all_and_what_was_sent_cools_down() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/reminders").await;
    assert_eq!(page.status, StatusCode::OK);
    // Yesterday's are in their cool-down and cannot be ticked.
    assert!(
        page.body.contains("冷却期内，至2018-11-23"),
        "{}",
        page.body
    );
    assert!(page.body.contains("等部门"), "{}", page.body);
    let before = world.count(SENT).await;

    // One.
    let ticks: Vec<String> = {
        let html = page.page();
        let select = scraper::Selector::parse("input[name='m']:not([disabled])").unwrap();
        html.select(&select)
            .map(|input| input.value().attr("value").unwrap().to_owned())
            .collect()
    };
    assert!(ticks.len() > 3, "{ticks:?}");
    let one = world
        .get(&office, &format!("/reminders/preview?m={}", ticks[0]))
        .await;
    assert_eq!(one.texts("form h2").len(), 1);
    let mut typed = fields(&one);
    // An empty text is refused with everything kept.
    let text = typed.iter_mut().find(|(name, _)| name.starts_with("body-"));
    text.unwrap().1 = String::new();
    let answer = send(&world, &office, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("请填写催办内容。"));
    let text = typed.iter_mut().find(|(name, _)| name.starts_with("body-"));
    text.unwrap().1 = "请于本周内办结。".to_owned();
    let answer = send(&world, &office, &typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(world.count(SENT).await, before + 1);
    // The same form twice sends nothing twice.
    send(&world, &office, &typed).await;
    assert_eq!(world.count(SENT).await, before + 1);
    // The same matter again is in its cool-down.
    let again = world
        .get(&office, &format!("/reminders/preview?m={}", ticks[0]))
        .await;
    assert!(
        again.body.contains("冷却期内，至2018-11-26"),
        "{}",
        again.body
    );
    for (name, value) in &mut typed {
        if name == "request_id" {
            *value = "fedcba9876543210".to_owned();
        }
    }
    let answer = send(&world, &office, &typed).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("冷却期内，至2018-11-26"));

    // Some: two ticks, merged by department.
    let some = world
        .get(
            &office,
            &format!("/reminders/preview?m={}&m={}", ticks[1], ticks[2]),
        )
        .await;
    let holder = |tick: &str| tick.split('/').next().unwrap().to_owned();
    let notices = if holder(&ticks[1]) == holder(&ticks[2]) {
        1
    } else {
        2
    };
    assert_eq!(some.texts("form h2").len(), notices);
    // What a colleague has half sent meanwhile is not what was previewed; the page tells
    // what is left, and that goes out.
    let second = world.sign_in("office-2").await;
    let half = format!("/reminders/preview?m={}", ticks[1]);
    let half = fields(&world.get(&second, &half).await);
    let answer = send(&world, &second, &half).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let before = world.count(SENT).await;
    let answer = send(&world, &office, &fields(&some)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert!(answer.body.contains("冷却期内"), "{}", answer.body);
    assert_eq!(world.count(SENT).await, before);
    let answer = send(&world, &office, &fields(&answer)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(world.count(SENT).await, before + 1);

    // All: one notice for each department that has something left.
    let all = world.get(&office, "/reminders/preview?all=yes").await;
    let notices = i64::try_from(all.texts("form h2").len()).unwrap();
    let before = world.count(SENT).await;
    assert!(notices > 0);
    let answer = send(&world, &office, &fields(&all)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(world.count(SENT).await, before + notices);
    let left = world.get(&office, "/reminders/preview?all=yes").await;
    assert!(left.texts("form h2").is_empty(), "nothing is left today");
    // Every notice is on record.
    let records = world
        .count("select count(*) from act_record where act = 'reminder.send'")
        .await;
    assert_eq!(records, world.count(SENT).await);
}

#[tokio::test]
async fn tc_43_on_10_03_nothing_is_sent_and_lights_are_still_computed() {
    let world = World::demo().await;
    on(&world, 10, 3);
    // What the demonstration sent in November is not yet sent.
    for sql in ["delete from reminder_matter", "delete from reminder"] {
        sqlx::query(sql).execute(world.owner()).await.unwrap();
    }
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/reminders").await;
    assert!(
        page.body.contains("下一个工作日为2018-10-08"),
        "{}",
        page.body
    );
    assert!(page.body.contains("逾期"), "lights are computed");
    let preview = world.get(&office, "/reminders/preview?all=yes").await;
    assert!(preview.texts("form h2").is_empty());
    // The Saturday that was worked instead is a day like any other. What was looked at
    // on it is refused on the day off.
    let nongye = department(&world, "农业局").await;
    on(&world, 9, 29);
    let preview = format!("/reminders/preview?m={nongye}/task:PH-04");
    let typed = fields(&world.get(&office, &preview).await);
    on(&world, 10, 3);
    let before = world.count(SENT).await;
    let answer = send(&world, &office, &typed).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("今天不是工作日"), "{}", answer.body);
    assert_eq!(world.count(SENT).await, before);
    on(&world, 9, 29);
    let answer = send(&world, &office, &typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn a_department_signs_for_its_notice_and_others_do_not_know_of_it() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let nongye = department(&world, "农业局").await;
    let id: i64 = sqlx::query_scalar(
        "select id from reminder where department_id = $1 and acknowledged_on is null order by id desc limit 1",
    )
    .bind(nongye)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let path = format!("/reminders/{id}");
    let clerk = world.sign_in("nongye").await;
    let bench = world.get(&clerk, "/").await;
    assert!(
        bench.body.contains(&format!("href=\"{path}\"")),
        "{}",
        bench.body
    );
    assert!(bench.body.contains("href=\"/changes\""));
    let other = world.sign_in("shangwu").await;
    let sign = format!("{path}/acknowledgement");
    let key = [("request_id", "0123456789abcdef")];
    for answer in [
        world.get(&other, &path).await,
        world.post(&other, &sign, &key).await,
    ] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(
        world.get(&other, "/reminders").await.status,
        StatusCode::FORBIDDEN
    );
    // The office reads it, and does not sign for it.
    let office = world.sign_in("office").await;
    let page = world.get(&office, &path).await;
    assert!(page.body.contains("尚未签收"));
    let answer = world.post(&office, &sign, &key).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);

    let answer = world.post(&clerk, &sign, &key).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let bench = world.get(&clerk, "/").await;
    assert!(!bench.body.contains(&format!("href=\"{path}\"")));
    let page = world.get(&office, "/reminders").await;
    assert!(page.body.contains("农晓燕"));
    // Settled matters say so.
    sqlx::query("update item set state = 'accepted', resolved_on = '2018-11-22' where department_id = $1 and state <> 'not_applicable'")
        .bind(nongye)
        .execute(world.owner())
        .await
        .unwrap();
    let page = world.get(&clerk, &path).await;
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn a_department_without_accounts_is_named_and_not_counted_as_reminded() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let jiaoyu = department(&world, "教育局").await;
    let office = world.sign_in("office").await;
    let preview = format!("/reminders/preview?all=yes&unit={jiaoyu}");
    let looked_at = world.get(&office, &preview).await;
    assert_eq!(looked_at.texts("form h2").len(), 1);
    sqlx::query(
        "update account set disabled_at = now() where username in ('jiaoyu', 'jiaoyu-lead')",
    )
    .execute(world.owner())
    .await
    .unwrap();
    let page = world.get(&office, "/reminders").await;
    assert!(page.body.contains("催办无人接收"), "{}", page.body);
    let page = world.get(&office, &preview).await;
    assert!(page.texts("form h2").is_empty());
    assert!(page.body.contains("该单位没有在用的账号，催办无人接收"));
    let before = world.count(SENT).await;
    let answer = send(&world, &office, &fields(&looked_at)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(world.count(SENT).await, before);
}
