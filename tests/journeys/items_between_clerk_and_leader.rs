//! The unit's clerk hands items to the leader, one or several; the leader reports them or
//! gives them back; a report is taken back while nobody has opened its check.

use axum::http::StatusCode;
use tuogou::progress::counters;

use crate::world::{Answer, World};

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// The checklist, and the pages of two items of it that nobody has begun.
struct Checklist {
    association: i64,
    page: String,
    items: [(i64, String); 2],
}

async fn checklist(world: &World) -> Checklist {
    let association = world.association("装备制造业协会").await;
    let page = format!("/associations/{association}/progress");
    let mut items = Vec::new();
    for measure in ["T5-01", "T5-02"] {
        let id: i64 =
            sqlx::query_scalar("select id from item where association_id = $1 and measure = $2")
                .bind(association)
                .bind(measure)
                .fetch_one(world.owner())
                .await
                .unwrap();
        items.push((id, format!("{page}/{id}")));
    }
    let items = items.try_into().unwrap();
    Checklist {
        association,
        page,
        items,
    }
}

/// What an item is done by (DN-1), with what is noted on it.
async fn facts(world: &World, item: &str, note: &'static str) -> Vec<(&'static str, &'static str)> {
    let id: i64 = item.rsplit('/').next().unwrap().parse().unwrap();
    let measure: String = sqlx::query_scalar("select measure from item where id = $1")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let facts = if measure == "T5-01" {
        [
            ("T5-01-1", "区委组织部"),
            ("T5-01-2", "2018-11-12"),
            ("T5-01-3", "1"),
        ]
    } else {
        [
            ("T5-02-1", "contact"),
            ("T5-02-2", "无"),
            ("T5-02-3", "2018-11-12"),
        ]
    };
    [("note", note)].into_iter().chain(facts).collect()
}

/// The clerk says that it is done, with the paper that proves it, in one go.
async fn fill(world: &World, clerk: &str, item: &str) {
    let mut typed = facts(world, item, "已办理").await;
    typed.extend([
        ("kind", "其他证明材料"),
        ("document_number", "无"),
        ("document_date", "2018-11-12"),
        ("issuer", "区工业和信息化局"),
    ]);
    done(&world.submit(clerk, (item, item), &typed).await);
}

async fn state(world: &World, item: i64) -> String {
    sqlx::query_scalar("select state from item where id = $1")
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// How many items of the association wait for an act.
async fn waiting(world: &World, association: i64, act: &str) -> i64 {
    let found = sqlx::query_scalar(
        "select coalesce(sum(count), 0)::bigint from desk where kind = 'item' and association_id = $1 and act = $2",
    );
    let found = found.bind(association).bind(act);
    found.fetch_one(world.owner()).await.unwrap()
}

/// What the boxes of the page of several items say.
fn boxes(page: &Answer) -> Vec<String> {
    let boxes = scraper::Selector::parse("input[name='picked']").unwrap();
    let tree = page.page();
    let values = tree.select(&boxes);
    values
        .map(|input| input.value().attr("value").unwrap_or_default().to_owned())
        .collect()
}

/// The page of these items, as the boxes of the checklist lead to it.
fn together(list: &Checklist, items: &[i64]) -> String {
    let picked = items.iter().map(|item| format!("picked={item}"));
    let picked = picked.collect::<Vec<_>>().join("&");
    format!("{}/together?do=file&{picked}", list.page)
}

#[tokio::test]
async fn an_item_goes_to_the_leader_and_comes_back_with_a_reason() {
    let world = World::demo().await;
    let list = checklist(&world).await;
    let (id, page) = &list.items[0];
    let (clerk, leader) = (
        world.sign_in("gongxin").await,
        world.sign_in("gongxin-lead").await,
    );
    // What reporting demands is not there yet: it is told what, and nothing is done.
    let passing = format!("{page}/passing");
    let early = world.submit(&clerk, (page, &passing), &[]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.body.contains("尚未登记证明材料"), "{}", early.body);
    assert_ne!(state(&world, *id).await, "for_signature");
    let before = waiting(&world, list.association, "item.report").await;
    fill(&world, &clerk, page).await;
    // What is typed beside the button is saved with it.
    let typed = facts(&world, page, "已交接完毕").await;
    done(&world.submit(&clerk, (page, &passing), &typed).await);
    assert_eq!(state(&world, *id).await, "for_signature");
    assert_eq!(
        waiting(&world, list.association, "item.report").await,
        before + 1
    );
    let seen = world.get(&leader, page).await;
    assert!(seen.body.contains("已交接完毕"), "{}", seen.body);
    assert!(seen.body.contains("已填报，待单位负责人签发"));
    // The leader gives it back, and says why.
    let back = format!("{page}/back");
    let silent = world.submit(&leader, (page, &back), &[]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = "交接记录没有接收单位盖章";
    done(&world.submit(&leader, (page, &back), &[("back", why)]).await);
    assert_eq!(state(&world, *id).await, "in_progress");
    let told = world.get(&clerk, page).await.texts(".notice").join(" ");
    assert!(told.contains(why), "{told}");
    done(&world.submit(&clerk, (page, &passing), &[]).await);
    let told = world.get(&clerk, page).await.texts(".notice").join(" ");
    assert!(!told.contains(why), "{told}");
    // What is written on is handed over again.
    let typed = facts(&world, page, "已补盖章").await;
    done(&world.submit(&clerk, (page, page), &typed).await);
    assert_eq!(state(&world, *id).await, "in_progress");
    assert_eq!(
        waiting(&world, list.association, "item.report").await,
        before
    );
    let drift = counters::drift(&mut world.db().await, world.scheme()).await;
    assert!(drift.unwrap().is_empty());
}

#[tokio::test]
async fn what_need_not_be_done_waits_like_any_other_once_it_is_handed_over() {
    let world = World::demo().await;
    let list = checklist(&world).await;
    let (id, page) = &list.items[1];
    sqlx::query("update item set mandatory = false where id = $1")
        .bind(id)
        .execute(world.owner())
        .await
        .unwrap();
    let (clerk, leader) = (
        world.sign_in("gongxin").await,
        world.sign_in("gongxin-lead").await,
    );
    let to_do = waiting(&world, list.association, "item.save").await;
    fill(&world, &clerk, page).await;
    // Nobody has to begin it.
    let after = waiting(&world, list.association, "item.save").await;
    assert_eq!(after, to_do - 1);
    let before = waiting(&world, list.association, "item.report").await;
    let passing = format!("{page}/passing");
    done(&world.submit(&clerk, (page, &passing), &[]).await);
    let signed = waiting(&world, list.association, "item.report").await;
    assert_eq!(signed, before + 1);
    let before = waiting(&world, list.association, "item.verify").await;
    let report = format!("{page}/report");
    done(&world.submit(&leader, (page, &report), &[]).await);
    let verified = waiting(&world, list.association, "item.verify").await;
    assert_eq!(verified, before + 1);
}

#[tokio::test]
async fn a_report_is_taken_back_while_nobody_has_opened_the_check() {
    let world = World::demo().await;
    let list = checklist(&world).await;
    let (id, page) = &list.items[0];
    let (clerk, leader) = (
        world.sign_in("gongxin").await,
        world.sign_in("gongxin-lead").await,
    );
    fill(&world, &clerk, page).await;
    let (report, taking) = (format!("{page}/report"), format!("{page}/taking-back"));
    // Who leads a small unit reports without being asked to.
    done(&world.submit(&leader, (page, &report), &[]).await);
    let verifier = world.sign_in("zuzhi").await;
    let verification = format!("{page}/verify");
    let open = world.sealed(&verifier, page, &verification).await;
    done(&world.submit(&leader, (page, &taking), &[]).await);
    assert_eq!(state(&world, *id).await, "in_progress");
    let history = format!("/associations/{}/history", list.association);
    assert!(world.get(&leader, &history).await.body.contains("取回事项"));
    // Whoever had it open cannot verify what is being changed.
    let open: Vec<(&str, &str)> = open.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let late = world.post(&verifier, &verification, &open).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    // Once who checks it has remarked on it, it stays.
    done(&world.submit(&leader, (page, &report), &[]).await);
    let sealed = world.sealed(&leader, page, &taking).await;
    let sealed: Vec<(&str, &str)> = sealed
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let comments = format!("/associations/{}/comments", list.association);
    let remark = [("body", "交接记录请补盖章。")];
    done(
        &world
            .submit(&verifier, (&comments, &comments), &remark)
            .await,
    );
    let kept = world.post(&leader, &taking, &sealed).await;
    assert_eq!(kept.status, StatusCode::CONFLICT, "{}", kept.body);
    assert_eq!(state(&world, *id).await, "reported_done");
    let page = world.get(&leader, page).await;
    assert!(page.body.contains("不能取回"), "{}", page.body);
}

#[tokio::test]
async fn several_items_go_together_each_as_it_was_seen() {
    let world = World::demo().await;
    let list = checklist(&world).await;
    let [(first, one), (second, two)] = &list.items;
    let (clerk, leader) = (
        world.sign_in("gongxin").await,
        world.sign_in("gongxin-lead").await,
    );
    for page in [one, two] {
        fill(&world, &clerk, page).await;
    }
    let (passing, report) = (
        format!("{}/passing", list.page),
        format!("{}/report", list.page),
    );
    // The checklist has a box at each of them.
    let offered = boxes(&world.get(&clerk, &list.page).await);
    for item in [first, second] {
        assert!(offered.contains(&item.to_string()), "{offered:?}");
    }
    let page = together(&list, &[*first, *second]);
    let ready = world.get(&clerk, &page).await;
    let filled = filled(&ready);
    let ready = boxes(&ready);
    assert_eq!(ready.len(), 2, "{ready:?}");
    let none = world
        .submit(&clerk, (&page, &passing), &borrowed(&filled))
        .await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let all = ticked(&filled, &ready);
    done(
        &world
            .submit(&clerk, (&page, &passing), &borrowed(&all))
            .await,
    );
    for item in [*first, *second] {
        assert_eq!(state(&world, item).await, "for_signature");
        let records: i64 = sqlx::query_scalar(
            "select count(*) from act_record where subject_kind = 'item' and subject_id = $1 and act = 'item.pass'",
        )
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap();
        assert_eq!(records, 1);
    }
    // The clerk writes one of them on while the leader has both open: that one is not
    // reported, and the other is.
    let page = together(&list, &[*first, *second]);
    let ready = boxes(&world.get(&leader, &page).await);
    let sealed = world.sealed(&leader, &page, &report).await;
    let typed = facts(&world, two, "补充").await;
    done(&world.submit(&clerk, (two, two), &typed).await);
    let late = world
        .post(&leader, &report, &borrowed(&ticked(&sealed, &ready)))
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    assert!(late.body.contains("已办理1项"), "{}", late.body);
    assert_eq!(state(&world, *first).await, "reported_done");
    assert_eq!(state(&world, *second).await, "in_progress");
    // The same form sent again acts no second time.
    let again = world
        .post(&leader, &report, &borrowed(&ticked(&sealed, &ready)))
        .await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    let sql = "select count(*) from act_record where act = 'item.report' and subject_id = $1";
    let reports: i64 = sqlx::query_scalar(sql)
        .bind(first)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(reports, 1);
}

/// One paper, one day and one word for three items whose facts nobody has filled in: the
/// file is stored once, each item has its record, and what lacks something says what.
#[tokio::test]
async fn one_paper_and_one_day_for_several_items() {
    let world = World::demo().await;
    let list = checklist(&world).await;
    let [(first, _), (second, _)] = &list.items;
    let clerk = world.sign_in("gongxin").await;
    let page = together(&list, &[*first, *second]);
    let passing = format!("{}/passing", list.page);
    let shown = world.get(&clerk, &page).await;
    let ready = boxes(&shown);
    let mut typed = ticked(&filled(&shown), &ready);
    let mut say = |name: String, value: &str| {
        typed.retain(|(known, _)| *known != name);
        typed.push((name, value.to_owned()));
    };
    say("document_number".to_owned(), "绿工信发〔2018〕31号");
    say("document_date".to_owned(), "2018-11-12");
    say("common_date".to_owned(), "2018-11-12");
    say("note".to_owned(), "已办理");
    say(format!("{first}-T5-01-1"), "区委组织部");
    say(format!("{first}-T5-01-3"), "1");
    let file = ("会议纪要.pdf", super::files_follow_their_matter::PDF);
    let sent = world
        .upload(&clerk, &passing, &borrowed(&typed), file)
        .await;
    // Of the second its own facts are missing; the first is handed over all the same.
    assert_eq!(sent.status, StatusCode::CONFLICT, "{}", sent.body);
    assert!(sent.body.contains("已办理1项"), "{}", sent.body);
    assert_eq!(state(&world, *first).await, "for_signature");
    assert_ne!(state(&world, *second).await, "for_signature");
    assert_eq!(papers(&world, *second).await, 0);
    // The page that says so cites the file that is on record now.
    let mut again = filled(&sent);
    again.retain(|(name, _)| !name.starts_with(&format!("{second}-T5-02-")));
    again.push((format!("{second}-T5-02-1"), "contact".to_owned()));
    again.push((format!("{second}-T5-02-2"), "无".to_owned()));
    again.push((format!("{second}-T5-02-3"), "2018-11-12".to_owned()));
    let again = ticked(&again, &boxes(&sent));
    done(&world.post(&clerk, &passing, &borrowed(&again)).await);
    assert_eq!(state(&world, *second).await, "for_signature");
    let files: (i64, i64) = sqlx::query_as(
        "select count(*), count(distinct file_id) from evidence where item_id in ($1, $2) and file_id is not null",
    )
    .bind(first)
    .bind(second)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(files, (2, 1));
    // Afterwards the page of the same items says of each what became of it.
    let result = world.get(&clerk, &page).await;
    assert_eq!(result.texts("main tbody tr").len(), 2, "{}", result.body);
    assert!(result.body.contains("已填报，待单位负责人签发"));
}

async fn papers(world: &World, item: i64) -> i64 {
    sqlx::query_scalar("select count(*) from evidence where item_id = $1")
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// What the page's form of several items has in its fields, without the boxes.
fn filled(page: &Answer) -> Vec<(String, String)> {
    let form = scraper::Selector::parse("main form.together").unwrap();
    let inputs = scraper::Selector::parse("input, select, textarea").unwrap();
    let options = scraper::Selector::parse("option").unwrap();
    let tree = page.page();
    let form = tree.select(&form).next().unwrap();
    let mut fields = Vec::new();
    for input in form.select(&inputs) {
        let attr = |name| input.value().attr(name).unwrap_or_default().to_owned();
        let tick = ["checkbox", "radio"].contains(&attr("type").as_str());
        let off = tick && input.value().attr("checked").is_none();
        if off || attr("type") == "file" || attr("name").is_empty() || attr("name") == "picked" {
            continue;
        }
        let value = match input.value().name() {
            "select" => {
                let all: Vec<_> = input.select(&options).collect();
                let chosen = all
                    .iter()
                    .find(|option| option.value().attr("selected").is_some());
                let chosen = chosen.or(all.first());
                let value = chosen.and_then(|option| option.value().attr("value"));
                value.unwrap_or_default().to_owned()
            }
            "textarea" => input.text().collect::<String>().trim().to_owned(),
            _ => attr("value"),
        };
        fields.push((attr("name"), value));
    }
    fields
}

/// The same with these boxes ticked.
fn ticked(fields: &[(String, String)], boxes: &[String]) -> Vec<(String, String)> {
    let boxes = boxes.iter();
    let boxes = boxes.map(|value| ("picked".to_owned(), value.clone()));
    fields.iter().cloned().chain(boxes).collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    let fields = fields.iter();
    fields
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}
