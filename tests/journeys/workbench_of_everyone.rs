//! What waits for somebody stands on their workbench, with its day.

use axum::http::StatusCode;
use tuogou::bench::pages::{self, Row, Served, Wanted};
use tuogou::server;

use crate::world::{Answer, World};

/// The addresses in a page's tables.
fn links(page: &Answer) -> Vec<String> {
    rows_of(page, "main table")
}

/// Where the rows of such tables lead.
fn rows_of(page: &Answer, tables: &str) -> Vec<String> {
    let rows = format!("{tables} tbody th[scope=row] a");
    let selector = scraper::Selector::parse(&rows).unwrap();
    page.page()
        .select(&selector)
        .filter_map(|link| link.value().attr("href"))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn prior_approvals_wait_on_the_workbench_of_the_department() {
    let world = World::demo().await;
    let mut seen = 0;
    for username in [
        "caizheng", "jiguan", "zuzhi", "renshe", "bianban", "shenji", "fagai",
    ] {
        let cookie = world.sign_in(username).await;
        let waiting = links(&world.get(&cookie, "/approvals").await);
        let workbench = links(&world.get(&cookie, "/").await);
        for href in waiting
            .into_iter()
            .filter(|href| href.contains("/plan/approvals/"))
        {
            assert!(workbench.contains(&href), "{username}: {href}");
            seen += 1;
        }
    }
    assert!(
        seen > 0,
        "the demonstration asks no department for anything"
    );
}

#[tokio::test]
async fn plans_wait_on_the_workbench_of_whose_turn_it_is() {
    let world = World::demo().await;
    for (username, title, count) in [
        (
            "office",
            "受理实施方案",
            "select count(*) from plan p where state = 'submitted' and not exists
            (select from prior_approval q where q.plan_id = p.id and q.state = 'requested')",
        ),
        (
            "office-lead",
            "审批实施方案",
            "select count(*) from plan where state = 'under_review'",
        ),
    ] {
        let cookie = world.sign_in(username).await;
        let page = world.get(&cookie, "/").await;
        let shown = page
            .texts("main table tbody th a")
            .iter()
            .filter(|text| text.contains(title))
            .count();
        assert_eq!(
            i64::try_from(shown).unwrap(),
            world.count(count).await,
            "{username}"
        );
    }
    let drafts = world
        .count("select count(*) from plan where state in ('draft', 'under_review')")
        .await;
    assert!(drafts > 0, "the demonstration has no plan under way");
}

/// The clerks of three units have handed items over, others a plan and a survey, and no
/// leader has signed them yet.
#[tokio::test]
async fn what_clerks_hand_over_waits_on_the_leaders_workbench() {
    let world = World::demo().await;
    let handed = world
        .count(
            "select (select count(*) from item where state = 'for_signature')
                  + (select count(*) from plan where state = 'for_signature')
                  + (select count(*) from survey where state = 'for_signature')",
        )
        .await;
    assert!(handed >= 5, "{handed}");
    for (leader, title) in [
        ("shangwu-lead", "审签并报告办结"),
        ("wenguang-lead", "审签并报告办结"),
        ("gongshanglian-lead", "审签并报告办结"),
        ("gongshanglian-lead", "报送实施方案"),
        ("gongshanglian-lead", "审签并报送摸底调查"),
    ] {
        let cookie = world.sign_in(leader).await;
        let page = world.get(&cookie, "/").await;
        let rows = page.texts("main table tbody th a");
        assert!(
            rows.iter().any(|row| row.contains(title)),
            "{leader}: {title} not in {rows:?}"
        );
    }
}

/// Accounts with one capacity, and what lies on its desk today.
async fn desks(world: &World) -> Vec<(String, i64)> {
    let today = world.app.clock.today();
    sqlx::query_as(
        "select a.username, (select count(*) from desk k where k.department_id = c.department_id and k.role = c.role
                               and (k.from_on is null or k.from_on <= $1))
         from capacities_on(1, $1) c join account a on a.id = c.account_id and a.disabled_at is null
         where (select count(*) from capacities_on(1, $1) o where o.account_id = a.id) = 1
         order by 1",
    )
    .bind(today)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

/// What lies on somebody's desk stands on their workbench, all of it, and each row leads
/// to a page that opens for them.
#[tokio::test]
async fn all_that_lies_in_somebodys_hands_stands_on_their_workbench_and_leads_to_its_page() {
    for world in [World::demo().await, World::national().await] {
        world.app.brought_up().await.unwrap();
        let mut opened = 0;
        for (username, lies) in desks(&world).await {
            let cookie = world.sign_in(&username).await;
            let page = world.get(&cookie, "/").await;
            assert_eq!(page.status, StatusCode::OK, "{username}");
            // Beside them stands the unit's matrix, whose rows are associations.
            let hrefs: Vec<String> = rows_of(&page, "main table.grouped")
                .into_iter()
                .filter(|href| !href.ends_with("/comments"))
                .collect();
            let shown = i64::try_from(hrefs.len()).unwrap();
            assert!(
                shown == lies || page.body.contains("查看全部"),
                "{username}: {shown} of {lies}"
            );
            for href in hrefs {
                let answer = world.get(&cookie, &href).await;
                assert_eq!(answer.status, StatusCode::OK, "{username}: {href}");
                opened += 1;
            }
        }
        assert!(opened > 50, "{opened}");
    }
}

/// The rest of a long share is a page away, and an unknown share is nothing.
#[tokio::test]
async fn a_share_is_paged() {
    let world = World::demo().await;
    let clerk = world.sign_in("shangwu").await;
    let page = world.get(&clerk, "/?part=late").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("第1页，共1页"), "{}", page.body);
    let unknown = world.get(&clerk, "/?part=other").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

/// Ten messages to the database, the session's and the ends of transactions among them,
/// whoever looks, in both schemes.
#[tokio::test]
async fn a_workbench_costs_ten_messages_at_most() {
    for world in [World::demo().await, World::national().await] {
        // The day's first page brings the desk up to it.
        tuogou::desk::prepare(&world.app).await.unwrap();
        let routes = server::routes(&world.app);
        let served = Served {
            router: server::router,
            table: routes.table(),
        };
        let wanted = Wanted {
            runs: 1,
            only: "/$".to_owned(),
        };
        let measured = pages::measure(&world.app, &served, &wanted).await.unwrap();
        assert!(measured.rows.len() > 5, "{:#?}", measured.rows);
        let of = |row: &Row| (row.account.clone(), row.status, row.messages);
        let all: Vec<_> = measured.rows.iter().map(of).collect();
        let fit = all
            .iter()
            .all(|(_, status, messages)| *status == 200 && *messages <= 10);
        assert!(fit, "{all:?}");
    }
}

/// The days of a workbench's rows, as they stand.
fn states(page: &Answer) -> Vec<String> {
    page.texts("[aria-label='待办事项'] tbody:first-of-type td[data-label='状态']")
}

/// Late first, and an association's rows together under its name: a clerk's first row is what the
/// page calls the most urgent.
#[tokio::test]
async fn the_most_urgent_comes_first_and_an_associations_rows_stand_together() {
    let world = World::demo().await;
    let cookie = world.sign_in("shangwu").await;
    let page = world.get(&cookie, "/").await;
    let urgent = page.texts(".now .mark");
    assert_eq!(urgent.first(), states(&page).first());
    let groups = page.texts("[aria-label='待办事项'] tr.group th a");
    let distinct: std::collections::BTreeSet<&String> = groups.iter().collect();
    assert_eq!(distinct.len(), groups.len(), "{groups:?}");
    let days: Vec<i64> = page
        .texts("[aria-label='待办事项'] tbody tr.group + tr td[data-label='状态']")
        .iter()
        .filter_map(|words| words.strip_prefix("逾期")?.strip_suffix('天')?.parse().ok())
        .collect();
    assert!(
        days.len() > 1 && days.is_sorted_by(|one, other| one >= other),
        "{days:?}"
    );
}

/// What others have of a unit's matters stands behind its tab with whoever has it, and each row
/// leads to a page that opens; so does what is finished.
#[tokio::test]
async fn the_other_tabs_lead_to_pages_that_open() {
    let world = World::demo().await;
    for username in ["jiaotong", "shangwu-lead", "office", "xiehui"] {
        let cookie = world.sign_in(username).await;
        for view in ["others", "closed", "done"] {
            let page = world.get(&cookie, &format!("/?view={view}")).await;
            assert_eq!(page.status, StatusCode::OK, "{username} {view}");
            let links = links(&page);
            assert!(view == "done" || !links.is_empty(), "{username} {view}");
            for href in links {
                let answer = world.get(&cookie, &href).await;
                assert_eq!(answer.status, StatusCode::OK, "{username} {view}: {href}");
            }
        }
    }
    let office = world.sign_in("minzheng").await;
    let unknown = world.get(&office, "/?view=other").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

/// An association's page says of each of its matters who has it, and the office presses from there.
#[tokio::test]
async fn an_associations_page_names_the_holder_of_each_matter() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let cookie = world.sign_in("office").await;
    let page = world.get(&cookie, &format!("/associations/{id}")).await;
    let rows = page.texts("[aria-label='未办结的事项'] tbody th a");
    let held = page.texts("[aria-label='未办结的事项'] td[data-label='在谁手里']");
    assert!(!rows.is_empty());
    assert_eq!(rows.len(), held.len());
    assert!(
        held.iter().all(|words| words.contains("个工作日")),
        "{held:?}"
    );
    assert_eq!(page.texts(".journey li").len(), 5);
    assert!(
        page.texts(".journey li")
            .iter()
            .any(|step| step.contains("35/38"))
    );
}
