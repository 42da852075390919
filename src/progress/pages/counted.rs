//! What gives an item's date, and how it was counted.

use crate::database::Db;
use crate::progress::rules::{Item, deadlines};
use crate::progress::store::replied;
use crate::scheme::{Scheme, calendar};

/// How its date was counted (FD-6).
pub(super) async fn counted(
    db: &mut Db,
    scheme: &Scheme,
    item: &Item,
) -> Result<Vec<String>, sqlx::Error> {
    let mut said = vec![format!(
        "{}：{}",
        deadlines::word(&item.due_by),
        deadlines::counted(&scheme.campaign, &item.due_by)
    )];
    if item.due_by == deadlines::REPLY {
        let number = item.key().text();
        let given = replied::of_association(db, item.association).await?;
        if let Some(given) = given.into_iter().find(|each| each.item == number) {
            let gave = deadlines::word(&given.was_by);
            let (was, due) = (given.was, given.due);
            said.push(format!(
                "批复晚于计划：原为{was}（{gave}），批复时定为{due}。"
            ));
        }
    }
    if item.stood > 0 {
        said.push(format!(
            "暂停办理{}个工作日，时限相应顺延，最晚到批次最后日期。",
            item.stood
        ));
    }
    if let Some(until) = item.again_on {
        let days = scheme.campaign.parameters.resubmit_workdays;
        said.push(format!(
            "按期报送后被退回的，自退回之日起{days}个工作日内可以重新报送，即{until}前。"
        ));
    }
    let years = calendar::years_without(&scheme.campaign, [item.owed_on()]);
    said.extend(calendar::unknown(&years));
    Ok(said)
}
