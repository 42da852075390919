//! Signed content (docs/decisions/0024): 机关事务局 agreed to 清理腾退; the plan comes back,
//! the unit changes PL-11 to 继续无偿使用 and sends it again. That approval does not cover
//! what the plan says now, and without it no reply passes.

use axum::http::StatusCode;
use tuogou::scheme::Scheme;

use super::two_people_on_one_form::sent;
use crate::walls::forms::harvest::drawn_on;
use crate::world::{Answer, World};

const AGREED: &str = "清理腾退";
const CHANGED: &str = "继续无偿使用";
const VOID: &str = "同意的内容已变更";

/// The worked example as it was sent back for PL-8 on 19 October.
async fn returned() -> (World, i64) {
    let world = World::empty(Scheme::lvyuan_2018().unwrap()).await;
    let day = "2018-10-19".parse().unwrap();
    world.told(&[day], async |_, _| {}).await;
    let id = world.association("汽车维修行业协会").await;
    (world, id)
}

fn on(world: &World, day: &str) {
    let day: chrono::NaiveDate = day.parse().unwrap();
    world.app.clock.move_to(day.and_hms_opt(9, 0, 0).unwrap());
}

/// States of the approvals, by code.
async fn approvals(world: &World, id: i64) -> Vec<(String, String)> {
    sqlx::query_as(
        "select code || '/' || competence, state from prior_approval
         where association_id = $1 and state <> 'not_needed' order by code, competence",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

async fn of_rooms(world: &World, id: i64) -> i64 {
    sqlx::query_scalar("select id from prior_approval where association_id = $1 and code = 'PA-5'")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// Opens a part of the plan as the clerk, changes what is typed and saves.
async fn save(
    world: &World,
    (id, part): (i64, &str),
    change: impl Fn(&str, &str) -> Option<String>,
) -> Answer {
    let clerk = world.sign_in("jiaotong").await;
    let page = format!("/associations/{id}/plan/parts/{part}");
    let drawn = world.get(&clerk, &page).await;
    assert_eq!(drawn.status, StatusCode::OK, "{}", drawn.body);
    let forms = drawn_on(world, &drawn.page(), ("jiaotong", &clerk, &page));
    let form = forms
        .into_iter()
        .find(|form| form.fields.iter().any(|(name, _)| name.starts_with(part)))
        .unwrap();
    let mut fields = form.fields.clone();
    fields.retain(|(name, _)| !matches!(name.as_str(), "_remove" | "_add"));
    for (name, value) in &mut fields {
        if let Some(changed) = change(name, value) {
            *value = changed;
        }
    }
    let answer = form.send(world, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer
}

async fn use_the_room_on(world: &World, id: i64) {
    save(world, (id, "PL-11"), |name, value| {
        let changes = name.ends_with(".disposition") && value.contains(AGREED);
        changes.then(|| CHANGED.to_owned())
    })
    .await;
}

#[tokio::test]
async fn a_return_leaves_every_approval_standing_and_so_does_mending_what_was_returned() {
    let (world, id) = returned().await;
    let before = approvals(&world, id).await;
    assert_eq!(before.len(), 11);
    assert!(
        before
            .iter()
            .all(|(_, state)| state.starts_with("approved"))
    );
    on(&world, "2018-10-22");
    save(&world, (id, "PL-8"), |name, _| {
        (name == "PL-8-5").then(|| "孙某".to_owned())
    })
    .await;
    assert_eq!(approvals(&world, id).await, before);
    let void = world
        .count("select count(*) from signature where void_on is not null")
        .await;
    assert_eq!(void, 0);
}

/// The clerk asks anew, the leader signs and sends.
async fn send_again(world: &World, id: i64) {
    let leader = world.sign_in("jiaotong-lead").await;
    let clerk = world.sign_in("jiaotong").await;
    let plan = format!("/associations/{id}/plan");
    // At once, or with the next submission of a plan that was sent before (FD-4).
    let shown = world.get(&clerk, &plan).await.body;
    let ways = ["approval-marks", "approvals"].map(|way| format!("{plan}/{way}"));
    let drawn = |way: &String| shown.contains(&format!("action=\"{way}\""));
    let ask = ways.into_iter().find(drawn).unwrap();
    let asked = world.submit(&clerk, (&plan, &ask), &[]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let submission = format!("{plan}/submission");
    let number = [("request_number", "绿交请〔2018〕23号")];
    let sent = world.submit(&leader, (&plan, &submission), &number).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
}

/// The office can neither take the plan on nor reply.
async fn nothing_passes(world: &World, id: i64) {
    on(world, "2018-10-23");
    let plan = format!("/associations/{id}/plan");
    let office = world.sign_in("office").await;
    let shown = world.get(&office, &plan).await.body;
    assert!(shown.contains("尚未批准"), "the office cannot take it on");
    let head = world.sign_in("office-lead").await;
    let reply = world.get(&head, &format!("{plan}/reply/new")).await;
    assert_ne!(reply.status, StatusCode::OK);
}

#[tokio::test]
async fn an_approval_is_void_once_the_plan_says_something_else() {
    let (world, id) = returned().await;
    on(&world, "2018-10-22");
    let before = approvals(&world, id).await;
    use_the_room_on(&world, id).await;

    // That one fell back to 应报请; all the others stand, 财政局's on the assets too.
    let fallen: Vec<_> = approvals(&world, id)
        .await
        .into_iter()
        .filter(|now| !before.contains(now))
        .collect();
    assert_eq!(fallen, [("PA-5/JG".to_owned(), "required".to_owned())]);
    let asks = world
        .count("select count(*) from desk where kind = 'approval' and act in ('approval.request', 'approval.mark') and role = 'unit_clerk'")
        .await;
    assert!(asks > 0, "the clerk is to ask anew");

    // Its page shows what was agreed to and what it says now; the case file tells it.
    let rooms = of_rooms(&world, id).await;
    let page = format!("/associations/{id}/plan/approvals/{rooms}");
    for reader in ["jiguan", "jiaotong", "office"] {
        let cookie = world.sign_in(reader).await;
        let shown = world.get(&cookie, &page).await.body;
        for words in [VOID, AGREED, CHANGED, "应报请"] {
            assert!(shown.contains(words), "{reader}: {words}");
        }
        let history = format!("/associations/{id}/history");
        let told = world.get(&cookie, &history).await.body;
        assert!(told.contains(VOID) || reader == "jiguan", "{reader}");
    }

    send_again(&world, id).await;
    nothing_passes(&world, id).await;
    // 机关事务局 looks at what it says now, and answers anew; then it passes.
    let rooms_office = world.sign_in("jiguan").await;
    let answer = [
        ("verdict", "agree"),
        ("document_number", "绿机管〔2018〕9号"),
        ("document_date", "2018-10-23"),
    ];
    let answered = world.submit(&rooms_office, (&page, &page), &answer).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    let shown = world.get(&rooms_office, &page).await.body;
    assert!(!shown.contains(VOID), "it was agreed to as it reads now");
    let office = world.sign_in("office").await;
    let plan = format!("/associations/{id}/plan");
    let check = format!("{plan}/check");
    let opinion = [("opinion", "材料齐全。")];
    let taken = world.submit(&office, (&plan, &check), &opinion).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

#[tokio::test]
async fn what_was_signed_before_the_program_kept_it_is_bound_to_what_stands() {
    let (world, id) = returned().await;
    // An older program knew no signatures; the start carries over what stands.
    sqlx::raw_sql("delete from signature_person; delete from signature; delete from desk_day")
        .execute(world.owner())
        .await
        .unwrap();
    sqlx::raw_sql("delete from moved_fact")
        .execute(world.owner())
        .await
        .unwrap();
    tuogou::desk::prepare(&world.app).await.unwrap();
    let carried = world
        .count("select count(*) from signature where kind = 'approval' and carried and act is null")
        .await;
    assert!(carried >= 11, "{carried}");
    on(&world, "2018-10-22");
    use_the_room_on(&world, id).await;
    let rooms = of_rooms(&world, id).await;
    let cookie = world.sign_in("jiguan").await;
    let page = format!("/associations/{id}/plan/approvals/{rooms}");
    let shown = world.get(&cookie, &page).await.body;
    assert!(shown.contains(VOID) && shown.contains("沿用") && shown.contains(AGREED));
}

/// Somebody with a paper of 组织部: association, person, the unit's clerk.
async fn filed(world: &World) -> (i64, i64, String) {
    sqlx::query_as(
        "select h.association_id, h.id, (select min(a.username) from capacity c join account a on a.id = c.account_id
                                         where c.department_id = o.department_id and c.role = 'unit_clerk')
         from post_holder h join association o on o.id = h.association_id
         where h.approval_kind in ('approved', 'filed') and h.resigned_on is null and o.exited_on is null
         order by h.id limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap()
}

async fn edit(world: &World, (id, person, clerk): (i64, i64, &str), typed: (&str, &str)) {
    let cookie = world.sign_in(clerk).await;
    let page = format!("/associations/{id}/posts/{person}/edit");
    let drawn = world.get(&cookie, &page).await;
    let action = page.clone();
    let mut fields = sent(&drawn, &action);
    for (name, value) in &mut fields {
        if name == typed.0 {
            typed.1.clone_into(value);
        }
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let answer = world.post(&cookie, &action, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn a_filing_is_not_kept_for_somebody_else() {
    let world = World::demo().await;
    let (id, person, clerk) = filed(&world).await;
    let paper = async || {
        let sql = "select approval_kind from post_holder where id = $1";
        let kind: Option<String> = sqlx::query_scalar(sql)
            .bind(person)
            .fetch_one(world.owner())
            .await
            .unwrap();
        kind
    };
    // What is noted later leaves it standing.
    edit(
        &world,
        (id, person, &clerk),
        ("notes", "已电话核对本人意愿"),
    )
    .await;
    let told: Vec<String> =
        sqlx::query_scalar("select sentence from act_record order by id desc limit 3")
            .fetch_all(world.owner())
            .await
            .unwrap();
    assert!(paper().await.is_some(), "{told:?}");
    // Another person does not have it.
    edit(&world, (id, person, &clerk), ("name", "另一人")).await;
    assert_eq!(paper().await, None);
    let asks: i64 = sqlx::query_scalar(
        "select count(*) from desk where kind = 'post' and case_id = $1 and act = 'post.ask'",
    )
    .bind(person)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(asks, 1);
    let office = world.sign_in("zuzhi").await;
    let page = format!("/associations/{id}/posts/{person}");
    let shown = world.get(&office, &page).await.body;
    assert!(shown.contains(VOID) && shown.contains("另一人"));
}
