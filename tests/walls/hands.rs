//! 在谁手里: every list of matters says of each row who has it, since when, and how many of its
//! working days are used, as the desk has it.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use chrono::NaiveDate;
use scraper::{ElementRef, Html, Selector};
use tuogou::scheme::calendar::workdays;

use crate::world::{Answer, World};

const LABEL: &str = "在谁手里";

/// What a row of a list is about.
#[derive(Debug, Clone, Copy)]
enum Means {
    /// A matter of one of these kinds with this key.
    Case(&'static [&'static str], i64),
    /// What there is of these kinds of an association.
    Within(&'static [&'static str], i64),
    /// Whatever comes first of an association.
    First(i64),
    /// An item of a checklist.
    Item(i64),
}

/// A row of the desk.
#[derive(Debug, Clone, sqlx::FromRow)]
struct Lying {
    department: String,
    since: NaiveDate,
    due_on: Option<NaiveDate>,
}

macro_rules! lying {
    ($from:literal) => {
        concat!(
            "select d.short_name as department, k.since, k.due_on from ",
            $from,
            " and (k.from_on is null or k.from_on <= $1) order by k.suspended, k.due_on, k.kind, k.case_id, k.department_id, k.role, k.act"
        )
    };
}

async fn desk(world: &World, means: Means) -> Vec<Lying> {
    let today = world.app.clock.today();
    let text = |kinds: &[&str]| kinds.iter().map(ToString::to_string).collect::<Vec<_>>();
    let asked = match means {
        Means::Case(kinds, id) => sqlx::query_as(lying!(
            "desk k join department d on d.id = k.department_id where k.kind = any($2) and k.case_id = $3"
        ))
        .bind(today)
        .bind(text(kinds))
        .bind(id),
        Means::Within(kinds, id) => sqlx::query_as(lying!(
            "desk k join department d on d.id = k.department_id where k.kind = any($2) and k.association_id = $3"
        ))
        .bind(today)
        .bind(text(kinds))
        .bind(id),
        Means::First(id) => sqlx::query_as(lying!(
            "desk k join department d on d.id = k.department_id where k.association_id = $2"
        ))
        .bind(today)
        .bind(id),
        Means::Item(id) => sqlx::query_as(lying!(
            "item i join desk k on k.kind = 'item' and k.case_id = i.association_id and k.act = case
                 when i.exemption_asked_on is not null and i.state in ('open', 'in_progress', 'returned') then 'item.exempt'
                 when i.state in ('open', 'in_progress', 'returned') then 'item.save' when i.state = 'for_signature' then 'item.report'
                 when i.state = 'reported_done' then 'item.verify' when i.state = 'verified' then 'item.accept' end
             join department d on d.id = k.department_id
             where i.id = $2 and (i.mandatory or i.state not in ('open', 'in_progress') or i.exemption_asked_on is not null)"
        ))
        .bind(today)
        .bind(id),
    };
    asked.fetch_all(world.owner()).await.unwrap()
}

/// A row of a list: its addresses, and what stands under 在谁手里.
struct Shown {
    hrefs: Vec<String>,
    cell: String,
}

fn text(element: &ElementRef<'_>) -> String {
    let words = element.text().collect::<String>();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn selected(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

/// The rows of all tables of a page that have the column.
fn rows(page: &Html) -> Vec<Shown> {
    let mut found = Vec::new();
    for table in page.select(&selected("main table")) {
        let heads: Vec<String> = table
            .select(&selected("thead th"))
            .map(|head| text(&head))
            .collect();
        let Some(place) = heads.iter().position(|head| head == LABEL) else {
            continue;
        };
        // A heading within the table is no row of it.
        for row in table.select(&selected("tbody tr:not(.group)")) {
            let cells: Vec<ElementRef<'_>> = row.select(&selected("th, td")).collect();
            let anchors = selected("a");
            let links = row.select(&anchors);
            found.push(Shown {
                hrefs: links
                    .filter_map(|link| link.attr("href"))
                    .map(str::to_owned)
                    .collect(),
                cell: text(cells.get(place).unwrap()),
            });
        }
    }
    found
}

/// Compares a cell with what the desk has.
fn compare(
    world: &World,
    (page, shown): (&str, &Shown),
    means: Means,
    desk: &[Lying],
) -> Option<String> {
    let cell = &shown.cell;
    let wrong = |why: &str| {
        Some(format!(
            "{page} {:?}: {why}: {cell:?}, {desk:?}",
            shown.hrefs
        ))
    };
    let Some(first) = desk.first() else {
        return if cell == "—" {
            None
        } else {
            wrong("nobody has it")
        };
    };
    let scheme = world.scheme();
    let campaign = &scheme.campaign;
    if matches!(means, Means::Item(_)) {
        // Which of several verifiers it is, and the item's own days, the checklists compare.
        let known = desk.iter().any(|row| cell.contains(&row.department));
        return if known && cell.contains("个工作日") {
            None
        } else {
            wrong("somebody has it")
        };
    }
    let used = workdays(campaign, first.since, world.app.clock.today());
    let told = match first.due_on {
        Some(due) if due >= first.since => {
            let given = workdays(campaign, first.since, due);
            format!("{}起，已用{used}/{given}个工作日", first.since)
        }
        _ => format!("{}起，已用{used}个工作日", first.since),
    };
    let departments: BTreeSet<&str> = desk.iter().map(|row| row.department.as_str()).collect();
    let named = match means {
        Means::First(_) => cell.contains(&first.department),
        _ if cell.contains('等') => desk.len() > 3,
        _ => departments.iter().all(|name| cell.contains(name)),
    };
    if !named {
        return wrong("who has it");
    }
    if cell.ends_with(&told) {
        None
    } else {
        wrong(&told)
    }
}

fn numbers(href: &str) -> Vec<i64> {
    href.split('/')
        .filter_map(|part| part.parse().ok())
        .collect()
}

/// The first address of a row that an answer knows.
fn by(shown: &Shown, known: impl Fn(&[&str], &[i64]) -> Option<Means>) -> Option<Means> {
    shown.hrefs.iter().find_map(|href| {
        let parts: Vec<&str> = href
            .split('?')
            .next()
            .unwrap()
            .trim_matches('/')
            .split('/')
            .collect();
        known(&parts, &numbers(href))
    })
}

const PLANS: &[&str] = &["plan", "approval", "change"];
const PARTS: &[&str] = &["group", "liaison", "timetable", "risks"];

/// What the rows of a list are about, by their links.
fn means(list: &str, shown: &Shown) -> Option<Means> {
    let list = list.to_owned();
    by(shown, |parts, numbers| match (parts, numbers) {
        (["associations", _, "progress", _], [_, item]) => Some(Means::Item(*item)),
        (["associations", _, "exit"], [id]) => Some(Means::Within(&["exit"], *id)),
        (["associations", _, "activities", _], [_, id]) => Some(Means::Case(&["activity"], *id)),
        (["associations", _, "plan", "approvals", _], [_, id]) => {
            Some(Means::Case(&["approval"], *id))
        }
        (["associations", _, "posts", _], [_, id]) => Some(Means::Case(&["post"], *id)),
        (["associations", _, "plan"], [id]) if list == "/approvals" => {
            Some(Means::Within(PLANS, *id))
        }
        (["associations", _, "corrections", ..], [id, ..]) => {
            Some(Means::Within(&["correction"], *id))
        }
        (["associations", _, "plan" | "survey"], [id]) => {
            Some(Means::Within(&["plan", "survey"], *id))
        }
        (["associations", _], [id]) if list.starts_with("/dashboard") => {
            Some(Means::Within(&["item"], *id))
        }
        (["associations", _], [id]) if list.starts_with("/associations") => Some(Means::First(*id)),
        (["roster", _], [id]) => Some(Means::Case(&["recommendation"], *id)),
        (["workgroups", _], [id]) => Some(Means::Case(PARTS, *id)),
        (["reminders", "orders", _], [id]) => Some(Means::Case(&["supervision_order"], *id)),
        (["reminders", _], [id]) => Some(Means::Case(&["reminder"], *id)),
        _ => None,
    })
}

async fn opened(world: &World, user: &str, path: &str) -> Answer {
    let cookie = world.sign_in(user).await;
    let answer = world.get(&cookie, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{user} {path}");
    answer
}

/// All rows of a list are as the desk has them; how many there are, and how many lie with somebody.
async fn walk(world: &World, user: &str, path: &str) -> (usize, usize) {
    let answer = opened(world, user, path).await;
    let (mut wrong, mut held) = (Vec::new(), 0);
    let rows = rows(&answer.page());
    for shown in &rows {
        let Some(means) = means(path, shown) else {
            wrong.push(format!("{path}: what is {:?}", shown.hrefs));
            continue;
        };
        let desk = desk(world, means).await;
        held += usize::from(!desk.is_empty());
        wrong.extend(compare(world, (path, shown), means, &desk));
    }
    assert!(wrong.is_empty(), "{user}: {wrong:#?}");
    (rows.len(), held)
}

#[tokio::test]
async fn every_list_says_who_has_each_row() {
    let world = World::demo().await;
    let mut poor = Vec::new();
    for (user, path, lies) in [
        ("office", "/associations", true),
        ("office", "/associations?light=late", true),
        ("office", "/workgroups", false),
        ("office-lead", "/roster", false),
        ("office", "/exits", true),
        ("office", "/approvals", true),
        ("caizheng", "/approvals", false),
        ("jiaotong", "/approvals", false),
        ("zuzhi", "/posts", true),
        ("office", "/reminders", true),
        ("office-lead", "/dashboard", true),
        ("shangwu", "/dashboard", false),
        ("caizheng", "/dashboard", false),
        ("office", "/dashboard/tracks", true),
    ] {
        let (rows, held) = walk(&world, user, path).await;
        if lies && held == 0 {
            poor.push(format!("{user} {path}: {rows} rows, {held} with somebody"));
        }
    }
    let plans: Vec<i64> = sqlx::query_scalar("select distinct association_id from activity")
        .fetch_all(world.owner())
        .await
        .unwrap();
    for id in plans {
        walk(&world, "office", &format!("/associations/{id}/activities")).await;
    }
    let registers: Vec<i64> =
        sqlx::query_scalar("select distinct association_id from desk where kind = 'post'")
            .fetch_all(world.owner())
            .await
            .unwrap();
    for id in registers {
        let path = format!("/associations/{id}/posts");
        let (_, held) = walk(&world, "zuzhi", &path).await;
        if held == 0 {
            poor.push(path);
        }
    }
    assert!(poor.is_empty(), "{poor:#?}");
}

/// What was asked anew stands in its list with whoever answers.
#[tokio::test]
async fn requests_and_objections_say_who_answers() {
    let world = World::demo().await;
    let example = world.association("汽车维修行业协会").await;
    let survey = format!("/associations/{example}/survey");
    let case = world
        .count("select max(s.id) from survey s join association a on a.id = s.association_id where a.name like '%汽车维修%'")
        .await;
    let lead = world.sign_in("jiaotong-lead").await;
    let asking = format!("/associations/{example}/corrections/survey/{case}");
    let why = [("correction", "人员情况有误")];
    let sent = world.submit(&lead, (&survey, &asking), &why).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(walk(&world, "office", "/corrections").await, (1, 1));

    let office = world.sign_in("office").await;
    let publication = world
        .count("select max(id) from roster_publication")
        .await
        .to_string();
    let objection = [
        ("publication", publication.as_str()),
        ("received_on", "2018-10-09"),
        ("objector", "另一会员单位"),
        ("content", "名称有误"),
    ];
    world.post(&office, "/roster/objections", &objection).await;
    let open: BTreeMap<bool, i64> =
        sqlx::query_as("select answered_on is null, count(*) from roster_objection group by 1")
            .fetch_all(world.owner())
            .await
            .unwrap()
            .into_iter()
            .collect();
    let page = opened(&world, "office", "/roster/objections").await;
    let rows = rows(&page.page());
    let held = rows
        .iter()
        .filter(|row| row.cell.contains("个工作日"))
        .count();
    assert_eq!(i64::try_from(held).unwrap(), open[&true]);
    let office = "select count(*) from desk where kind = 'objection'";
    assert_eq!(i64::try_from(held).unwrap(), world.count(office).await);
}

/// A person of a cell with how many items of a checklist they have, and since when the first.
type Shares = BTreeSet<(String, i64, NaiveDate)>;

fn shares(rows: &[Shown]) -> Shares {
    let mut found: BTreeMap<String, (i64, NaiveDate)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.cell != "—") {
        let since = row
            .cell
            .split("起，")
            .next()
            .unwrap()
            .rsplit(' ')
            .next()
            .unwrap();
        let since: NaiveDate = since.parse().unwrap();
        // Who, then the tag, then the time.
        let who = row.cell.rsplitn(3, ' ').last().unwrap();
        for who in who.split('、') {
            let known = found.entry(who.to_owned()).or_insert((0, since));
            *known = (known.0 + 1, known.1.min(since));
        }
    }
    let department = |who: &String| who.split(' ').next().unwrap().to_owned();
    found
        .iter()
        .map(|(who, (count, since))| (department(who), *count, *since))
        .collect()
}

/// The desk has a checklist's items in one row for each pair of hands; the list has each item:
/// how many there are, and since when, comes to the same.
#[tokio::test]
async fn the_items_of_a_checklist_are_those_that_the_desk_counts() {
    let world = World::demo().await;
    let ids: Vec<i64> = sqlx::query_scalar(
        "select distinct association_id from desk where kind = 'item' order by 1",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(ids.len() > 3, "{ids:?}");
    for id in ids {
        let path = format!("/associations/{id}/progress?view=all");
        walk(&world, "office", &path).await;
        let page = opened(&world, "office", &path).await;
        let kept: Vec<(String, i64, NaiveDate)> = sqlx::query_as(
            "select d.short_name, sum(k.count)::bigint, min(k.since) from desk k join department d on d.id = k.department_id
             where k.kind = 'item' and k.association_id = $1 group by d.short_name, k.department_id, k.role",
        )
        .bind(id)
        .fetch_all(world.owner())
        .await
        .unwrap();
        assert_eq!(
            shares(&rows(&page.page())),
            Shares::from_iter(kept),
            "{path}"
        );
    }
}

/// Rows of registers, and what stands beside a plan, are in the hands that the desk names.
#[tokio::test]
async fn registers_and_what_stands_beside_a_plan_say_it_too() {
    let world = World::demo().await;
    // Nobody has an entry in the demonstration: some are put on a desk, as if sent back.
    sqlx::raw_sql(
        "insert into desk (campaign_id, kind, case_id, association_id, unit_id, department_id, role, act, since)
         select h.campaign_id, 'holding', h.id, h.association_id, a.department_id, a.department_id, 'unit_clerk', 'asset.record',
                date '2018-11-01'
         from holding h join association a on a.id = h.association_id where h.register in ('asset', 'room', 'delay')",
    )
    .execute(world.owner())
    .await
    .unwrap();
    let entries: Vec<(i64, String, String)> = sqlx::query_as(
        "select h.association_id, h.register, h.object from holding h join desk k on k.kind = 'holding' and k.case_id = h.id",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(!entries.is_empty());
    let mut seen = 0;
    for (association, register, object) in entries {
        let register = if register == "delay" {
            "room".to_owned()
        } else {
            register
        };
        let row = format!("/associations/{association}/assets/{register}/{object}");
        let mut pages = vec![format!("/associations/{association}/assets")];
        pages.extend((register == "room").then(|| "/assets/room-all".to_owned()));
        for page in pages {
            let answer = opened(&world, "office", &page).await;
            let rows = rows(&answer.page());
            let own = rows.iter().find(|shown| shown.hrefs.contains(&row));
            // A later survey may have no such row.
            let Some(own) = own else { continue };
            seen += 1;
            assert!(own.cell.contains("个工作日"), "{page} {row}: {}", own.cell);
        }
    }
    assert!(seen > 0);
    let lines: Vec<(String, i64, i64)> = sqlx::query_as(
        "select kind, association_id, count(distinct case_id) from desk where kind in ('approval', 'condition', 'notice', 'change')
         group by 1, 2",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let mut expected: BTreeMap<i64, i64> = BTreeMap::new();
    for (kind, association, count) in &lines {
        *expected.entry(*association).or_default() += count;
        if kind == "notice" {
            let page = format!("/associations/{association}/notices");
            let answer = opened(&world, "office", &page).await;
            let told = answer
                .texts("main .panel dt")
                .into_iter()
                .filter(|term| term == LABEL);
            assert_eq!(i64::try_from(told.count()).unwrap(), *count, "{page}");
        }
    }
    assert!(!expected.is_empty());
    for (association, count) in expected {
        let page = format!("/associations/{association}/plan");
        let cookie = world.sign_in("office").await;
        let answer = world.get(&cookie, &page).await;
        let linked = answer.body.contains("<h2>通报有关部门</h2>");
        let told = answer.texts("main aside .who").into_iter();
        let told = told.filter(|words| words.starts_with(LABEL)).count();
        let hidden = lines
            .iter()
            .filter(|(kind, id, _)| kind == "notice" && *id == association && !linked);
        let hidden: i64 = hidden.map(|(.., count)| count).sum();
        assert_eq!(i64::try_from(told).unwrap(), count - hidden, "{page}");
    }
}

/// Figures for the superior name nobody (TC-71), and an association reads no names of people.
#[tokio::test]
async fn whoever_may_not_open_the_matter_is_not_told() {
    let world = World::demo().await;
    let page = opened(&world, "observer", "/dashboard").await;
    assert!(!page.body.contains(LABEL));
    let page = opened(&world, "xiehui", "/associations").await;
    let cells: Vec<String> = rows(&page.page()).into_iter().map(|row| row.cell).collect();
    assert!(!cells.is_empty());
    let names: Vec<String> = sqlx::query_scalar("select display_name from account")
        .fetch_all(world.owner())
        .await
        .unwrap();
    for cell in cells {
        assert!(!names.iter().any(|name| cell.contains(name)), "{cell}");
    }
}
