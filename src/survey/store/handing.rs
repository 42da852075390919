//! SQL of what was said as an edition went from hand to hand, as the case file has it.

use chrono::{DateTime, Utc};

use crate::access::Act;
use crate::database::Db;

use super::Survey;

/// What somebody said about an edition when they handed it on.
#[derive(Debug, Clone)]
pub struct Words {
    /// What they did.
    pub act: String,
    /// Why.
    pub reason: String,
    /// Their department.
    pub department: String,
    /// Their name.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why the leader gave it back, unless it went on since; and why the edition was begun,
/// by whom.
pub async fn words(db: &mut Db, survey: i64) -> Result<Vec<Words>, sqlx::Error> {
    let back = Act::SurveyBack.name();
    let on =
        [Act::SurveyPass, Act::SurveySubmit, Act::SurveyReturn].map(|act| act.name().to_owned());
    sqlx::query_as!(
        Words,
        r#"select r.act, coalesce(r.opinion, '') as "reason!", r.actor_department as "department!",
                  r.actor_name as "name!", r.at
           from act_record r
           where r.campaign_id = $1 and r.subject_kind = 'survey' and r.subject_id = $2
             and (r.act = $3
                  or r.act = $4 and not exists (
                      select from act_record o
                      where o.campaign_id = r.campaign_id and o.subject_kind = 'survey' and o.subject_id = $2
                        and o.id > r.id and (o.act = any($5) or o.act = $4)))
           order by r.id limit 2"#,
        db.campaign(),
        survey,
        Act::SurveyReopen.name(),
        back,
        &on[..],
    )
    .fetch_all(db.connection())
    .await
}

/// Whether the office has remarked on the association, or marked the edition, since the edition was last sent.
pub async fn is_opened(db: &mut Db, survey: &Survey) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (
               select from act_record r
               join capacity k on k.campaign_id = r.campaign_id and k.account_id = r.account_id
                and k.department_id = r.department_id and k.role in ('office_clerk', 'office_leader')
               where r.campaign_id = $1 and r.association_id = $2
                 and (r.act = 'comment.write'
                      or r.act = 'survey.mark' and r.subject_kind = 'survey' and r.subject_id = $3)
                 and r.id > (select max(s.id) from act_record s
                             where s.campaign_id = $1 and s.subject_kind = 'survey' and s.subject_id = $3
                               and s.act = 'survey.submit')) as "opened!""#,
        db.campaign(),
        survey.association.0,
        survey.id,
    )
    .fetch_one(db.connection())
    .await
}
