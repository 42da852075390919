//! The facts of an address from the database: one question for an association and all
//! that stands under it, one for what stands elsewhere.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::access::actor::Actor;
use crate::access::acts::Act;
use crate::ids::{AccountId, AssociationId, CampaignId, DepartmentId};
use crate::scheme::Scheme;
use crate::scheme::parameters::Values;
use crate::scheme::persons::is_personal;

use super::{Address, Facts, dockets, drafts, matters};

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
    if address.association.is_some() {
        let found = in_association(&mut *connection, campaign, (actor, act), address).await?;
        let Some(found) = found else { return Ok(None) };
        let Some(known) = found.facts(scheme, address) else {
            return Ok(None);
        };
        facts = known;
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
    if let Some(process) = address.process {
        let Some(process) = scheme.process(process.text()) else {
            return Ok(None);
        };
        facts.docket = Some(dockets::Docket::begun(actor, process));
    }
    if let Some(docket) = address.docket {
        let of = (actor, docket);
        let Some(found) = dockets::load(&mut *connection, campaign, scheme, of).await? else {
            return Ok(None);
        };
        facts.docket = Some(found.docket);
        facts.drafted = found.drafted;
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

/// The association in the address, with what is asked of it and of what the address
/// names besides.
struct Found {
    name: String,
    unit: i64,
    linked: bool,
    mentioned: bool,
    exited: bool,
    plan_ended: bool,
    batch: Json<Values>,
    submitted_by: Option<i64>,
    measure: Option<String>,
    object: Option<String>,
    asked: Option<i64>,
    drafted: Vec<String>,
}

impl Found {
    /// `None` where the item or the approval is not the association's.
    fn facts(self, scheme: &Scheme, address: Address) -> Option<Facts> {
        let is_there = (address.item.is_none() || self.measure.is_some())
            && (address.approval.is_none() || self.asked.is_some());
        let measure = self.measure.and_then(|code| scheme.measure(&code));
        is_there.then(|| Facts {
            association: address.association.map(AssociationId),
            association_name: Some(self.name),
            unit: Some(DepartmentId(self.unit)),
            linked: self.linked,
            mentioned: self.mentioned,
            exited: self.exited,
            plan_ended: self.plan_ended,
            batch: self.batch.0,
            submitted_by: self.submitted_by.map(AccountId),
            personal: self.object.as_deref().is_some_and(is_personal),
            verifiers: measure
                .map(|measure| measure.verify.clone())
                .unwrap_or_default(),
            asked: self.asked.map(DepartmentId),
            drafted: drafts::acts(&self.drafted),
            ..Facts::default()
        })
    }
}

async fn in_association(
    connection: &mut PgConnection,
    campaign: CampaignId,
    (actor, act): (&Actor, Act),
    address: Address,
) -> Result<Option<Found>, sqlx::Error> {
    sqlx::query_as!(
        Found,
        r#"select a.name, a.department_id as unit,
                  a.department_id <> $3 and (
                      exists (select from tie t
                              where t.campaign_id = a.campaign_id and t.association_id = a.id
                                and t.department_id = $3 and t.ended_on is null)
                      or exists (select from linked_notice n
                                 where n.campaign_id = a.campaign_id and n.association_id = a.id
                                   and n.department_id = $3 and n.sent_on is not null)) as "linked!",
                  exists (select from comment c
                          join comment_mention m on m.campaign_id = c.campaign_id and m.comment_id = c.id
                          where c.campaign_id = a.campaign_id and c.association_id = a.id
                            and m.department_id = $3) as "mentioned!",
                  a.exited_on is not null as "exited!",
                  exists (select from plan p
                          where p.campaign_id = a.campaign_id and p.association_id = a.id
                            and p.state = 'terminated') as "plan_ended!",
                  coalesce((select b.dates from association_batch b
                            where b.campaign_id = a.campaign_id and b.association_id = a.id), '{}'::jsonb)
                      as "batch!: Json<Values>",
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
                  end as submitted_by,
                  i.measure as "measure?", i.object as "object?", n.department_id as "asked?",
                  array(select distinct r.act from act_record r
                        where r.campaign_id = a.campaign_id and r.association_id = a.id
                          and cardinality($8::text[]) > 0 and r.account_id = $7 and r.act = any($8)
                          and (r.subject_kind <> 'item' or r.subject_id = $5)) as "drafted!"
           from association a
           left join item i on i.campaign_id = a.campaign_id and i.association_id = a.id and i.id = $5
           left join prior_approval n on n.campaign_id = a.campaign_id and n.association_id = a.id and n.id = $6
           where a.campaign_id = $1 and a.id = $2"#,
        campaign.0,
        address.association,
        actor.department().0,
        match act {
            Act::PlanApprove => "plan",
            Act::RosterAmend | Act::AmendmentRefuse => "list",
            _ => "survey",
        },
        address.item,
        address.approval,
        actor.account.0,
        &drafts::looked_for(actor),
    )
    .fetch_optional(connection)
    .await
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
