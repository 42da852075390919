//! Who reads a file is told by its matter, for every kind of matter and everybody:
//! a file opens exactly for those whose page shows it.

use std::fs;

use axum::http::StatusCode;
use tuogou::access::facts::{Facts, Matter, MatterKind};
use tuogou::access::{Act, Actor, Capacity, Decision, Role, decide};
use tuogou::ids::{AccountId, AssociationId, CapacityId, DepartmentId};

use crate::journeys::files_follow_their_matter::{
    PDF, evidence, open_item, paper_of_a_request, take_away,
};
use crate::world::World;

use super::sources;

/// A file, the page that shows it, and what the page says of it.
struct Shown {
    page: String,
    file: String,
}

async fn objection(world: &World) -> Shown {
    let office = world.sign_in("office").await;
    let publication = world
        .count("select min(id) from roster_publication")
        .await
        .to_string();
    let fields = [
        ("publication", publication.as_str()),
        ("received_on", "2018-10-09"),
        ("objector", "另一会员单位"),
        ("content", "名称有误"),
    ];
    world.post(&office, "/roster/objections", &fields).await;
    let id = world.count("select max(id) from roster_objection").await;
    let files = format!("/roster/objections/{id}/files");
    let page = "/roster/objections";
    let sent = world
        .hand_in(&office, (page, &files), ("来信.pdf", PDF))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let number = world.count("select max(id) from file").await;
    Shown {
        page: "/roster/objections".to_owned(),
        file: format!("{files}/{number}"),
    }
}

/// What is attached to a visit that is not signed yet: few know of it.
async fn photograph(world: &World) -> Shown {
    let office = world.sign_in("office").await;
    let visit = world
        .count("select min(id) from docket where process = 'visit' and state = 'draft'")
        .await;
    let page = format!("/dockets/{visit}");
    let files = format!("{page}/files");
    let sent = world
        .hand_in(&office, (&page, &files), ("现场记录.pdf", PDF))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let number = world.count("select max(id) from file").await;
    Shown {
        page,
        file: format!("{files}/{number}"),
    }
}

#[tokio::test]
async fn a_file_opens_for_those_whose_page_shows_it_and_for_nobody_else() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let clerk = world.sign_in("jiaotong").await;
    let mut all = vec![objection(&world).await];
    let mut gone = Vec::new();
    for personal in [false, true] {
        let item = open_item(&world, id, personal).await;
        let page = format!("/associations/{id}/progress/{item}");
        let kept = evidence(&world, &clerk, &page, "材料.pdf").await;
        let spare = evidence(&world, &clerk, &page, "多余.pdf").await;
        take_away(&world, &clerk, &page, spare).await;
        gone.push(format!("/associations/{id}/files/{spare}"));
        let file = format!("/associations/{id}/files/{kept}");
        all.push(Shown { page, file });
    }
    let paper = paper_of_a_request(&world, &clerk, id).await;
    all.push(Shown {
        page: format!("/associations/{id}/listing"),
        file: format!("/associations/{id}/files/{paper}"),
    });
    all.push(photograph(&world).await);
    let accounts: Vec<String> =
        sqlx::query_scalar("select username from account where disabled_at is null order by id")
            .fetch_all(world.owner())
            .await
            .unwrap();
    assert!(accounts.len() > 30);
    let (mut wrong, mut read) = (Vec::new(), 0);
    for who in &accounts {
        let cookie = world.sign_in(who).await;
        for each in &all {
            let page = world.get(&cookie, &each.page).await;
            let link = format!("href=\"{}\"", each.file);
            let shown = page.status == StatusCode::OK && page.body.contains(&link);
            let expected = if shown {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            };
            let answer = world.get(&cookie, &each.file).await.status;
            read += usize::from(shown);
            if answer != expected {
                wrong.push(format!("{who} {}: shown {shown}, {answer}", each.file));
            }
        }
        for file in &gone {
            let answer = world.get(&cookie, file).await.status;
            if answer != StatusCode::NOT_FOUND {
                wrong.push(format!("{who} {file}, taken away: {answer}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(read > 30, "{read}");
}

#[tokio::test]
async fn every_table_that_names_a_file_is_a_matter_of_it() {
    let world = World::demo().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid = 'file'::regclass",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(tables.len() >= 4, "{tables:?}");
    let known = fs::read_to_string("src/access/facts/matters.rs").unwrap();
    for table in tables {
        let asked = known.contains(&format!("from {table} "));
        assert!(asked, "access::facts::matters does not ask {table}");
    }
}

#[test]
fn only_the_room_of_files_opens_one() {
    for (file, text) in sources::files("src", "rs") {
        if file.starts_with("src/documents") {
            continue;
        }
        for word in ["file_chunk", "headers::IsFile"] {
            assert!(!text.contains(word), "{file} names {word}");
        }
    }
}

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
        username: String::new(),
        name: String::new(),
        held: vec![capacity.clone()],
        capacity,
        must_change_password: false,
    }
}

fn facts(matter: MatterKind, personal: bool, removed: bool) -> Facts {
    let association = (matter != MatterKind::Objection).then_some(AssociationId(7));
    Facts {
        association,
        unit: association.map(|_| DepartmentId(1)),
        exited: true,
        matters: vec![Matter {
            kind: matter,
            id: 1,
            association,
            personal,
            removed,
        }],
        ..Facts::default()
    }
}

#[test]
fn what_was_taken_away_opens_for_the_office_that_could_read_it_and_never_for_ad() {
    for role in Role::ALL {
        for (department, personal) in [(1, false), (1, true), (2, false), (2, true)] {
            let person = actor(role, department);
            for kind in [MatterKind::Item, MatterKind::Request, MatterKind::Objection] {
                let there = facts(kind, personal, false);
                let gone = facts(kind, personal, true);
                let matter = there.matters.first().unwrap().facts(&there);
                let page = decide(&person, kind.shown_by(), &matter) == Decision::Allow;
                let reads = decide(&person, Act::FileRead, &there);
                assert_eq!(reads == Decision::Allow, page, "{role:?} {kind:?}");
                assert!(!matches!(reads, Decision::Deny(_)));
                assert_eq!(decide(&person, Act::FileRead, &gone), Decision::Hide);
                assert_eq!(
                    decide(&person, Act::RemovedFileOpen, &there),
                    Decision::Hide
                );
                let opens = decide(&person, Act::RemovedFileOpen, &gone) == Decision::Allow;
                assert_eq!(opens, page && role.is_office(), "{role:?} {kind:?}");
                assert!(role != Role::Sysadmin || !(opens || page));
            }
            // A file of no matter is nobody's.
            let lost = Facts {
                matters: Vec::new(),
                ..facts(MatterKind::Item, false, false)
            };
            assert_eq!(decide(&person, Act::FileRead, &lost), Decision::Hide);
            assert_eq!(decide(&person, Act::RemovedFileOpen, &lost), Decision::Hide);
        }
    }
}
