//! SQL of first passwords: their hashes, and whose they are.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use crate::database::Db;

/// The hashes that were made for an upload, by user name.
pub async fn hashes(db: &mut Db, id: i64) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let rows = sqlx::query!(
        "select username, hash from import_secret where campaign_id = $1 and import_id = $2 order by username limit 5000",
        db.campaign(),
        id,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.username, row.hash))
        .collect())
}

/// Keeps a hash.
pub async fn keep_hash(
    connection: &mut PgConnection,
    (campaign, id): (i32, i64),
    (username, hash): (&str, &str),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into import_secret (campaign_id, import_id, username, hash) values ($1, $2, $3, $4)
         on conflict do nothing",
        campaign,
        id,
        username,
        hash,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whose first password it is.
#[derive(Debug, Clone)]
pub struct Slip {
    /// User name.
    pub username: String,
    /// The person.
    pub name: String,
    /// Their unit, or several.
    pub units: String,
    /// It is still the first one.
    pub first: bool,
}

/// The accounts that an upload brought: whoever has a password of their own by now needs no slip.
pub async fn slips(db: &mut Db, id: i64) -> Result<Vec<Slip>, sqlx::Error> {
    sqlx::query_as!(
        Slip,
        r#"select a.username, a.display_name as name,
                  coalesce((select string_agg(distinct d.name, '、') from capacity c
                            join department d on d.campaign_id = c.campaign_id and d.id = c.department_id
                            where c.campaign_id = $1 and c.account_id = a.id), '') as "units!",
                  a.password_hash = s.hash and a.must_change_password as "first!"
           from import_secret s
           join account a on a.username = s.username
           where s.campaign_id = $1 and s.import_id = $2 order by 3, a.username limit 5000"#,
        db.campaign(),
        id,
    )
    .fetch_all(db.connection())
    .await
}
