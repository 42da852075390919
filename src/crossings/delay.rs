//! The delay of a room, granted by 机关事务管理局: the deadline of the item on that room
//! moves with it, as an approved later date (TC-32).

use crate::access::{Act, Seen};
use crate::database::{Done, Write};
use crate::holdings::acts::{At, decide_in};
use crate::holdings::rules::{Refusal, Register, duties};
use crate::holdings::store::Words;
use crate::progress::acts::{Moved, move_deadlines};
use crate::progress::rules::deadlines::{Due, GRANTED};
use crate::progress::store::{extensions, relapses};

/// Grants it. An earlier day than the scheme's moves nothing.
pub async fn approve_delay(
    mut write: Write,
    at: At<'_>,
    seen: Seen,
    words: Words,
) -> Done<Refusal> {
    let (step, mut say) = decide_in(&mut write, at, &seen, &words).await?;
    let entry = &step.case;
    relapses::lock(&mut write, &[at.association.0]).await?;
    let items = extensions::lock_open(&mut write, at.association).await?;
    let of_room = items.iter().find(|item| {
        duties::register_of(&item.measure) == Some(Register::Room)
            && item.object.split_once('#').map(|(_, key)| key) == Some(at.key)
    });
    let until = entry.facts.date("until");
    let later = of_room
        .zip(until)
        .filter(|(item, day)| *day > item.deadline);
    if let Some((item, until)) = later {
        let asked = entry.submitted_on.zip(entry.submitted_by);
        let granted = extensions::Granted {
            reason: entry.facts.text("reason").unwrap_or_default(),
            until,
            asked: asked.unwrap_or((write.today(), write.by())),
            document: &words.document,
            opinion: &words.note,
        };
        extensions::grant(&mut write, at.association, item, &granted).await?;
        let moved = Moved {
            item: item.id,
            measure: item.measure.clone(),
            was: item.deadline,
            due: Due::new(until, GRANTED),
        };
        let (unit, why) = ((at.association, item.department), "办公用房延期腾退获批准");
        move_deadlines(&mut write, unit, (Act::DelayApprove, why), vec![moved]).await?;
        say = say.changed("deadline", item.deadline.to_string(), until.to_string());
    }
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
