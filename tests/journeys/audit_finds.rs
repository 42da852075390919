//! The auditor enters a finding, which makes an item; the unit mends and reports it, and the
//! auditor alone closes it (T3-13, domain 10.10).

use axum::http::StatusCode;
use tuogou::progress::counters;

use crate::world::{Answer, World};

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

const FOUND: [(&str, &str); 7] = [
    ("summary", "资产清查登记漏列2016年购置的投影仪1台"),
    ("kind", "omitted"),
    ("level", "normal"),
    ("assets", ""),
    ("amount", "0.42"),
    ("found_on", "2018-11-20"),
    ("due_on", "2018-12-10"),
];

/// The items of findings: number, label, state, deadline, R, completed on.
type Row = (i64, String, String, String, Option<String>, Option<String>);

async fn items(world: &World, association: i64) -> Vec<Row> {
    sqlx::query_as(
        "select id, label, state, deadline::text || ' ' || due_by, reported_on::text, done_on::text
         from item where association_id = $1 and measure = 'T3-13' order by id",
    )
    .bind(association)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

async fn agrees(world: &World) {
    let mut db = world.db().await;
    let drift = counters::drift(&mut db, world.scheme()).await.unwrap();
    assert!(drift.is_empty(), "{drift:?}");
}

async fn enters(world: &World, association: i64) -> String {
    let auditor = world.sign_in("shenji").await;
    let new = format!("/associations/{association}/findings/new");
    let answer = world.submit(&auditor, (&new, &new), &FOUND).await;
    done(&answer);
    answer.location().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_finding_is_an_item_until_the_auditor_closes_it() {
    let world = World::demo().await;
    let association = world.association("装备制造业协会").await;
    assert!(items(&world, association).await.is_empty());
    let finding = enters(&world, association).await;
    let made = items(&world, association).await;
    assert_eq!(made.len(), 1);
    let (id, label, state, due, _, _) = &made[0];
    assert_eq!(
        (label.as_str(), state.as_str(), due.as_str()),
        (FOUND[0].1, "open", "2018-12-10 audit")
    );
    agrees(&world).await;

    // The unit mends it and reports.
    let item = format!("/associations/{association}/progress/{id}");
    let clerk = world.sign_in("gongxin").await;
    let paper = [
        ("note", "已补登并更正清查登记表"),
        ("kind", "整改证明"),
        ("document_number", "无"),
        ("document_date", "2018-11-21"),
        ("issuer", "区工业和信息化局"),
    ];
    done(&world.submit(&clerk, (&item, &item), &paper).await);
    let leader = world.sign_in("gongxin-lead").await;
    let report = format!("{item}/report");
    done(&world.submit(&leader, (&item, &report), &[]).await);

    // The office's clerk does not verify it past the auditor, nor does the item's button.
    let office = world.sign_in("office").await;
    let shown = world.get(&office, &item).await;
    assert!(shown.body.contains("审计问题尚未销号"), "{}", shown.body);
    assert!(shown.body.contains(&format!("href=\"{finding}\"")));

    let auditor = world.sign_in("shenji").await;
    let closing = format!("{finding}/closing");
    let early = [
        ("mended_on", "2018-11-19"),
        ("document", "绿审整〔2018〕3号"),
    ];
    let refused = world.submit(&auditor, (&finding, &closing), &early).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mended = [
        ("mended_on", "2018-11-21"),
        ("document", "绿审整〔2018〕3号"),
    ];
    done(&world.submit(&auditor, (&finding, &closing), &mended).await);
    let closed = items(&world, association).await;
    assert_eq!(closed[0].2, "verified");
    assert_eq!(closed[0].4.as_deref(), Some("2018-11-22"));
    assert_eq!(closed[0].5.as_deref(), Some("2018-11-21"));
    agrees(&world).await;
}

#[tokio::test]
async fn a_finding_is_corrected_with_its_item_and_withdrawn_where_it_was_none() {
    let world = World::demo().await;
    let association = world.association("装备制造业协会").await;
    let finding = enters(&world, association).await;
    let auditor = world.sign_in("shenji").await;
    let correction = format!("{finding}/correction");
    let corrected = [
        ("summary", "资产清查登记漏列2016年购置的投影仪2台"),
        ("kind", "omitted"),
        ("level", "normal"),
        ("assets", ""),
        ("amount", "0.84"),
        ("found_on", "2018-11-20"),
        ("due_on", "2018-12-14"),
        ("reason", "复核盘点表，应为2台"),
    ];
    done(
        &world
            .submit(&auditor, (&correction, &correction), &corrected)
            .await,
    );
    let now = items(&world, association).await;
    assert_eq!(
        (now[0].1.as_str(), now[0].3.as_str()),
        (corrected[0].1, "2018-12-14 audit")
    );
    let shown = world.get(&auditor, &finding).await;
    for words in [FOUND[0].1, "0.42万元", "2018-12-10", "复核盘点表，应为2台"] {
        assert!(shown.body.contains(words), "{words}");
    }
    let withdrawal = format!("{finding}/withdrawal");
    let why = [("reason", "登记到其他协会名下")];
    done(&world.submit(&auditor, (&finding, &withdrawal), &why).await);
    assert_eq!(items(&world, association).await[0].2, "not_applicable");
    agrees(&world).await;
}

#[tokio::test]
async fn only_the_auditor_enters_and_not_everybody_reads() {
    let world = World::demo().await;
    let association = world.association("装备制造业协会").await;
    let list = format!("/associations/{association}/findings");
    let new = format!("{list}/new");
    for (account, reads, enters) in [
        ("shenji", 200, 200),
        ("office", 200, 403),
        ("office-lead", 200, 403),
        ("gongxin", 200, 403),
        ("gongxin-lead", 200, 403),
        ("minzheng", 200, 403),
        ("minzheng-lead", 200, 403),
        ("caizheng", 200, 403),
        // Domain 2.2.
        ("fagai", 403, 403),
        ("jiguan", 403, 403),
        ("renshe", 403, 403),
        ("shangwu", 404, 404),
        ("observer", 404, 404),
    ] {
        let cookie = world.sign_in(account).await;
        for (path, expected) in [(&list, reads), (&new, enters)] {
            let answer = world.get(&cookie, path).await;
            assert_eq!(answer.status.as_u16(), expected, "{account} {path}");
        }
    }
    // The demonstration has one, in an association that is not the worked example.
    let found = "select count(*) from finding";
    assert_eq!(world.count(found).await, 1);
    let of_example = world.association("汽车维修行业协会").await;
    assert!(items(&world, of_example).await.is_empty());
}
