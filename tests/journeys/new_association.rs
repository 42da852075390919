//! Bodies founded from the scheme's date on are born decoupled (10.11).

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn tc_42_a_new_association_is_checked_and_stays_out_of_base_and_list() {
    let world = World::demo().await;
    let id = world.association("跨境电商商会").await;
    let civil = world.sign_in("minzheng").await;
    let path = format!("/associations/{id}/founding");
    let page = world.get(&civil, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("1项不符合") && page.body.contains("mark-late"));
    assert_eq!(page.texts("fieldset legend").len(), 9);
    // The workbench of civil affairs names it; nobody surveys it.
    let bench = world.get(&civil, "/").await;
    assert!(bench.body.contains("督促整改不符合项") && bench.body.contains("跨境电商商会"));
    let unit = world.sign_in("shangwu").await;
    assert!(!world.get(&unit, "/").await.body.contains("跨境电商商会"));
    let head = world.sign_in("office-lead").await;
    assert!(!world.get(&head, "/").await.body.contains("跨境电商商会"));
    let form = world.get(&head, "/roster/amendments/new").await;
    assert!(!form.body.contains("跨境电商商会"));
    let ties: i64 = sqlx::query_scalar("select count(*) from tie where association_id = $1")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(ties, 0);
    // 不符合 needs its words, 不涉及 is offered where it can be.
    let version = page.value("version");
    let mut fields = vec![("version".to_owned(), version)];
    for number in 1..=9 {
        let answer = if number == 8 { "no" } else { "yes" };
        fields.push((format!("answer.NA-2-{number}"), answer.to_owned()));
        fields.push((format!("note.NA-2-{number}"), String::new()));
    }
    let send = |fields: &[(String, String)]| -> Vec<(String, String)> { fields.to_vec() };
    let post = async |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        world.post(&civil, &path, &fields).await
    };
    let refused = post(send(&fields)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (name, value) in &mut fields {
        if name == "answer.NA-2-8" {
            "yes".clone_into(value);
        }
    }
    let saved = post(send(&fields)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = world.get(&civil, &path).await;
    assert!(page.body.contains("符合脱钩要求"));
    // The statistics have a line of their own; the register filters them.
    let page = world.get(&head, "/statistics").await;
    assert!(page.body.contains("新设立"));
    let list = world.get(&head, "/associations?status=new").await;
    assert_eq!(list.texts("tbody tr").len(), 2);
    // One founded before the scheme has no such page.
    let old = world.association("物流行业协会").await;
    let none = world
        .get(&civil, &format!("/associations/{old}/founding"))
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
