//! Who drafted what they are about to sign or decide (TC-63, TC-64): read from
//! the case file, so that no room has to keep it.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use crate::access::acts::Act;
use crate::access::{Actor, Role};
use crate::ids::CampaignId;

use super::Facts;

/// What is said to who prepared what they are about to sign.
pub const OWN_DRAFT: &str =
    "这是您自己起草或经办的，不能由您本人签报、决定；请由其他负责人办理，或委托他人代行。";
const ALONE: &str = "起草人与签报人为同一人，按参数“只有一个账号的单位可以自行签报”办理";

impl Facts {
    fn drafted_for(&self, act: Act) -> bool {
        act.after().iter().any(|draft| self.drafted.contains(draft))
    }

    /// Why the person may not do this act on what they prepared themselves.
    #[must_use]
    pub fn own_draft(&self, act: Act) -> Option<&'static str> {
        (self.drafted_for(act) && !self.signs_alone).then_some(OWN_DRAFT)
    }

    /// What the record says besides, where the setting lets them.
    #[must_use]
    pub fn remark(&self, act: Act) -> Option<&'static str> {
        (self.drafted_for(act) && self.signs_alone).then_some(ALONE)
    }
}

/// Whose drafts are looked for: leaders sign and decide; a department's clerk decides,
/// too, and can only have drafted in another capacity.
fn signs(actor: &Actor) -> bool {
    let role = actor.role();
    matches!(role, Role::UnitLeader | Role::OfficeLeader)
        || (role.is_specialist() && actor.held.len() > 1)
}

/// The acts of preparing that are looked for; none for who neither signs nor decides.
pub(super) fn looked_for(actor: &Actor) -> Vec<String> {
    if signs(actor) { names() } else { Vec::new() }
}

/// The names of all acts that prepare another.
pub(super) fn names() -> Vec<String> {
    let preparing = Act::ALL.iter().flat_map(|act| act.after());
    let names: BTreeSet<&str> = preparing.map(|act| act.name()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The acts of these names.
pub(super) fn acts(names: &[String]) -> Vec<Act> {
    names
        .iter()
        .filter_map(|name| Act::from_name(name))
        .collect()
}

/// What the actor prepared in a unit's own name: its recommendation.
pub(super) async fn of_department(
    connection: &mut PgConnection,
    campaign: CampaignId,
    actor: &Actor,
    department: i64,
) -> Result<Vec<Act>, sqlx::Error> {
    if !signs(actor) {
        return Ok(Vec::new());
    }
    let found = sqlx::query_scalar!(
        "select distinct act from act_record
         where campaign_id = $1 and subject_kind = 'department' and subject_id = $2 and account_id = $3
           and act = any($4)",
        campaign.0,
        department,
        actor.account.0,
        &names(),
    )
    .fetch_all(connection)
    .await?;
    Ok(acts(&found))
}

/// What the actor prepared of a 督办单.
pub(super) async fn of_order(
    connection: &mut PgConnection,
    campaign: CampaignId,
    actor: &Actor,
    order: i64,
) -> Result<Vec<Act>, sqlx::Error> {
    if !signs(actor) {
        return Ok(Vec::new());
    }
    let found = sqlx::query_scalar!(
        "select distinct act from act_record
         where campaign_id = $1 and subject_kind = 'supervision_order' and subject_id = $2 and account_id = $3
           and act = any($4)",
        campaign.0,
        order,
        actor.account.0,
        &names(),
    )
    .fetch_all(connection)
    .await?;
    Ok(acts(&found))
}

/// Whether nobody else could sign or draft for the actor's department.
pub(super) async fn is_alone(
    connection: &mut PgConnection,
    campaign: CampaignId,
    actor: &Actor,
) -> Result<bool, sqlx::Error> {
    if actor.role() != Role::UnitLeader || actor.is_acting() {
        return Ok(false);
    }
    sqlx::query_scalar!(
        r#"select not exists (select from capacity c
               join account a on a.id = c.account_id and a.disabled_at is null
               where c.campaign_id = $1 and c.department_id = $2 and c.account_id <> $3
                 and c.role in ('unit_clerk', 'unit_leader')) as "alone!""#,
        campaign.0,
        actor.department().0,
        actor.account.0,
    )
    .fetch_one(connection)
    .await
}

#[cfg(test)]
mod tests;
