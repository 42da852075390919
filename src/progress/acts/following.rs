//! An item follows its register within the act that enters something there: as that act
//! says it, and by nobody's leave besides (DN-2).

use crate::access::case;
use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Stopped, Write};
use crate::ids::AccountId;
use crate::progress::rules::Item;
use crate::progress::rules::deadlines::{Due, GRANTED};
use crate::progress::rules::following::{Says, after};

use super::{Moved, change_as, move_deadlines};

/// Lets a locked item follow; `sentence` says what the register has.
pub async fn follow_in(
    write: &mut Write,
    item: Item,
    (says, by): (&Says, Option<AccountId>),
    sentence: &str,
) -> Result<(), Stopped> {
    let by = by.unwrap_or_else(|| write.by());
    let Some(mut after) = after(&item, says, by) else {
        return Ok(());
    };
    if matches!(says, Says::Not(_)) {
        after.again_on = item.sent_back(&write.scheme()?.campaign, write.today());
    }
    let seen = Seen::any("it follows from what was entered");
    let step = case::step(Some(item), &seen, Act::ItemFollow)?.to(after.state);
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let (was, is) = (day(step.case.done_on), day(after.done_on));
    let say = Say::new(format!("{}：{sentence}", step.case.title()));
    change_as(write, step, &after, say.changed("done_on", was, is)).await?;
    Ok(())
}

/// Sets the day that a register gives an item, unless a department has granted another.
pub async fn due_in(
    write: &mut Write,
    item: &Item,
    due: Due,
    (act, why): (Act, &str),
) -> Result<(), sqlx::Error> {
    let same = (item.deadline, item.due_by.as_str()) == (due.day, due.by.as_str());
    if same || item.due_by == GRANTED {
        return Ok(());
    }
    let moved = Moved {
        item: item.id,
        measure: item.measure.clone(),
        was: item.deadline,
        due,
    };
    let unit = (item.association, item.department);
    move_deadlines(write, unit, (act, why), vec![moved]).await
}
