//! Parameters with effect dates (TC-51): what is in force on a day, and the
//! snapshot that each record keeps. Changes are made in the room `settings`.

use chrono::NaiveDate;
use sqlx::{PgConnection, PgExecutor};

use crate::ids::CampaignId;
use crate::scheme::parameters::{Edition, Values};

/// How far the table of changes reaches on a day: what was made of it may be shared
/// as long as this is the same.
pub async fn edition_on(
    executor: impl PgExecutor<'_>,
    campaign: CampaignId,
    day: NaiveDate,
) -> Result<Edition, sqlx::Error> {
    sqlx::query_as!(
        Edition,
        r#"select count(*) as "changes!", coalesce(max(id), 0) as "newest!"
           from parameter_change where campaign_id = $1 and effective_on <= $2"#,
        campaign.0,
        day
    )
    .fetch_one(executor)
    .await
}

/// The changed parameters in force on a day.
pub async fn changes_on(
    executor: impl PgExecutor<'_>,
    campaign: CampaignId,
    day: NaiveDate,
) -> Result<Values, sqlx::Error> {
    let changes = sqlx::query_scalar!(
        r#"select parameter_changes_on($1, $2) as "changes!""#,
        campaign.0,
        day
    )
    .fetch_one(executor)
    .await?;
    Ok(serde_json::from_value(changes).unwrap_or_default())
}

/// The snapshot of all parameters in force on a day; made where it is the first
/// of its content. None before the campaign is there.
pub(super) async fn snapshot(
    connection: &mut PgConnection,
    campaign: CampaignId,
    day: NaiveDate,
) -> Result<Option<i64>, sqlx::Error> {
    if let Some(known) = find(connection, campaign, day).await? {
        return Ok(Some(known));
    }
    sqlx::query!(
        "insert into parameter_snapshot (campaign_id, digest, parameters, first_on)
         select $1, encode(sha256(convert_to(p.parameters::text, 'UTF8')), 'hex'), p.parameters,
                coalesce((select max(c.effective_on) from parameter_change c
                          where c.campaign_id = $1 and c.effective_on <= $2),
                         (p.parameters ->> 'issue_date')::date, $2)
         from (select c.parameters || parameter_changes_on($1, $2) as parameters
               from campaign c where c.id = $1) p
         on conflict do nothing",
        campaign.0,
        day,
    )
    .execute(&mut *connection)
    .await?;
    // Somebody else may have made it at the same time; theirs is as good.
    find(connection, campaign, day).await
}

async fn find(
    connection: &mut PgConnection,
    campaign: CampaignId,
    day: NaiveDate,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select s.id from campaign c
         join parameter_snapshot s on s.campaign_id = c.id
          and s.digest = encode(sha256(convert_to((c.parameters || parameter_changes_on($1, $2))::text, 'UTF8')), 'hex')
         where c.id = $1",
        campaign.0,
        day,
    )
    .fetch_optional(connection)
    .await
}
