//! SQL of requests to amend the published list.

use chrono::NaiveDate;

use crate::access::Scope as Reach;
use crate::database::{Db, Write};
use crate::documents::files::Attached;
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::machine;
use crate::roster::rules::requests::{Change, STEPS, State};

/// A request as it stands.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// The responsible unit.
    pub unit: DepartmentId,
    /// Its short name.
    pub unit_name: String,
    /// 列入 or 撤出.
    pub change: Change,
    /// Why.
    pub reason: String,
    /// The unit's document.
    pub document: String,
    /// Its state.
    pub state: State,
    /// Written by the office's clerk.
    pub from_office: bool,
    /// Who wrote it last.
    pub saved_by: AccountId,
    /// Who signed it.
    pub proposed_by: Option<AccountId>,
    /// When.
    pub proposed_on: Option<NaiveDate>,
    /// When it was decided on.
    pub decided_on: Option<NaiveDate>,
    /// In which words.
    pub opinion: Option<String>,
    /// Number of the amendment that it became.
    pub number: Option<i32>,
    /// Row version.
    pub version: i32,
}

machine!(Request, "roster_request", State from Draft by STEPS on crate::roster::rules::requests::holder,
    "roster_request", "名单调整申请");

impl Request {
    /// Whether it is being written or waits.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, State::Draft | State::Proposed)
    }
}

/// What is seen of the requests about an association: the version of the open one. Where
/// none is open, which earlier ones there are: a new one is not the one before.
#[must_use]
pub fn version_of(requests: &[Request]) -> i32 {
    let open = requests.iter().find(|request| request.is_open());
    let past = || requests.iter().map(|request| -request.version).sum();
    open.map_or_else(past, |request| request.version)
}

macro_rules! select_requests {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Request,
            r#"select q.id, q.association_id as "association: AssociationId", a.name, a.department_id as "unit: DepartmentId",
                      d.short_name as unit_name, q.change as "change: Change", q.reason, q.document,
                      q.state as "state: State", q.from_office, q.saved_by as "saved_by: AccountId",
                      q.proposed_by as "proposed_by: AccountId", q.proposed_on, q.decided_on, q.opinion,
                      (select m.number from roster_amendment m
                       where m.campaign_id = q.campaign_id and m.id = q.amendment_id) as number,
                      q.version
               from roster_request q
               join association a on a.campaign_id = q.campaign_id and a.id = q.association_id
               join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
               where q.campaign_id = $1 "# + $tail,
            $($argument),+
        )
    };
}

/// The requests about an association, the newest first.
pub async fn of_association(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Request>, sqlx::Error> {
    select_requests!(
        "and q.association_id = $2 order by q.id desc limit 100",
        db.campaign(),
        association.0
    )
    .fetch_all(db.connection())
    .await
}

/// Those of these numbers.
pub async fn of_ids(db: &mut Db, ids: &[i64]) -> Result<Vec<Request>, sqlx::Error> {
    select_requests!("and q.id = any($2) order by q.id", db.campaign(), ids)
        .fetch_all(db.connection())
        .await
}

/// Requests in a state about living associations within reach, the oldest first.
pub async fn in_state(
    db: &mut Db,
    reach: Reach,
    state: State,
) -> Result<Vec<Request>, sqlx::Error> {
    let unit = reach.department().map_or(0, |id| id.0);
    select_requests!(
        "and q.state = $2 and a.exited_on is null and ($3::bigint = 0 or a.department_id = $3)
         order by q.proposed_on, q.id limit 200",
        db.campaign(),
        state.key(),
        unit
    )
    .fetch_all(db.connection())
    .await
}

/// Locks the request about an association that is being written or waits.
pub async fn lock(db: &mut Db, association: AssociationId) -> Result<Option<Request>, sqlx::Error> {
    select_requests!(
        "and q.association_id = $2 and q.state in ('draft', 'proposed') for update of q",
        db.campaign(),
        association.0
    )
    .fetch_optional(db.connection())
    .await
}

/// Locks what waits for the office's head about these associations.
pub async fn lock_proposed(db: &mut Db, associations: &[i64]) -> Result<Vec<Request>, sqlx::Error> {
    select_requests!(
        "and q.association_id = any($2) and q.state = 'proposed' order by q.id for update of q",
        db.campaign(),
        associations
    )
    .fetch_all(db.connection())
    .await
}

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct Asking {
    /// 列入 or 撤出.
    pub change: Change,
    /// Why.
    pub reason: String,
    /// The unit's document.
    pub document: String,
}

/// Writes the draft and gives its number; `None` if somebody else began one meanwhile.
pub async fn save(
    write: &mut Write,
    association: AssociationId,
    draft: Option<i64>,
    from_office: bool,
    asking: &Asking,
) -> Result<Option<i64>, sqlx::Error> {
    if let Some(id) = draft {
        sqlx::query!(
            "update roster_request set change = $3, reason = $4, document = $5, saved_by = $6
             where campaign_id = $1 and id = $2",
            write.campaign(),
            id,
            asking.change.key(),
            asking.reason,
            asking.document,
            write.by().0,
        )
        .execute(write.connection())
        .await?;
        return Ok(Some(id));
    }
    sqlx::query_scalar!(
        "insert into roster_request (campaign_id, association_id, change, reason, document, saved_by, from_office)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (campaign_id, association_id) where state in ('draft', 'proposed') do nothing
         returning id",
        write.campaign(),
        association.0,
        asking.change.key(),
        asking.reason,
        asking.document,
        write.by().0,
        from_office,
    )
    .fetch_optional(write.connection())
    .await
}

/// Notes who signed it, and when.
pub async fn sign(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update roster_request set proposed_by = $3, proposed_on = $4 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Notes why the office's head does not agree.
pub async fn note_refusal(write: &mut Write, id: i64, opinion: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update roster_request set opinion = $3, decided_by = $4, decided_on = $5 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        opinion,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// All that wait among these become part of an amendment: a set, moved together.
pub async fn decide(write: &mut Write, ids: &[i64], amendment: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update roster_request
         set state = 'decided', amendment_id = $3, decided_by = $4, decided_on = $5, version = version + 1
         where campaign_id = $1 and id = any($2) and state = 'proposed'",
        write.campaign(),
        ids,
        amendment,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Files attached to the requests about an association.
pub async fn files(db: &mut Db, association: AssociationId) -> Result<Vec<Attached>, sqlx::Error> {
    sqlx::query_as!(
        Attached,
        "select n.request_id as to, f.id, f.name, f.bytes_total, f.encrypted, f.pages
         from roster_request_file n
         join roster_request q on q.campaign_id = n.campaign_id and q.id = n.request_id
         join file f on f.campaign_id = n.campaign_id and f.id = n.file_id
         where n.campaign_id = $1 and q.association_id = $2 order by n.request_id, f.id limit 500",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// Attaches a file.
pub async fn attach(db: &mut Db, request: i64, file: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into roster_request_file (campaign_id, request_id, file_id) values ($1, $2, $3)",
        db.campaign(),
        request,
        file,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Takes a file away; false if it is not attached.
pub async fn detach(db: &mut Db, request: i64, file: i64) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query!(
        "delete from roster_request_file where campaign_id = $1 and request_id = $2 and file_id = $3",
        db.campaign(),
        request,
        file,
    )
    .execute(db.connection())
    .await?;
    Ok(taken.rows_affected() == 1)
}
