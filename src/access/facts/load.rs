//! The facts of an address from the database, one query each.

use sqlx::PgConnection;

use crate::access::actor::Actor;
use crate::access::acts::Act;
use crate::ids::{AccountId, AssociationId, CampaignId, DepartmentId};
use crate::scheme::Scheme;
use crate::scheme::persons::is_personal;

use super::{Address, Facts, drafts, matters};

/// Reads the facts of an address; `None` where something in it does not exist
/// or does not belong to what stands before it.
pub async fn load(
    connection: &mut PgConnection,
    campaign: CampaignId,
    scheme: &Scheme,
    (actor, act): (&Actor, Act),
    address: Address,
) -> Result<Option<Facts>, sqlx::Error> {
    let mut facts = Facts {
        unit: address.department.map(DepartmentId),
        ..Facts::default()
    };
    if let Some(id) = address.association {
        let of = (actor, act);
        let Some(found) = in_association(&mut *connection, campaign, scheme, of, address).await?
        else {
            return Ok(None);
        };
        facts = Facts {
            drafted: drafts::of_association(&mut *connection, campaign, actor, (id, address.item))
                .await?,
            ..found
        };
    } else if let (Some(department), true) = (
        address.department,
        act == Act::RosterApprove || act == Act::RosterOverride,
    ) {
        facts.submitted_by = roster_submitter(&mut *connection, campaign, department).await?;
    }
    if let (None, Some(department)) = (address.association, address.department) {
        facts.drafted =
            drafts::of_department(&mut *connection, campaign, actor, department).await?;
    }
    if address.reminder.is_some() || address.order.is_some() {
        let Some(department) = asked_department(&mut *connection, campaign, address).await? else {
            return Ok(None);
        };
        facts.unit = Some(department);
    }
    if let Some(file) = address.file {
        facts.matters = matters::at(&mut *connection, campaign, address, file).await?;
    }
    if let Some(order) = address.order {
        facts.drafted = drafts::of_order(&mut *connection, campaign, actor, order).await?;
    }
    if !facts.drafted.is_empty() && scheme.campaign.parameters.allow_self_signature {
        facts.signs_alone = drafts::is_alone(&mut *connection, campaign, actor).await?;
    }
    Ok(Some(facts))
}

/// The association, and what of it the address names besides.
async fn in_association(
    connection: &mut PgConnection,
    campaign: CampaignId,
    scheme: &Scheme,
    (actor, act): (&Actor, Act),
    address: Address,
) -> Result<Option<Facts>, sqlx::Error> {
    let id = address.association.unwrap_or_default();
    let Some(mut facts) = association(&mut *connection, campaign, actor, act, id).await? else {
        return Ok(None);
    };
    if let Some(item) = address.item {
        let Some((measure, object)) = item_row(&mut *connection, campaign, id, item).await? else {
            return Ok(None);
        };
        facts.personal = is_personal(&object);
        facts.verifiers = scheme
            .measure(&measure)
            .map(|measure| measure.verify.clone())
            .unwrap_or_default();
    }
    if let Some(approval) = address.approval {
        let asked = approval_department(&mut *connection, campaign, id, approval).await?;
        if asked.is_none() {
            return Ok(None);
        }
        facts.asked = asked;
    }
    Ok(Some(facts))
}

async fn association(
    connection: &mut PgConnection,
    campaign: CampaignId,
    actor: &Actor,
    act: Act,
    id: i64,
) -> Result<Option<Facts>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select a.department_id,
                  exists (select from tie t
                          where t.campaign_id = a.campaign_id and t.association_id = a.id
                            and t.department_id = $3 and t.ended_on is null
                            and a.department_id <> $3) as "linked!",
                  exists (select from comment c
                          join comment_mention m on m.campaign_id = c.campaign_id and m.comment_id = c.id
                          where c.campaign_id = a.campaign_id and c.association_id = a.id
                            and m.department_id = $3) as "mentioned!",
                  a.exited_on is not null as "exited!",
                  exists (select from plan p
                          where p.campaign_id = a.campaign_id and p.association_id = a.id
                            and p.state = 'terminated') as "plan_ended!",
                  case $4::text when 'plan' then
                      (select p.submitted_by from plan p
                       where p.campaign_id = a.campaign_id and p.association_id = a.id)
                  when 'list' then
                      (select q.proposed_by from roster_request q
                       where q.campaign_id = a.campaign_id and q.association_id = a.id and q.state = 'proposed')
                  else
                      (select s.submitted_by from survey s
                       where s.campaign_id = a.campaign_id and s.association_id = a.id
                       order by s.edition desc limit 1)
                  end as submitted_by
           from association a
           where a.campaign_id = $1 and a.id = $2"#,
        campaign.0,
        id,
        actor.department().0,
        match act {
            Act::PlanApprove => "plan",
            Act::RosterAmend | Act::AmendmentRefuse => "list",
            _ => "survey",
        },
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Facts {
        association: Some(AssociationId(id)),
        unit: Some(DepartmentId(row.department_id)),
        linked: row.linked,
        mentioned: row.mentioned,
        exited: row.exited,
        plan_ended: row.plan_ended,
        submitted_by: row.submitted_by.map(AccountId),
        ..Facts::default()
    }))
}

/// The measure of an item, and the row of the survey that it is about.
async fn item_row(
    connection: &mut PgConnection,
    campaign: CampaignId,
    association: i64,
    item: i64,
) -> Result<Option<(String, String)>, sqlx::Error> {
    sqlx::query!(
        "select measure, object from item where campaign_id = $1 and association_id = $2 and id = $3",
        campaign.0,
        association,
        item,
    )
    .map(|row| (row.measure, row.object))
    .fetch_optional(connection)
    .await
}

async fn approval_department(
    connection: &mut PgConnection,
    campaign: CampaignId,
    association: i64,
    approval: i64,
) -> Result<Option<DepartmentId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select department_id from prior_approval
         where campaign_id = $1 and association_id = $2 and id = $3",
        campaign.0,
        association,
        approval,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(DepartmentId))
}

async fn roster_submitter(
    connection: &mut PgConnection,
    campaign: CampaignId,
    department: i64,
) -> Result<Option<AccountId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select submitted_by from recommendation where campaign_id = $1 and department_id = $2",
        campaign.0,
        department,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.flatten().map(AccountId))
}

/// The department to which the notice or 督办单 in the address went.
async fn asked_department(
    connection: &mut PgConnection,
    campaign: CampaignId,
    address: Address,
) -> Result<Option<DepartmentId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        r#"select department_id as "department!" from reminder where campaign_id = $1 and id = $2
           union all
           select department_id from supervision_order where campaign_id = $1 and id = $3"#,
        campaign.0,
        address.reminder,
        address.order,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(DepartmentId))
}
