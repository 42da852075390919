//! Every pair of drafting and signing, by what the case file says (2.2 (c), TC-63).

use tuogou::access::facts::{Address, load};
use tuogou::access::{Act, Actor, Capacity, Decision, Role, decide};
use tuogou::ids::{AccountId, CampaignId, CapacityId, DepartmentId};

use crate::world::World;

/// The roles that sign or decide.
const ROLES: [Role; 8] = [
    Role::UnitLeader,
    Role::OfficeLeader,
    Role::CivilReg,
    Role::Finance,
    Role::Jiguan,
    Role::OrgDept,
    Role::Hrss,
    Role::Bianban,
];

/// Somebody with a second capacity, as who drafted must have.
fn somebody(account: i64, role: Role, department: i64) -> Actor {
    let capacity = Capacity {
        id: CapacityId(1),
        department: DepartmentId(department),
        department_name: String::new(),
        role,
        association: None,
        association_name: None,
        on_behalf_of: None,
    };
    let second = Capacity {
        id: CapacityId(2),
        department: DepartmentId(999_999),
        role: Role::UnitClerk,
        ..capacity.clone()
    };
    Actor {
        account: AccountId(account),
        username: String::new(),
        name: String::new(),
        held: vec![capacity.clone(), second],
        capacity,
        must_change_password: false,
    }
}

/// Where an act is done: an order, a department's own matter, an association and its item.
fn address(act: Act, (association, item, unit, order): (i64, i64, i64, i64)) -> Address {
    let name = act.name();
    let nothing = Address::default();
    if name.starts_with("order.") {
        return Address {
            order: Some(order),
            ..nothing
        };
    }
    if name.starts_with("workgroup.") || matches!(act, Act::RosterSubmit | Act::RosterApprove) {
        return Address {
            department: Some(unit),
            ..nothing
        };
    }
    let of_item = ["item.", "extension.", "exemption."];
    Address {
        association: Some(association),
        item: of_item
            .iter()
            .any(|room| name.starts_with(room))
            .then_some(item),
        ..nothing
    }
}

#[tokio::test]
async fn tc_63_who_did_a_drafting_act_is_refused_the_act_that_signs_it() {
    let world = World::demo().await;
    let pool = world.owner();
    let association = world.association("汽车维修行业协会").await;
    let (item, unit, order, addressed, account): (i64, i64, i64, i64, i64) = sqlx::query_as(
        "select (select min(id) from item where association_id = $1),
                (select department_id from association where id = $1),
                (select min(id) from supervision_order),
                (select department_id from supervision_order order by id limit 1),
                (select id from account where username = 'observer')",
    )
    .bind(association)
    .fetch_one(pool)
    .await
    .unwrap();
    let numbers = (association, item, unit, order);
    let (mut pairs, mut wrong) = (0, Vec::new());
    for sign in Act::ALL.iter().copied() {
        for draft in sign.after().iter().copied() {
            let at = address(sign, numbers);
            let (kind, subject, file) = match (at.order, at.department, at.item) {
                (Some(order), _, _) => ("supervision_order", order, None),
                (_, Some(unit), _) => ("department", unit, None),
                (_, _, Some(item)) => ("item", item, Some(association)),
                _ => ("anything", 1, Some(association)),
            };
            let id: i64 = sqlx::query_scalar(
                "insert into act_record (campaign_id, act, subject_kind, subject_id, association_id, account_id,
                     actor_name, actor_role, actor_department, sentence, at)
                 values (1, $1, $2, $3, $4, $5, '', '', '', '', now()) returning id",
            )
            .bind(draft.name())
            .bind(kind)
            .bind(subject)
            .bind(file)
            .bind(account)
            .fetch_one(pool)
            .await
            .unwrap();
            for role in ROLES {
                let department = match (role, at.order) {
                    (Role::UnitLeader, Some(_)) => addressed,
                    (Role::UnitLeader, None) => unit,
                    _ => 1,
                };
                let actor = somebody(account, role, department);
                let scheme = world.scheme();
                let mut db = world.db().await;
                let connection = db.connection();
                let facts = load(connection, CampaignId(1), scheme, (&actor, sign), at)
                    .await
                    .unwrap()
                    .unwrap();
                let refused = matches!(decide(&actor, sign, &facts), Decision::Deny(why) if why.contains("自己起草"));
                if !refused {
                    wrong.push(format!("{role:?} {draft:?} {sign:?}"));
                }
            }
            sqlx::query("delete from act_record where id = $1")
                .bind(id)
                .execute(pool)
                .await
                .unwrap();
            pairs += 1;
        }
    }
    assert!(pairs > 40, "{pairs}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
