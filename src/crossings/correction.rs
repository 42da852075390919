//! A submitted matter is asked to be sent back: an act on the matter, whichever room it
//! stands in, that leaves a request (`corrections`).

use crate::access::case::Stuck;
use crate::access::{Act, Case as _, Seen};
use crate::corrections::acts::ask_in;
use crate::corrections::rules::{Kind, Of, Refusal, Standing, Whose};
use crate::database::{Db, Done, Write};
use crate::ids::AssociationId;
use crate::plan::conditions::acts as checked;
use crate::plan::conditions::store::{self as conditions, Condition};
use crate::plan::review::acts as review;
use crate::plan::rules::State as PlanState;
use crate::plan::store::{self as plans, Plan};
use crate::progress::rules::{Item, ItemState};
use crate::progress::store as items;
use crate::roster::store::{self as lists, Recommendation};
use crate::scheme::Scheme;
use crate::survey::rules::State as SurveyState;
use crate::survey::store::{self as surveys, Survey};

async fn survey_opened(db: &mut Db, survey: &Survey) -> Result<bool, sqlx::Error> {
    Ok(survey.state != SurveyState::Submitted || surveys::is_opened(db, survey).await?)
}

/// Whether somebody has begun to check a reported item.
pub async fn item_opened(db: &mut Db, scheme: &Scheme, item: &Item) -> Result<bool, sqlx::Error> {
    let measure = scheme.measure(&item.measure);
    let verifiers = measure.map_or(&[][..], |measure| &measure.verify);
    let reported = item.state == ItemState::ReportedDone;
    Ok(!reported || items::is_opened(db, item, verifiers).await?)
}

/// Whether the office has begun to check a submitted plan.
pub async fn plan_opened(db: &mut Db, plan: &Plan) -> Result<bool, sqlx::Error> {
    let waits = plan.state == PlanState::Submitted;
    Ok(!waits || review::is_opened(db, plan).await?)
}

/// How the matter stands; none where it is not the association's, or not the newest.
pub async fn standing(
    db: &mut Db,
    scheme: &Scheme,
    of: Of,
) -> Result<Option<Standing>, sqlx::Error> {
    match of.whose {
        Whose::Association(association) => of_association(db, scheme, (association, of)).await,
        Whose::Unit(unit) => {
            let found = lists::recommendation(db, unit).await?;
            Ok(found.map(|recommendation| recommended(&recommendation)))
        }
    }
}

/// Of a recommendation. Until it is decided on the unit takes it back by itself: then its
/// machine has no such step.
#[must_use]
pub fn recommended(recommendation: &Recommendation) -> Standing {
    Standing::of(recommendation, true)
}

async fn of_association(
    db: &mut Db,
    scheme: &Scheme,
    (association, of): (AssociationId, Of),
) -> Result<Option<Standing>, sqlx::Error> {
    match of.kind {
        Kind::Survey => {
            let found = surveys::current(db, association).await?;
            let Some(survey) = found.filter(|survey| survey.id == of.case) else {
                return Ok(None);
            };
            let opened = survey_opened(db, &survey).await?;
            Ok(Some(Standing::of(&survey, opened)))
        }
        Kind::Item => {
            let Some(item) = items::item(db, association, of.case).await? else {
                return Ok(None);
            };
            let opened = item_opened(db, scheme, &item).await?;
            Ok(Some(Standing::of(&item, opened)))
        }
        Kind::Plan => {
            let found = plans::plan(db, association).await?;
            let Some(plan) = found.filter(|plan| plan.id == of.case) else {
                return Ok(None);
            };
            let opened = plan_opened(db, &plan).await?;
            Ok(Some(Standing::of(&plan, opened)))
        }
        Kind::Condition => {
            let Some(condition) = condition(db, association, of.case).await? else {
                return Ok(None);
            };
            let opened = checked::is_opened(db, &condition).await?;
            Ok(Some(Standing::of(&condition, opened)))
        }
        Kind::Recommendation => Ok(None),
    }
}

async fn condition(
    db: &mut Db,
    association: AssociationId,
    case: i64,
) -> Result<Option<Condition>, sqlx::Error> {
    let Some(plan) = plans::plan(db, association).await? else {
        return Ok(None);
    };
    let mut all = conditions::of_plan(db, plan.id).await?.into_iter();
    Ok(all.find(|condition| condition.id == case))
}

/// Asks for the correction of a matter, in the unit's name.
pub async fn ask(mut write: Write, of: Of, seen: Seen, reason: &str) -> Done<Refusal> {
    match of.whose {
        Whose::Association(association) => {
            ask_of_association(write, (association, of), seen, reason).await
        }
        Whose::Unit(unit) => {
            let (found, _) = lists::lock(&mut write, unit).await?;
            let step = write.step(Some(found), &seen, Act::CorrectionAsk).await?;
            ask_in(write, step, &of, reason).await
        }
    }
}

async fn ask_of_association(
    mut write: Write,
    (association, of): (AssociationId, Of),
    seen: Seen,
    reason: &str,
) -> Done<Refusal> {
    let act = Act::CorrectionAsk;
    match of.kind {
        Kind::Survey => {
            let found = surveys::lock(&mut write, association).await?;
            let found = found.filter(|survey| survey.id == of.case);
            let step = write.step(found, &seen, act).await?;
            opened(survey_opened(&mut write, &step.case).await?)?;
            ask_in(write, step, &of, reason).await
        }
        Kind::Item => {
            let scheme = write.scheme()?;
            let found = items::lock(&mut write, association, of.case).await?;
            let step = write.step(found, &seen, act).await?;
            opened(item_opened(&mut write, &scheme, &step.case).await?)?;
            ask_in(write, step, &of, reason).await
        }
        Kind::Plan => {
            let found = plans::lock(&mut write, association).await?;
            let found = found.filter(|plan| plan.id == of.case);
            let step = write.step(found, &seen, act).await?;
            opened(plan_opened(&mut write, &step.case).await?)?;
            ask_in(write, step, &of, reason).await
        }
        Kind::Condition => {
            let plan = plans::lock(&mut write, association).await?;
            let at = (plan.map_or(0, |plan| plan.id), of.case);
            let found = conditions::lock(&mut write, at).await?;
            let step = write.step(found, &seen, act).await?;
            opened(checked::is_opened(&mut write, &step.case).await?)?;
            ask_in(write, step, &of, reason).await
        }
        Kind::Recommendation => Err(Stuck::Missing(Recommendation::NAME).into()),
    }
}

/// As long as nobody has opened the check, the unit takes the matter back by itself.
const fn opened(opened: bool) -> Result<(), Refusal> {
    if opened {
        Ok(())
    } else {
        Err(Refusal::TakeBack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::rules::State as ListState;

    #[test]
    fn the_kinds_are_those_of_the_case_file() {
        let kinds = [
            Survey::KIND,
            Plan::KIND,
            Condition::KIND,
            Item::KIND,
            Recommendation::KIND,
        ];
        assert_eq!(Kind::ALL.map(Kind::key), kinds);
    }

    /// A matter that nobody asks for any more is not one that somebody could ask for.
    #[test]
    fn what_the_unit_has_in_hand_is_not_asked_for() {
        let open = |state: ItemState| Item::next(state, Act::CorrectionAsk).is_some();
        let asked: Vec<ItemState> = ItemState::ALL
            .into_iter()
            .filter(|state| open(*state))
            .collect();
        assert_eq!(asked, [ItemState::ReportedDone, ItemState::Verified]);
    }

    /// What the unit can still take back is not asked for, and a published list is amended.
    #[test]
    fn a_recommendation_is_asked_for_once_it_is_decided_on() {
        let open = |state: ListState| Recommendation::next(state, Act::CorrectionAsk).is_some();
        let asked: Vec<ListState> = ListState::ALL
            .into_iter()
            .filter(|state| open(*state))
            .collect();
        assert_eq!(asked, [ListState::Approved]);
        let recalled = |state| Recommendation::next(state, Act::RecommendRecall).is_some();
        assert!(recalled(ListState::Submitted) && !recalled(ListState::Approved));
    }
}
