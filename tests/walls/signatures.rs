//! Every kind of signature, by the code's own table: docs/signatures.md is written from
//! it, and the walk changes what each one agreed to.

mod kinds;

use std::fmt::Write as _;

use tuogou::access::{Act, Actor, Capacity, Request, Role, Who};
use tuogou::audit::Record;
use tuogou::database::WriteError;
use tuogou::ids::{AccountId, AssociationId, CapacityId, DepartmentId};
use tuogou::plan::approvals::rules::{AGREED, title};
use tuogou::scheme::Scheme;
use tuogou::signatures::rules::{HELD_UP, Kind};

use crate::world::World;
use kinds::{MADE, WALKS, Walk};

fn approvals(text: &mut String, scheme: &Scheme) {
    text.push_str("\n## Prior approvals\n\nWhat each of them agrees to (`plan::approvals::rules::AGREED`).\n\n| code | approval | content |\n|---|---|---|\n");
    for (code, answers) in AGREED {
        let told = answers.iter().map(|(answer, which)| {
            let label = scheme
                .question(answer)
                .map_or("", |question| &question.label);
            match which.label() {
                rows if rows.is_empty() => format!("{label}（{answer}）"),
                rows => format!("{label}（{answer}，{rows}）"),
            }
        });
        let told: Vec<String> = told.collect();
        let _ = writeln!(
            text,
            "| {code} | {} | {} |",
            title(scheme, code),
            told.join("；")
        );
    }
}

fn document(scheme: &Scheme) -> String {
    let mut text = String::from(
        "# Signatures\n\nWritten by the test `walls::signatures` from `signatures::rules::Kind`; do not edit. \
         Why: [decision 24](decisions/0024-signed-content.md).\n\n\
         Whoever does one of these acts binds it to the content as it reads then. Once it reads otherwise the signature is void by itself, \
         the case falls back, and its page says 同意的内容已变更 with what was agreed to and how it reads now.\n\n\
         | kind | act | stands in | content | falls back to |\n|---|---|---|---|---|\n",
    );
    for kind in Kind::ALL {
        let told = kind.told();
        let acts: Vec<&str> = told.acts.iter().map(|act| act.label()).collect();
        let back = told.back.map_or_else(
            || {
                let held: Vec<&str> = told.holds_up.iter().map(|act| act.label()).collect();
                format!("stays; held up until signed anew: {}", held.join("、"))
            },
            |state| format!("`{state}`"),
        );
        let states: Vec<String> = told
            .states
            .iter()
            .map(|state| format!("`{state}`"))
            .collect();
        let _ = writeln!(
            text,
            "| {} `{}` | {} | `{}` {} | {} | {back} |",
            kind.label(),
            kind.key(),
            acts.join("、"),
            told.subject,
            states.join(" "),
            told.about,
        );
    }
    approvals(&mut text, scheme);
    text
}

#[test]
fn the_committed_list_is_what_the_code_says() {
    let path = "docs/signatures.md";
    let document = document(&Scheme::lvyuan_2018().unwrap());
    if std::env::var_os("TUOGOU_WRITE_DOCS").is_some() {
        std::fs::write(path, &document).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        document,
        "set TUOGOU_WRITE_DOCS=1 to write it again, and review the difference"
    );
}

#[tokio::test]
async fn both_schemes_know_the_answers_that_approvals_agree_to() {
    for world in [World::demo().await, World::national().await] {
        for (code, answers) in AGREED {
            for (answer, _) in answers {
                assert!(
                    world.scheme().question(answer).is_some(),
                    "{code}: {answer}"
                );
            }
        }
        for approval in &world.scheme().measures.approvals {
            let known = AGREED.iter().any(|(code, _)| *code == approval.code());
            assert!(known, "{} agrees to nothing", approval.code());
        }
    }
}

async fn run(world: &World, sql: &'static str, case: i64) {
    sqlx::query(sql)
        .bind(case)
        .execute(world.owner())
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The office's head, for whom acts are told without a page.
async fn head(world: &World) -> Who {
    let (account, department, name): (i64, i64, String) = sqlx::query_as(
        "select a.id, d.id, d.name from account a join capacity c on c.account_id = a.id join department d on d.id = c.department_id
         where a.username = 'office-lead' order by c.id limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let capacity = Capacity {
        id: CapacityId(0),
        department: DepartmentId(department),
        department_name: name,
        role: Role::OfficeLeader,
        association: None,
        association_name: None,
        on_behalf_of: None,
    };
    Who {
        actor: Actor {
            account: AccountId(account),
            username: "office-lead".to_owned(),
            name: "负责人".to_owned(),
            capacity: capacity.clone(),
            held: vec![capacity],
            must_change_password: false,
        },
        request: Request::internal(&world.app.clock),
    }
}

/// Something else is told of the case.
async fn told(world: &World, act: Act, stood: &Stood) -> Result<(), WriteError> {
    let who = head(world).await;
    let mut record = Record::new(act, stood.kind.told().subject, stood.case, "另行办理");
    if let Some(id) = stood.association {
        record = record.in_file_of(AssociationId(id));
    }
    world.app.write(&who).await.unwrap().record(record).await
}

/// A signature that stands.
#[derive(Debug)]
struct Stood {
    kind: Kind,
    id: i64,
    case: i64,
    association: Option<i64>,
}

async fn stood(world: &World, walk: &Walk) -> Option<Stood> {
    let sql = format!(
        "select s.id, s.case_id, s.association_id from signature s
         left join association a on a.id = s.association_id
         where s.kind = $1 and s.ended_on is null and s.void_on is null and a.exited_on is null and ({})
         order by s.id limit 1",
        walk.which
    );
    let found: Option<(i64, i64, Option<i64>)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(walk.kind.key())
        .fetch_optional(world.owner())
        .await
        .unwrap();
    found.map(|(id, case, association)| Stood {
        kind: walk.kind,
        id,
        case,
        association,
    })
}

/// Since when it is void, and whether it is over.
async fn void(world: &World, stood: &Stood) -> (bool, bool) {
    sqlx::query_as("select void_on is not null, ended_on is not null from signature where id = $1")
        .bind(stood.id)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

async fn walk(walk: &Walk) {
    let (kind, world) = (walk.kind, World::demo().await);
    if let Some((_, made)) = MADE.iter().find(|(made, _)| *made == kind)
        && stood(&world, walk).await.is_none()
    {
        sqlx::raw_sql(*made).execute(world.owner()).await.unwrap();
        let today = world.app.clock.today();
        tuogou::desk::rebuild(&world.app, today).await.unwrap();
    }
    let stood = stood(&world, walk).await;
    let stood = stood.unwrap_or_else(|| panic!("nothing of {kind:?} is signed"));

    // What is not in the projection leaves it standing.
    run(&world, walk.beside, stood.case).await;
    told(&world, Act::ActivitySave, &stood).await.unwrap();
    assert_eq!(
        void(&world, &stood).await,
        (false, false),
        "{kind:?} beside"
    );

    // What is in it does not, whoever changed it.
    run(&world, walk.change, stood.case).await;
    told(&world, Act::ActivitySave, &stood).await.unwrap();
    assert_eq!(
        void(&world, &stood).await,
        (true, false),
        "{kind:?} changed"
    );
    fell_back(&world, walk, &stood).await;
}

/// The case is in the state from which it is signed anew, or held up; it lies on the right
/// desk, and the case file says why.
async fn fell_back(world: &World, walk: &Walk, stood: &Stood) {
    let kind = walk.kind;
    let state: String = sqlx::query_scalar(walk.state)
        .bind(stood.case)
        .fetch_one(world.owner())
        .await
        .unwrap();
    match kind.told().back {
        // In that state no act that comes later is open.
        Some(back) => {
            assert_eq!(state, back, "{kind:?}");
            assert!(!kind.told().states.contains(&back), "{kind:?}");
        }
        None => {
            for act in kind.told().holds_up {
                let refused = told(world, *act, stood).await;
                let why = matches!(refused, Err(WriteError::Refused(why)) if why == HELD_UP);
                assert!(why, "{kind:?} {act:?}: {refused:?}");
            }
        }
    }
    let on_desk: bool = sqlx::query_scalar(walk.desk)
        .bind(stood.case)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert!(on_desk, "{kind:?} lies on the wrong desk");
    let told: i64 = sqlx::query_scalar(
        "select count(*) from act_record where act = 'signature.void' and subject_id = $1 and sentence like '%同意的内容已变更%'",
    )
    .bind(stood.case)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert!(told > 0, "{kind:?} is told of");
}

#[tokio::test]
async fn whatever_was_signed_is_void_once_it_reads_otherwise() {
    assert_eq!(WALKS.map(|walk| walk.kind), Kind::ALL);
    for each in &WALKS {
        Box::pin(walk(each)).await;
    }
}

#[tokio::test]
async fn nothing_of_the_demonstrations_is_void_and_every_mark_is_true() {
    for world in [World::demo().await, World::national().await] {
        let void: Vec<String> = sqlx::query_scalar(
            "select s.kind || ' ' || s.part || ' ' || s.content::text || ' → ' || s.void_content::text
             from signature s where void_on is not null limit 5",
        )
        .fetch_all(world.owner())
        .await
        .unwrap();
        assert!(void.is_empty(), "{void:#?}");
        let unsigned: i64 = world
            .count(
                "select count(*) from prior_approval q where q.state in ('approved', 'approved_with_conditions')
                   and not exists (select from signature s where s.kind = 'approval' and s.case_id = q.id and s.ended_on is null)",
            )
            .await;
        assert_eq!(unsigned, 0);
        let carried = world
            .count("select count(*) from signature where carried")
            .await;
        assert_eq!(carried, 0, "each was bound by its act");
        let (associations, units) = tuogou::settling::everybody(&mut world.db().await)
            .await
            .unwrap();
        let key = world.app.database.audit_key();
        let of = (associations.as_slice(), units.as_slice());
        let forged = tuogou::settling::verify(&mut world.db().await, of, key)
            .await
            .unwrap();
        assert_eq!(forged, Vec::<String>::new());
        sqlx::raw_sql("update signature set content = content || '{\"x\": 1}' where id = (select min(id) from signature)")
            .execute(world.owner())
            .await
            .unwrap();
        let forged = tuogou::settling::verify(&mut world.db().await, of, key)
            .await
            .unwrap();
        assert_eq!(forged.len(), 1);
    }
}
