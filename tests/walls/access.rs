//! Every route as every demonstration account, other units' rows included
//! (S1, S2), against the committed table docs/permissions.md.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::StatusCode;
use tuogou::access::facts::dockets::{Docket, Standing};
use tuogou::access::facts::{Facts, Matter, MatterKind};
use tuogou::access::{Act, Actor, Capacity, Decision, Role, decide};
use tuogou::ids::{AccountId, AssociationId, CapacityId, DepartmentId};
use tuogou::scheme::Scheme;
use tuogou::server;
use tuogou::web::routes::Access;

use crate::world::World;

fn actor(role: Role, department: i64) -> Actor {
    let capacity = Capacity {
        id: CapacityId(1),
        department: DepartmentId(department),
        department_name: String::new(),
        role,
        association: (role == Role::Association).then_some(AssociationId(7)),
        association_name: None,
        on_behalf_of: None,
    };
    Actor {
        account: AccountId(1),
        username: "somebody".to_owned(),
        name: "某人".to_owned(),
        held: vec![capacity.clone()],
        capacity,
        must_change_password: false,
    }
}

fn evidence(removed: bool) -> Matter {
    Matter {
        kind: MatterKind::Item,
        id: 1,
        association: Some(AssociationId(7)),
        personal: false,
        removed,
    }
}

fn facts(unit: i64) -> Facts {
    Facts {
        association: Some(AssociationId(7)),
        unit: Some(DepartmentId(unit)),
        asked: Some(DepartmentId(1)),
        verifiers: vec![
            "BB".to_owned(),
            "CZ".to_owned(),
            "JG".to_owned(),
            "ZZ".to_owned(),
            "RS".to_owned(),
            "CA".to_owned(),
        ],
        // A file that is evidence of one item and was taken away from another.
        matters: [false, true].map(evidence).into(),
        ..Facts::default()
    }
}

/// Of dockets: what some process of Lüyuan's scheme gives a role, on one of the unit's own, or
/// of another's. docs/processes.md says which process.
fn of_dockets(scheme: &Scheme, actor: &Actor, unit: i64) -> Docket {
    let mut all = Docket::default();
    for process in &scheme.processes.processes {
        let of = Standing {
            process: process.code().to_owned(),
            state: String::new(),
            level: String::new(),
            owner: unit,
            handler: Some(unit),
            finder: Some(unit),
            association: Some(7),
            unit: Some(unit),
        };
        let given = [
            Docket::of(actor, process, &of),
            Docket::begun(actor, process),
        ];
        for docket in given {
            all.reads |= docket.reads;
            all.may.extend(docket.may);
        }
    }
    all
}

const fn letter(decision: Decision) -> &'static str {
    match decision {
        Decision::Allow => "●",
        Decision::Hide => " ",
        Decision::Deny(_) => "–",
    }
}

/// The decision table as a document: rows are acts, columns roles; each cell is
/// "on an own subject / on another unit's".
fn table() -> String {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let mut text = String::from(
        "# Permissions\n\nWritten by the test `walls::access` from `access::policy::decide`; do not edit.\n\
         ● may, – is refused with a reason (403), blank: does not exist for them (404). \
         First sign: on an association of the own unit (for others: any); second: on another unit's.\n\n| act | name |",
    );
    for role in Role::ALL {
        let _ = write!(text, " {} |", role.code());
    }
    text.push_str("\n|---|---|");
    text.push_str(&"---|".repeat(Role::ALL.len()));
    for act in Act::ALL {
        let _ = write!(text, "\n| `{}` | {} |", act.name(), act.label());
        for role in Role::ALL {
            let person = actor(role, 1);
            let with = |unit| Facts {
                docket: Some(of_dockets(&scheme, &person, unit)),
                ..facts(unit)
            };
            let own = decide(&person, *act, &with(1));
            let other = decide(&person, *act, &with(2));
            let _ = write!(text, " {}{} |", letter(own), letter(other));
        }
    }
    text.push('\n');
    text
}

#[test]
fn the_committed_table_is_what_the_policy_decides() {
    let path = "docs/permissions.md";
    if std::env::var_os("TUOGOU_WRITE_DOCS").is_some() {
        std::fs::write(path, table()).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        table(),
        "set TUOGOU_WRITE_DOCS=1 to write it again, and review the difference"
    );
}

#[test]
fn invariants_of_the_matrix() {
    for act in Act::ALL {
        // (a) clerks never submit; (b) office clerks never decide.
        if matches!(
            *act,
            Act::SurveySubmit
                | Act::RosterSubmit
                | Act::PlanSubmit
                | Act::ItemReport
                | Act::OrderAnswer
        ) {
            assert_ne!(
                decide(&actor(Role::UnitClerk, 1), *act, &facts(1)),
                Decision::Allow
            );
        }
        if matches!(
            *act,
            Act::ScopeDecide
                | Act::SurveyConfirm
                | Act::RosterApprove
                | Act::PlanApprove
                | Act::ItemAccept
                | Act::OrderSign
        ) {
            assert_ne!(
                decide(&actor(Role::OfficeClerk, 1), *act, &facts(2)),
                Decision::Allow
            );
        }
        // (d) the administrator sees no business.
        let business = !matches!(
            decide(&actor(Role::Sysadmin, 1), *act, &facts(1)),
            Decision::Hide
        );
        assert!(!business, "{act:?}");
    }
}

#[test]
fn tc_36_the_office_head_never_decides_for_a_unit_of_their_own() {
    let mut head = actor(Role::OfficeLeader, 1);
    for act in [Act::SurveyConfirm, Act::PlanApprove, Act::ScopeDecide] {
        assert_eq!(decide(&head, act, &facts(1)), Decision::Allow);
    }
    let unit = Capacity {
        role: Role::UnitLeader,
        ..head.capacity.clone()
    };
    head.held.push(unit);
    for act in [Act::SurveyConfirm, Act::PlanApprove, Act::ScopeDecide] {
        assert!(matches!(decide(&head, act, &facts(1)), Decision::Deny(_)));
    }
    let own = Facts {
        submitted_by: Some(AccountId(1)),
        ..facts(2)
    };
    assert!(matches!(
        decide(&actor(Role::OfficeLeader, 1), Act::PlanApprove, &own),
        Decision::Deny(_)
    ));
}

/// Fills the parameters of a path.
fn address(path: &str, association: i64) -> String {
    path.replace("{association}", &association.to_string())
        .replace("{section}", "base")
        .replace("{kind}", "survey")
        .replace("{case}", "999999")
        .replace("{name}", "app.css")
        .replace("{tie}", "999999")
        .replace("{account}", "999999")
        .replace("{department}", "2")
        .replace("{item}", "999999")
        .replace("{evidence}", "999999")
        .replace("{file}", "999999")
        .replace("{approval}", "999999")
        .replace("{part}", "PL-2")
        .replace("{activity}", "999999")
        .replace("{task}", "PH-05")
        .replace("{reminder}", "999999")
        .replace("{parameter}", "warn_days")
        .replace("{version}", "999999")
        .replace("{delegation}", "999999")
        .replace("{comment}", "999999")
        .replace("{order}", "999999")
        .replace("{registration}", "999999")
        .replace("{finding}", "999999")
}

const ACCOUNTS: [(&str, Role); 18] = [
    ("admin", Role::Sysadmin),
    ("office", Role::OfficeClerk),
    ("office-lead", Role::OfficeLeader),
    ("minzheng", Role::CivilReg),
    ("minzheng-lead", Role::CivilLeader),
    ("caizheng", Role::Finance),
    ("jiguan", Role::Jiguan),
    ("zuzhi", Role::OrgDept),
    ("renshe", Role::Hrss),
    ("bianban", Role::Bianban),
    ("shenji", Role::Audit),
    ("fagai", Role::Ndrc),
    ("gongxin", Role::UnitClerk),
    ("gongxin-lead", Role::UnitLeader),
    ("shangwu", Role::UnitClerk),
    ("shangwu-lead", Role::UnitLeader),
    ("xiehui", Role::Association),
    ("observer", Role::Superior),
];

#[tokio::test]
async fn s1_every_route_as_every_account_answers_as_the_policy_says() {
    let world = World::demo().await;
    // 物流 belongs to 交通局: for all units here it is another unit's.
    let other = world.association("物流行业协会").await;
    let unit: i64 = sqlx::query_scalar("select department_id from association where id = $1")
        .bind(other)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let routes = server::routes(&world.app).table().to_vec();
    let mut wrong = BTreeMap::new();
    for (username, role) in ACCOUNTS {
        let cookie = world.sign_in(username).await;
        for route in &routes {
            let Access::Act(act) = route.access else {
                continue;
            };
            if matches!(act, Act::SignOut | Act::NilReport)
                || (route.method == "POST" && !route.path.contains("{association}"))
            {
                continue;
            }
            let path = address(route.path, other);
            let before = world
                .count("select count(*) from act_record where act <> 'access.refused'")
                .await;
            let answer = if route.method == "GET" {
                world.get(&cookie, &path).await
            } else {
                world
                    .post(&cookie, &path, &[("request_id", "0123456789abcdef")])
                    .await
            };
            let expected = if route.path.contains("{association}") {
                let facts = Facts {
                    association: Some(AssociationId(other)),
                    unit: Some(DepartmentId(unit)),
                    ..Facts::default()
                };
                decide(&actor(role, 999), act, &facts)
            } else if route.path.contains("{department}") {
                let facts = Facts {
                    unit: Some(DepartmentId(2)),
                    ..Facts::default()
                };
                decide(&actor(role, 999), act, &facts)
            } else {
                decide(&actor(role, 999), act, &Facts::default())
            };
            let fits = match expected {
                Decision::Hide => answer.status == StatusCode::NOT_FOUND,
                Decision::Deny(_) => {
                    matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
                }
                Decision::Allow => {
                    !matches!(
                        answer.status,
                        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED
                    ) && !answer.status.is_server_error()
                }
            };
            let after = world
                .count("select count(*) from act_record where act <> 'access.refused'")
                .await;
            let quiet = expected == Decision::Allow || before == after;
            if !fits || !quiet {
                wrong.insert(
                    format!("{username} {} {}", route.method, route.path),
                    format!("{expected:?} {}", answer.status),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn tc_65_another_units_record_is_like_one_that_does_not_exist_and_the_try_is_recorded() {
    let world = World::demo().await;
    let other = world.association("物流行业协会").await;
    let cookie = world.sign_in("shangwu").await;
    for tail in ["", "/survey", "/history", "/edit"] {
        let theirs = world
            .get(&cookie, &format!("/associations/{other}{tail}"))
            .await;
        let nobodys = world
            .get(&cookie, &format!("/associations/999999{tail}"))
            .await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
        // The same page but for the numbers that every answer has of its own.
        let without_numbers = |body: &str| {
            let words = body.split(|c: char| !c.is_ascii_alphanumeric());
            let numbers: Vec<String> = words
                .filter(|word| {
                    word.len() >= 14 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
                })
                .map(str::to_owned)
                .collect();
            numbers
                .iter()
                .fold(body.to_owned(), |text, number| text.replace(number, ""))
        };
        assert_eq!(
            without_numbers(&theirs.body),
            without_numbers(&nobodys.body)
        );
    }
    assert!(
        world
            .count("select sum(refusals) from access_refusal")
            .await
            >= 8
    );
}

#[tokio::test]
async fn tc_50_a_linked_unit_sees_only_its_own_tie() {
    let world = World::demo().await;
    let example = world.association("汽车维修行业协会").await;
    let cookie = world.sign_in("gongxin").await;
    let page = world
        .get(&cookie, &format!("/associations/{example}"))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("联系") && !page.body.contains("法定代表人"));
    assert_eq!(
        world
            .get(&cookie, &format!("/associations/{example}/survey"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn tc_71_the_superior_reads_figures_and_no_records() {
    let world = World::demo().await;
    let cookie = world.sign_in("observer").await;
    assert_eq!(
        world.get(&cookie, "/dashboard").await.status,
        StatusCode::OK
    );
    assert_eq!(
        world.get(&cookie, "/associations").await.status,
        StatusCode::FORBIDDEN
    );
    let example = world.association("汽车维修行业协会").await;
    assert_eq!(
        world
            .get(&cookie, &format!("/associations/{example}"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}
