//! A problem is raised where it is met, solved by whom it concerns, and closed by who raised
//! it; a grave one goes through the office's head (IS-1 to IS-7).

use axum::http::StatusCode;

use super::{At, done, made, refused};
use crate::world::World;

const TOLD: [(&str, &str); 4] = [
    ("problem_title", "办公用房权属不清"),
    ("problem_text", "购置时由原主管局和协会共同出资。"),
    ("problem_kind", "assets"),
    ("problem_level", "normal"),
];

/// Raises one from a page of an association, by the link at its foot.
async fn raised<'w>(world: &'w World, who: &str, page: &str, more: &[(&str, &str)]) -> At<'w> {
    let cookie = world.sign_in(who).await;
    let foot = world.get(&cookie, page).await;
    let link = foot
        .page()
        .select(&scraper::Selector::parse("footer a[href^='/dockets/new/problem']").unwrap())
        .next()
        .unwrap()
        .value()
        .attr("href")
        .unwrap()
        .to_owned();
    let form = world.get(&cookie, &link).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    let mut typed: Vec<(&str, &str)> = TOLD.to_vec();
    typed.extend(more);
    let answer = world
        .submit(
            &cookie,
            (&link, "/dockets/new/problem"),
            &{
                let association = form.value("association");
                let mut typed: Vec<(String, String)> = typed
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect();
                typed.push(("association".to_owned(), association));
                typed
            }
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect::<Vec<_>>(),
        )
        .await;
    At {
        world,
        id: made(&answer),
    }
}

#[tokio::test]
async fn an_ordinary_problem_is_solved_by_the_unit_and_closed_by_who_raised_it() {
    let world = World::demo().await;
    let association = world.association("装备制造业协会").await;
    let page = format!("/associations/{association}/progress");
    // Civil affairs meets it on the checklist; the page is kept.
    let problem = raised(&world, "minzheng", &page, &[]).await;
    let cookie = world.sign_in("gongxin").await;
    let shown = world.get(&cookie, &problem.page()).await;
    assert!(
        shown.body.contains(&format!("href=\"{page}\"")),
        "{}",
        shown.body
    );
    assert!(
        problem
            .hands()
            .await
            .iter()
            .any(|hand| hand.0 == "gongxin" && hand.1 == "unit_clerk")
    );

    // A day that is over is no day to solve it by; nothing typed is lost.
    let late = problem
        .go("gongxin", "taking", &[("problem_due", "2018-11-01")])
        .await;
    refused(&late, StatusCode::CONFLICT, "2018-11-01");
    done(
        &problem
            .go("gongxin", "taking", &[("problem_due", "2018-11-29")])
            .await,
    );
    // Who solves it does not close it, and nobody closes what is not reported.
    assert!(!problem.offers("minzheng", "closing").await);
    done(
        &problem
            .go("gongxin", "finish", &[("problem_result", "已更名登记。")])
            .await,
    );
    assert!(!problem.offers("gongxin", "closing").await);
    assert!(!problem.offers("gongxin-lead", "closing").await);
    // Not solved: it goes back with the reason.
    done(
        &problem
            .go("minzheng", "return", &[("problem_back", "证书尚未换发。")])
            .await,
    );
    assert_eq!(problem.state().await, "handling");
    done(
        &problem
            .go("gongxin", "finish", &[("problem_result", "已换发。")])
            .await,
    );
    done(
        &problem
            .go("minzheng", "closing", &[("problem_closing", "核对原件。")])
            .await,
    );
    assert_eq!(problem.state().await, "settled");
    assert!(problem.hands().await.is_empty());
}

#[tokio::test]
async fn a_grave_one_goes_by_the_leader_to_the_office_and_holds_up_the_plan() {
    let world = World::demo().await;
    let association = world.association("装备制造业协会").await;
    let page = format!("/associations/{association}");
    // IS-3: its cause makes it grave, whatever was ticked.
    let cause = [("problem_causes", "dispute")];
    let problem = raised(&world, "gongxin", &page, &cause).await;
    let cookie = world.sign_in("gongxin-lead").await;
    let plan = world
        .get(&cookie, &format!("/associations/{association}/plan"))
        .await;
    assert!(plan.body.contains("有重大问题未销号"), "{}", plan.body);
    // IS-6: the leader alone asks the office.
    assert!(!problem.offers("gongxin", "sending").await);
    assert!(!problem.offers("gongxin", "taking").await);
    done(&problem.go("gongxin-lead", "sending", &[]).await);
    let assigned = [
        ("problem_handler", "caizheng"),
        ("problem_answer_due", "2018-11-26"),
    ];
    // IS-2: within two working days, by the clerk.
    let due: String = sqlx::query_scalar("select due_on::text from desk where kind = 'docket' and case_id = $1 and act = 'docket.assign'")
        .bind(problem.id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(due, "2018-11-26");
    done(&problem.go("office", "assignment", &assigned).await);
    // What was seen before is not what is decided on.
    let head = world.sign_in("office-lead").await;
    let sealed = world
        .sealed(
            &head,
            &problem.page(),
            &format!("{}/decision", problem.page()),
        )
        .await;
    done(
        &problem
            .go(
                "caizheng",
                "answer",
                &[("problem_opinion", "按出资比例界定。")],
            )
            .await,
    );
    let mut stale: Vec<(&str, &str)> = sealed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let ruling = [
        ("problem_ruling", "同意财政局意见。"),
        ("problem_ruled_on", "2018-11-22"),
        ("problem_meeting", "绿脱钩办纪要〔2018〕5号"),
        ("problem_done_due", "2018-11-30"),
    ];
    stale.extend(ruling);
    let answer = world
        .post(&head, &format!("{}/decision", problem.page()), &stale)
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert!(
        answer.body.contains("同意财政局意见。"),
        "what was typed is kept"
    );
    done(&problem.go("office-lead", "decision", &ruling).await);
    done(
        &problem
            .go("gongxin", "finish", &[("problem_result", "已签订确认书。")])
            .await,
    );
    // Closed by the office's head, not by who raised it.
    assert!(!problem.offers("gongxin-lead", "closing").await);
    done(
        &problem
            .go(
                "office-lead",
                "closing",
                &[("problem_closing", "已核对确认书。")],
            )
            .await,
    );
    let plan = world
        .get(&cookie, &format!("/associations/{association}/plan"))
        .await;
    assert!(!plan.body.contains("有重大问题未销号"));
}

#[tokio::test]
async fn a_gap_in_a_document_reaches_the_department_that_leads_it() {
    let world = World::demo().await;
    let association = world.association("餐饮业商会").await;
    let more = [("problem_gap", "yes"), ("problem_policy", "PD-6")];
    let problem = raised(
        &world,
        "shangwu",
        &format!("/associations/{association}"),
        &more,
    )
    .await;
    let gap = sqlx::query_scalar("select id from docket where parent_id = $1")
        .bind(problem.id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let gap = At {
        world: &world,
        id: gap,
    };
    assert_eq!(
        gap.hands().await,
        [(
            "jiguan".to_owned(),
            "jiguan".to_owned(),
            "docket.send".to_owned()
        )]
    );
    done(
        &gap.go("jiguan", "sending", &[("gap_answer", "12月补充规定。")])
            .await,
    );
    assert_eq!(gap.state().await, "settled");
}

#[tokio::test]
async fn an_association_raises_its_own_and_nobody_elses() {
    let world = World::demo().await;
    let own = world.association("汽车维修行业协会").await;
    let problem = raised(&world, "xiehui", &format!("/associations/{own}"), &[]).await;
    let cookie = world.sign_in("xiehui").await;
    let shown = world.get(&cookie, &problem.page()).await;
    assert_eq!(shown.status, StatusCode::OK);
    let others = world.count("select min(id) from docket where process = 'problem' and department_id <> (select id from department where code = 'jiaotong')").await;
    let hidden = world.get(&cookie, &format!("/dockets/{others}")).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let list = world.get(&cookie, "/problems").await;
    assert!(list.body.contains("办公用房权属不清") && !list.body.contains("独立账号迟迟办不下来"));
}
