//! What several associations are to a reader, in one question: whose they are, and which the
//! reader knows through a tie or a notice alone. As much as links ask that may lead nowhere.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use crate::access::actor::Actor;
use crate::ids::{AssociationId, CampaignId, DepartmentId};

use super::Facts;

struct Reach {
    association: i64,
    unit: i64,
    /// As [`Facts::linked`].
    linked: bool,
}

/// The facts of these associations, by their numbers; those that do not exist are left out.
pub async fn reach(
    connection: &mut PgConnection,
    campaign: CampaignId,
    actor: &Actor,
    associations: &[i64],
) -> Result<BTreeMap<i64, Facts>, sqlx::Error> {
    let found = sqlx::query_as!(
        Reach,
        r#"select a.id as association, a.department_id as unit,
                  a.department_id <> $2 and (
                      exists (select from tie t where t.campaign_id = $1 and t.association_id = a.id
                                and t.department_id = $2 and t.ended_on is null)
                      or exists (select from linked_notice n where n.campaign_id = $1 and n.association_id = a.id
                                   and n.department_id = $2 and n.sent_on is not null)) as "linked!"
           from association a where a.campaign_id = $1 and a.id = any($3)"#,
        campaign.0,
        actor.department().0,
        associations,
    )
    .fetch_all(connection)
    .await?;
    let facts = |reach: Reach| Facts {
        association: Some(AssociationId(reach.association)),
        unit: Some(DepartmentId(reach.unit)),
        linked: reach.linked,
        ..Facts::default()
    };
    let by_association = |reach: Reach| (reach.association, facts(reach));
    Ok(found.into_iter().map(by_association).collect())
}
