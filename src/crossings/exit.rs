//! Civil affairs decides that an association leaves: that ends its plan and what is not
//! resolved, in one transaction with the exit (TC-40, TC-41).

use crate::access::{Act, Seen};
use crate::audit::{Record, Say};
use crate::database::{Done, Write};
use crate::exits::acts::survives;
use crate::exits::rules::{self, Decision, Refusal};
use crate::exits::store::{self, Exit};
use crate::ids::AssociationId;
use crate::registry::rules::ExitKind;
use crate::registry::store::{self as registry, Left, suspensions};

use super::ending::Ending;

/// Civil affairs has decided under its own law: the association leaves.
pub async fn decide(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    decision: &Decision,
) -> Done<Refusal> {
    let found = store::lock(&mut write, association).await?;
    let step = write.step(found, &seen, Act::ExitDecide).await?;
    let Some((unit, _)) = store::living(&mut write, association).await? else {
        return Err(Refusal::Gone.into());
    };
    let exit = step.case.clone();
    rules::may_decide(decision.date, exit.proposed_on, write.today())?;
    survives(&mut write, association, exit.survivor).await?;
    let reason = format!("协会{}（{}）", exit.kind.label(), decision.number);
    let ending = Ending {
        of: (association, unit),
        act: Act::ExitDecide,
        reason: &reason,
    };
    let survivor = exit.survivor_name.as_deref();
    let lapse = |object: &str| rules::lapse_reason(object, exit.kind, &decision.number, survivor);
    let closed = ending.end_in(&mut write, lapse).await?;
    let left = Left {
        kind: exit.kind,
        on: decision.date,
        into: exit.survivor,
    };
    registry::leave(&mut write, association, &left).await?;
    suspensions::end_all(&mut write, association).await?;
    store::note_decision(&mut write, exit.id, decision).await?;
    let told = write
        .apply(step, said(&exit, decision, closed.lapsed))
        .await?;
    if let Some(record) = ending.record(&closed, "实施方案随协会退出终止") {
        write.tell(record);
    }
    if let Some(survivor) = exit.survivor {
        let sentence = format!("依{}接收合并的协会", decision.number);
        let record = Record::new(Act::ExitDecide, "exit", exit.id, sentence);
        write.tell(record.in_file_of(survivor));
    }
    write.finish(told).await
}

fn said(exit: &Exit, decision: &Decision, lapsed: usize) -> Say {
    let into = exit
        .survivor_name
        .as_ref()
        .filter(|_| exit.kind == ExitKind::Merged)
        .map_or_else(String::new, |name| format!("，并入{name}"));
    let sentence = format!(
        "{}于{}{}{into}，{lapsed}项未办结事项终止",
        decision.number,
        decision.date,
        exit.kind.label(),
    );
    Say::new(sentence)
        .because(&decision.opinion)
        .changed("exit_kind", "", exit.kind.key())
}
