//! A later date of an item, asked for by the unit and granted by the department that
//! answers for it (domain 6.3, PL-14; TC-32, TC-33). What the unit writes by itself
//! moves nothing.

use crate::access::case::Stuck;
use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::progress::rules::Refusal;
use crate::progress::rules::deadlines::{Due, GRANTED};
use crate::progress::rules::extension::{Decision, Wish};
use crate::progress::store::{counters, extensions};

use super::{At, take};

/// Asks for a later date of one item, in the unit's name.
pub async fn ask(mut write: Write, at: At, seen: Seen, wish: &Wish) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::ExtensionAsk).await?;
    let item = &step.case;
    let asked = extensions::asked(&mut write, item.id).await?;
    if wish.wanted <= item.deadline || asked.is_some() {
        return Err(Refusal::NoExtension.into());
    }
    extensions::ask(&mut write, item, wish).await?;
    let (measure, was, wanted) = (&item.measure, item.deadline, wish.wanted);
    let say = Say::new(format!("申请将{measure}的时限由{was}延至{wanted}"));
    let told = write.apply(step, say.because(&wish.reason)).await?;
    write.finish(told).await
}

/// Decides on a later date, in the name of the department that answers for the item.
pub async fn decide(mut write: Write, at: At, seen: Seen, decision: &Decision) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::ExtensionDecide).await?;
    let item = &step.case;
    let asked = extensions::asked(&mut write, item.id).await?;
    let asked = asked.ok_or(Stuck::Missing("延期申请"))?;
    if !decision.granted && decision.opinion.is_none() {
        return Err(Refusal::NoReason.into());
    }
    extensions::decide(&mut write, asked.id, decision).await?;
    let (was, wanted) = (item.deadline.to_string(), asked.wanted.to_string());
    let verdict = if decision.granted {
        "同意"
    } else {
        "不同意"
    };
    let (measure, number) = (&item.measure, &decision.document_number);
    let say = Say::new(format!(
        "{verdict}将{measure}的时限延至{wanted}（{number}）"
    ));
    let mut say = say.because(decision.opinion.as_deref().unwrap_or_default());
    if decision.granted {
        let moved = [(item.id, Due::new(asked.wanted, GRANTED))];
        extensions::move_deadlines(&mut write, &moved).await?;
        counters::recount(&mut write, (item.association, item.department)).await?;
        say = say.changed("deadline", was, wanted);
    }
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
