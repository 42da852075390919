//! A unit's workbook of its surveys comes back: its figures go in beside those that a colleague
//! typed meanwhile, and where both changed one cell somebody says which holds.

use axum::http::StatusCode;
use calamine::Data;

use super::spreadsheets_in::{answered_with, bring, entered, settled};
use super::survey_from_register_to_confirmation::typed;
use super::survey_says_what_is_wrong::save;
use super::workbooks_come_back::{
    SURVEYS, as_it_is, at, changes, conflicts, put, row, saved, template,
};
use crate::world::World;

/// The office sent its survey back: it is its unit's to change.
const NAME: &str = "长春市绿园区花卉协会";

/// The first section of the survey, as its form would send it.
struct Section(Vec<(String, String)>);

impl Section {
    async fn of(world: &World, who: &str, path: &str) -> Self {
        let page = world.get(who, path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        Self(typed(&page))
    }

    fn says(&self, question: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == question);
        found.map_or("", |(_, value)| value)
    }
}

#[tokio::test]
async fn what_was_changed_in_it_stands_beside_what_a_colleague_typed() {
    let world = World::demo().await;
    let unit = world.sign_in("nongye").await;
    let colleague = world.sign_in("nongye").await;
    let id = world.association("花卉协会").await;
    let base = format!("/associations/{id}/survey/sections/base");
    let stood = Section::of(&world, &unit, &base).await;
    let members: i64 = stood.says("SV-10").parse().unwrap();
    let people: i64 = stood.says("SV-11").parse().unwrap();
    assert_eq!(stood.says("SV-16"), "good");

    let book = template(&world, &unit, SURVEYS).await;
    let brought = saved(&book, as_it_is, |rows| {
        let row = row(rows, &[("SV-01", NAME)]);
        assert_eq!(at(rows, (row, "SV-16")), Data::from("合格"));
        put(rows, (row, "SV-10"), 77.0);
        put(rows, (row, "SV-16"), "基本合格");
    });
    save(
        &world,
        &colleague,
        &base,
        &[("SV-18-1", "花联系"), ("SV-15-3", "9")],
    )
    .await;

    let (_, upload) = bring(&world, &unit, SURVEYS, ("摸底.xlsx", &brought)).await;
    let page = settled(&world, &unit, &upload).await;
    let total = |members: i64| members + people;
    assert_eq!(
        changes(&page),
        [
            format!("单位会员数：{members} → 77"),
            "最近年检（年报）结论：合格 → 基本合格".to_owned(),
            format!("会员总数：{} → {}", total(members), total(77)),
        ],
        "{}",
        page.body
    );
    assert!(page.body.contains("全部导入（1行）"), "{}", page.body);
    let done = entered(&world, &unit, &upload).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = settled(&world, &unit, &upload).await;
    assert!(page.body.contains("全部导入"), "{}", page.body);

    let stands = Section::of(&world, &unit, &base).await;
    for (question, value) in [
        ("SV-10", "77"),
        ("SV-16", "basic"),
        ("SV-18-1", "花联系"),
        ("SV-15-3", "9"),
    ] {
        assert_eq!(stands.says(question), value, "{question}");
    }
    let changed = ["SV-10", "SV-16", "SV-18-1", "SV-15-3"];
    for (question, value) in &stood.0 {
        let own = question.starts_with("SV-") && !changed.contains(&&**question);
        assert!(
            !own || stands.says(question) == value,
            "{question} is as it was"
        );
    }
    assert!(world.differences().await.is_empty());
}

#[tokio::test]
async fn a_cell_that_both_changed_is_settled_on_the_page() {
    let world = World::demo().await;
    let unit = world.sign_in("nongye").await;
    let colleague = world.sign_in("nongye").await;
    let id = world.association("花卉协会").await;
    let base = format!("/associations/{id}/survey/sections/base");
    let book = template(&world, &unit, SURVEYS).await;
    let brought = saved(&book, as_it_is, |rows| {
        let row = row(rows, &[("SV-01", NAME)]);
        put(rows, (row, "SV-10"), 77.0);
        put(rows, (row, "SV-16"), "不合格");
        put(rows, (row, "SV-15-3"), 6.0);
    });
    // The third cell says the same in both: nobody is asked.
    let meanwhile = [("SV-10", "80"), ("SV-16", "basic"), ("SV-15-3", "6")];
    save(&world, &colleague, &base, &meanwhile).await;

    let (_, upload) = bring(&world, &unit, SURVEYS, ("摸底.xlsx", &brought)).await;
    let page = settled(&world, &unit, &upload).await;
    let asked = conflicts(&page);
    assert_eq!(asked.len(), 2, "{asked:?}");
    for said in ["工作簿：77", "系统：80"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let of = |label: &str| {
        let found = asked.iter().find(|(asked, _)| asked.contains(label));
        &*found.unwrap_or_else(|| panic!("{label}: {asked:?}")).1
    };
    let settle = [
        (of("单位会员数"), "mine"),
        (of("最近年检（年报）结论"), "theirs"),
    ];
    let page = answered_with(&world, &unit, &upload, &[], &settle).await;
    let told = changes(&page);
    assert_eq!(told[0], "单位会员数：80 → 77", "{told:?}");
    assert!(told[1].starts_with("会员总数："), "{told:?}");
    assert_eq!(told.len(), 2, "{told:?}");
    let done = entered(&world, &unit, &upload).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &unit, &upload).await;
    let stands = Section::of(&world, &unit, &base).await;
    for (question, value) in [("SV-10", "77"), ("SV-16", "basic"), ("SV-15-3", "6")] {
        assert_eq!(stands.says(question), value, "{question}");
    }
}

#[tokio::test]
async fn an_association_that_was_renamed_meanwhile_is_still_meant() {
    let world = World::demo().await;
    let unit = world.sign_in("nongye").await;
    let id = world.association("花卉协会").await;
    let book = template(&world, &unit, SURVEYS).await;
    let brought = saved(&book, as_it_is, |rows| {
        let row = row(rows, &[("SV-01", NAME)]);
        put(rows, (row, "SV-10"), 77.0);
    });
    rename(&world, id, "长春市绿园区花卉盆景协会").await;
    let (_, upload) = bring(&world, &unit, SURVEYS, ("摸底.xlsx", &brought)).await;
    let page = settled(&world, &unit, &upload).await;
    assert!(page.body.contains("全部导入（1行）"), "{}", page.body);
}

/// The register calls it otherwise from now on.
async fn rename(world: &World, id: i64, name: &str) {
    sqlx::query(
        "update association set name = $2, name_key = $2, version = version + 1 where id = $1",
    )
    .bind(id)
    .bind(name)
    .execute(world.owner())
    .await
    .unwrap();
}
