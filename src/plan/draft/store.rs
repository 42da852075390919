//! SQL of writing a plan, and of the plans that wait for their unit.

use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::registry::rules::Stage;
use crate::scheme::Answers;

/// What a plan can begin on.
#[derive(Debug, Clone)]
pub struct Ground {
    /// How far the association has come.
    pub stage: Stage,
    /// Its name.
    pub name: String,
    /// The responsible unit's name.
    pub unit_name: String,
    /// The newest confirmed survey.
    pub survey_id: Option<i64>,
    /// Its answers.
    pub survey: Option<Json<Answers>>,
    /// Names of the departments with a living tie, without the responsible unit.
    pub linked: Vec<String>,
}

/// Locks an association and reads what its plan can begin on.
pub async fn ground(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<Ground>, sqlx::Error> {
    sqlx::query_as!(
        Ground,
        r#"select a.stage as "stage: Stage", a.name, d.name as unit_name, s.id as "survey_id?",
                  s.answers as "survey?: Json<Answers>",
                  array(select l.name from tie t
                        join department l on l.campaign_id = t.campaign_id and l.id = t.department_id
                        where t.campaign_id = a.campaign_id and t.association_id = a.id
                          and t.ended_on is null and t.department_id <> a.department_id
                        group by l.id, l.name order by l.id) as "linked!: Vec<String>"
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join survey s on s.campaign_id = a.campaign_id and s.id =
               (select n.id from survey n where n.campaign_id = a.campaign_id and n.association_id = a.id
                and n.state = 'confirmed' order by n.edition desc limit 1)
           where a.campaign_id = $1 and a.id = $2
           for update of a"#,
        db.campaign(),
        association.0,
    )
    .fetch_optional(db.connection())
    .await
}

/// Begins a plan; `None` where there is one.
pub async fn add(
    db: &mut Db,
    association: AssociationId,
    survey_id: i64,
    content: &Answers,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into plan (campaign_id, association_id, survey_id, content) values ($1, $2, $3, $4)
         on conflict (campaign_id, association_id) do nothing returning id",
        db.campaign(),
        association.0,
        survey_id,
        Json(content) as _,
    )
    .fetch_optional(db.connection())
    .await
}

/// Writes what the plan says.
pub async fn save(db: &mut Db, id: i64, content: &Answers) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set content = $3 where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        Json(content) as _,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Puts the plan on the newest confirmed survey.
pub async fn rebase(db: &mut Db, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan p set survey_id =
             (select s.id from survey s where s.campaign_id = p.campaign_id and s.association_id = p.association_id
              and s.state = 'confirmed' order by s.edition desc limit 1)
         where p.campaign_id = $1 and p.id = $2",
        db.campaign(),
        id,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes who sends it to the leader for signature, and when.
pub async fn note_passed(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set passed_by = $3, passed_on = $4, back_reason = null where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Notes why the leader sends it back.
pub async fn note_back(write: &mut Write, id: i64, reason: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan set back_reason = $3 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        reason,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
