//! Every kind of signature, by the code's own table: docs/signatures.md is written from
//! it, and the walk changes what each one agreed to.

use std::fmt::Write as _;

use tuogou::access::{Act, Actor, Capacity, Request, Role, Who};
use tuogou::audit::Record;
use tuogou::database::WriteError;
use tuogou::ids::{AccountId, AssociationId, CapacityId, DepartmentId};
use tuogou::plan::approvals::rules::{AGREED, title};
use tuogou::scheme::Scheme;
use tuogou::signatures::rules::{HELD_UP, Kind};

use crate::world::World;

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

/// How a kind is walked: which case, what is changed of it in the projection and beside
/// it, in which state it is then, and on whose desk.
struct Walk {
    kind: Kind,
    /// Which of the signatures that stand; `s` is the signature.
    which: &'static str,
    /// Changes what was agreed to of the case `$1`.
    change: &'static str,
    /// Changes something else.
    beside: &'static str,
    /// The state of the case `$1`.
    state: &'static str,
    /// Whether it lies on the right desk, of the case `$1`.
    desk: &'static str,
}

const PLAIN: &str = "true";

const WALKS: [Walk; 15] = [
    Walk {
        kind: Kind::SurveySign,
        which: "exists (select from survey v where v.id = s.case_id and v.state = 'submitted')",
        change: "update survey set answers = answers || '{\"SV-70-1\": 77}' where id = $1",
        beside: "update survey set section_versions = section_versions || '{\"party\": 9}' where id = $1",
        state: "select state from survey where id = $1",
        desk: "select exists (select from desk where kind = 'survey' and case_id = $1 and role in ('unit_clerk', 'unit_leader'))",
    },
    Walk {
        kind: Kind::SurveyConfirm,
        which: PLAIN,
        change: "update survey set answers = answers || '{\"SV-70-1\": 77}' where id = $1",
        beside: "update survey set section_versions = section_versions || '{\"party\": 9}' where id = $1",
        state: "select state from survey where id = $1",
        desk: "select exists (select from desk where kind = 'survey' and case_id = $1 and role in ('unit_clerk', 'unit_leader'))",
    },
    Walk {
        kind: Kind::Approval,
        which: "s.part like 'PA-9/%' and exists (select from plan p where p.association_id = s.association_id
                  and p.state in ('returned', 'draft', 'submitted'))",
        change: "update survey v set answers = answers || '{\"SV-70-1\": 77}' from prior_approval q, plan p
                 where q.id = $1 and p.id = q.plan_id and v.id = p.survey_id",
        beside: "update plan p set content = content || '{\"PL-8-5\": \"孙某\", \"PL-8-3\": \"joint\"}' from prior_approval q
                 where q.id = $1 and p.id = q.plan_id and p.state in ('returned', 'draft')",
        state: "select state from prior_approval where id = $1",
        desk: "select exists (select from desk d join plan p on p.association_id = d.association_id
                              join prior_approval q on q.plan_id = p.id and q.id = $1
                              where d.kind = 'approval' and d.case_id = $1 and d.role = 'unit_clerk'
                                 or p.state not in ('returned', 'draft'))",
    },
    Walk {
        kind: Kind::PlanSign,
        which: "exists (select from plan p where p.id = s.case_id and p.suspended_on is null)",
        change: "update plan set content = content || '{\"PL-8-5\": \"孙某某\"}' where id = $1",
        beside: "update plan set checked_at = now() where id = $1",
        state: "select state from plan where id = $1",
        desk: "select exists (select from desk where kind = 'plan' and case_id = $1 and role = 'unit_clerk')",
    },
    Walk {
        kind: Kind::Reply,
        which: "exists (select from plan p where p.id = s.case_id and p.state = 'approved')",
        change: "update plan set conditions = conditions || '另一条件'::text where id = $1",
        beside: "update plan set suspended_reason = suspended_reason, checked_at = now() where id = $1",
        state: "select 'held' where exists (select from plan where id = $1)",
        desk: "select true",
    },
    Walk {
        kind: Kind::Condition,
        which: PLAIN,
        change: "update plan_condition set note = note || '（更正）' where id = $1",
        beside: "update plan_condition set return_reason = '曾退回' where id = $1",
        state: "select state from plan_condition where id = $1",
        desk: "select exists (select from desk where kind = 'condition' and case_id = $1 and role = 'office_clerk')",
    },
    Walk {
        kind: Kind::Post,
        which: "exists (select from post_holder h where h.id = s.case_id and h.resigned_on is null)",
        change: "update post_holder set name = '另一人', birth = '1950-03-04' where id = $1",
        beside: "update post_holder set notes = '已电话核对', resign_by = '2018-12-20' where id = $1",
        state: "select coalesce(approval_kind, 'ask') from post_holder where id = $1",
        desk: "select exists (select from desk where kind = 'post' and case_id = $1 and act = 'post.ask')",
    },
    Walk {
        kind: Kind::HoldingSign,
        which: "exists (select from holding h where h.id = s.case_id and h.state = 'submitted')",
        change: "update holding set facts = facts || '{\"difference\": \"另有说明\"}' where id = $1",
        beside: "update holding set return_reason = '曾退回' where id = $1",
        state: "select state from holding where id = $1",
        desk: "select exists (select from desk where kind = 'holding' and case_id = $1 and role = 'unit_clerk')",
    },
    Walk {
        kind: Kind::Holding,
        which: "s.carried or s.act <> ''",
        change: "update holding set facts = facts || '{\"difference\": \"另有说明\"}' where id = $1",
        beside: "update holding set decision_note = '补记' where id = $1",
        state: "select state from holding where id = $1",
        desk: "select exists (select from desk where kind = 'holding' and case_id = $1 and role = 'unit_clerk')",
    },
    Walk {
        kind: Kind::ItemVerify,
        which: "exists (select from item i join plan p on p.association_id = i.association_id
                  where i.id = s.case_id and i.state = 'verified' and p.state = 'implementing' and p.suspended_on is null)",
        change: "update item set done_on = done_on - 1, note = note || '（更正）' where id = $1",
        beside: "update item set deadline = deadline + 1 where id = $1",
        state: "select state from item where id = $1",
        desk: "select exists (select from desk d join item i on i.id = $1 and i.association_id = d.association_id
                              where d.kind = 'item' and d.act = 'item.verify')",
    },
    Walk {
        kind: Kind::ItemAccept,
        which: PLAIN,
        change: "update evidence set document_number = '另一文号' where item_id = $1 and not after_verification",
        beside: "update item set deadline = deadline + 1 where id = $1",
        state: "select state from item where id = $1",
        desk: "select exists (select from desk d join item i on i.id = $1 and i.association_id = d.association_id
                              where d.kind = 'item' and d.act = 'item.verify')",
    },
    Walk {
        kind: Kind::ItemExempt,
        which: PLAIN,
        change: "update item set exemption_article = '第九十九条' where id = $1",
        beside: "update item set deadline = deadline + 1 where id = $1",
        state: "select state from item where id = $1",
        desk: "select exists (select from desk d join item i on i.id = $1 and i.association_id = d.association_id
                              where d.kind = 'item' and d.act = 'item.exempt')",
    },
    Walk {
        kind: Kind::Workgroup,
        which: "s.part = 'group'",
        change: "update workgroup set leader = '另一组长' where department_id = $1",
        beside: "update workgroup set unreported = true where department_id = $1",
        state: "select case when read_on is null then 'reported' else 'read' end from workgroup_part
                where department_id = $1 and part = 'group'",
        desk: "select exists (select from desk where kind = 'workgroup' and case_id = $1 and act = 'workgroup.note')",
    },
    Walk {
        kind: Kind::OrderSign,
        which: "exists (select from supervision_order o where o.id = s.case_id and o.state = 'signed')",
        change: "update supervision_order set demand = demand || '另须说明原因。' where id = $1",
        beside: "update supervision_order set opinion = '补记' where id = $1",
        state: "select state from supervision_order where id = $1",
        desk: "select exists (select from desk where kind = 'supervision_order' and case_id = $1 and act = 'order.sign')",
    },
    Walk {
        kind: Kind::OrderClose,
        which: PLAIN,
        change: "update supervision_order set answer = '另一办理情况' where id = $1",
        beside: "update supervision_order set opinion = '补记' where id = $1",
        state: "select state from supervision_order where id = $1",
        desk: "select exists (select from desk where kind = 'supervision_order' and case_id = $1 and act = 'order.close')",
    },
];

/// A case of a kind that the demonstration does not have: made by hand, and carried over
/// by the start.
const MADE: [(Kind, &str); 4] = [
    (
        Kind::ItemExempt,
        "update item set state = 'exempted', resolved_on = '2018-11-20', exemption_law = '会计法', exemption_article = '第二条',
             exemption_asked_on = '2018-11-19'
         where id = (select i.id from item i join plan p on p.association_id = i.association_id
                     where i.state in ('open', 'in_progress') and i.mandatory and p.state = 'implementing'
                       and p.suspended_on is null order by i.id limit 1)",
    ),
    (
        Kind::OrderClose,
        "update supervision_order set state = 'closed', closed_on = '2018-11-21', closer = '负责人', answer = '已办结'
         where id = (select max(id) from supervision_order where number is not null)",
    ),
    (
        Kind::Workgroup,
        "update workgroup_part set read_on = reported_on where reported_on is not null and part = 'group'",
    ),
    (
        Kind::HoldingSign,
        "update holding set state = 'submitted', submitted_on = '2018-11-20', decided_on = null, decided_by = null
         where id = (select h.id from holding h join association a on a.id = h.association_id and a.exited_on is null
                     where h.register in ('asset', 'room', 'appropriation') order by h.state desc, h.id limit 1)",
    ),
];

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
    if let Some((_, made)) = MADE.iter().find(|(made, _)| *made == kind) {
        if stood(&world, walk).await.is_none() {
            sqlx::raw_sql(*made).execute(world.owner()).await.unwrap();
            let today = world.app.clock.today();
            tuogou::desk::rebuild(&world.app, today).await.unwrap();
        }
    }
    let stood = stood(&world, walk).await;
    let stood = stood.unwrap_or_else(|| panic!("nothing of {kind:?} is signed"));

    // What is not in the projection leaves it standing.
    run(&world, walk.beside, stood.case).await;
    told(&world, Act::CommentWrite, &stood).await.unwrap();
    assert_eq!(
        void(&world, &stood).await,
        (false, false),
        "{kind:?} beside"
    );

    // What is in it does not, whoever changed it.
    run(&world, walk.change, stood.case).await;
    told(&world, Act::CommentWrite, &stood).await.unwrap();
    assert_eq!(
        void(&world, &stood).await,
        (true, false),
        "{kind:?} changed"
    );
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
                let refused = told(&world, *act, &stood).await;
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
