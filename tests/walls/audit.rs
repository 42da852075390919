//! The evidence: append-only, chained, in the same transaction as the change.

use serde_json::Value;
use tuogou::audit::{Anchor, Anchored, Verdict, chain, verify};
use tuogou::web::changes::Words;

use crate::world::World;

async fn verdict(world: &World, anchored: &Anchored) -> Verdict {
    verify(
        world.db().await.connection(),
        world.app.database.audit_key(),
        anchored,
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn the_demonstrations_chain_is_whole() {
    let world = World::demo().await;
    let Verdict::Whole(count) = verdict(&world, &Anchored::NotKept).await else {
        panic!("broken")
    };
    assert!(count > 500, "{count}");
}

#[tokio::test]
async fn the_program_may_neither_change_nor_remove_records() {
    let world = World::demo().await;
    for sql in [
        "update audit_record set act = 'x'",
        "delete from audit_record",
        "truncate audit_record",
        "update audit_head set seq = 0",
    ] {
        let mut tally = world.app.database.tally().await.unwrap();
        let error = sqlx::query(sql).execute(&mut *tally).await.unwrap_err();
        assert!(
            error.to_string().contains("permission denied"),
            "{sql}: {error}"
        );
    }
    // Not even the owner, past the trigger.
    for sql in [
        "update audit_record set act = 'x'",
        "delete from audit_record",
        "truncate audit_record",
    ] {
        assert!(
            sqlx::query(sql).execute(world.owner()).await.is_err(),
            "{sql}"
        );
    }
}

/// The kinds of S16, each told by somebody who owns the database and turns its triggers
/// off: what they do, and in which order.
const TAMPERING: [(&str, &str); 24] = [
    ("a payload", "update audit_record set payload = replace(payload, '2018', '2019') where seq = 20"),
    ("an act", "update audit_record set act = 'plan.approve' where seq = 20"),
    ("an outcome", "update audit_record set outcome = 'refused' where seq = 20"),
    ("an account", "update audit_record set account_id = coalesce(account_id, 0) + 1 where seq = 20"),
    ("an association", "update audit_record set association_id = coalesce(association_id, 0) + 1 where seq = 20"),
    ("a MAC", "update audit_record set mac = decode(repeat('00', 32), 'hex') where seq = 20"),
    ("a link's predecessor", "update audit_record set previous = decode(repeat('00', 32), 'hex') where seq = 20"),
    ("one deleted in the middle", "delete from audit_record where seq = 20"),
    ("the first deleted", "delete from audit_record where seq = 1"),
    ("the last deleted", "delete from audit_record where seq = (select max(seq) from audit_record)"),
    (
        "two swapped",
        "update audit_record set seq = -1 where seq = 20; update audit_record set seq = 20 where seq = 21;
         update audit_record set seq = 21 where seq = -1",
    ),
    (
        "one forged",
        "insert into audit_record select seq + 1, campaign_id, at, act, outcome, account_id, association_id, payload,
             algorithm, mac, decode(repeat('11', 32), 'hex'), record_id
         from audit_record order by seq desc limit 1;
         update audit_head set seq = seq + 1, mac = decode(repeat('11', 32), 'hex')",
    ),
    (
        "renumbered",
        "update audit_record set seq = -seq where seq >= 20; update audit_record set seq = 1 - seq where seq < 0;
         update audit_head set seq = seq + 1",
    ),
    ("the time of one", "update audit_record set at = at + interval '1 day' where seq = 20"),
    ("the time of all", "update audit_record set at = at + interval '1 day'"),
    ("the campaign", "update audit_record set campaign_id = 2 where seq = 20"),
    ("the algorithm", "update audit_record set algorithm = 'none' where seq = 20"),
    ("the last cut, the head set back", CUT_LAST),
    ("five hundred cut, the head set back", CUT_MANY),
    ("all emptied, the head set back", EMPTIED),
    ("an old copy brought back", OLD_COPY),
    (
        "a row of the case file edited",
        "update act_record set sentence = sentence || '。' where id = (select record_id from audit_record where seq = 20)",
    ),
    (
        "a row of the case file deleted",
        "delete from private_change where record_id = (select record_id from audit_record where seq = 20);
         delete from act_record where id = (select record_id from audit_record where seq = 20)",
    ),
    (
        "a plan's state",
        "update plan set state = 'draft' where id = (select min(id) from plan where state = 'implementing')",
    ),
];
const CUT_LAST: &str = "delete from audit_record where seq = (select max(seq) from audit_record);
    update audit_head set (seq, mac) = (select seq, mac from audit_record order by seq desc limit 1)";
const CUT_MANY: &str = "delete from audit_record where seq > (select max(seq) - 500 from audit_record);
    update audit_head set (seq, mac) = (select seq, mac from audit_record order by seq desc limit 1)";
const EMPTIED: &str = "delete from audit_record;
    update audit_head set seq = 0, mac = decode(repeat('00', 32), 'hex')";
const OLD_COPY: &str =
    "delete from audit_record; insert into audit_record select * from old_record;
    delete from audit_head; insert into audit_head select * from old_head";

/// Past the triggers, as who owns the database can.
async fn tamper(world: &World, sql: &str) {
    let whole = format!("begin; set local session_replication_role = replica; {sql}; commit");
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(whole));
    done.execute(world.owner()).await.unwrap();
}

/// Somebody says something, so that the chain is longer than the copy made before.
async fn one_more_act(world: &World) {
    let cookie = world.sign_in("office").await;
    comment(world, &cookie).await;
}

async fn comment(world: &World, cookie: &str) {
    let id = world.association("汽车维修行业协会").await;
    let page = format!("/associations/{id}/comments");
    let answer = world
        .submit(cookie, (&page, &page), &[("body", "请尽快补正。")])
        .await;
    assert_eq!(
        answer.status,
        axum::http::StatusCode::SEE_OTHER,
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn s16_each_of_the_24_kinds_of_tampering_is_found() {
    let mut missed = Vec::new();
    for (what, sql) in TAMPERING {
        let world = World::demo().await;
        tamper(
            &world,
            "create table old_record as select * from audit_record;
             create table old_head as select * from audit_head",
        )
        .await;
        one_more_act(&world).await;
        let head = chain::head(world.db().await.connection()).await.unwrap();
        let anchored = Anchored::At(head.unwrap());
        assert!(
            matches!(verdict(&world, &anchored).await, Verdict::Whole(_)),
            "whole before: {what}"
        );
        tamper(&world, sql).await;
        match verdict(&world, &anchored).await {
            Verdict::Broken { reason, .. } => assert!(!reason.is_empty()),
            Verdict::Whole(_) => missed.push(what),
        }
    }
    assert!(missed.is_empty(), "not found: {missed:?}");
}

#[tokio::test]
async fn what_changed_of_a_person_cannot_be_changed_afterwards_either() {
    let world = World::demo().await;
    assert!(world.count("select count(*) from private_change").await > 0);
    tamper(
        &world,
        "update private_change set after = to_jsonb('别人'::text)
         where record_id = (select min(record_id) from private_change)",
    )
    .await;
    let Verdict::Broken { reason, .. } = verdict(&world, &Anchored::NotKept).await else {
        panic!("not found")
    };
    assert!(reason.contains("按权限查看"), "{reason}");
}

#[tokio::test]
async fn a_change_that_no_act_told_is_found_where_the_triggers_stand_too() {
    let world = World::demo().await;
    sqlx::query(
        "update association set stage = 'registered' where id = (select min(id) from association)",
    )
    .execute(world.owner())
    .await
    .unwrap();
    assert!(matches!(
        verdict(&world, &Anchored::NotKept).await,
        Verdict::Broken { .. }
    ));
}

/// The file beside the key, while many act at once.
#[tokio::test]
async fn the_head_stands_outside_the_database_when_an_act_is_answered() {
    let mut world = World::demo().await;
    let folder = std::env::temp_dir().join(format!("tuogou-anchor-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("audit.anchor");
    let anchored = world.app.database.clone().anchored(Anchor::new(path));
    world.set(|app| app.database = anchored);
    let cookie = world.sign_in("office").await;
    let acts = (0..12).map(|_| comment(&world, &cookie));
    futures::future::join_all(acts).await;
    let head = chain::head(world.db().await.connection()).await.unwrap();
    let kept = world.app.database.anchored_at().unwrap();
    assert_eq!(kept, Anchored::At(head.unwrap()));
    assert!(matches!(verdict(&world, &kept).await, Verdict::Whole(_)));
    assert!(matches!(
        verdict(&world, &Anchored::Missing).await,
        Verdict::Broken { .. }
    ));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn the_first_refusal_in_a_minute_is_a_link_and_the_rest_are_counted() {
    let world = World::demo().await;
    let cookie = world.sign_in("fagai").await;
    let links = "select count(*) from audit_record where act = 'access.refused'";
    let before = world.count(links).await;
    for _ in 0..20 {
        let answer = world.get(&cookie, "/accounts").await;
        assert_eq!(answer.status, axum::http::StatusCode::FORBIDDEN);
    }
    let chained = world.count(links).await - before;
    let counted = world
        .count("select sum(refusals) from access_refusal")
        .await;
    // The minute may have turned meanwhile.
    assert!((1..=2).contains(&chained), "{chained}");
    assert_eq!(counted, 20);
    let office = world.sign_in("office-lead").await;
    let page = world.get(&office, "/audit?act=access.refused").await;
    assert!(page.body.contains("次被拒绝"), "{}", page.body);
}

#[tokio::test]
async fn every_field_that_acts_change_has_a_name_for_people() {
    for world in [World::demo().await, World::national().await] {
        let fields: Vec<String> = sqlx::query_scalar(
            "select distinct field from (
                 select jsonb_object_keys(payload::jsonb -> 'changes') as field from audit_record
                 union select field from private_change
             ) as told",
        )
        .fetch_all(world.owner())
        .await
        .unwrap();
        assert!(fields.len() > 20, "{fields:?}");
        let words = Words {
            scheme: world.scheme(),
            departments: &[],
            persons: true,
        };
        let unnamed = fields.iter().filter(|field| {
            let label = words.of(field, &Value::Null, &Value::Null).label;
            label.is_ascii()
        });
        assert_eq!(unnamed.collect::<Vec<_>>(), Vec::<&String>::new());
    }
}

#[tokio::test]
async fn without_its_record_nothing_changes() {
    let world = World::demo().await;
    let cookie = world.sign_in("minzheng").await;
    sqlx::query("revoke insert on audit_record from tuogou_app")
        .execute(world.owner())
        .await
        .unwrap();
    let before = world.count("select count(*) from association").await;
    let fields = [
        ("request_id", "0123456789abcdef"),
        ("name", "长春市绿园区测试行业协会"),
        ("uscc", ""),
        ("uscc_note", ""),
        ("certificate_no", "绿社证1号"),
        ("registered_on", "2010-01-01"),
        ("registrar", "绿园区民政局"),
        ("department", "9"),
        ("kind", "supervise"),
        ("member_basis", "same_activity_units"),
        ("legal_representative", "某人"),
        ("domicile", "某路"),
        ("business_scope", "某业务"),
    ];
    let answer = world.post(&cookie, "/associations/new", &fields).await;
    assert!(answer.status.is_server_error());
    assert!(
        !answer.body.contains("permission"),
        "an error page tells no source text"
    );
    assert_eq!(
        world.count("select count(*) from association").await,
        before
    );
}
