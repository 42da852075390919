//! The help knows every page, and no page that is not there: from it the way back, the help
//! at the foot and the line for signatures are drawn.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use tuogou::access::Act;
use tuogou::web::guide;
use tuogou::web::page::WAITING;
use tuogou::web::routes::Access;
use tuogou::{server, start};

use super::sources;
use crate::world::World;

/// Addresses that are asked for a file or by a script, and draw no page.
const FILES: &[&str] = &[
    "/drafts",
    "/associations/{association}/files/{file}",
    "/associations/{association}/files/{file}/view",
    "/roster/objections/{objection}/files/{file}",
    "/dockets/{docket}/files/{file}",
    "/associations/import/template.xlsx",
    "/departments/import/template.xlsx",
    "/imports/{import}/marked",
];

/// Whether it is a file without a page: a list or a document at its page's address with an
/// ending. What asks for a reason there has a help of its own.
fn is_file(path: &str) -> bool {
    FILES.contains(&path) || leaves(path) && guide::of(path).is_none()
}

/// Whether an address is a list's or a document's with an ending.
pub fn leaves(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending, "xlsx" | "csv" | "docx")
}

/// Patterns of pages with what their routes ask for.
fn pages() -> BTreeMap<&'static str, Act> {
    let program = start::program_without_database().unwrap();
    let routes = server::routes(&program);
    let pages = routes
        .table()
        .iter()
        .filter_map(|route| match route.access {
            Access::Act(act) if route.method == "GET" && !is_file(route.path) => {
                Some((route.path, act))
            }
            _ => None,
        });
    pages.collect()
}

#[tokio::test]
async fn every_page_has_its_help_and_no_help_is_without_page() {
    let pages = pages();
    let told: BTreeMap<&str, Act> = guide::all().map(|page| (page.address, page.act)).collect();
    assert_eq!(
        told.len(),
        guide::all().count(),
        "one entry for each pattern"
    );
    let missing: Vec<_> = pages
        .keys()
        .filter(|page| !told.contains_key(*page))
        .collect();
    assert!(
        missing.is_empty(),
        "tell them in src/web/guide: {missing:#?}"
    );
    let dead: Vec<_> = told
        .keys()
        .filter(|page| !pages.contains_key(*page))
        .collect();
    assert!(dead.is_empty(), "no page: {dead:#?}");
    for (page, act) in &told {
        assert_eq!(pages.get(page), Some(act), "{page}");
    }
}

#[tokio::test]
async fn the_help_is_told_in_sentences_and_cites_the_scheme() {
    let app = World::demo().await.app.in_force().await.unwrap();
    let topics: BTreeSet<&str> = guide::all().map(|page| page.topic).collect();
    let sentences = &app.scheme.campaign.sentences;
    let known: BTreeSet<&str> = sentences.iter().map(|each| each.topic.as_str()).collect();
    assert_eq!(known.len(), sentences.len(), "one sentence for each topic");
    // A topic without a page would be a sentence that nobody is shown.
    assert_eq!(topics, known);
    for page in guide::all() {
        for text in [page.purpose, page.who] {
            assert!(
                text.ends_with('。') && text.chars().count() > 5,
                "{}: {text}",
                page.address
            );
        }
    }
}

/// The menu counts kinds of the desk by their names, which only the desk's rows know.
#[tokio::test]
async fn the_menu_counts_kinds_that_the_desk_has() {
    let world = World::demo().await;
    let counted: Vec<&str> = WAITING
        .iter()
        .flat_map(|(_, kinds)| kinds.iter().copied())
        .collect();
    let rooms = sources::program();
    for kind in counted {
        let literal = format!("\"{kind}\"");
        let named =
            |(file, text): &sources::File| !file.starts_with("src/web/") && text.contains(&literal);
        assert!(rooms.iter().any(named), "{kind}");
    }
    // What lies in somebody's hands stands in the menu as on their workbench: in the capacity
    // in force, not what they once did for their leader.
    let cookie = world.sign_in("jiaotong").await;
    let page = world.get(&cookie, "/").await;
    let mine: i64 = sqlx::query_scalar(
        "select count(*) from desk d join capacity c on c.department_id = d.department_id and c.role = d.role
           and c.delegation_id is null
         join account a on a.id = c.account_id
         where a.username = 'jiaotong' and not d.suspended and (d.from_on is null or d.from_on <= $1)",
    )
    .bind(world.app.clock.today())
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert!(mine > 0);
    let first = page.texts(".menu > ul .count");
    assert_eq!(first.first(), Some(&format!("{mine}项")));
    assert_eq!(page.texts(".tabs .count").first(), first.first());
}

#[tokio::test]
async fn the_way_back_leads_to_the_list_as_it_was_left() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    let list = world.get(&cookie, "/associations?stage=implementing").await;
    let trail = list.headers.get("set-cookie").unwrap().to_str().unwrap();
    let trail = trail.split(';').next().unwrap();
    let id = world.association("汽车维修行业协会").await;
    let with = format!("{cookie}; {trail}");
    let page = world.get(&with, &format!("/associations/{id}/posts")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        page.texts(".way li"),
        ["协会台账", "汽车维修行业协会", "任职清理台账"]
    );
    assert!(
        page.body
            .contains("href=\"/associations?stage=implementing\"")
    );
    // Whoever opens the whole list goes back to the whole list.
    let whole = world.get(&with, "/associations").await;
    let cleared = whole.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(cleared.starts_with("trail=;"), "{cleared}");
    // What somebody else wrote into the cookie leads nowhere.
    let forged = format!("{cookie}; trail=//elsewhere.cn/associations?a=1");
    let page = world.get(&forged, &format!("/associations/{id}")).await;
    assert!(!page.body.contains("elsewhere"));
}

#[tokio::test]
async fn an_association_is_shown_under_its_own_name() {
    let world = World::demo().await;
    let cookie = world.sign_in("xiehui").await;
    let page = world.get(&cookie, "/").await;
    let identity = page.texts(".identity > p");
    assert!(
        identity[0].contains("长春市绿园区汽车维修行业协会"),
        "{identity:?}"
    );
    assert!(!identity[0].contains("交通运输局"), "{identity:?}");
}

#[tokio::test]
async fn a_title_says_the_object_first_and_that_something_must_be_mended() {
    let world = World::demo().await;
    let cookie = world.sign_in("jiaotong").await;
    let id = world.association("汽车维修行业协会").await;
    let page = world
        .get(&cookie, &format!("/associations/{id}/posts"))
        .await;
    assert_eq!(
        page.texts("title"),
        ["任职清理台账 · 汽车维修行业协会 · 绿园区行业协会商会脱钩工作平台"]
    );
    let address = "/password";
    let wrong = world.post(&cookie, address, &[("old", "x")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.texts("title")[0].starts_with("错误："),
        "{:?}",
        wrong.texts("title")
    );
}
