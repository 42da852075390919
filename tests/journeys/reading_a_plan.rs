//! The office reads a plan part by part: what it finds is kept as it reads, is its own until
//! the plan goes back, and goes back with it; the unit is led to each part.

use axum::http::StatusCode;
use scraper::Selector;

use crate::world::{Answer, World};

/// A plan that waits for the office's clerk.
struct Sent {
    world: World,
    association: i64,
    plan: String,
    office: String,
}

impl Sent {
    async fn new() -> Self {
        let world = World::demo().await;
        let association: i64 = sqlx::query_scalar(
            "select association_id from plan where state = 'submitted' order by id limit 1",
        )
        .fetch_one(world.owner())
        .await
        .unwrap();
        Self {
            association,
            plan: format!("/associations/{association}/plan"),
            office: world.sign_in("office").await,
            world,
        }
    }

    /// Somebody of the unit in a role.
    async fn of_unit(&self, role: &str) -> String {
        let username: String = sqlx::query_scalar(
            "select u.username from association a
             join capacity c on c.department_id = a.department_id join account u on u.id = c.account_id
             where a.id = $1 and c.role = $2 and u.disabled_at is null order by u.id limit 1",
        )
        .bind(self.association)
        .bind(role)
        .fetch_one(self.world.owner())
        .await
        .unwrap();
        self.world.sign_in(&username).await
    }

    async fn open(&self, who: &str) -> Answer {
        let page = self.world.get(who, &self.plan).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        page
    }

    /// Presses a button of the page's form with what stands in it and what is typed.
    async fn press(&self, to: &str, typed: &[(&str, &str)]) -> Answer {
        let page = self.open(&self.office).await;
        let kept = written(&page);
        let mut fields: Vec<(&str, &str)> = kept
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, _)| !typed.iter().any(|(typed, _)| typed == name))
            .collect();
        fields.extend(typed);
        // All buttons are of one form. That of taking the plan on is withheld while an approval
        // is missing: whoever sends it all the same is told by the act.
        let button = if to == "check" { "marks" } else { to };
        let button = format!("{}/{button}", self.plan);
        let sealed = self.world.sealed(&self.office, &self.plan, &button).await;
        let sealed = sealed
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        fields.extend(sealed);
        let action = format!("{}/{to}", self.plan);
        self.world.post(&self.office, &action, &fields).await
    }
}

/// What stands in the form in which the office reads.
fn written(page: &Answer) -> Vec<(String, String)> {
    let tree = page.page();
    let ticks = Selector::parse(".verdict input[checked]").unwrap();
    let areas = Selector::parse(".review textarea").unwrap();
    let name = |element: &scraper::ElementRef<'_>| {
        element.value().attr("name").unwrap_or_default().to_owned()
    };
    let ticked = tree
        .select(&ticks)
        .map(|tick| (name(&tick), "yes".to_owned()));
    let typed = tree.select(&areas).map(|area| {
        let words: String = area.text().collect();
        (name(&area), words.trim().to_owned())
    });
    let typed = typed.filter(|(_, words)| !words.is_empty());
    ticked.chain(typed).collect()
}

fn went(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn what_is_found_is_kept_and_is_the_offices_own() {
    let sent = Sent::new().await;
    let found = [("pass-PL-1", "yes"), ("remark-PL-8", "请明确党组织负责人")];
    went(&sent.press("marks", &found).await);
    // The clerk goes on where they were; so does the head.
    let head = sent.world.sign_in("office-lead").await;
    for who in [&sent.office, &head] {
        let page = sent.open(who).await;
        let kept = written(&page);
        assert_eq!(kept.len(), 2, "{kept:?}");
        assert!(
            page.body.contains("通过1个部分，要求补正1个部分"),
            "{}",
            page.body
        );
    }
    // Nobody else reads it, neither on the plan nor in the case file.
    let history = format!("/associations/{}/history", sent.association);
    for role in ["unit_clerk", "unit_leader"] {
        let who = sent.of_unit(role).await;
        for page in [&sent.plan, &history] {
            let read = sent.world.get(&who, page).await;
            assert!(
                !read.body.contains("请明确党组织负责人"),
                "{page} as {role}"
            );
        }
    }
    // What the office has begun to mark is not taken back any more.
    let leader = sent.of_unit("unit_leader").await;
    let read = sent.open(&leader).await;
    assert!(read.body.contains("不能取回"), "{}", read.body);
    // A part does not pass and need mending at once.
    let both = sent.press("marks", &[("pass-PL-8", "yes")]).await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(both.body.contains("不能同时勾选"), "{}", both.body);
    // With something to mend it is not taken on.
    let taken = sent.press("check", &[]).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(taken.body.contains("要求补正"), "{}", taken.body);
    assert!(
        taken.body.contains("请明确党组织负责人"),
        "what was typed stays"
    );
}

#[tokio::test]
async fn a_return_takes_the_remarks_and_leads_the_unit_to_each() {
    let sent = Sent::new().await;
    let empty = sent.press("return", &[("opinion", "请尽快补正")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    went(
        &sent
            .press("marks", &[("remark-PL-8", "请明确党组织负责人")])
            .await,
    );
    went(
        &sent
            .press("return", &[("remark-PL-10", "请逐人写明去向")])
            .await,
    );
    let clerk = sent.of_unit("unit_clerk").await;
    let page = sent.open(&clerk).await;
    assert!(page.body.contains("意见2条"), "{}", page.body);
    let calls = page.texts(".part .part-state a");
    assert_eq!(calls, ["去补正第八部分", "去补正第十部分"]);
    let states = page.texts(".outline .mark");
    let back = states.iter().filter(|state| state.contains("退回待补正"));
    assert_eq!(back.count(), 2, "{states:?}");
    // The case file names the parts in words.
    let history = format!("/associations/{}/history", sent.association);
    let read = sent.world.get(&clerk, &history).await;
    assert!(read.body.contains("请逐人写明去向"), "{}", read.body);
    assert!(!read.body.contains("PL-10：") && !read.body.contains("PL-8："));
}

#[tokio::test]
async fn a_survey_is_read_the_same_way() {
    let world = World::demo().await;
    let id = world.association("奶业协会").await;
    let survey = format!("/associations/{id}/survey");
    let (page, marks) = (format!("{survey}/return"), format!("{survey}/marks"));
    let office = world.sign_in("office").await;
    let found = [("pass-base", "yes"), ("SV-51", "请附资产清查报告")];
    went(&world.submit(&office, (&page, &marks), &found).await);
    let head = world.sign_in("office-lead").await;
    let read = world.get(&head, &page).await;
    assert!(
        read.body.contains("已存：通过1个部分，意见1条"),
        "{}",
        read.body
    );
    assert!(
        read.texts("textarea")
            .iter()
            .any(|words| words.contains("清查报告"))
    );
    let clerk = world.sign_in("nongye").await;
    let theirs = world.get(&clerk, &survey).await;
    assert!(!theirs.body.contains("请附资产清查报告"), "{}", theirs.body);
    // With something to mend it is not confirmed.
    let confirmation = format!("{survey}/confirmation");
    let refused = world.submit(&head, (&survey, &confirmation), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("要求补正"), "{}", refused.body);
    let both = [("pass-base", "yes"), ("SV-02", "请核对")];
    let both = world.submit(&office, (&page, &marks), &both).await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Sent back, each remark leads the clerk to its field.
    went(
        &world
            .submit(&office, (&page, &page), &[("SV-51", "请附资产清查报告")])
            .await,
    );
    let theirs = world.get(&clerk, &survey).await;
    let section = format!("{survey}/sections/finance#f-SV-51");
    assert!(theirs.body.contains(&section), "{}", theirs.body);
    assert_eq!(theirs.texts(".remark-list li").len(), 1);
}

#[tokio::test]
async fn phrases_are_their_owners_alone() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = "/phrases";
    let words = [("words", "请补充会议纪要。")];
    went(&world.submit(&office, (page, page), &words).await);
    let own = world.get(&office, page).await;
    assert!(
        own.texts("[data-phrase]")
            .contains(&"请补充会议纪要。".to_owned())
    );
    let again = world.submit(&office, (page, page), &words).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = world.sign_in("minzheng").await;
    let theirs = world.get(&other, page).await;
    assert!(!theirs.body.contains("请补充会议纪要"));
    let id = world.count("select max(id) from phrase").await;
    let removal = format!("{page}/{id}/removal");
    let sent = [("request_id", "5f6e2a71c0d94b3e")];
    let refused = world.post(&other, &removal, &sent).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    went(&world.submit(&office, (page, &removal), &[]).await);
    assert_eq!(world.count("select count(*) from phrase").await, 0);
}
