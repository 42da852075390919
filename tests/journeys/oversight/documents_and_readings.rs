//! A supporting document from its draft to its parameters; an official reading from its draft
//! to the field that it concerns, and to its end (PD-1 to PD-7, 10.13).

use axum::http::StatusCode;
use tuogou::scheme::Scheme;

use super::{At, done, made, own, refused};
use crate::world::World;

#[tokio::test]
async fn a_document_is_in_force_with_its_parameters_from_its_day_and_only_then() {
    let told = World::empty(Scheme::lvyuan_2018().unwrap()).await;
    let day = chrono::NaiveDate::from_ymd_opt(2018, 8, 27).unwrap();
    told.told(&[day], async |world, _| a_document(world).await)
        .await;
}

async fn a_document(world: &World) {
    world.app.brought_up().await.unwrap();
    let document = At {
        world,
        id: own(world, "policy", "minzheng").await,
    };
    done(
        &document
            .write(
                "minzheng",
                &[("policy_draft", "初稿。"), ("policy_concerns", "T4-01")],
            )
            .await,
    );
    let day = |days: i64| (world.app.clock.today() + chrono::TimeDelta::days(days)).to_string();
    let until = day(7);
    done(
        &document
            .go("minzheng", "sending", &[("policy_until", until.as_str())])
            .await,
    );
    // Whoever has business says their opinion; it decides nothing.
    let unit = world.sign_in("gongxin").await;
    let page = document.page();
    let said = [("opinion", "建议明确顾问的审批。")];
    done(
        &world
            .submit(&unit, (&page, &format!("{page}/opinions")), &said)
            .await,
    );
    done(
        &document
            .go(
                "minzheng",
                "answer",
                &[("policy_reviewed", "局长办公会审定。")],
            )
            .await,
    );
    let (today, next) = (day(0), day(1));
    let out = [
        ("policy_number", "绿民发〔2018〕41号"),
        ("policy_issued_on", today.as_str()),
        ("policy_from", next.as_str()),
        ("policy_parameters.1.name", "age_limit"),
    ];
    let with = |value| {
        let told = out
            .into_iter()
            .chain([("policy_parameters.1.value", value)]);
        told.collect::<Vec<_>>()
    };
    let wrong = document.go("minzheng", "finish", &with("六十五")).await;
    refused(&wrong, StatusCode::CONFLICT, "无法识别");
    done(&document.go("minzheng", "finish", &with("65")).await);
    let set = "select count(*) from parameter_change where name = 'age_limit'";
    assert_eq!(world.count(set).await, 0, "not before it is registered");
    assert!(!document.offers("minzheng", "closing").await);
    done(&document.go("office-lead", "closing", &[]).await);
    let from: String = sqlx::query_scalar("select effective_on::text || ' ' || value::text from parameter_change where name = 'age_limit'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(from, format!("{next} 65"));
    let ledger = world.sign_in("gongxin-lead").await;
    let list = world.get(&ledger, "/policies").await;
    assert!(list.body.contains("绿民发〔2018〕41号"), "{}", list.body);
}

#[tokio::test]
async fn a_reading_stands_where_it_is_wanted_as_long_as_it_is_valid() {
    let world = World::demo().await;
    let author = world.sign_in("caizheng").await;
    let page = "/dockets/new/reading";
    let mut told = vec![
        ("reading_question", "会费收入是否纳入清查"),
        ("reading_answer", "会费不是国有资产，不纳入。"),
        ("reading_basis", "方案三（三）"),
        ("reading_concerns", "T9-99"),
    ];
    let unknown = world.submit(&author, (page, page), &told).await;
    refused(&unknown, StatusCode::CONFLICT, "T9-99");
    told[3].1 = "T3-08";
    let reading = At {
        world: &world,
        id: made(&world.submit(&author, (page, page), &told).await),
    };
    done(&reading.go("caizheng", "sending", &[]).await);
    let association = world.association("汽车维修行业协会").await;
    let item: i64 = sqlx::query_scalar(
        "select id from item where association_id = $1 and measure = 'T3-08' limit 1",
    )
    .bind(association)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let item = format!("/associations/{association}/progress/{item}");
    let clerk = world.sign_in("jiaotong").await;
    let shown = || async {
        world
            .get(&clerk, &item)
            .await
            .body
            .contains("会费不是国有资产，不纳入。")
    };
    // Not before the office's head has approved it, and nobody else knows of it till then.
    assert!(!shown().await);
    assert_eq!(
        world.get(&clerk, &reading.page()).await.status,
        StatusCode::NOT_FOUND
    );
    done(
        &reading
            .go(
                "office-lead",
                "acceptance",
                &[("reading_from", "2018-11-22")],
            )
            .await,
    );
    assert!(shown().await);
    done(
        &reading
            .go(
                "office-lead",
                "withdrawal",
                &[("reading_end", "以市局口径为准。")],
            )
            .await,
    );
    assert!(!shown().await);
    let kept = world.get(&clerk, &reading.page()).await;
    assert!(
        kept.status == StatusCode::OK && kept.body.contains("已废止"),
        "{}",
        kept.body
    );
}

#[tokio::test]
async fn a_reply_before_the_documents_says_why() {
    let world = World::demo().await;
    sqlx::query("update docket set state = 'answered', settled_on = null where process = 'policy' and policy = 'PD-6'")
        .execute(world.owner())
        .await
        .unwrap();
    let association: i64 = sqlx::query_scalar(
        "select association_id from plan where state = 'under_review' order by id limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let head = world.sign_in("office-lead").await;
    let page = format!("/associations/{association}/plan/reply/new");
    let action = format!("/associations/{association}/plan/reply");
    let shown = world.get(&head, &page).await;
    assert!(
        shown.body.contains("下列配套文件尚未印发"),
        "{}",
        shown.body
    );
    let silent = world
        .submit(
            &head,
            (&page, &action),
            &[("conditions", ""), ("opinion", "")],
        )
        .await;
    refused(
        &silent,
        StatusCode::UNPROCESSABLE_ENTITY,
        "配套文件没有印发",
    );
}
