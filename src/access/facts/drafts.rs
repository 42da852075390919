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

/// What prepares an act: who did one of these does not do the act itself (2.2 (c)).
/// A test walks through the policy and fails for a deciding act that stands neither
/// here nor, with its reason, among those that nobody prepares.
#[must_use]
pub const fn drafts(act: Act) -> &'static [Act] {
    match act {
        Act::ScopeDecide => &[Act::ScopePropose],
        Act::SurveySubmit => &[Act::SurveySave, Act::SurveyExplain],
        Act::SurveyConfirm => &[Act::SurveySave, Act::SurveyExplain, Act::SurveySubmit],
        Act::WorkgroupReport => &[Act::WorkgroupSave],
        Act::RosterSubmit => &[Act::RosterSave],
        Act::RosterApprove => &[Act::RosterSave, Act::RosterSubmit],
        Act::AmendmentPropose => &[Act::AmendmentSave, Act::AmendmentAttach],
        Act::RosterAmend | Act::AmendmentRefuse => &[
            Act::AmendmentSave,
            Act::AmendmentAttach,
            Act::AmendmentPropose,
        ],
        Act::PlanSubmit => &[Act::PlanCreate, Act::PlanSave],
        Act::ApprovalAnswer => &[Act::PlanSave, Act::ApprovalRequest, Act::PlanSubmit],
        Act::PlanApprove => &[Act::PlanSave, Act::PlanSubmit, Act::PlanCheck],
        Act::ChangeApprove | Act::ChangeReject => &[Act::ChangeRequest],
        Act::ConditionConfirm | Act::ConditionReturn => &[Act::ConditionReport],
        Act::WithdrawalSettle => &[Act::ApprovalWithdraw],
        Act::NoticeAnswer => &[Act::NoticeSend],
        Act::HoldingsSubmit => &[
            Act::FunctionRecord,
            Act::OwnershipDetermine,
            Act::AssetRecord,
        ],
        Act::DispositionApprove
        | Act::AppropriationSettle
        | Act::RoomAccept
        | Act::DelayApprove
        | Act::HoldingsReturn => &[Act::AssetRecord, Act::HoldingsSubmit],
        Act::PostAsk | Act::PostsDeclare => &[Act::PostSave, Act::PostClear],
        Act::PostDecide => &[Act::PostSave, Act::PostAsk],
        Act::ItemReport | Act::ExemptionAsk => &[Act::ItemSave, Act::EvidenceAttach],
        Act::ItemVerify | Act::ItemReturn => &[Act::ItemSave, Act::EvidenceAttach, Act::ItemReport],
        Act::ExtensionDecide => &[Act::ExtensionAsk],
        Act::ItemAccept | Act::ItemExempt => &[
            Act::ItemSave,
            Act::EvidenceAttach,
            Act::ItemVerify,
            Act::ItemReport,
            Act::ExemptionAsk,
        ],
        Act::ExitPropose => &[Act::ExitSave],
        Act::ExitDecide | Act::ExitRefuse => &[Act::ExitSave, Act::ExitPropose],
        Act::ActivityApprove | Act::ActivityReturn => &[Act::ActivitySave, Act::ActivityNote],
        Act::ActivityAllow | Act::ActivityRefuse => {
            &[Act::ActivitySave, Act::ActivityNote, Act::ActivityApprove]
        }
        Act::OrderSign => &[Act::OrderDraft],
        _ => &[],
    }
}

impl Facts {
    fn drafted_for(&self, act: Act) -> bool {
        drafts(act).iter().any(|draft| self.drafted.contains(draft))
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

/// The names of all acts that prepare another.
fn names() -> Vec<String> {
    let preparing = Act::ALL.iter().flat_map(|act| drafts(*act));
    let names: BTreeSet<&str> = preparing.map(|act| act.name()).collect();
    names.into_iter().map(str::to_owned).collect()
}

fn acts(names: &[String]) -> Vec<Act> {
    names
        .iter()
        .filter_map(|name| Act::from_name(name))
        .collect()
}

/// What the actor prepared of an association, and of the item in the address.
pub(super) async fn of_association(
    connection: &mut PgConnection,
    campaign: CampaignId,
    actor: &Actor,
    (association, item): (i64, Option<i64>),
) -> Result<Vec<Act>, sqlx::Error> {
    if !signs(actor) {
        return Ok(Vec::new());
    }
    let found = sqlx::query_scalar!(
        "select distinct act from act_record
         where campaign_id = $1 and association_id = $2 and account_id = $3 and act = any($4)
           and (subject_kind <> 'item' or subject_id = $5)",
        campaign.0,
        association,
        actor.account.0,
        &names(),
        item,
    )
    .fetch_all(connection)
    .await?;
    Ok(acts(&found))
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
