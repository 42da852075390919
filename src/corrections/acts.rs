//! A request is made by an act on its matter (`crossings::correction`); here it is refused.

use crate::access::case::Step;
use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Done, Moves, Never, Write};

use super::rules::{Of, Refusal};
use super::store;

/// Asks for the correction of a matter, whose own version counts up: who is about to
/// decide on it is told.
pub async fn ask_in<C: Moves>(
    mut write: Write,
    step: Step<C>,
    of: &Of,
    reason: &str,
) -> Done<Refusal> {
    if !store::ask(&mut write, of, reason).await? {
        return Err(Refusal::Asked.into());
    }
    let say = Say::new(format!("申请更正{}", of.kind.label())).because(reason);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Leaves the matter as it was submitted, and says why.
pub async fn refuse(mut write: Write, of: &Of, seen: Seen, answer: &str) -> Done<Never> {
    let found = store::lock(&mut write, of).await?;
    let step = write.step(found, &seen, Act::CorrectionRefuse).await?;
    store::note_refusal(&mut write, step.id(), answer).await?;
    let say = Say::new(format!("答复不予更正{}", of.kind.label())).because(answer);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
