//! The timeline: computed states, a window moved on record, what has changed.

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn a_window_is_moved_by_the_head_with_reason_and_the_old_days_kept() {
    let world = World::demo().await;
    let head = world.sign_in("office-lead").await;
    let page = world.get(&head, "/timeline").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.texts(".gantt a text").len(), 30);
    assert_eq!(page.texts(".ledger tbody tr").len(), 30);
    // 教育局 has no work group; nobody registers mid-term reports yet.
    let page = world.get(&head, "/timeline/PH-01").await;
    assert!(page.body.contains("逾期90天") && page.body.contains("教育局"));
    let page = world.get(&head, "/timeline/PH-17").await;
    assert!(page.body.contains("未登记") && page.body.contains("2018-11-05"));

    let fields = |version, due, reason| {
        [
            ("version", version),
            ("from", "2018-08-09"),
            ("due", due),
            ("reason", reason),
        ]
    };
    for (due, reason) in [
        ("2018-12-01", ""),
        ("2018-08-01", "早"),
        ("2018-08-24", "同"),
    ] {
        let answer = world
            .post(&head, "/timeline/PH-01", &fields("0", due, reason))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{due}");
    }
    let clerk = world.sign_in("office").await;
    let good = fields("0", "2018-12-01", "教育局职能调整");
    let answer = world.post(&clerk, "/timeline/PH-01", &good).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let answer = world.post(&head, "/timeline/PH-01", &good).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let answer = world
        .post(&head, "/timeline/PH-01", &fields("0", "2018-12-02", "再"))
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let page = world.get(&head, "/timeline/PH-01").await;
    assert!(page.body.contains("2018-08-09至2018-08-24") && page.body.contains("教育局职能调整"));
    assert!(!page.body.contains("逾期90天"));
    // A running task has no end to be moved.
    let answer = world.post(&head, "/timeline/PH-16", &good).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn units_see_their_own_part_and_associations_their_own_matters() {
    let world = World::demo().await;
    let unit = world.sign_in("shangwu").await;
    let page = world.get(&unit, "/timeline/PH-01").await;
    assert!(page.body.contains("商务局") && !page.body.contains("教育局"));
    let own = world.sign_in("xiehui").await;
    let page = world.get(&own, "/timeline").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("PH-01") && page.body.contains("PH-15"));
    let filtered = world.get(&unit, "/timeline?state=late").await;
    for state in filtered.texts(".ledger .tag") {
        assert!(state.contains("逾期"), "{state}");
    }
}

#[tokio::test]
async fn what_changed_is_what_others_did_since_the_last_visit_within_reach() {
    let world = World::demo().await;
    let first = world.sign_in("jiaotong-lead").await;
    let clerk = world.sign_in("jiaotong").await;
    let own = world.association("物流行业协会").await;
    for (key, number) in [("0123456789abcdea", own)] {
        let answer = world
            .post(
                &clerk,
                &format!("/associations/{number}/activities/new"),
                &[
                    ("request_id", key),
                    ("version", "0"),
                    ("kind", "event"),
                    ("title", "物流行业展会"),
                    ("held_on", "2018-12-01"),
                    ("amount", ""),
                    ("procedure", "报业务主管单位批准"),
                    ("candidates", ""),
                ],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    // Seen from the next session: the leader's first sign-in was the last visit.
    drop(first);
    let again = world.sign_in("jiaotong-lead").await;
    let page = world.get(&again, "/changes").await;
    assert!(page.body.contains("物流行业展会"), "{}", page.body);
    assert_eq!(page.texts("ol.timeline li").len(), 1);
    // One's own acts and other units' are not told.
    let page = world.get(&clerk, "/changes?since=2018-11-22").await;
    assert!(!page.body.contains("物流行业展会"));
    let other = world.sign_in("shangwu").await;
    let page = world.get(&other, "/changes?since=2018-08-01").await;
    assert!(!page.body.contains("物流") && page.body.contains("餐饮业商会"));
    let page = world.get(&other, "/changes?since=foo").await;
    assert_eq!(page.status, StatusCode::OK);
}
