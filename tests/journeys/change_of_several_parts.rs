//! A plan under way is changed in several parts by one request: chosen, written with
//! a reason each, looked at, sent; every step is a page, without a line of script.

use axum::http::StatusCode;

use crate::world::{Answer, World};

/// The unit's leader at a plan under way that has a matter with a prior approval.
struct Desk {
    world: World,
    id: i64,
    cookie: String,
}

async fn desk() -> Desk {
    let world = World::demo().await;
    let (id, unit): (i64, String) = sqlx::query_as(
        "select p.association_id, d.code from plan p join association a on a.id = p.association_id
         join department d on d.id = a.department_id
         where p.state = 'implementing' and p.suspended_on is null and exists (
             select from prior_approval q where q.plan_id = p.id and q.competence = 'CZ' and q.state like 'approved%')
         order by p.id limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let cookie = world.sign_in(&format!("{unit}-lead")).await;
    Desk { world, id, cookie }
}

impl Desk {
    fn path(&self) -> String {
        format!("/associations/{}/plan/changes", self.id)
    }

    async fn post(&self, fields: &[(String, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.world.post(&self.cookie, &self.path(), &fields).await
    }

    async fn state(&self) -> String {
        sqlx::query_scalar("select state from plan where association_id = $1")
            .bind(self.id)
            .fetch_one(self.world.owner())
            .await
            .unwrap()
    }
}

/// The fields of the page's form as a browser would send them, buttons apart.
fn fields(page: &Answer) -> Vec<(String, String)> {
    let html = page.page();
    let inputs = scraper::Selector::parse(
        "form[method='post'][action$='/changes'] :is(input, select, textarea)",
    )
    .unwrap();
    let chosen = scraper::Selector::parse("option[selected]").unwrap();
    html.select(&inputs)
        .filter_map(|element| {
            let name = element.value().attr("name")?.to_owned();
            let value = match element.value().name() {
                "textarea" => element
                    .text()
                    .collect::<String>()
                    .trim_start_matches('\n')
                    .to_owned(),
                "select" => element
                    .select(&chosen)
                    .next()
                    .and_then(|option| option.value().attr("value"))
                    .unwrap_or_default()
                    .to_owned(),
                _ if element.value().attr("type") == Some("checkbox")
                    && element.value().attr("checked").is_none() =>
                {
                    return None;
                }
                _ => element.value().attr("value").unwrap_or_default().to_owned(),
            };
            Some((name, value))
        })
        .collect()
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    match fields.iter_mut().find(|(key, _)| key == name) {
        Some(field) => value.clone_into(&mut field.1),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
}

/// The number of a row of a part whose item begins so.
fn row(fields: &[(String, String)], part: &str, item: &str) -> String {
    let found = fields.iter().find(|(name, value)| {
        name.starts_with(&format!("{part}."))
            && name.rsplit('.').next() == Some("item")
            && value.starts_with(item)
    });
    let (name, _) = found.unwrap_or_else(|| panic!("{part} {item}"));
    name.split('.').nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn two_parts_go_as_one_request_and_say_whose_approval_they_need() {
    let desk = desk().await;
    // The choice, then a part more while what was typed stays.
    let choice = desk.world.get(&desk.cookie, &desk.path()).await;
    assert_eq!(choice.texts("input[name='part']").len(), 4);
    let address = format!("{}?part=PL-3", desk.path());
    let page = desk.world.get(&desk.cookie, &address).await;
    let mut sent = fields(&page);
    let measure = row(&sent, "PL-3", "T3-");
    set(
        &mut sent,
        &format!("PL-3.{measure}.measure"),
        "改由第三方机构复核后移交",
    );
    set(&mut sent, "reason.PL-3", "财政局要求复核");
    let mut more = sent.clone();
    more.push(("_part".to_owned(), "PL-5".to_owned()));
    let page = desk.post(&more).await;
    assert_eq!(page.status, StatusCode::OK);
    let mut sent = fields(&page);
    assert!(sent.contains(&(
        format!("PL-3.{measure}.measure"),
        "改由第三方机构复核后移交".to_owned()
    )));
    assert!(sent.contains(&("part".to_owned(), "PL-5".to_owned())));

    // The second part has neither a change nor a reason yet: both are said, all is kept.
    let refused = desk.post(&sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("这一部分与原方案相同") && refused.body.contains("为什么变更。"));
    assert_eq!(refused.value("reason.PL-3"), "财政局要求复核");
    assert!(refused.body.contains("改由第三方机构复核后移交"));
    let owner = row(&sent, "PL-5", "T");
    set(
        &mut sent,
        &format!("PL-5.{owner}.unit_post"),
        "二级主任科员",
    );
    set(&mut sent, "reason.PL-5", "岗位调整");

    // What it touches is shown first; nothing is sent.
    let review = desk.post(&sent).await;
    assert_eq!(review.status, StatusCode::OK, "{}", review.body);
    let panel = review.texts("#review").join("");
    assert!(
        panel.contains("须重新批准的部门") && panel.contains("财政局"),
        "{panel}"
    );
    assert!(
        panel.contains("2个部分") && panel.contains("二级主任科员"),
        "{panel}"
    );
    assert_eq!(desk.state().await, "implementing");

    let sent = fields(&review);
    let done = desk.post(&sent).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(desk.state().await, "change_pending");
    let (reason, asked): (String, i64) = sqlx::query_as(
        "select c.reason, (select count(*) from prior_approval q where q.plan_id = p.id and q.code = 'change'
                           and q.competence = 'CZ' and q.state = 'requested')
         from plan_change c join plan p on p.id = c.plan_id
         where p.association_id = $1 order by c.number desc limit 1",
    )
    .bind(desk.id)
    .fetch_one(desk.world.owner())
    .await
    .unwrap();
    assert_eq!(reason, "分离措施：财政局要求复核；责任人员：岗位调整");
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn an_impossible_day_or_a_stranger_part_comes_back_with_everything_typed() {
    let desk = desk().await;
    let address = format!("{}?part=PL-4&part=PL-5", desk.path());
    let page = desk.world.get(&desk.cookie, &address).await;
    let mut sent = fields(&page);
    let step = row(&sent, "PL-4", "T");
    set(&mut sent, &format!("PL-4.{step}.due"), "2018年13月40日");
    set(&mut sent, "reason.PL-4", "推迟");
    let refused = desk.post(&sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.value(&format!("PL-4.{step}.due")), "2018年13月40日");
    assert_eq!(refused.value("reason.PL-4"), "推迟");
    // A day beyond what the scheme allows.
    set(&mut sent, &format!("PL-4.{step}.due"), "2019-06-30");
    let mut dropped = sent.clone();
    dropped.push(("_drop".to_owned(), "PL-5".to_owned()));
    let page = desk.post(&dropped).await;
    let sent = fields(&page);
    assert!(!sent.iter().any(|(name, _)| name.starts_with("PL-5")));
    let late = desk.post(&sent).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("时限由方案规定"), "{}", late.body);
    assert_eq!(late.value(&format!("PL-4.{step}.due")), "2019-06-30");
    // Only the four parts of 6.3, whatever a body says.
    let mut stranger = sent.clone();
    stranger.push(("part".to_owned(), "PL-9".to_owned()));
    let stranger = desk.post(&stranger).await;
    assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(desk.state().await, "implementing");
}

#[tokio::test]
async fn two_changes_asked_for_at_once_one_wins_and_the_other_is_told() {
    let desk = desk().await;
    let address = format!("{}?part=PL-5", desk.path());
    let page = desk.world.get(&desk.cookie, &address).await;
    let mut sent = fields(&page);
    let owner = row(&sent, "PL-5", "T");
    set(
        &mut sent,
        &format!("PL-5.{owner}.unit_post"),
        "二级主任科员",
    );
    set(&mut sent, "reason.PL-5", "岗位调整");
    let mut first = fields(&desk.post(&sent).await);
    let mut second = first.clone();
    set(&mut second, "reason.PL-5", "分工调整");
    // Two windows, each with a once-only key of its own.
    set(&mut first, "request_id", "window-one-0001");
    set(&mut second, "request_id", "window-two-0002");
    let (one, other) = tokio::join!(desk.post(&first), desk.post(&second));
    let mut answers = [one, other];
    answers.sort_by_key(|answer| answer.status.as_u16());
    let [won, lost] = answers;
    assert_eq!(won.status, StatusCode::SEE_OTHER, "{}", won.body);
    assert_eq!(lost.status, StatusCode::CONFLICT, "{}", lost.body);
    let told = lost.texts("main").join("");
    assert!(told.contains("刚由") || told.contains("变更待批"), "{told}");
    let changes: i64 = sqlx::query_scalar(
        "select count(*) from plan_change c join plan p on p.id = c.plan_id
         where p.association_id = $1 and c.state = 'pending'",
    )
    .bind(desk.id)
    .fetch_one(desk.world.owner())
    .await
    .unwrap();
    assert_eq!(changes, 1);
}
