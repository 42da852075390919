//! SQL of work groups and of what was reported of them.

use std::collections::BTreeMap;

use sqlx::types::Json;

use crate::access::Seen;
use crate::database::{Db, Write};
use crate::ids::DepartmentId;

use super::rules::{Content, Member, Part, Report, Risk, Step};

/// A unit's work group as it is kept.
#[derive(Debug, Clone, Default)]
pub struct Workgroup {
    /// What was written.
    pub content: Content,
    /// Changed since the last report.
    pub unreported: bool,
    /// Row version; 0 where nothing was written yet.
    pub version: i32,
}

/// A unit's work group with what was reported of it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What was written.
    pub group: Workgroup,
    /// What was reported, part by part.
    pub reports: Vec<Report>,
}

impl Kept {
    /// What the office and the unit's leader decide on together.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let reports = self.reports.iter().map(|report| format!("{report:?}"));
        Seen::list(std::iter::once(self.group.version.to_string()).chain(reports))
    }
}

/// One unit's work group as it is kept, or nothing written yet.
pub async fn kept(db: &mut Db, unit: DepartmentId) -> Result<Kept, sqlx::Error> {
    let group = workgroups(db, Some(unit)).await?.remove(&unit.0);
    let reports = reports(db, Some(unit)).await?;
    Ok(Kept {
        group: group.unwrap_or_default(),
        reports: reports.into_iter().map(|(_, report)| report).collect(),
    })
}

/// The same under lock.
pub async fn lock(db: &mut Db, unit: DepartmentId) -> Result<Kept, sqlx::Error> {
    sqlx::query!(
        "select version from workgroup where campaign_id = $1 and department_id = $2 for update",
        db.campaign(),
        unit.0,
    )
    .fetch_optional(db.connection())
    .await?;
    kept(db, unit).await
}

/// Work groups by unit: of all units, or of one.
pub async fn workgroups(
    db: &mut Db,
    unit: Option<DepartmentId>,
) -> Result<BTreeMap<i64, Workgroup>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select department_id, leader, leader_post, members as "members: Json<Vec<Member>>", liaison_name,
                  liaison_phone, liaison_joined, timetable as "timetable: Json<Vec<Step>>",
                  risks as "risks: Json<Vec<Risk>>", unreported, version
           from workgroup where campaign_id = $1 and ($2::bigint is null or department_id = $2)
           order by department_id limit 500"#,
        db.campaign(),
        unit.map(|unit| unit.0),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let workgroup = Workgroup {
                content: Content {
                    leader: row.leader,
                    leader_post: row.leader_post,
                    members: row.members.0,
                    liaison_name: row.liaison_name,
                    liaison_phone: row.liaison_phone,
                    liaison_joined: row.liaison_joined,
                    timetable: row.timetable.0,
                    risks: row.risks.0,
                },
                unreported: row.unreported,
                version: row.version,
            };
            (row.department_id, workgroup)
        })
        .collect())
}

/// What was reported, by unit: of all units, or of one.
pub async fn reports(
    db: &mut Db,
    unit: Option<DepartmentId>,
) -> Result<Vec<(i64, Report)>, sqlx::Error> {
    sqlx::query!(
        r#"select department_id, part as "part: Part", reported_on, read_on, returned_on, return_reason
           from workgroup_part where campaign_id = $1 and ($2::bigint is null or department_id = $2)
           order by department_id, part limit 2000"#,
        db.campaign(),
        unit.map(|unit| unit.0),
    )
    .map(|row| {
        let report = Report {
            part: row.part,
            reported_on: row.reported_on,
            read_on: row.read_on,
            returned_on: row.returned_on,
            return_reason: row.return_reason,
        };
        (row.department_id, report)
    })
    .fetch_all(db.connection())
    .await
}

/// Writes a unit's work group on the version seen; false if it moved on.
pub async fn save(
    db: &mut Db,
    unit: DepartmentId,
    version: i32,
    content: &Content,
) -> Result<bool, sqlx::Error> {
    let saved = sqlx::query!(
        r#"insert into workgroup as w (campaign_id, department_id, leader, leader_post, members, liaison_name,
               liaison_phone, liaison_joined, timetable, risks)
           values ($1, $2, $4, $5, $6, $7, $8, $9, $10, $11)
           on conflict (campaign_id, department_id) do update
           set leader = $4, leader_post = $5, members = $6, liaison_name = $7, liaison_phone = $8,
               liaison_joined = $9, timetable = $10, risks = $11, unreported = true, version = w.version + 1
           where w.version = $3"#,
        db.campaign(),
        unit.0,
        version,
        content.leader,
        content.leader_post,
        Json(&content.members) as _,
        content.liaison_name,
        content.liaison_phone,
        content.liaison_joined,
        Json(&content.timetable) as _,
        Json(&content.risks) as _,
    )
    .execute(db.connection())
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Notes that parts were reported; parts reported before keep their day and are
/// to be read again.
pub async fn report(
    write: &mut Write,
    unit: DepartmentId,
    parts: &[Part],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update workgroup_part set read_on = null where campaign_id = $1 and department_id = $2",
        write.campaign(),
        unit.0,
    )
    .execute(write.connection())
    .await?;
    let keys: Vec<String> = parts.iter().map(|part| part.key().to_owned()).collect();
    sqlx::query!(
        "insert into workgroup_part (campaign_id, department_id, part, reported_on, reported_by)
         select $1, $2, p.part, $4, $5 from unnest($3::text[]) as p(part)
         on conflict (campaign_id, department_id, part) do update
         set reported_on = $4, reported_by = $5, read_on = null, returned_on = null, return_reason = null",
        write.campaign(),
        unit.0,
        &keys,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "update workgroup set unreported = false, version = version + 1 where campaign_id = $1 and department_id = $2",
        write.campaign(),
        unit.0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Notes that the office has read what is with it; how many parts.
pub async fn note(write: &mut Write, unit: DepartmentId) -> Result<u64, sqlx::Error> {
    let read = sqlx::query!(
        "update workgroup_part set read_on = $3
         where campaign_id = $1 and department_id = $2 and reported_on is not null and read_on is null",
        write.campaign(),
        unit.0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(read.rows_affected())
}

/// What the office has read reads otherwise now: it is to be read again.
pub async fn unread(db: &mut Db, unit: DepartmentId, part: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update workgroup_part set read_on = null where campaign_id = $1 and department_id = $2 and part = $3",
        db.campaign(),
        unit.0,
        part,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Sends parts back; how many were with the office.
pub async fn return_(
    write: &mut Write,
    unit: DepartmentId,
    parts: &[Part],
    reason: &str,
) -> Result<u64, sqlx::Error> {
    let keys: Vec<String> = parts.iter().map(|part| part.key().to_owned()).collect();
    let returned = sqlx::query!(
        "update workgroup_part set reported_on = null, read_on = null, returned_on = $4, return_reason = $5
         where campaign_id = $1 and department_id = $2 and part = any($3) and reported_on is not null",
        write.campaign(),
        unit.0,
        &keys,
        write.today(),
        reason,
    )
    .execute(write.connection())
    .await?;
    Ok(returned.rows_affected())
}
