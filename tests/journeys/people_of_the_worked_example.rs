//! Domain 12.1, the people of the worked example with their exact dates.

use chrono::NaiveDate;
use tuogou::posts::rules::{Holder, Limits, Severity, Standing, judge};
use tuogou::posts::store;
use tuogou::scheme::persons::PersonCategory;

use crate::world::World;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn the_people_of_the_worked_example_bear_the_dates_of_the_domain() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let all = store::holders(&mut world.db().await, tuogou::ids::AssociationId(id))
        .await
        .unwrap();
    let person = |name: &str| -> Holder { all.iter().find(|h| h.name == name).unwrap().clone() };

    let li = person("李某");
    assert_eq!(
        (li.choice.as_deref(), li.chosen_on),
        (Some("leave"), Some(day("2018-10-29")))
    );
    assert_eq!(li.placed_on, Some(day("2018-11-12")));
    assert_eq!(li.post, "secretary");
    assert_eq!(person("张某").resigned_on, Some(day("2018-10-25")));
    assert_eq!(person("王某").resigned_on, Some(day("2018-10-26")));
    assert_eq!(person("王某").retired_on, Some(day("2016-03-15")));
    assert_eq!(person("陈某").recovered_on, Some(day("2018-11-09")));
    let zhao = person("赵某");
    assert_eq!(zhao.approval_kind.as_deref(), Some("filed"));
    assert_eq!(
        zhao.approval_number.as_deref(),
        Some("绿组干备〔2018〕17号")
    );
    assert_eq!(zhao.approval_date, Some(day("2018-10-17")));
    assert_eq!(zhao.birth, Some(day("1949-02-11")));

    // Contracts 3 of 3 on 1 November.
    let contracts: Option<NaiveDate> = sqlx::query_scalar(
        "select e.document_date from evidence e join item i on i.campaign_id = e.campaign_id and i.id = e.item_id
         where i.association_id = $1 and i.measure = 'T4-08'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(contracts, Some(day("2018-11-01")));
}

#[tokio::test]
async fn what_changes_for_them_is_told_with_its_day() {
    let world = World::demo().await;
    let id = tuogou::ids::AssociationId(world.association("汽车维修行业协会").await);
    let all = store::holders(&mut world.db().await, id).await.unwrap();
    let limits = Limits::of(&world.scheme().campaign.parameters);
    let on = |date: &str| judge(&all, Vec::new(), (&limits, day(date)), &[].into());
    let of = |date: &str, name: &str| {
        on(date)
            .into_iter()
            .find(|each| each.holder.name == name)
            .unwrap()
    };
    // 王某: category D up to the day before three years are full.
    assert_eq!(
        of("2019-03-14", "王某").category,
        PersonCategory::RetiredUnderThree
    );
    assert_eq!(
        of("2019-03-15", "王某").category,
        PersonCategory::RetiredOverThree
    );
    // 赵某: a warning today, pressing on the 70th birthday whatever was filed.
    let four = |date: &str| {
        let found = of(date, "赵某").findings;
        found.into_iter().find(|each| each.rule == "PE-4").unwrap()
    };
    assert_eq!(four("2018-11-22").severity, Severity::Warn);
    assert_eq!(
        four("2018-11-22").next.map(|next| next.0),
        Some(day("2019-02-11"))
    );
    assert_eq!(four("2019-02-10").severity, Severity::Warn);
    assert_eq!(four("2019-02-11").severity, Severity::Must);
    let today: Vec<Standing> = on("2018-11-22").iter().map(|each| each.standing).collect();
    assert!(!today.contains(&Standing::Open));

    // The page says so, with the days on which something changes.
    let clerk = world.sign_in("jiaotong").await;
    let page = world
        .get(&clerk, &format!("/associations/{id}/posts"))
        .await;
    for told in [
        "2018-11-12",
        "2018-10-25",
        "2018-10-26",
        "2019-03-15",
        "2019-02-11",
        "2018-10-17",
        "2018-11-09",
        "绿组干备〔2018〕17号",
    ] {
        assert!(page.body.contains(told), "{told}");
    }
}
