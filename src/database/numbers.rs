//! Numbers without gaps (TC-38): the one place that takes them.

use sqlx::PgConnection;

/// A series of numbers, counted by year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// 批复.
    Reply,
    /// 督办单.
    Supervision,
}

impl Series {
    const fn key(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Supervision => "supervision",
        }
    }
}

/// The next number of the year. The upsert locks the counter's row until the
/// transaction ends, so a rollback frees the number and there is no gap.
pub async fn take(
    connection: &mut PgConnection,
    campaign: i32,
    series: Series,
    year: i32,
) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into number_series (campaign_id, series, year, last) values ($1, $2, $3, 1)
         on conflict (campaign_id, series, year) do update set last = number_series.last + 1
         returning last",
        campaign,
        series.key(),
        year,
    )
    .fetch_one(connection)
    .await
}

/// The next number of a series that the scheme names: dockets of a process.
pub async fn next(
    connection: &mut PgConnection,
    campaign: i32,
    name: &str,
) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into number_series (campaign_id, series, year, last) values ($1, $2, 0, 1)
         on conflict (campaign_id, series, year) do update set last = number_series.last + 1
         returning last",
        campaign,
        format!("docket:{name}"),
    )
    .fetch_one(connection)
    .await
}
