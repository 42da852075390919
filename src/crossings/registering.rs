//! Civil affairs registers or files: the register's entry, and with it the item that rests on
//! it (DN-2). R is the day on which it was applied for (9.2); the statutory period of T6 runs
//! from the meeting (7.7, FD-6).

use crate::access::{Act, Seen};
use crate::database::{Done, Stopped, Write};
use crate::ids::AssociationId;
use crate::progress::acts::following::{due_in, follow_in};
use crate::progress::rules::deadlines::{Due, STATUTE};
use crate::progress::rules::following::Says;
use crate::progress::store::{self as items, relapses};
use crate::registrations::acts::{At, correct_in, decide_in, enter_in};
use crate::registrations::rules::{
    Application, Bearing, Kind, Outcome, Refusal, Registration, bearing,
};
use crate::registrations::store;

/// Enters what was received; its number.
pub async fn enter(
    mut write: Write,
    (association, kind): (AssociationId, Kind),
    application: &Application,
) -> Done<Refusal, i64> {
    let (id, record) = enter_in(&mut write, (association, kind), application).await?;
    let told = write.tell(record);
    follow(&mut write, (association, kind), Act::RegistrationEnter).await?;
    write.finish::<Refusal>(told).await?;
    Ok(id)
}

/// Enters what became of it.
pub async fn decide(mut write: Write, at: At, seen: Seen, outcome: &Outcome) -> Done<Refusal> {
    let (step, say) = decide_in(&mut write, at, &seen, outcome).await?;
    let of = (at.association, step.case.kind);
    let told = write.apply(step, say).await?;
    follow(&mut write, of, Act::RegistrationDecide).await?;
    write.finish(told).await
}

/// Corrects what was entered.
pub async fn correct(
    mut write: Write,
    at: At,
    seen: Seen,
    entered: (&Application, Option<&Outcome>),
    reason: &str,
) -> Done<Refusal> {
    let (step, say) = correct_in(&mut write, at, &seen, entered, reason).await?;
    let of = (at.association, step.case.kind);
    let told = write.apply(step, say).await?;
    follow(&mut write, of, Act::RegistrationCorrect).await?;
    write.finish(told).await
}

/// Items that were just made follow what stands in the register by now.
pub async fn follow_all(
    write: &mut Write,
    association: AssociationId,
    act: Act,
) -> Result<(), Stopped> {
    let entries = store::entries(write, association).await?;
    for kind in Kind::ALL {
        if entries.iter().any(|entry| entry.kind == kind) {
            follow(write, (association, kind), act).await?;
        }
    }
    Ok(())
}

/// The item of a kind as the register says it, with the day by which it is applied for.
async fn follow(
    write: &mut Write,
    (association, kind): (AssociationId, Kind),
    act: Act,
) -> Result<(), Stopped> {
    let measure = kind.measure();
    // Under lock: two entries of one kind follow one after the other.
    relapses::lock(write, &[association.0]).await?;
    let Some(item) = items::lock_measure(write, association, measure).await? else {
        return Ok(());
    };
    let entries = store::entries(write, association).await?;
    let entries = entries.into_iter().filter(|entry| entry.kind == kind);
    let entries: Vec<Registration> = entries.collect();
    let Some((entry, bearing)) = bearing(&entries) else {
        return Ok(());
    };
    let scheme = write.scheme()?;
    if let Some(day) = entry.application.due(kind, &scheme.campaign) {
        let why = format!("{}的法定时限自会议起算", kind.label());
        due_in(write, &item, Due::new(day, STATUTE), (act, &why)).await?;
    }
    let item = items::lock(write, association, item.id).await?;
    let Some(item) = item else { return Ok(()) };
    let name = kind.label();
    let applied = entry.application.applied_on;
    let (says, by, sentence) = match bearing {
        Bearing::Applied => (
            Says::Applied(applied),
            entry.entered_by,
            format!("{name}已于{applied}申请"),
        ),
        Bearing::Holds(on) => {
            let says = Says::Done {
                reported: applied,
                on,
            };
            (says, entry.decided_by, format!("{name}于{on}办结"))
        }
        Bearing::Fails(why) => {
            let sentence = format!("{name}未办成，{why}");
            (Says::Not(why), entry.decided_by, sentence)
        }
    };
    follow_in(write, item, (&says, by), &sentence).await
}
