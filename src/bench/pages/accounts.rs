//! Who opens pages: one account of every role, clerk and leader of the largest unit, and somebody who is not signed in.

use crate::access::session::Token;
use crate::access::{Actor, Capacity, Role};
use crate::accounts::store;
use crate::bench::BenchError;
use crate::database::Db;
use crate::ids::{AccountId, AssociationId, CapacityId, DepartmentId};
use crate::web::Program;

/// Roles that see a page alike, in the order of the table's columns.
pub const KINDS: [&str; 7] = [
    "office",
    "unit",
    "department",
    "civil affairs",
    "association",
    "other",
    "nobody",
];

/// Somebody who opens pages.
pub struct Visitor {
    /// User name, or `nobody`.
    pub username: String,
    /// One of [`KINDS`].
    pub kind: &'static str,
    /// What `decide` knows of them.
    pub actor: Option<Actor>,
    /// The session's cookie, empty for nobody.
    pub cookie: String,
    token: Option<Token>,
}

/// The column of a role.
const fn kind(role: Role) -> &'static str {
    match role {
        Role::OfficeClerk | Role::OfficeLeader => "office",
        Role::UnitClerk | Role::UnitLeader => "unit",
        Role::CivilReg | Role::CivilLeader => "civil affairs",
        Role::Association => "association",
        Role::Superior | Role::Sysadmin => "other",
        Role::Ndrc
        | Role::Bianban
        | Role::Finance
        | Role::Jiguan
        | Role::OrgDept
        | Role::Hrss
        | Role::Audit => "department",
    }
}

/// Begins a session for each of them; no password is needed.
pub async fn arrive(program: &Program) -> Result<Vec<Visitor>, BenchError> {
    let campaign = program.database.campaign().0;
    let found = actors(&mut program.database.read().await?).await?;
    let mut tally = program.database.tally().await?;
    let mut visitors = Vec::new();
    for actor in found {
        let token = Token::draw().map_err(|error| BenchError::Measure(error.to_string()))?;
        let capacity = actor.capacity.id;
        let now = program.clock.wall().to_utc();
        store::begin_session(&mut tally, campaign, &token, (actor.account, capacity), now).await?;
        visitors.push(Visitor {
            username: actor.username.clone(),
            kind: kind(actor.role()),
            cookie: format!("{}={}", program.cookie_name(), token.secret()),
            actor: Some(actor),
            token: Some(token),
        });
    }
    tally.commit().await?;
    if visitors.is_empty() {
        return Err(BenchError::Empty);
    }
    visitors.push(Visitor {
        username: "nobody".to_owned(),
        kind: "nobody",
        actor: None,
        cookie: String::new(),
        token: None,
    });
    Ok(visitors)
}

/// Ends the sessions again.
pub async fn leave(program: &Program, visitors: &[Visitor]) -> Result<(), BenchError> {
    let mut tally = program.database.tally().await?;
    for token in visitors.iter().filter_map(|visitor| visitor.token.as_ref()) {
        store::end_session(&mut tally, token).await?;
    }
    tally.commit().await?;
    Ok(())
}

/// The first account of each role, and those of the unit that has the most associations.
async fn actors(db: &mut Db) -> Result<Vec<Actor>, sqlx::Error> {
    sqlx::query!(
        r#"select distinct on (a.id) a.id, a.username, a.display_name, c.id as capacity, c.role as "role: Role",
                  c.department_id, c.association_id
           from capacity c
           join account a on a.id = c.account_id
           where c.campaign_id = $1 and c.delegation_id is null and a.disabled_at is null
             and c.account_id in (
                 select min(f.account_id) from capacity f where f.campaign_id = $1 and f.delegation_id is null group by f.role
                 union all
                 select l.account_id from capacity l
                 where l.campaign_id = $1 and l.delegation_id is null and l.role in ('unit_clerk', 'unit_leader')
                   and l.department_id = (
                       select o.department_id from association o where o.campaign_id = $1
                       group by o.department_id order by count(*) desc, o.department_id desc limit 1))
           order by a.id, c.id"#,
        db.campaign(),
    )
    .map(|row| {
        let capacity = Capacity {
            id: CapacityId(row.capacity),
            department: DepartmentId(row.department_id),
            department_name: String::new(),
            role: row.role,
            association: row.association_id.map(AssociationId),
            association_name: None,
            on_behalf_of: None,
        };
        Actor {
            account: AccountId(row.id),
            username: row.username,
            name: row.display_name,
            held: vec![capacity.clone()],
            capacity,
            must_change_password: false,
        }
    })
    .fetch_all(db.connection())
    .await
}
