//! The statements, one for each kind of fact.

use chrono::NaiveDate;

use sqlx::types::Json;

use crate::access::Scope;
use crate::closing::rules::{REGISTERED, REGISTERS, SURVEYED};
use crate::database::Db;
use crate::holdings::rules::book::Entry;
use crate::holdings::rules::{Register, State};
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::posts::rules::Holder;
use crate::progress::rules::{Item, ItemState};
use crate::registrations::rules::Kind;
use crate::registry::rules::ExitKind;
use crate::scheme::{Answers, Scheme};

use super::{Wanted, is_blind};

/// What one row says of an association.
pub(super) struct Head {
    pub(super) id: AssociationId,
    pub(super) sort_key: String,
    pub(super) name: String,
    pub(super) uscc: Option<String>,
    pub(super) unit: String,
    pub(super) exit: Option<ExitKind>,
    pub(super) still: bool,
    pub(super) reply_number: Option<String>,
    pub(super) replied_on: Option<NaiveDate>,
    pub(super) opened: bool,
    pub(super) applicable: i64,
    pub(super) resolved: i64,
    pub(super) survey: Option<Json<Answers>>,
}

/// The one select of rows; each reach adds its own condition.
macro_rules! select_heads {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Head,
            r#"select a.id as "id: AssociationId", a.sort_key, a.name, a.uscc, d.name as unit,
                      a.exit_kind as "exit: ExitKind",
                      exists (select from suspension u where u.campaign_id = a.campaign_id and u.association_id = a.id
                              and u.until_on is null) as "still!",
                      p.reply_number as "reply_number?", p.replied_on as "replied_on?",
                      exists (select from post_register r where r.campaign_id = a.campaign_id and r.association_id = a.id)
                          as "opened!",
                      coalesce(c.applicable, 0) as "applicable!", coalesce(c.resolved, 0) as "resolved!",
                      (select jsonb_strip_nulls((select jsonb_object_agg(code, s.answers -> code)
                                                 from unnest($6::text[]) code))
                       from survey s
                       where s.campaign_id = a.campaign_id and s.association_id = a.id and s.state = 'confirmed'
                       order by s.edition desc limit 1) as "survey: Json<Answers>"
               from association a
               join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
               join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
                   and (e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null
               left join plan p on p.campaign_id = a.campaign_id and p.association_id = a.id
               left join lateral (
                   select sum(t.applicable) as applicable, sum(t.resolved) as resolved
                   from association_progress t
                   where t.campaign_id = a.campaign_id and t.association_id = a.id and t.track = any($7)) c on true
               where a.campaign_id = $1 and (a.sort_key, a.id) > ($2, $3::bigint) "# + $tail
                + " order by a.sort_key, a.id limit $4 offset $5",
            $($argument),+
        )
    };
}

/// The rows themselves.
pub(super) async fn heads(
    db: &mut Db,
    (scope, scheme): (&Scope, &Scheme),
    wanted: Wanted<'_>,
) -> Result<Vec<Head>, sqlx::Error> {
    let tracks = scheme.measures.tracks.iter();
    let five = tracks.filter(|track| track.counts_in_five);
    let five: Vec<String> = five.map(|track| track.code.clone()).collect();
    let (key, id) = wanted.after;
    match scope.department() {
        _ if is_blind(scope) => Ok(Vec::new()),
        Some(unit) => {
            select_heads!(
                "and a.department_id = $8",
                db.campaign(),
                key,
                id,
                wanted.limit,
                wanted.skipped,
                &SURVEYED as &[&str],
                &five,
                unit.0
            )
            .fetch_all(db.connection())
            .await
        }
        None => {
            select_heads!(
                "",
                db.campaign(),
                key,
                id,
                wanted.limit,
                wanted.skipped,
                &SURVEYED as &[&str],
                &five
            )
            .fetch_all(db.connection())
            .await
        }
    }
}

/// The checklists, in the scheme's order; who did what and why is not read.
pub(super) async fn items(db: &mut Db, associations: &[i64]) -> Result<Vec<Item>, sqlx::Error> {
    sqlx::query_as!(
        Item,
        r#"select i.id, i.association_id as "association: AssociationId", i.department_id as "department: DepartmentId",
                  i.measure, i.object, i.label, i.track, i.mandatory, i.state as "state: ItemState", i.deadline, i.again_on,
                  ''::text as "note!", i.facts as "facts: Json<Answers>", i.done_on, i.reported_on,
                  null::bigint as "reported_by: AccountId", i.resolved_on, null::bigint as "resolved_by: AccountId",
                  null::text as return_reason, null::text as exemption_law, null::text as exemption_article,
                  i.exemption_asked_on, i.added_later, i.due_by, i.stood::bigint as "stood!", i.version,
                  0::bigint as "evidence!"
           from item i
           where i.campaign_id = $1 and i.association_id = any($2)
           order by i.association_id, i.measure, i.id limit 1000000"#,
        db.campaign(),
        associations,
    )
    .fetch_all(db.connection())
    .await
}

/// What was recorded of assets and rooms.
pub(super) async fn entries(db: &mut Db, associations: &[i64]) -> Result<Vec<Entry>, sqlx::Error> {
    let registers = REGISTERS.map(Register::key);
    sqlx::query_as!(
        Entry,
        r#"select id, association_id as "association: AssociationId", register as "register: Register", object,
                  facts as "facts: Json<Answers>", state as "state: State", submitted_on,
                  null::bigint as "submitted_by: AccountId", decided_on, decision_document,
                  null::text as decision_note, null::text as return_reason, version
           from holding
           where campaign_id = $1 and association_id = any($2) and register = any($3)
           order by association_id, id limit 1000000"#,
        db.campaign(),
        associations,
        &registers as &[&str],
    )
    .fetch_all(db.connection())
    .await
}

/// The people on the registers of posts: what their category and their post's standing rest
/// on, and no name.
pub(super) async fn holders(db: &mut Db, associations: &[i64]) -> Result<Vec<Holder>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select association_id as "association: AssociationId", number, identity, kind, retired_on, resigned_on,
                  choice, civil_status_ended_on, contract_on, placed_on, placement_document, recovered_on,
                  approval_kind, approval_date, approval_until, ruled_cooling_months
           from post_holder
           where campaign_id = $1 and association_id = any($2)
           order by association_id, number limit 1000000"#,
        db.campaign(),
        associations,
    )
    .fetch_all(db.connection())
    .await?;
    let people = rows.into_iter().map(|row| Holder {
        association: row.association,
        number: row.number,
        identity: row.identity,
        kind: row.kind,
        retired_on: row.retired_on,
        resigned_on: row.resigned_on,
        choice: row.choice,
        civil_status_ended_on: row.civil_status_ended_on,
        contract_on: row.contract_on,
        placed_on: row.placed_on,
        placement_document: row.placement_document,
        recovered_on: row.recovered_on,
        approval_kind: row.approval_kind,
        approval_date: row.approval_date,
        approval_until: row.approval_until,
        ruled_cooling_months: row.ruled_cooling_months,
        ..Holder::default()
    });
    Ok(people.collect())
}

/// What civil affairs granted: certificates that name no unit, and charters.
pub(super) async fn granted(
    db: &mut Db,
    associations: &[i64],
) -> Result<Vec<(AssociationId, (Kind, NaiveDate))>, sqlx::Error> {
    let kinds = REGISTERED.map(Kind::key);
    let rows = sqlx::query!(
        r#"select association_id as "association: AssociationId", kind as "kind: Kind", max(decided_on) as "on!"
           from registration
           where campaign_id = $1 and association_id = any($2) and kind = any($3) and state = 'granted'
             and supervisor_column is distinct from 'named'
           group by association_id, kind"#,
        db.campaign(),
        associations,
        &kinds as &[&str],
    )
    .fetch_all(db.connection())
    .await?;
    let granted = rows.into_iter();
    Ok(granted
        .map(|row| (row.association, (row.kind, row.on)))
        .collect())
}
