//! An item is done when its facts hold (domain 7.9): ties ended on the register by the organ
//! whose they are, a party body where three members demand one, papers that are not older
//! than what they record; and what ceases to hold opens it again.

use axum::http::StatusCode;
use tuogou::progress::counters;

use crate::world::{Answer, World};

const EXAMPLE: &str = "汽车维修行业协会";

fn went(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

async fn number(world: &World, sql: &'static str, of: i64) -> i64 {
    let found = sqlx::query_scalar(sql).bind(of);
    found.fetch_one(world.owner()).await.unwrap()
}

async fn state(world: &World, item: i64) -> String {
    let found = sqlx::query_scalar("select state from item where id = $1").bind(item);
    found.fetch_one(world.owner()).await.unwrap()
}

/// The item of 工信局's tie, open again while that tie stands.
async fn open_tie(world: &World, id: i64) -> (i64, i64) {
    let tie = number(
        world,
        "update tie set ended_on = null, ended_by = null where association_id = $1 and not is_primary returning id",
        id,
    )
    .await;
    (tie, reopened(world, id, "T1-01").await)
}

/// The last item of a measure, in progress again.
async fn reopened(world: &World, id: i64, measure: &str) -> i64 {
    let found = sqlx::query_scalar(
        "update item set state = 'in_progress', resolved_on = null, resolved_by = null, reported_on = null, reported_by = null
         where id = (select max(id) from item where association_id = $1 and measure = $2) returning id",
    );
    let found = found.bind(id).bind(measure);
    found.fetch_one(world.owner()).await.unwrap()
}

/// The report of an item whose page offers none, sent all the same.
async fn report(world: &World, leader: &str, page: &str, item: i64) -> Answer {
    let version: i32 = sqlx::query_scalar("select version from item where id = $1")
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let seen = version.to_string();
    let sealed = [("seen", seen.as_str()), ("request_id", "reported-as-seen")];
    world.post(leader, &format!("{page}/report"), &sealed).await
}

#[tokio::test]
async fn t1_01_is_not_reported_while_its_tie_stands_and_the_organ_ends_it() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let (tie, item) = open_tie(&world, id).await;
    let page = format!("/associations/{id}/progress/{item}");
    let leader = world.sign_in("jiaotong-lead").await;
    let refused = report(&world, &leader, &page, item).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let path = format!("/associations/{id}/ties/{tie}");
    assert!(
        refused.body.contains("尚未登记终止日期和文件"),
        "{}",
        refused.body
    );
    assert!(refused.body.contains(&path), "{}", refused.body);
    // The responsible unit does not speak for 工信局.
    let typed = [
        ("ended_on", "2018-11-20"),
        ("ended_by", "绿交发〔2018〕50号"),
    ];
    let clerk = world.sign_in("jiaotong").await;
    let told = world.get(&clerk, &path).await;
    assert!(told.body.contains("自行终止"), "{}", told.body);
    let other = world.post(&clerk, &path, &typed).await;
    assert_ne!(other.status, StatusCode::SEE_OTHER);
    let organ = world.sign_in("gongxin").await;
    went(&world.submit(&organ, (&path, &path), &typed).await);
    let reporting = format!("{page}/report");
    went(&world.submit(&leader, (&page, &reporting), &[]).await);
    let seen = world.get(&leader, &page).await;
    assert!(
        seen.body.contains("<dt>完成日期</dt><dd>2018-11-20</dd>"),
        "{}",
        seen.body
    );
}

#[tokio::test]
async fn a_tie_that_appears_later_opens_what_was_done_or_adds_an_item() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let clerk = world.sign_in("jiaotong").await;
    let path = format!("/associations/{id}/ties/new");
    let of = async |code: &str| {
        let sql = "select id from department where code = $1";
        let found: i64 = sqlx::query_scalar(sql)
            .bind(code)
            .fetch_one(world.owner())
            .await
            .unwrap();
        found.to_string()
    };
    let add = async |department: &str| {
        let typed = [
            ("department", department),
            ("kind", "liaise"),
            ("via_subordinate", ""),
            ("basis", "会议纪要"),
            ("started_on", "2018-11-21"),
        ];
        went(&world.submit(&clerk, (&path, &path), &typed).await);
    };
    let item = number(
        &world,
        "select max(id) from item where association_id = $1 and measure = 'T1-01'",
        id,
    )
    .await;
    assert_eq!(state(&world, item).await, "verified");
    add(&of("gongxin").await).await;
    assert_eq!(state(&world, item).await, "in_progress");
    let told = world
        .get(&clerk, &format!("/associations/{id}/progress/{item}"))
        .await;
    assert!(told.body.contains("本事项重新打开"), "{}", told.body);
    let all = "select count(*) from item where association_id = $1 and measure = 'T1-01'";
    let before = number(&world, all, id).await;
    add(&of("shangwu").await).await;
    assert_eq!(number(&world, all, id).await, before + 1);
    let late = "select count(*) from item where association_id = $1 and object like 'SV-20#t%' and deadline < '2018-11-22'";
    assert_eq!(number(&world, late, id).await, 0);
    let drift = counters::drift(&mut world.db().await, world.scheme()).await;
    assert!(drift.unwrap().is_empty());
}

#[tokio::test]
async fn tc_52_a_contact_person_is_not_enough_for_three_members() {
    let world = World::demo().await;
    // Four formal members, all of them in the association.
    let id = world.association("文化产业商会").await;
    let item = reopened(&world, id, "T5-02").await;
    let page = format!("/associations/{id}/progress/{item}");
    let (clerk, leader) = (
        world.sign_in("wenguang").await,
        world.sign_in("wenguang-lead").await,
    );
    let fill = async |kind: &str| {
        let typed = [
            ("note", "已明确"),
            ("T5-02-1", kind),
            ("T5-02-2", "无"),
            ("T5-02-3", "2018-11-12"),
        ];
        went(&world.submit(&clerk, (&page, &page), &typed).await);
    };
    fill("contact").await;
    let refused = report(&world, &leader, &page, item).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("正式党员满三人"), "{}", refused.body);
    assert!(refused.body.contains("#f-T5-02-1"), "{}", refused.body);
    fill("own").await;
    let reporting = format!("{page}/report");
    went(&world.submit(&leader, (&page, &reporting), &[]).await);
    // Who verifies it has the facts beside the evidence.
    let verifier = world.sign_in("zuzhi").await;
    let seen = world.get(&verifier, &page).await;
    assert!(seen.body.contains("单独组建") && seen.body.contains("2018-11-12"));
}

#[tokio::test]
async fn dn_4_a_record_older_than_the_fact_and_a_fact_to_come_are_refused() {
    let world = World::demo().await;
    let id = world.association("装备制造业协会").await;
    let item = number(
        &world,
        "select id from item where association_id = $1 and measure = 'T5-04' union all
         select id from item where association_id = $1 and measure = 'T5-01' limit 1",
        id,
    )
    .await;
    let measure: String = sqlx::query_scalar("select measure from item where id = $1")
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(measure, "T5-01");
    sqlx::query("update item set measure = 'T5-04', label = '社会保险代办' where id = $1")
        .bind(item)
        .execute(world.owner())
        .await
        .unwrap();
    let page = format!("/associations/{id}/progress/{item}");
    let clerk = world.sign_in("gongxin").await;
    let typed = |fact: &'static str, paper: &'static str| {
        [
            ("note", "已转移"),
            ("T5-04-1", "市人才服务中心"),
            ("T5-04-2", fact),
            ("kind", "转移记录"),
            ("document_number", "无"),
            ("document_date", paper),
            ("issuer", "市人才服务中心"),
        ]
    };
    let to_come = world
        .submit(&clerk, (&page, &page), &typed("2018-11-23", "2018-11-22"))
        .await;
    assert_eq!(to_come.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(to_come.body.contains("不得晚于今天"), "{}", to_come.body);
    let early = world
        .submit(&clerk, (&page, &page), &typed("2018-11-12", "2018-11-10"))
        .await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        early.body.contains("不能早于事实发生的日期2018-11-12"),
        "{}",
        early.body
    );
    went(
        &world
            .submit(&clerk, (&page, &page), &typed("2018-11-12", "2018-11-13"))
            .await,
    );
}

#[tokio::test]
async fn five_separations_are_not_done_while_a_notice_is_unsigned() {
    let world = World::demo().await;
    let id: i64 = sqlx::query_scalar(
        "update association set stage = 'implementing' where id = (
             select min(a.id) from association a join department d on d.id = a.department_id
             where a.stage = 'five_done' and a.exited_on is null and d.code not in ('gongxin', 'shangwu'))
         returning id",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    for code in ["gongxin", "shangwu"] {
        sqlx::query(
            "insert into linked_notice (campaign_id, association_id, department_id, number, text, sent_on, sent_by, cover)
             select a.campaign_id, a.id, d.id, '函1号', '通报', '2018-11-20', (select min(id) from account),
                    jsonb_build_object('association', a.name, 'unit', '', 'department', d.name, 'ties', '[]'::jsonb)
             from association a, department d where a.id = $1 and d.code = $2",
        )
        .bind(id)
        .bind(code)
        .execute(world.owner())
        .await
        .unwrap();
    }
    let stage = async || {
        let found = sqlx::query_scalar("select stage from association where id = $1").bind(id);
        let stage: String = found.fetch_one(world.owner()).await.unwrap();
        stage
    };
    for (code, after) in [("gongxin", "implementing"), ("shangwu", "five_done")] {
        let notice: i64 = sqlx::query_scalar(
            "select n.id from linked_notice n join department d on d.id = n.department_id
             where n.association_id = $1 and d.code = $2",
        )
        .bind(id)
        .bind(code)
        .fetch_one(world.owner())
        .await
        .unwrap();
        let reader = world.sign_in(code).await;
        let page = format!("/associations/{id}/notices");
        let signature = format!("{page}/{notice}/signature");
        went(&world.submit(&reader, (&page, &signature), &[]).await);
        assert_eq!(stage().await, after, "{code}");
    }
}
