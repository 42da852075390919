//! What waits for a department, without the names of people.

use chrono::NaiveDate;
use sqlx::PgPool;

use crate::ids::AssociationId;

/// An approval or filing that is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub department: String,
    /// The person.
    pub id: i64,
    /// 人员第n号.
    pub number: i32,
    /// Asked for on.
    pub asked_on: NaiveDate,
}

/// Approvals and filings asked for and not decided, the oldest first.
pub async fn asked(pool: &PgPool, campaign: i32) -> Result<Vec<Asked>, sqlx::Error> {
    sqlx::query_as!(
        Asked,
        r#"select a.id as "association: AssociationId", a.name, d.name as department, h.id, h.number,
                  h.asked_on as "asked_on!"
           from post_holder h
           join association a on a.campaign_id = h.campaign_id and a.id = h.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where h.campaign_id = $1 and h.asked_on is not null and h.resigned_on is null
             and h.approval_date is null
           order by h.asked_on, h.id limit 50"#,
        campaign,
    )
    .fetch_all(pool)
    .await
}
