//! 催办: the office reminds one, some or all; departments sign for it; what stays
//! undone becomes a 督办单.

use axum::http::StatusCode;
use chrono::NaiveDate;
use tuogou::access::Act;

use crate::world::{Answer, World};

/// Moves the campaign's day.
fn on(world: &World, month: u32, day: u32) {
    let day = NaiveDate::from_ymd_opt(2018, month, day).unwrap();
    world.app.clock.move_to(day.and_hms_opt(9, 0, 0).unwrap());
}

async fn department(world: &World, short: &str) -> i64 {
    sqlx::query_scalar("select id from department where short_name = $1")
        .bind(short)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// The fields of a preview as the browser would send them.
fn fields(page: &Answer) -> Vec<(String, String)> {
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

async fn send(world: &World, cookie: &str, fields: &[(String, String)]) -> Answer {
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
    assert!(page.body.contains("冷却期内，至11-23"), "{}", page.body);
    assert!(page.body.contains("等部门"), "{}", page.body);
    let before = world.count(SENT).await;

    // One.
    let ticks: Vec<String> = {
        let html = page.page();
        let select = scraper::Selector::parse("input[name='m']").unwrap();
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
    assert!(again.body.contains("冷却期内，至11-26"), "{}", again.body);
    for (name, value) in &mut typed {
        if name == "request_id" {
            *value = "fedcba9876543210".to_owned();
        }
    }
    let answer = send(&world, &office, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("没有发送：冷却期内，至11-26"));

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
    let answer = send(&world, &office, &fields(&some)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);

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
    assert!(page.body.contains("下一个工作日为10-08"), "{}", page.body);
    assert!(page.body.contains("逾期"), "lights are computed");
    let preview = world.get(&office, "/reminders/preview?all=yes").await;
    assert!(preview.texts("form h2").is_empty());
    // Past the preview it is refused too.
    let nongye = department(&world, "农业局").await;
    let key = format!("{nongye}/task:PH-04");
    let body = format!("body-{nongye}");
    let typed = [
        ("request_id".to_owned(), "0123456789abcdef".to_owned()),
        ("m".to_owned(), key),
        (body, "请办理。".to_owned()),
    ];
    let before = world.count(SENT).await;
    let answer = send(&world, &office, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("今天不是工作日"), "{}", answer.body);
    assert_eq!(world.count(SENT).await, before);
    // The Saturday that was worked instead is a day like any other.
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
async fn who_drafts_an_order_does_not_sign_it_and_it_is_answered_and_closed() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let id = world
        .count("select id from supervision_order where state = 'draft'")
        .await;
    let path = format!("/reminders/orders/{id}");
    let step = |tail: &str| format!("{path}/{tail}");
    let key =
        |version: &'static str, key: &'static str| [("request_id", key), ("version", version)];
    // A draft does not exist for the unit.
    let lead = world.sign_in("nongye-lead").await;
    assert_eq!(world.get(&lead, &path).await.status, StatusCode::NOT_FOUND);
    // The clerk who drafted cannot sign, nor can a head who drafted one.
    let clerk = world.sign_in("office").await;
    let answer = world
        .post(&clerk, &step("signature"), &key("1", "0123456789abcde0"))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let head = world.sign_in("office-lead").await;
    sqlx::query("update act_record set account_id = (select id from account where username = 'office-lead') where act = $1 and subject_id = $2")
        .bind(Act::OrderDraft.name())
        .bind(id)
        .execute(world.owner())
        .await
        .unwrap();
    let answer = world
        .post(&head, &step("signature"), &key("1", "0123456789abcde1"))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(world.get(&head, &path).await.body.contains("您自己起草"));
    let second = world.sign_in("office-lead-2").await;
    let answer = world
        .post(&second, &step("signature"), &key("1", "0123456789abcde2"))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = world.get(&lead, &path).await;
    assert!(page.body.contains("绿脱钩办督〔2018〕2号"), "{}", page.body);
    // It reaches the leader's workbench; the clerk does not answer, others know nothing.
    assert!(world.get(&lead, "/").await.body.contains(&path));
    let typed = |text: &'static str| {
        [
            ("request_id", "0123456789abcde4"),
            ("version", "2"),
            ("answer", text),
        ]
    };
    let unit_clerk = world.sign_in("nongye").await;
    let answer = world
        .post(&unit_clerk, &step("answer"), &typed("已办"))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let other = world.sign_in("shangwu-lead").await;
    assert_eq!(world.get(&other, &path).await.status, StatusCode::NOT_FOUND);
    let answer = world
        .post(
            &clerk,
            &step("closing"),
            &[
                ("request_id", "0123456789abcde5"),
                ("version", "2"),
                ("opinion", "同意"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "not answered yet");
    let answer = world.post(&lead, &step("answer"), &typed("")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = world
        .post(&lead, &step("answer"), &typed("已补报风险预案。"))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let answer = world
        .post(
            &clerk,
            &step("closing"),
            &[
                ("request_id", "0123456789abcde6"),
                ("version", "3"),
                ("opinion", "情况属实，同意办结。"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = world.get(&lead, &path).await;
    assert!(page.body.contains("已办结") && page.body.contains("情况属实"));
    let numbers = world
        .count("select max(serial)::bigint - count(serial) from supervision_order")
        .await;
    assert_eq!(numbers, 0, "no gap");
}

#[tokio::test]
async fn a_department_without_accounts_is_named_and_not_counted_as_reminded() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let jiaoyu = department(&world, "教育局").await;
    let office = world.sign_in("office").await;
    let preview = format!("/reminders/preview?all=yes&unit={jiaoyu}");
    assert_eq!(world.get(&office, &preview).await.texts("form h2").len(), 1);
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
    let typed = [
        ("request_id".to_owned(), "0123456789abcdef".to_owned()),
        ("m".to_owned(), format!("{jiaoyu}/task:PH-01")),
        (format!("body-{jiaoyu}"), "请办理。".to_owned()),
    ];
    let answer = send(&world, &office, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.count(SENT).await, before);
}

/// The draft of the demonstration, signed by its second head: its address.
async fn signed(world: &World) -> String {
    let id = world
        .count("select id from supervision_order where state = 'draft'")
        .await;
    let path = format!("/reminders/orders/{id}");
    let head = world.sign_in("office-lead-2").await;
    let key = [("request_id", "5123456789abcdef"), ("version", "1")];
    let answer = world.post(&head, &format!("{path}/signature"), &key).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    path
}

#[tokio::test]
async fn an_answer_that_does_not_do_is_sent_back_and_given_again() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let path = signed(&world).await;
    let lead = world.sign_in("nongye-lead").await;
    let office = world.sign_in("office").await;
    let act = async |cookie: &str, tail: &str, fields: &[(&str, &str)]| {
        world.post(cookie, &format!("{path}/{tail}"), fields).await
    };
    // Signing for it is an act of its own, once, and no answer.
    let answer = act(&lead, "acknowledgement", &[("version", "2")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let again = act(&lead, "acknowledgement", &[("version", "3")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    assert!(
        world
            .get(&lead, "/")
            .await
            .body
            .contains("报告督办事项办理情况")
    );
    let page = world.get(&office, &path).await;
    assert!(
        page.body.contains("督办中") && page.body.contains("签收"),
        "{}",
        page.body
    );
    let said = [("version", "3"), ("answer", "正在办理。")];
    let answer = act(&lead, "answer", &said).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    // Back it goes only with a reason.
    let empty = act(&office, "return", &[("version", "4"), ("reason", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = [("version", "4"), ("reason", "未写明完成日期，请补充。")];
    let answer = act(&lead, "return", &why).await;
    assert_eq!(
        answer.status,
        StatusCode::FORBIDDEN,
        "only the office judges"
    );
    let answer = act(&office, "return", &why).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = world.get(&lead, &path).await;
    assert!(
        page.body.contains("未写明完成日期") && page.body.contains("督办中"),
        "{}",
        page.body
    );
    let said = [("version", "5"), ("answer", "12月5日前办结。")];
    let answer = act(&lead, "answer", &said).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let end = [("version", "6"), ("opinion", "同意办结。")];
    let answer = act(&office, "closing", &end).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    // The list says so by its label, and nothing waits for anybody any more.
    let number: String = sqlx::query_scalar(
        "select number from supervision_order where state = 'closed' order by id desc limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let list = world.get(&office, "/reminders").await;
    let rows = list.texts("[aria-label='督办单'] tbody tr");
    let row = rows.iter().find(|row| row.contains(&number)).unwrap();
    assert!(row.contains("已办结"), "{row}");
    assert!(!world.get(&lead, "/").await.body.contains(&path));
}

#[tokio::test]
async fn a_draft_order_is_given_up_and_takes_no_number() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let id = world
        .count("select id from supervision_order where state = 'draft'")
        .await;
    let path = format!("/reminders/orders/{id}");
    let taken = "select last::bigint from number_series where series = 'supervision'";
    let before = world.count(taken).await;
    let lead = world.sign_in("nongye-lead").await;
    let discard = format!("{path}/discarding");
    let refused = world.post(&lead, &discard, &[("version", "1")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let office = world.sign_in("office").await;
    let answer = world.post(&office, &discard, &[("version", "1")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = world.get(&office, &path).await;
    assert!(page.body.contains("已撤销"), "{}", page.body);
    assert_eq!(world.get(&lead, &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.count(taken).await, before);
    let head = world.sign_in("office-lead-2").await;
    let answer = world
        .post(&head, &format!("{path}/signature"), &[("version", "2")])
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_timeline_leads_to_what_is_late_of_one_task() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let office = world.sign_in("office").await;
    let board = world.get(&office, "/timeline").await;
    assert!(
        board
            .body
            .contains("href=\"/reminders?task=PH-01&amp;degree=red\""),
        "{}",
        board.body
    );
    let page = world.get(&office, "/reminders?task=PH-01&degree=red").await;
    let rows = page.texts("[aria-label='逾期和临期的事项'] tbody th");
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row.contains("PH-01")), "{rows:?}");
    let page = world.get(&office, "/reminders?task=PH-15").await;
    let rows = page.texts("[aria-label='逾期和临期的事项'] tbody th");
    assert!(!rows.is_empty());
    assert!(
        rows.iter()
            .all(|row| row.contains('T') && !row.contains("PH-")),
        "{rows:?}"
    );
}

#[tokio::test]
async fn both_departments_that_may_verify_are_told_that_one_is_enough() {
    let world = World::demo().await;
    on(&world, 11, 22);
    sqlx::query("update item set measure = 'T1-03', object = 'x', state = 'reported_done', reported_on = '2018-11-01' where id = (select min(id) from item where state in ('open', 'in_progress', 'returned'))")
        .execute(world.owner())
        .await
        .unwrap();
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/reminders?kind=verify").await;
    assert!(
        page.body.contains("编办也可核实，一家核实即可"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("民政局也可核实，一家核实即可"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn the_audit_bureau_is_reached_about_what_it_verifies() {
    let world = World::demo().await;
    on(&world, 11, 22);
    sqlx::query("update item set measure = 'T3-13', state = 'reported_done', reported_on = '2018-11-01' where id = (select min(id) from item where track = 'T3' and state in ('open', 'in_progress', 'returned'))")
        .execute(world.owner())
        .await
        .unwrap();
    let office = world.sign_in("office").await;
    let unit = department(&world, "审计局").await;
    let page = world.get(&office, &format!("/reminders?unit={unit}")).await;
    assert!(page.body.contains("T3-13"), "{}", page.body);
    assert!(!page.body.contains("催办无人接收"), "{}", page.body);
    let audit = world.sign_in("shenji").await;
    let bench = world.get(&audit, "/").await;
    assert!(bench.body.contains("核实T3-13"), "{}", bench.body);
}

#[tokio::test]
async fn a_units_own_tasks_stand_on_the_workbench_of_those_who_hold_them() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let clerk = world.sign_in("jiaoyu").await;
    let bench = world.get(&clerk, "/").await;
    for task in ["PH-01", "PH-02", "PH-03", "PH-04"] {
        assert!(bench.body.contains(task), "{task}: {}", bench.body);
    }
    // 08-24 is 90 days ago: the next step of the ladder is the 91st day.
    on(&world, 11, 23);
    let bench = world.get(&clerk, "/").await;
    let today = bench
        .texts("[aria-labelledby='today'] li, section.notice li")
        .join("");
    assert!(today.contains("PH-01"), "{today}");
    let other = world.sign_in("shangwu").await;
    assert!(!world.get(&other, "/").await.body.contains("PH-01"));
}

#[tokio::test]
async fn notices_to_linked_departments_are_a_measured_task() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/timeline/PH-13").await;
    assert!(!page.body.contains("未登记"), "{}", page.body);
    let count = async || -> (i64, i64) {
        let sql = "select count(*), count(k.id) from (
                 select distinct t.campaign_id, t.association_id, t.department_id from tie t
                 join association a on a.id = t.association_id and a.department_id <> t.department_id
                 join roster_entry e on e.association_id = a.id and e.publication_id is not null
                 where t.ended_on is null or exists (select from linked_notice n where n.association_id = t.association_id
                       and n.department_id = t.department_id)) t
             left join lateral (select min(id) as id from linked_notice n where n.association_id = t.association_id
                       and n.department_id = t.department_id) k on true";
        sqlx::query_as(sql).fetch_one(world.owner()).await.unwrap()
    };
    let (total, done) = count().await;
    assert!(total > 0 && done > 0, "{total} {done}");
    assert!(
        page.body.contains(&format!("{done}/{total}")),
        "{done}/{total} {}",
        page.body
    );
}
