//! As of which day the desk stands, and what changes with a day alone.

use chrono::NaiveDate;

use crate::database::Db;

use super::Renewed;

/// As of what the desk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The day.
    pub day: NaiveDate,
    /// Changes of parameters in force on it.
    pub changes: i64,
    /// The newest of them.
    pub newest: i64,
    /// The newest move of a window.
    pub windows: i64,
}

/// One rolls at a time, whatever process they are in; where it stands by then, and whether
/// acts were told that it knows nothing of.
pub async fn standing(db: &mut Db) -> Result<Option<(Standing, bool)>, sqlx::Error> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('desk of the day', 0))")
        .execute(db.connection())
        .await?;
    let row = sqlx::query!(
        r#"select stands_on, changes, newest, windows,
                  exists (select from act_record r where r.campaign_id = d.campaign_id and r.id > d.record_id
                            and r.snapshot_id is not null and r.act not like 'session.%' and r.act <> 'access.refused') as "unknown!"
           from desk_day d where d.campaign_id = $1"#,
        db.campaign(),
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(row.map(|row| {
        let standing = Standing {
            day: row.stands_on,
            changes: row.changes,
            newest: row.newest,
            windows: row.windows,
        };
        (standing, row.unknown)
    }))
}

/// As of what it stands on a day once it is brought up to it.
pub async fn by_day(db: &mut Db, day: NaiveDate) -> Result<Standing, sqlx::Error> {
    sqlx::query_as!(
        Standing,
        r#"select $2::date as "day!", count(*) as "changes!", coalesce(max(id), 0) as "newest!",
                  (select coalesce(max(w.id), 0) from task_window w where w.campaign_id = $1) as "windows!"
           from parameter_change where campaign_id = $1 and effective_on <= $2"#,
        db.campaign(),
        day,
    )
    .fetch_one(db.connection())
    .await
}

/// Notes it. What acts have told meanwhile was kept up by them.
pub async fn note(db: &mut Db, now: Standing) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into desk_day (campaign_id, stands_on, changes, newest, windows, record_id)
         values ($1, $2, $3, $4, $5, (select coalesce(max(id), 0) from act_record where campaign_id = $1))
         on conflict (campaign_id) do update
         set stands_on = excluded.stands_on, changes = excluded.changes, newest = excluded.newest,
             windows = excluded.windows, record_id = greatest(desk_day.record_id, excluded.record_id)",
        db.campaign(),
        now.day,
        now.changes,
        now.newest,
        now.windows,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Keeps the roll's lock while the pieces are written in transactions of their own.
pub async fn wait(db: &mut Db) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!(r#"select 1 as "here!""#)
        .fetch_one(db.connection())
        .await?;
    Ok(())
}

/// Notes the newest act that the desk knows of.
pub async fn note_record(db: &mut Db, record: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update desk_day set record_id = $2 where campaign_id = $1 and record_id < $2",
        db.campaign(),
        record,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Every association and department.
pub async fn all(db: &mut Db) -> Result<Renewed, sqlx::Error> {
    let associations = sqlx::query_scalar!(
        "select id from association where campaign_id = $1 order by id",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    let units = sqlx::query_scalar!(
        "select id from department where campaign_id = $1 order by id",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(Renewed {
        associations,
        units,
        ..Renewed::default()
    })
}

/// The associations whose desk may change with the day alone: a plan is found complete or
/// not as of a day, and an approval of a post runs out on one.
pub async fn by_the_day(db: &mut Db) -> Result<Renewed, sqlx::Error> {
    let associations = sqlx::query_scalar!(
        r#"select association_id as "id!" from plan where campaign_id = $1 and state in ('draft', 'returned')
           union
           select association_id from post_holder
           where campaign_id = $1 and resigned_on is null and identity = 'retired_cadre'
           order by 1"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(Renewed {
        associations,
        ..Renewed::default()
    })
}
