//! SQL of the whole district's candidates, for the office's trial.

use sqlx::types::Json;

use crate::database::Db;
use crate::ids::AssociationId;
use crate::roster::rules::Candidate;
use crate::scheme::Answers;
use crate::scheme::appropriation::{MONEY, paid_in};
use crate::scheme::campaign::Parameters;

/// All candidates with their units.
pub async fn candidates(
    db: &mut Db,
    parameters: &Parameters,
) -> Result<Vec<(i64, Candidate)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.department_id as unit, a.id, a.name, coalesce(e.chosen, false) as "chosen!",
                  coalesce(e.reason, '') as "reason!",
                  (select jsonb_build_object($3::text, coalesce(s.answers -> $3::text, '[]'::jsonb)) from survey s
                   where s.campaign_id = a.campaign_id and s.association_id = a.id and s.state = 'confirmed'
                   order by s.edition desc limit 1) as "answers: Json<Answers>"
           from association a
           left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
           where a.campaign_id = $1 and a.scope = 'in' and (a.registered_on < $2) is not false and a.exited_on is null
           order by a.department_id, a.sort_key, a.id limit 5000"#,
        db.campaign(),
        parameters.issue_date,
        MONEY,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let answers = row.answers;
            let paid =
                |answers: Json<Answers>| paid_in(&answers.0, &parameters.appropriation_years);
            let candidate = Candidate {
                id: AssociationId(row.id),
                name: row.name,
                appropriation: answers.map(paid),
                chosen: row.chosen,
                reason: row.reason,
            };
            (row.unit, candidate)
        })
        .collect())
}
