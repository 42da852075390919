//! SQL of many associations at once, as a spreadsheet brings them.

use serde::Serialize;
use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::registry::rules::TieKind;

use super::{Association, Derived, Entry, ORG_TYPE, of_ids};

/// What a row may be found by.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// Numbers.
    pub ids: Vec<i64>,
    /// Credit codes.
    pub codes: Vec<String>,
    /// Certificate numbers.
    pub certificates: Vec<String>,
    /// Normal forms of names.
    pub names: Vec<String>,
}

/// The living associations that these keys name; of a unit, its own only (TC-65).
pub async fn keyed(
    db: &mut Db,
    keys: &Keys,
    unit: Option<DepartmentId>,
) -> Result<Vec<Association>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from association
         where campaign_id = $1 and exited_on is null and ($5::bigint is null or department_id = $5)
           and id in (select id from association where campaign_id = $1 and uscc = any($2)
                      union select id from association where campaign_id = $1 and certificate_no = any($3)
                      union select id from association where campaign_id = $1 and name_key = any($4)
                      union select id from association where campaign_id = $1 and id = any($6))",
        db.campaign(),
        &keys.codes,
        &keys.certificates,
        &keys.names,
        unit.map(|unit| unit.0),
        &keys.ids,
    )
    .fetch_all(db.connection())
    .await?;
    of_ids(db, &ids).await
}

/// The living associations, of a unit or of all, in the order of lists.
pub async fn of_unit(
    db: &mut Db,
    unit: Option<DepartmentId>,
    most: i64,
) -> Result<Vec<Association>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from association
         where campaign_id = $1 and exited_on is null and ($2::bigint is null or department_id = $2)
         order by sort_key, id limit $3",
        db.campaign(),
        unit.map(|unit| unit.0),
        most,
    )
    .fetch_all(db.connection())
    .await?;
    let mut found = of_ids(db, &ids).await?;
    let order: std::collections::HashMap<i64, usize> =
        ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    found.sort_by_key(|association| order.get(&association.id.0).copied());
    Ok(found)
}

/// Which of these codes and names other associations have, those that have left too: both are
/// given once.
pub async fn taken(db: &mut Db, keys: &Keys) -> Result<Vec<(i64, String)>, sqlx::Error> {
    sqlx::query!(
        r#"select id as "id!", uscc as "key!" from association where campaign_id = $1 and uscc = any($2)
           union all
           select id, name_key from association where campaign_id = $1 and name_key = any($3)"#,
        db.campaign(),
        &keys.codes,
        &keys.names,
    )
    .map(|row| (row.id, row.key))
    .fetch_all(db.connection())
    .await
}

/// Locks associations in the order of their numbers.
pub async fn lock_all(write: &mut Write, ids: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select id from association where campaign_id = $1 and id = any($2) order by id for update",
        write.campaign(),
        ids,
    )
    .fetch_all(write.connection())
    .await?;
    Ok(())
}

/// An association as it is written, one of many.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    /// The association; 0 of a new one.
    pub id: i64,
    /// Name as registered.
    pub name: &'a str,
    name_key: &'a str,
    grams: &'a [String],
    initials: &'a str,
    sort_key: &'a str,
    uscc: Option<&'a str>,
    uscc_note: Option<&'a str>,
    certificate_no: Option<&'a str>,
    registered_on: Option<String>,
    registrar: &'a str,
    domicile: &'a str,
    legal_representative: &'a str,
    business_scope: &'a str,
    member_basis: &'a str,
    direct_registration: bool,
    scope_computed: &'static str,
    by_reference: bool,
    department_id: i64,
    tie: Option<&'static str>,
}

impl<'a> Row<'a> {
    /// Of an entry; `tie` is that of its unit, where one is to be entered.
    #[must_use]
    pub fn of(
        (id, unit): (i64, DepartmentId),
        entry: &'a Entry,
        derived: &'a Derived,
        tie: Option<TieKind>,
    ) -> Self {
        Self {
            id,
            name: &entry.name,
            name_key: &derived.name_key,
            grams: &derived.grams,
            initials: &derived.initials,
            sort_key: &derived.sort_key,
            uscc: entry.uscc.as_deref(),
            uscc_note: entry.uscc_note.as_deref(),
            certificate_no: entry.certificate_no.as_deref(),
            registered_on: entry.registered_on.map(|day| day.to_string()),
            registrar: &entry.registrar,
            domicile: &entry.domicile,
            legal_representative: &entry.legal_representative,
            business_scope: &entry.business_scope,
            member_basis: &entry.member_basis,
            direct_registration: entry.direct_registration,
            scope_computed: derived.computed.key(),
            by_reference: derived.by_reference,
            department_id: unit.0,
            tie: tie.map(TieKind::key),
        }
    }
}

/// Enters associations with the ties of their units: normal form of the name and number of each.
pub async fn add_all(
    write: &mut Write,
    rows: &[Row<'_>],
) -> Result<Vec<(String, AssociationId)>, sqlx::Error> {
    let (campaign, by) = (write.campaign(), Json(rows));
    let added = sqlx::query!(
        r#"insert into association (campaign_id, name, name_key, grams, initials, sort_key, uscc, uscc_note, certificate_no,
             registered_on, registrar, org_type, domicile, legal_representative, business_scope, member_basis,
             department_id, direct_registration, scope_computed, by_reference)
           select $1, r.name, r.name_key, r.grams, r.initials, r.sort_key, r.uscc, r.uscc_note, r.certificate_no,
             r.registered_on, r.registrar, $3, r.domicile, r.legal_representative, r.business_scope, r.member_basis,
             r.department_id, r.direct_registration, r.scope_computed, r.by_reference
           from jsonb_to_recordset($2) as r(name text, name_key text, grams text[], initials text, sort_key text, uscc text,
             uscc_note text, certificate_no text, registered_on date, registrar text, domicile text,
             legal_representative text, business_scope text, member_basis text, department_id bigint,
             direct_registration boolean, scope_computed text, by_reference boolean)
           returning id as "id: AssociationId", name_key"#,
        campaign,
        &by as _,
        ORG_TYPE,
    )
    .map(|row| (row.name_key, row.id))
    .fetch_all(write.connection())
    .await?;
    sqlx::query!(
        "insert into tie (campaign_id, association_id, kind, department_id, basis, started_on, is_primary)
         select $1, a.id, r.tie, a.department_id, '登记证书', a.registered_on, true
         from jsonb_to_recordset($2) as r(name_key text, tie text)
         join association a on a.campaign_id = $1 and a.name_key = r.name_key
         where r.tie is not null",
        campaign,
        &by as _,
    )
    .execute(write.connection())
    .await?;
    Ok(added)
}

/// Changes associations that are locked.
pub async fn alter_all(write: &mut Write, rows: &[Row<'_>]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association a set name = r.name, name_key = r.name_key, grams = r.grams, initials = r.initials,
             sort_key = r.sort_key, uscc = r.uscc, uscc_note = r.uscc_note, certificate_no = r.certificate_no,
             registered_on = r.registered_on, registrar = r.registrar, domicile = r.domicile,
             legal_representative = r.legal_representative, business_scope = r.business_scope,
             member_basis = r.member_basis, direct_registration = r.direct_registration,
             scope_computed = r.scope_computed, version = a.version + 1
         from jsonb_to_recordset($2) as r(id bigint, name text, name_key text, grams text[], initials text, sort_key text,
             uscc text, uscc_note text, certificate_no text, registered_on date, registrar text, domicile text,
             legal_representative text, business_scope text, member_basis text, direct_registration boolean,
             scope_computed text)
         where a.campaign_id = $1 and a.id = r.id",
        write.campaign(),
        Json(rows) as _,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
