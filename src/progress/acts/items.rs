//! What a checklist is made of.

use chrono::NaiveDate;

use crate::progress::rules::deadlines::{self, Exceptions, Steps};
use crate::progress::store::NewItem;
use crate::scheme::{Answers, ItemKey, Scheme};

/// The items that a survey calls for, due as plan and scheme say.
#[must_use]
pub fn items(
    scheme: &Scheme,
    survey: &Answers,
    (steps, exceptions): (&Steps, &Exceptions),
    today: NaiveDate,
) -> Vec<NewItem> {
    let item = |key: ItemKey| {
        let measure = scheme.measure(&key.measure)?;
        let exception = exceptions.get(&key.text()).copied();
        let due = deadlines::deadline(scheme, measure, survey, steps.due(&key), exception);
        let due = steps.moved(&scheme.campaign, due);
        let due = steps.fair(&scheme.campaign, &key, due);
        Some(NewItem::new(measure, (key.object, key.label), due))
    };
    let called = scheme.applicable(survey, today).into_iter();
    called.filter_map(item).collect()
}
