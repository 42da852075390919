//! 督办单: what stays undone in spite of a reminder.

use axum::http::StatusCode;
use tuogou::access::Act;

use super::reminding_the_late::on;
use crate::world::World;

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
    // What is still open is shown, and it is not closed over that without a reason.
    let page = world.get(&clerk, &path).await;
    assert!(page.body.contains("没有办结"), "{}", page.body);
    let closing = step("closing");
    let opinion = ("opinion", "情况属实，同意办结。");
    let refused = world.submit(&clerk, (&path, &closing), &[opinion]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("没有办结，不能办结督办单"));
    let despite = ("despite", "风险预案已报，其余转入下一份督办单。");
    let typed = [opinion, despite];
    let answer = world.submit(&clerk, (&path, &closing), &typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = world.get(&lead, &path).await;
    assert!(page.body.contains("未办结而办结：风险预案已报"));
    let page = world.get(&lead, &path).await;
    assert!(page.body.contains("已办结") && page.body.contains("情况属实"));
    let numbers = world
        .count("select max(serial)::bigint - count(serial) from supervision_order")
        .await;
    assert_eq!(numbers, 0, "no gap");
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
    assert!(world.get(&lead, "/").await.body.contains("报告督办单"));
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
    let end = [
        ("opinion", "同意办结。"),
        ("despite", "已约定12月5日前办结，转日常催办。"),
    ];
    let closing = format!("{path}/closing");
    let answer = world.submit(&office, (&path, &closing), &end).await;
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
