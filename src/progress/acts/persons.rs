//! Somebody who comes onto the register of posts after the checklist was made is put right
//! like the others: the checklist has an item for them (DN-3).

use crate::access::Act;
use crate::audit::Record;
use crate::database::{Db, Under};
use crate::ids::AssociationId;
use crate::plan::store as plans;
use crate::posts::rules::closing::OF_REGISTER;
use crate::posts::rules::{Holder, Limits};
use crate::posts::store as posts;
use crate::progress::rules::deadlines::later;
use crate::progress::store::NewItem;
use crate::registry::store as registry;
use crate::scheme::persons::PEOPLE;
use crate::scheme::{Measure, Scheme};

use super::arising::arise_in;

/// Makes the items of those who have none; what is told of it. Before there is a checklist
/// nothing happens.
pub async fn arise(
    db: &mut Db,
    under: Under<'_>,
    (association, act): (AssociationId, Act),
) -> Result<Vec<Record>, sqlx::Error> {
    let plan = plans::plan(db, association).await?;
    if !plan.is_some_and(|plan| plan.state.is_carried_out()) {
        return Ok(Vec::new());
    }
    let holders = posts::holders(db, association).await?;
    let new: Vec<NewItem> = holders
        .iter()
        .filter(|holder| holder.survey_key.is_none() && holder.is_active())
        .filter_map(|holder| item(under, holder))
        .collect();
    let brief = registry::brief(db, association).await?;
    let Some(brief) = brief.filter(|_| !new.is_empty()) else {
        return Ok(Vec::new());
    };
    let unit = (association, brief.department);
    let told = (act, "任职清理台账登记了新的人员，增加");
    arise_in(db, under.scheme, unit, &new, told).await
}

/// The item of a person by the category of today.
fn item(under: Under<'_>, holder: &Holder) -> Option<NewItem> {
    let scheme = under.scheme;
    let limits = Limits::of(&scheme.campaign.parameters);
    let category = holder.category(under.day, &limits).key();
    let measure = of_category(scheme, category)?;
    let object = format!("{PEOPLE}#{OF_REGISTER}{}", holder.number);
    let due = later(&scheme.campaign, under.day);
    Some(NewItem::new(measure, (object, holder.name.clone()), due))
}

/// The measure that puts people of a category right.
fn of_category<'s>(scheme: &'s Scheme, category: &str) -> Option<&'s Measure> {
    let of = |measure: &&Measure| {
        let per = measure.per.as_ref();
        per.is_some_and(|per| {
            per.rows == PEOPLE && per.category.iter().any(|letter| letter == category)
        })
    };
    scheme.measures.measures.iter().find(of)
}
