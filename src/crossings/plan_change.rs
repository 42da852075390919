//! The office approves a change of the plan; open items follow its steps (PL-14).

use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::ids::AssociationId;
use crate::plan::approvals::{rules as approvals, store as asked};
use crate::plan::changes::acts::approve_change_step;
use crate::plan::rules::Refusal;
use crate::progress::acts::{Moved, move_deadlines, registers, windows};
use crate::progress::rules::deadlines::{self, GRANTED, PLAN, STAGE, Steps};
use crate::progress::store::extensions;

/// Approves the change of a plan that waits, and moves the open items' days with it.
pub async fn approve_change(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    opinion: &str,
) -> Done<Refusal> {
    let changed = approve_change_step(&mut write, association, &seen, opinion);
    let (step, changed) = changed.await?;
    let scheme = write.scheme()?;
    let old = Steps::of_plan(&changed.before);
    // New steps are written now; dates of the batch have stood still as before.
    let of = (association, changed.on);
    let stood = windows::stood_of(&mut write, &scheme, of).await?;
    let steps = Steps::of_plan(&changed.content).standing(stood);
    let items = extensions::lock_open(&mut write, association).await?;
    let granted = extensions::granted(&mut write, association).await?;
    let found = asked::lock(&mut write, changed.plan).await?;
    let exceptions = approvals::exceptions(&scheme, &changed.content, &found, changed.on);
    let exceptions = registers::with_delays(&mut write, association, &scheme, exceptions).await?;
    let moved: Vec<Moved> = items
        .into_iter()
        .filter(|item| !granted.contains(&item.id))
        .filter_map(|item| {
            let measure = scheme.measure(&item.measure)?;
            let exception = exceptions.get(&item.key().text()).copied();
            let day = steps.due(&item.key());
            // What the change leaves alone keeps its day, which a moved stage may have given.
            if exception.is_none() && day == old.due(&item.key()) {
                return None;
            }
            let due = deadlines::deadline(&scheme, measure, &changed.survey, day, exception);
            let due = steps.moved(&scheme.campaign, due);
            // A date of the measure's own is no matter of steps.
            if !matches!(due.by.as_str(), GRANTED | PLAN | STAGE) {
                return None;
            }
            (due.day != item.deadline).then_some(Moved {
                item: item.id,
                measure: item.measure,
                was: item.deadline,
                due,
            })
        })
        .collect();
    let (number, count) = (changed.number, moved.len());
    let unit = (association, changed.unit);
    let why = format!("方案第{number}次变更获批准");
    move_deadlines(&mut write, unit, (Act::ChangeApprove, &why), moved).await?;
    let say = Say::new(format!("批准第{number}次方案变更，调整{count}个事项的时限"));
    let told = write.apply(step, say.because(opinion)).await?;
    write.finish(told).await
}
