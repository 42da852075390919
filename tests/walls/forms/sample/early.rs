//! The national campaign: a unit's recommendation is ready to be signed.

use super::{Stage, at, dockets};

/// An association that is surveyed comes to a unit that had none.
pub async fn tell(stage: &mut Stage<'_>) {
    let ice = stage.world.association("冰雪装备促进会").await;
    let jiaoyu = stage.department("jiaoyu").await;
    let survey = at(ice, "survey");
    let confirmation = at(ice, "survey/confirmation");
    stage
        .act("office-lead", (&survey, &confirmation), &[])
        .await;
    let unit = jiaoyu.to_string();
    let handover = at(ice, "unit");
    stage
        .fill("office-lead", &handover, &[("unit", &unit)])
        .await;
    let recommended = format!("/roster/{jiaoyu}");
    stage.fill("jiaoyu", &recommended, &[]).await;
    stage.finds("jiaoyu-lead", recommended);
    stage.finds("office", "/reminders/preview?all=yes");
    dockets::policy(stage).await;
}
