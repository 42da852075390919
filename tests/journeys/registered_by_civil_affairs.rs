//! Civil affairs enters what it received and what became of it, and the items that rest on
//! it follow (DN-2, DN-3; 7.7, 9.2): nobody reports or verifies them besides.

use axum::http::StatusCode;
use chrono::{NaiveDate, NaiveDateTime};
use tuogou::progress::counters;

use crate::world::{Answer, World};

const EXAMPLE: &str = "汽车维修行业协会";

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

fn noon(day: &str) -> NaiveDateTime {
    let day: NaiveDate = day.parse().unwrap();
    day.and_hms_opt(12, 0, 0).unwrap()
}

/// The worked example on a day, and where its register is.
struct Scene {
    world: World,
    association: i64,
    register: String,
}

impl Scene {
    async fn on(day: &str) -> Self {
        let world = World::demo().await;
        world.app.clock.move_to(noon(day));
        let association = world.association(EXAMPLE).await;
        let register = format!("/associations/{association}/registrations");
        Self {
            world,
            association,
            register,
        }
    }

    /// State, R, deadline and its reason, completed on, verified on.
    async fn item(&self, measure: &str) -> [String; 6] {
        let row: (String, String, String, String, String, String) = sqlx::query_as(
            "select state, coalesce(reported_on::text, ''), deadline::text, due_by, coalesce(done_on::text, ''),
                    coalesce(resolved_on::text, '')
             from item where association_id = $1 and measure = $2",
        )
        .bind(self.association)
        .bind(measure)
        .fetch_one(self.world.owner())
        .await
        .unwrap();
        [row.0, row.1, row.2, row.3, row.4, row.5]
    }

    async fn page_of(&self, measure: &str) -> String {
        let id: i64 =
            sqlx::query_scalar("select id from item where association_id = $1 and measure = $2")
                .bind(self.association)
                .bind(measure)
                .fetch_one(self.world.owner())
                .await
                .unwrap();
        format!("/associations/{}/progress/{id}", self.association)
    }

    /// What was received, entered by an account; the entry's page.
    async fn receives(&self, who: &str, kind: &str, typed: &[(&str, &str)]) -> String {
        let cookie = self.world.sign_in(who).await;
        let new = format!("{}/new/{kind}", self.register);
        let answer = self.world.submit(&cookie, (&new, &new), typed).await;
        done(&answer);
        answer.location().split('?').next().unwrap().to_owned()
    }

    async fn decides(&self, entry: &str, typed: &[(&str, &str)]) -> Answer {
        let cookie = self.world.sign_in("minzheng").await;
        let result = format!("{entry}/result");
        self.world.submit(&cookie, (entry, &result), typed).await
    }

    async fn agrees(&self) {
        let mut db = self.world.db().await;
        let drift = counters::drift(&mut db, self.world.scheme()).await.unwrap();
        assert!(drift.is_empty(), "{drift:?}");
    }
}

const MEETING: [(&str, &str); 5] = [
    ("organ", "assembly"),
    ("met_on", "2018-11-29"),
    ("entitled", "90"),
    ("present", "82"),
    ("agreed", "80"),
];

#[tokio::test]
async fn t6_01_is_reported_by_what_was_received_and_verified_by_its_result() {
    let scene = Scene::on("2018-12-12").await;
    let page = scene.page_of("T6-01").await;
    let world = &scene.world;
    // Before: the report is refused, with what is missing and where it is entered.
    let leader = world.sign_in("jiaotong-lead").await;
    let shown = world.get(&leader, &page).await;
    assert!(
        shown.body.contains("台账尚未登记章程核准"),
        "{}",
        shown.body
    );
    assert!(shown.body.contains(&format!("href=\"{}\"", scene.register)));
    let version: i32 = sqlx::query_scalar(
        "select version from item where association_id = $1 and measure = 'T6-01'",
    )
    .bind(scene.association)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let seen = version.to_string();
    let report = format!("{page}/report");
    let sealed = [("seen", seen.as_str()), ("request_id", "0123456789abcdef")];
    let refused = world.post(&leader, &report, &sealed).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("台账尚未登记章程核准"));

    let mut received = MEETING.to_vec();
    received.push(("applied_on", "2018-12-10"));
    let entry = scene.receives("minzheng", "charter", &received).await;
    assert_eq!(
        scene.item("T6-01").await,
        [
            "reported_done",
            "2018-12-10",
            "2018-12-29",
            "statute",
            "",
            ""
        ]
    );
    // It waits for civil affairs now, and the unit does not take it back.
    let civil = world.sign_in("minzheng").await;
    let bench = world.get(&civil, "/").await;
    assert!(
        bench.body.contains("登记结果、核实“") && bench.body.contains("”（T6-01）"),
        "{}",
        bench.body
    );
    let shown = world.get(&leader, &page).await;
    assert!(shown.body.contains("不能取回"), "{}", shown.body);
    let shown = world.get(&civil, &page).await;
    assert!(shown.body.contains("章程核准已于2018-12-10申请"));

    let result = [
        ("verdict", "granted"),
        ("decided_on", "2018-12-12"),
        ("document", "绿民社〔2018〕12号"),
        ("opinion", ""),
    ];
    done(&scene.decides(&entry, &result).await);
    assert_eq!(
        scene.item("T6-01").await,
        [
            "verified",
            "2018-12-10",
            "2018-12-29",
            "statute",
            "2018-12-12",
            "2018-12-12"
        ]
    );
    scene.agrees().await;
    // The unit reads it.
    let clerk = world.sign_in("jiaotong").await;
    let shown = world.get(&clerk, &entry).await;
    for words in ["应到90人，实到82人，同意80人", "绿民社〔2018〕12号"] {
        assert!(shown.body.contains(words), "{words}");
    }
}

#[tokio::test]
async fn t1_02_is_done_by_a_certificate_that_names_no_unit_and_a_correction_says_what_stood() {
    let scene = Scene::on("2018-12-14").await;
    let open = scene.item("T1-02").await;
    assert_eq!(
        (open[0].as_str(), open[3].as_str()),
        ("open", "registration_due")
    );
    let entry = scene
        .receives(
            "minzheng-lead",
            "certificate",
            &[("applied_on", "2018-12-10")],
        )
        .await;
    assert_eq!(
        scene.item("T1-02").await[..2],
        ["reported_done", "2018-12-10"]
    );
    // What the certificate says is asked for.
    let mut result = vec![
        ("verdict", "granted"),
        ("decided_on", "2018-12-12"),
        ("document", "绿社证字第0031号"),
        ("opinion", ""),
    ];
    let refused = scene.decides(&entry, &result).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    result.push(("supervisor_column", "named"));
    done(&scene.decides(&entry, &result).await);
    assert_eq!(scene.item("T1-02").await[0], "returned");

    let civil = scene.world.sign_in("minzheng").await;
    let correction = format!("{entry}/correction");
    let mut corrected = vec![
        ("applied_on", "2018-12-10"),
        ("verdict", "granted"),
        ("decided_on", "2018-12-12"),
        ("document", "绿社证字第0031号"),
        ("supervisor_column", "blank"),
        ("opinion", ""),
    ];
    let at = (correction.as_str(), correction.as_str());
    let refused = scene.world.submit(&civil, at, &corrected).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    corrected.push(("reason", "核对新证书，该栏为空白"));
    done(&scene.world.submit(&civil, at, &corrected).await);
    let item = scene.item("T1-02").await;
    assert_eq!(
        [&item[0], &item[1], &item[5]],
        ["verified", "2018-12-10", "2018-12-12"]
    );
    let shown = scene.world.get(&civil, &entry).await;
    for words in ["仍有登载", "空白", "核对新证书，该栏为空白"] {
        assert!(shown.body.contains(words), "{words}");
    }
    // Found to be refused after all: the item is not done any more.
    let mut turned = corrected.clone();
    for field in &mut turned {
        match field.0 {
            "verdict" => field.1 = "refused",
            "opinion" => field.1 = "副本未交回",
            _ => {}
        }
    }
    done(&scene.world.submit(&civil, at, &turned).await);
    assert_eq!(scene.item("T1-02").await[0], "returned");
    scene.agrees().await;
}

#[tokio::test]
async fn a_consent_that_was_typed_is_kept_where_the_tie_has_ended_meanwhile() {
    let scene = Scene::on("2018-12-12").await;
    let new = format!("{}/new/charter", scene.register);
    let civil = scene.world.sign_in("minzheng").await;
    let shown = scene.world.get(&civil, &new).await;
    assert!(!shown.body.contains("consented_on"), "the tie has ended");
    // From a page of the days before.
    let mut received = MEETING.to_vec();
    received.extend([("consented_on", "2018-12-03"), ("applied_on", "2018-12-10")]);
    let entry = scene.receives("minzheng", "charter", &received).await;
    assert_eq!(
        scene.item("T6-01").await[..4],
        ["reported_done", "2018-12-10", "2019-01-02", "statute"]
    );
    let shown = scene.world.get(&civil, &entry).await;
    assert!(shown.body.contains("2018-12-03"), "{}", shown.body);
}

#[tokio::test]
async fn only_civil_affairs_enters_and_only_whose_matter_it_is_reads() {
    let scene = Scene::on("2018-12-12").await;
    let new = format!("{}/new/members", scene.register);
    for (account, reads, enters) in [
        ("minzheng", 200, 200),
        ("minzheng-lead", 200, 200),
        ("office", 200, 403),
        ("office-lead", 200, 403),
        ("jiaotong", 200, 403),
        ("jiaotong-lead", 200, 403),
        ("xiehui", 200, 403),
        // A linked department, another unit, departments of other fields.
        ("gongxin", 403, 403),
        ("shangwu", 404, 404),
        ("caizheng", 403, 403),
        ("observer", 404, 404),
        ("admin", 404, 404),
    ] {
        let cookie = scene.world.sign_in(account).await;
        for (path, expected) in [(&scene.register, reads), (&new, enters)] {
            let answer = scene.world.get(&cookie, path).await;
            assert_eq!(answer.status.as_u16(), expected, "{account} {path}");
        }
        if enters != 200 {
            let typed = [
                ("applied_on", "2018-12-10"),
                ("request_id", "0123456789abcdef"),
            ];
            let answer = scene.world.post(&cookie, &new, &typed).await;
            assert_eq!(answer.status.as_u16(), enters, "{account}");
        }
    }
    let civil = scene.world.sign_in("minzheng").await;
    let nothing = format!("{}/new/nothing", scene.register);
    let answer = scene.world.get(&civil, &nothing).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_received_late_says_so_and_short_votes_need_a_sentence() {
    let scene = Scene::on("2018-12-12").await;
    let received = [
        ("organ", "assembly"),
        ("met_on", "2018-11-01"),
        ("entitled", "90"),
        ("present", "59"),
        ("agreed", "50"),
        ("content", "会长、秘书长变更"),
        ("applied_on", "2018-12-10"),
    ];
    let entry = scene.receives("minzheng", "officers", &received).await;
    // 30 days end on Saturday 12-01: due on Monday (FD-6), applied for a week later.
    assert_eq!(
        scene.item("T6-06").await[..4],
        ["reported_done", "2018-12-10", "2018-12-03", "statute"]
    );
    let civil = scene.world.sign_in("minzheng").await;
    let shown = scene.world.get(&civil, &entry).await;
    for words in ["超过法定时限", "2018-12-03", "不足应到人数的三分之二"] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let mut result = vec![
        ("verdict", "granted"),
        ("decided_on", "2018-12-12"),
        ("document", "备2018031"),
    ];
    let refused = scene.decides(&entry, &result).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("示范章程"), "{}", refused.body);
    result.push(("opinion", "协会章程第二十一条规定过半数到会即可"));
    done(&scene.decides(&entry, &result).await);
    assert_eq!(scene.item("T6-06").await[0], "verified");
    // A meeting is needed, and its numbers fit.
    let new = format!("{}/new/charter", scene.register);
    for typed in [
        vec![("applied_on", "2018-12-10")],
        vec![
            ("organ", "assembly"),
            ("met_on", "2018-12-11"),
            ("applied_on", "2018-12-10"),
        ],
        vec![
            ("organ", "assembly"),
            ("met_on", "2018-12-01"),
            ("entitled", "90"),
            ("present", "91"),
            ("agreed", "1"),
            ("applied_on", "2018-12-10"),
        ],
        vec![
            ("organ", "assembly"),
            ("met_on", "2018-12-01"),
            ("entitled", "90"),
            ("applied_on", "2018-12-10"),
        ],
    ] {
        let answer = scene.world.submit(&civil, (&new, &new), &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
    }
}
