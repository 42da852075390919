//! One person in two associations of different units (PE-5, TC-24), and bodies founded
//! after the scheme, whose registers open empty (10.11).

use axum::http::StatusCode;
use tuogou::access::{Actor, Capacity, Request, Role, Seen, Who};
use tuogou::database::Done;
use tuogou::database::Never;
use tuogou::ids::{AccountId, AssociationId, CapacityId, DepartmentId};
use tuogou::posts::acts;
use tuogou::posts::rules::Holder;
use tuogou::posts::rules::deeds::Refusal;

use super::post_holders_cleared::{declared, deed, enter, open};
use crate::world::World;

/// A retired cadre on a post, approved, so that nothing but a second post is wrong.
const CADRE: [(&str, &str); 8] = [
    ("name", "测试员丙"),
    ("identity", "retired_cadre"),
    ("birth", "1957-04-09"),
    ("id_tail", "0417"),
    ("retired_on", "2014-05-31"),
    ("organ", "某局原局长"),
    ("is_officer", "yes"),
    ("is_founder", "yes"),
];

async fn who(world: &World, username: &str, role: Role) -> Who {
    let (account, department): (i64, i64) = sqlx::query_as(
        "select a.id, c.department_id from account a join capacity c on c.account_id = a.id where a.username = $1",
    )
    .bind(username)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let capacity = Capacity {
        id: CapacityId(0),
        department: DepartmentId(department),
        department_name: String::new(),
        role,
        association: None,
        association_name: None,
        on_behalf_of: None,
    };
    Who {
        actor: Actor {
            account: AccountId(account),
            username: username.to_owned(),
            name: username.to_owned(),
            held: vec![capacity.clone()],
            capacity,
            must_change_password: false,
        },
        request: Request::internal(&world.app.clock),
    }
}

const SEEN: Seen = Seen::any("two acts at once, without a page");

fn reason(done: Done<Refusal>) -> Refusal {
    done.unwrap_err().reason().unwrap().clone()
}

/// Opens the register of a new body, enters the cadre and has them approved.
async fn with_cadre(world: &World, unit: &str, name: &str) -> (AssociationId, String) {
    let id = world.association(name).await;
    let base = format!("/associations/{id}/posts");
    let clerk = world.sign_in(unit).await;
    let leader = world.sign_in(&format!("{unit}-lead")).await;
    let opened = open(world, &clerk, &base).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let page = enter(world, &clerk, &base, &CADRE).await;
    let asked = deed(world, &leader, (&page, "request"), &[]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let organisation = world.sign_in("zuzhi").await;
    let paper = [
        ("approval_kind", "approved"),
        ("approval_number", "绿组干审〔2018〕9号"),
        ("approval_date", "2018-11-22"),
    ];
    let decided = deed(world, &organisation, (&page, "approval"), &paper).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    (AssociationId(id), page)
}

#[tokio::test]
async fn tc_24_a_second_post_blocks_both_declarations_and_each_is_told_how_to_go_on() {
    let world = World::demo().await;
    let (first, page) = with_cadre(&world, "gongxin", "新能源汽车服务业协会").await;
    let (second, other_page) = with_cadre(&world, "shangwu", "跨境电商商会").await;
    let leader = world.sign_in("gongxin-lead").await;
    let seen = world.get(&leader, &page).await;
    for told in ["另一社会组织任职1个", "请向本人核实", "请脱钩办协调"] {
        assert!(seen.body.contains(told), "{told}");
    }
    for secret in ["跨境电商商会", "商务局", &format!("/associations/{second}")] {
        assert!(!seen.body.contains(secret), "{secret}");
    }
    let base = format!("/associations/{first}/posts");
    let ledger = world.get(&leader, &base).await;
    assert!(ledger.body.contains("有须处理的事项") && !ledger.body.contains("/declaration"));
    let declaration = format!("{base}/declaration");
    let forced = declared(&world, first.0).await;
    let refused = world
        .post(&leader, &declaration, &[("seen", &forced)])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("人员第1号") && !refused.body.contains("跨境电商商会"));
    assert_eq!(
        world.get(&leader, &other_page).await.status,
        StatusCode::NOT_FOUND
    );

    // The office sees both and can bring the units together.
    let office = world.sign_in("office").await;
    assert!(
        world
            .get(&office, &page)
            .await
            .body
            .contains("跨境电商商会")
    );

    // The person gives one post up there: here the way is free.
    let clerk = world.sign_in("shangwu").await;
    let gone = [("resigned_on", "2018-11-22"), ("evidence", "辞职书")];
    let answer = deed(&world, &clerk, (&other_page, "resignation"), &gone).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let bench = world.get(&leader, "/").await;
    assert!(bench.body.contains("核对并报送任职清理台账"));
    let sent = world.submit(&leader, (&base, &declaration), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
}

#[tokio::test]
async fn tc_24_a_declaration_waits_for_who_is_entering_the_same_person() {
    let world = World::demo().await;
    let (first, _) = with_cadre(&world, "gongxin", "新能源汽车服务业协会").await;
    let second = AssociationId(world.association("跨境电商商会").await);
    let clerk = world.sign_in("shangwu").await;
    let base = format!("/associations/{second}/posts");
    let opened = open(&world, &clerk, &base).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);

    // Somebody is about to enter the person elsewhere: not committed yet.
    let entry = Holder {
        name: "测试员丙".to_owned(),
        identity: "retired_cadre".to_owned(),
        post: "adviser".to_owned(),
        kind: "concurrent".to_owned(),
        birth: Some("1957-04-09".parse().unwrap()),
        ..Holder::default()
    };
    let clerk = who(&world, "shangwu", Role::UnitClerk).await;
    let mut entering = world.app.write(&clerk).await.unwrap();
    let entered = acts::add_in(&mut entering, second, &entry).await;
    let (_, record) = entered.unwrap();
    let leader = who(&world, "gongxin-lead", Role::UnitLeader).await;
    let write = world.app.write(&leader).await.unwrap();
    let declaring = tokio::spawn(acts::declare(write, first, SEEN));
    let waits = async || -> bool {
        sqlx::query_scalar(
            "select exists (select from pg_locks where locktype = 'advisory' and not granted
             and database = (select oid from pg_database where datname = current_database()))",
        )
        .fetch_one(world.owner())
        .await
        .unwrap()
    };
    while !waits().await {
        assert!(!declaring.is_finished(), "it did not wait");
    }
    let told = entering.tell(record);
    entering.finish::<Never>(told).await.unwrap();
    assert_eq!(reason(declaring.await.unwrap()), Refusal::Pressing(vec![1]));
}

#[tokio::test]
async fn tc_24_of_two_declarations_at_once_none_passes_the_limit() {
    let world = World::demo().await;
    let (first, _) = with_cadre(&world, "gongxin", "新能源汽车服务业协会").await;
    let (second, _) = with_cadre(&world, "shangwu", "跨境电商商会").await;
    let one = who(&world, "gongxin-lead", Role::UnitLeader).await;
    let other = who(&world, "shangwu-lead", Role::UnitLeader).await;
    let one = world.app.write(&one).await.unwrap();
    let other = world.app.write(&other).await.unwrap();
    let (one, other) = tokio::join!(
        acts::declare(one, first, SEEN),
        acts::declare(other, second, SEEN),
    );
    assert_eq!(reason(one), Refusal::Pressing(vec![1]));
    assert_eq!(reason(other), Refusal::Pressing(vec![1]));
}

#[tokio::test]
async fn a_new_bodys_register_opens_empty_and_its_founders_are_judged_on_the_founding_page() {
    let world = World::demo().await;
    let id = world.association("新能源汽车服务业协会").await;
    let founding = format!("/associations/{id}/founding");
    let base = format!("/associations/{id}/posts");
    let civil = world.sign_in("minzheng").await;
    let page = world.get(&civil, &founding).await;
    assert!(
        page.body.contains("尚未建立该协会的任职清理台账"),
        "{}",
        page.body
    );
    let clerk = world.sign_in("gongxin").await;
    let opened = open(&world, &clerk, &base).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let ledger = world.get(&clerk, &base).await;
    assert_eq!(ledger.status, StatusCode::OK);
    assert!(ledger.texts("table.ledger tbody th a").is_empty());
    let history = world
        .get(&clerk, &format!("/associations/{id}/history"))
        .await;
    assert!(history.body.contains("建立新设立协会的任职清理台账"));
    let again = [("seen", "1")];
    let again = world.post(&clerk, &format!("{base}/opening"), &again).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.location());
    let page = world.get(&civil, &founding).await;
    assert!(page.body.contains("没有登记发起人"));

    enter(&world, &clerk, &base, &CADRE).await;
    let page = world.get(&civil, &founding).await;
    for told in [
        "测试员丙",
        "牵头成立本会，没有有效的专门审批",
        "确需担任法定代表人或者牵头成立",
    ] {
        assert!(page.body.contains(told), "{told}");
    }
    // Who may not read persons is told how many.
    let blind = world.sign_in("minzheng-lead").await;
    let page = world.get(&blind, &founding).await;
    assert!(page.body.contains("1人，须处理1人") && !page.body.contains("测试员丙"));
}
