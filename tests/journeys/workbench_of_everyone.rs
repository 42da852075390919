//! What waits for somebody stands on their workbench, with its day.

use crate::world::{Answer, World};

/// The addresses in a page's tables.
fn links(page: &Answer) -> Vec<String> {
    let selector = scraper::Selector::parse("main table tbody th a").unwrap();
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
        ("office", "受理实施方案", "select count(*) from plan p where state = 'submitted' and not exists
            (select from prior_approval q where q.plan_id = p.id and q.state = 'requested')"),
        ("office-lead", "审批实施方案", "select count(*) from plan where state = 'under_review'"),
        ("shangwu", "编制实施方案", "select count(*) from plan p join association a on a.id = p.association_id
            join department d on d.id = a.department_id where d.code = 'shangwu' and p.state = 'draft'"),
    ] {
        let cookie = world.sign_in(username).await;
        let page = world.get(&cookie, "/").await;
        let shown = page
            .texts("main table tbody th a")
            .iter()
            .filter(|text| text.contains(title))
            .count();
        assert_eq!(i64::try_from(shown).unwrap(), world.count(count).await, "{username}");
    }
    let drafts = world
        .count("select count(*) from plan where state in ('draft', 'under_review')")
        .await;
    assert!(drafts > 0, "the demonstration has no plan under way");
}
