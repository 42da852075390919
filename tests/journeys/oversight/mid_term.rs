//! The mid-term round (RP-1 to RP-7): there by itself for each unit, live while it is written,
//! fixed when it is signed, sent back by part, corrected by another edition.

use axum::http::StatusCode;

use super::{At, done, own, refused};
use crate::world::World;

const PARTS: [(&str, &str); 4] = [
    ("midterm_progress", "按方案推进。"),
    ("midterm_steps", "每周调度。"),
    ("midterm_trouble", "办公用房腾退较慢。"),
    ("midterm_advice", "加快审批。"),
];

#[tokio::test]
async fn every_unit_has_its_report_from_the_day_on_and_the_late_one_is_red() {
    let world = World::demo().await;
    let units = world
        .count("select count(*) from department where supervises and active")
        .await;
    let reports = world
        .count("select count(*) from docket where process = 'midterm' and edition = 1")
        .await;
    assert_eq!(reports, units);
    let opened: Vec<String> =
        sqlx::query_scalar("select distinct opened_on::text from docket where process = 'midterm'")
            .fetch_all(world.owner())
            .await
            .unwrap();
    assert!(
        opened.iter().all(|day| day.as_str() >= "2018-10-22"),
        "{opened:?}"
    );
    // 农业局 has nobody on the list and has not said so: its desk knows, and reminders and the
    // timeline do by the frame.
    let leader = world.sign_in("nongye-lead").await;
    let desk = world.get(&leader, "/").await;
    assert!(desk.body.contains("审签并报送中期报告"), "{}", desk.body);
    let office = world.sign_in("office").await;
    let late = world.get(&office, "/reminders").await;
    assert!(late.body.contains("审签并报送中期报告"), "{}", late.body);
    let task = world.get(&office, "/timeline/PH-17").await;
    assert!(!task.body.contains("尚未纳入系统办理"), "{}", task.body);
}

#[tokio::test]
async fn figures_are_live_until_the_signature_and_fixed_with_it() {
    let world = World::demo().await;
    let report = At {
        world: &world,
        id: own(&world, "midterm", "gongshanglian").await,
    };
    // Nothing is signed that has gaps.
    let gaps = [("midterm_progress", ""), PARTS[1], PARTS[2], PARTS[3]];
    done(&report.write("gongshanglian", &gaps).await);
    let leader = world.sign_in("gongshanglian-lead").await;
    let page = world.get(&leader, &report.page()).await;
    assert!(page.body.contains("还没有填写"), "{}", page.body);
    assert!(!report.offers("gongshanglian-lead", "signature").await);
    done(&report.write("gongshanglian", &PARTS).await);
    let clerk = world.sign_in("gongshanglian").await;
    let before = world.get(&clerk, &report.page()).await;
    assert!(before.body.contains("数字为现在的统计"), "{}", before.body);
    // Who wrote it does not sign it.
    assert!(!report.offers("gongshanglian", "signature").await);
    done(&report.go("gongshanglian-lead", "signature", &[]).await);
    let figures = || async {
        let text: String = sqlx::query_scalar("select figures::text from docket_signed where docket_id = $1 order by round desc limit 1")
            .bind(report.id)
            .fetch_one(world.owner())
            .await
            .unwrap();
        text
    };
    let fixed = figures().await;
    assert!(fixed.contains("民营企业商会"), "{fixed}");
    // The checklist goes on; what was signed does not.
    sqlx::query(
        "update figure_standing set resolved = array_fill(0, array[cardinality(resolved)])",
    )
    .execute(world.owner())
    .await
    .unwrap();
    let after = world.get(&clerk, &report.page()).await;
    assert!(after.body.contains("签发时固定"), "{}", after.body);
    assert_eq!(figures().await, fixed);

    // Sent back by part: the reason stands at its field, and an empty return is none.
    let empty = report.go("office", "return", &[]).await;
    refused(&empty, StatusCode::CONFLICT, "至少在一个部分");
    let back = [("remark-midterm_trouble", "请写明涉及哪些协会。")];
    done(&report.go("office", "return", &back).await);
    let form = world.get(&clerk, &format!("{}/edit", report.page())).await;
    assert!(form.body.contains("请写明涉及哪些协会。"), "{}", form.body);
    let mended = [
        PARTS[0],
        PARTS[1],
        ("midterm_trouble", "民营企业商会办公用房。"),
        PARTS[3],
    ];
    done(&report.write("gongshanglian", &mended).await);
    done(&report.go("gongshanglian-lead", "signature", &[]).await);
    done(&report.go("office-lead", "acceptance", &[]).await);
    // The first signature can still be read as it was.
    let first = world
        .get(&clerk, &format!("{}?round=1", report.page()))
        .await;
    assert!(
        first.body.contains("办公用房腾退较慢。") && !first.body.contains("民营企业商会办公用房。")
    );

    // A correction is the second edition, with marks; the first stays.
    let next = report.go("gongshanglian", "revision", &[]).await;
    let next = At {
        world: &world,
        id: super::made(&next),
    };
    let changed = [
        PARTS[0],
        ("midterm_steps", "每日调度。"),
        mended[2],
        PARTS[3],
    ];
    done(&next.write("gongshanglian", &changed).await);
    done(&next.go("gongshanglian-lead", "signature", &[]).await);
    // Whoever signs in on many machines is signed out on the first.
    let clerk = world.sign_in("gongshanglian").await;
    let shown = world.get(&clerk, &next.page()).await;
    assert!(
        shown.body.contains("<b>上一版</b>") && shown.body.contains("每周调度。"),
        "{}",
        shown.body
    );
    let twice = world.get(&clerk, &report.page()).await;
    assert!(!twice.body.contains("/revision\""), "one next edition");
}

#[tokio::test]
async fn a_unit_without_a_listed_association_reports_that_alone() {
    let world = World::demo().await;
    let report = At {
        world: &world,
        id: own(&world, "midterm", "jiaoyu").await,
    };
    assert_eq!(report.state().await, "settled");
    let clerk = world.sign_in("jiaoyu").await;
    let shown = world.get(&clerk, &report.page()).await;
    assert!(shown.body.contains("零报告"), "{}", shown.body);
}

#[tokio::test]
async fn another_units_report_does_not_exist_and_departments_without_a_part_do_not_read_it() {
    let world = World::demo().await;
    let report = own(&world, "midterm", "gongxin").await;
    for (who, status) in [
        ("gongxin-lead", StatusCode::OK),
        ("office", StatusCode::OK),
        ("fagai", StatusCode::OK),
        ("shenji", StatusCode::OK),
        ("shangwu", StatusCode::NOT_FOUND),
        ("bianban", StatusCode::NOT_FOUND),
        ("xiehui", StatusCode::NOT_FOUND),
        ("admin", StatusCode::NOT_FOUND),
    ] {
        let cookie = world.sign_in(who).await;
        let page = world.get(&cookie, &format!("/dockets/{report}")).await;
        assert_eq!(page.status, status, "{who}");
        let file = world.get(&cookie, &format!("/dockets/{report}.docx")).await;
        assert_eq!(file.status, status, "{who} .docx");
    }
}

#[tokio::test]
async fn a_line_a_week_is_an_option() {
    let world = World::demo().await;
    let none = world
        .count("select count(*) from docket where process = 'weekly'")
        .await;
    assert_eq!(none, 0);
    let head = world.sign_in("office-lead").await;
    let typed = [
        ("value", "yes"),
        ("effective_on", "2018-11-22"),
        ("reason", "按领导要求每周掌握进展"),
    ];
    let page = "/settings/weekly_lines";
    done(&world.submit(&head, (page, page), &typed).await);
    world.app.brought_up().await.unwrap();
    let units = world
        .count("select count(*) from department where supervises and active")
        .await;
    let weekly = world
        .count("select count(*) from docket where process = 'weekly' and due_on = '2018-11-23'")
        .await;
    assert_eq!(weekly, units);
    let line = At {
        world: &world,
        id: own(&world, "weekly", "gongxin").await,
    };
    done(
        &line
            .go(
                "gongxin",
                "sending",
                &[("weekly_line", "本周两个协会换发证书。")],
            )
            .await,
    );
    assert_eq!(line.state().await, "settled");
}
