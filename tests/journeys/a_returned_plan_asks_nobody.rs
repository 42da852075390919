//! FD-4, TC-66: a plan that went back to its unit asks nobody for anything until it is sent
//! again; then what was marked goes out with it, and what rested goes on.

use axum::http::StatusCode;

use crate::world::{Answer, World};

/// A plan that is with the office while departments have not answered.
struct Sent {
    world: World,
    association: i64,
    plan: String,
    clerk: String,
    leader: String,
}

/// Somebody of a department in a role; the worked example's people are the demonstration's.
async fn person(world: &World, department: i64, role: &str) -> String {
    sqlx::query_scalar(
        "select a.username from capacity c join account a on a.id = c.account_id
         where c.department_id = $1 and c.role = $2 and a.disabled_at is null order by a.id limit 1",
    )
    .bind(department)
    .bind(role)
    .fetch_one(world.owner())
    .await
    .unwrap()
}

impl Sent {
    async fn new() -> Self {
        let world = World::demo().await;
        let association = world.association("轨道客车配套商会").await;
        let unit: i64 = sqlx::query_scalar("select department_id from association where id = $1")
            .bind(association)
            .fetch_one(world.owner())
            .await
            .unwrap();
        let clerk = person(&world, unit, "unit_clerk").await;
        let leader = person(&world, unit, "unit_leader").await;
        Self {
            association,
            plan: format!("/associations/{association}/plan"),
            clerk: world.sign_in(&clerk).await,
            leader: world.sign_in(&leader).await,
            world,
        }
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .bind(self.association)
            .fetch_one(self.world.owner())
            .await
            .unwrap()
    }

    async fn requested(&self) -> i64 {
        self.count(
            "select count(*) from prior_approval where association_id = $1 and state = 'requested'",
        )
        .await
    }

    async fn on_desks(&self) -> i64 {
        self.count(
            "select count(*) from desk where association_id = $1 and act = 'approval.answer'",
        )
        .await
    }

    /// An approval in a state with its address, and somebody of its department.
    async fn approval(&self, state: &str) -> (String, String) {
        let (id, department, role): (i64, i64, String) = sqlx::query_as(
            "select q.id, q.department_id, (select c.role from capacity c where c.department_id = q.department_id
               and c.role not in ('unit_clerk', 'unit_leader', 'office_clerk', 'office_leader', 'civil_leader') order by c.id limit 1)
             from prior_approval q where q.association_id = $1 and q.state = $2 order by q.id limit 1",
        )
        .bind(self.association)
        .bind(state)
        .fetch_one(self.world.owner())
        .await
        .unwrap();
        let who = person(&self.world, department, &role).await;
        (
            format!("{}/approvals/{id}", self.plan),
            self.world.sign_in(&who).await,
        )
    }

    async fn refuse(&self, page: &str, who: &str) -> Answer {
        let today = self.world.app.clock.today().to_string();
        let fields = [
            ("verdict", "refuse"),
            ("document_number", "绿财函〔2018〕88号"),
            ("document_date", today.as_str()),
            ("opinion", "处置意见与清查结果不符"),
            ("conditions", ""),
            ("expires_on", ""),
        ];
        self.world.submit(who, (page, page), &fields).await
    }

    async fn send_again(&self) -> Answer {
        let submission = format!("{}/submission", self.plan);
        let number = [("request_number", "绿交请〔2018〕99号")];
        let at = (self.plan.as_str(), submission.as_str());
        self.world.submit(&self.leader, at, &number).await
    }
}

fn went(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn what_was_asked_rests_and_goes_on_with_a_new_clock() {
    let sent = Sent::new().await;
    let (page, specialist) = sent.approval("requested").await;
    let (asked, on_desks) = (sent.requested().await, sent.on_desks().await);
    assert!(on_desks > 0);
    let office = sent.world.sign_in("office").await;
    let back = format!("{}/return", sent.plan);
    let why = [("remark-PL-8", "请明确党组织接收单位")];
    went(&sent.world.submit(&office, (&sent.plan, &back), &why).await);
    assert_eq!((sent.requested().await, sent.on_desks().await), (0, 0));
    let resting =
        "select count(*) from prior_approval where association_id = $1 and state = 'resting'";
    assert_eq!(sent.count(resting).await, asked);
    // Nobody's list has it, and who still opens it reads why nothing is to be done.
    let waiting = sent.world.get(&specialist, "/approvals").await;
    assert!(!waiting.body.contains(&page), "{}", waiting.body);
    let shown = sent.world.get(&specialist, &page).await;
    assert!(
        shown.body.contains("方案正由业务主管单位修改"),
        "{}",
        shown.body
    );
    let fields = [
        ("verdict", "agree"),
        ("document_number", "绿财函〔2018〕88号"),
        ("document_date", "2018-10-20"),
        ("opinion", ""),
        ("conditions", ""),
        ("expires_on", ""),
        ("seen", "1"),
        ("request_id", "while-it-rests"),
    ];
    let refused = sent.world.post(&specialist, &page, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("重新报送后"), "{}", refused.body);
    // Sent again: the same requests, from today on.
    went(&sent.send_again().await);
    assert_eq!(
        (sent.requested().await, sent.on_desks().await),
        (asked, on_desks)
    );
    let today: bool = sqlx::query_scalar(
        "select bool_and(requested_on = $2) from prior_approval where association_id = $1 and state = 'requested'",
    )
    .bind(sent.association)
    .bind(sent.world.app.clock.today())
    .fetch_one(sent.world.owner())
    .await
    .unwrap();
    assert!(today, "the clock begins with the submission");
}

#[tokio::test]
async fn tc_66_a_refusal_beside_another_that_is_pending() {
    let sent = Sent::new().await;
    let (page, specialist) = sent.approval("requested").await;
    // Beside it something is asked that the plan does not call for any more.
    sqlx::query(
        "insert into prior_approval (campaign_id, plan_id, association_id, code, competence, department_id, state, requested_on)
         select p.campaign_id, p.id, p.association_id, 'PA-4', 'CZ', d.id, 'requested', '2018-10-11'
         from plan p join department d on d.campaign_id = p.campaign_id and 'CZ' = any(d.competences)
         where p.association_id = $1",
    )
    .bind(sent.association)
    .execute(sent.world.owner())
    .await
    .unwrap();
    let asked = sent.requested().await;
    went(&sent.refuse(&page, &specialist).await);
    let state = "select count(*) from plan where association_id = $1 and state = 'returned'";
    assert_eq!(sent.count(state).await, 1);
    let resting =
        "select count(*) from prior_approval where association_id = $1 and state = 'resting'";
    assert_eq!(sent.count(resting).await, asked - 1);
    // What was refused must be marked first; marking asks nobody.
    let refused = sent.world.get(&sent.leader, &sent.plan).await;
    assert!(
        refused.body.contains("尚未报请有关部门批准"),
        "{}",
        refused.body
    );
    let marks = format!("{}/approval-marks", sent.plan);
    let at = (sent.plan.as_str(), marks.as_str());
    went(&sent.world.submit(&sent.clerk, at, &[]).await);
    assert_eq!((sent.requested().await, sent.on_desks().await), (0, 0));
    let marked =
        "select count(*) from prior_approval where association_id = $1 and state = 'marked'";
    assert_eq!(sent.count(marked).await, 1);
    // A mark can be taken away, and set again.
    let unmarking = format!("{page}/unmarking");
    let at_one = (page.as_str(), unmarking.as_str());
    went(&sent.world.submit(&sent.clerk, at_one, &[]).await);
    assert_eq!(sent.count(marked).await, 0);
    went(&sent.world.submit(&sent.clerk, at, &[]).await);
    went(&sent.send_again().await);
    // The one goes out again, the other is closed.
    assert_eq!(sent.requested().await, asked - 1);
    assert_eq!(sent.count(resting).await + sent.count(marked).await, 0);
}
