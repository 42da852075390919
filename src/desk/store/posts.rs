//! 任职清理: the next steps about people's posts, without names; what day it is matters here
//! (an approval runs out, a retired cadre's months go by), so the day roll looks again.

use crate::database::{Db, Under};
use crate::desk::rules::{Batches, Found, POST};
use crate::posts::rules::{Limits, Step, steps};
use crate::posts::store::{Candidate, candidates_of};

use super::Base;

/// The steps that are open on a day, and the registers that are clear and not declared.
pub(super) async fn matters(
    db: &mut Db,
    bases: &[Base],
    (under, batches): (Under<'_>, &Batches),
) -> Result<Vec<Found>, sqlx::Error> {
    let ids: Vec<i64> = bases.iter().map(|base| base.id).collect();
    let rows = candidates_of(db, &ids).await?;
    let mut found = Vec::new();
    for register in rows.chunk_by(|one, other| one.association == other.association) {
        let Some(first) = register.first() else {
            continue;
        };
        let Some(base) = bases.iter().find(|base| base.id == first.association.0) else {
            continue;
        };
        let own = batches.campaign(Some(base.id));
        let campaign = own.unwrap_or(&under.scheme.campaign);
        let limits = Limits::of(&campaign.parameters);
        let before = found.len();
        for row in register {
            found.extend(of_person(base, row, (&limits, under)));
        }
        if found.len() == before && first.undeclared {
            let mut clear = base.found("post_register", (base.id, "clear"), first.opened_on);
            clear.due = Some(campaign.parameters.implement_due);
            found.push(clear);
        }
    }
    Ok(found)
}

fn of_person(base: &Base, row: &Candidate, (limits, under): (&Limits, Under<'_>)) -> Vec<Found> {
    let Some(holder) = row.holder.as_ref() else {
        return Vec::new();
    };
    let steps = steps(holder, limits, under.day).into_iter();
    let found = steps.map(|step| {
        let (state, since, due) = match step {
            Step::Decide(asked) => ("decide", asked, None),
            Step::Ask => ("ask", row.opened_on, None),
            Step::Resign(by) => ("resign", row.opened_on, Some(by)),
            Step::Arranged => ("arranged", row.opened_on, None),
            Step::Choose | Step::Stay | Step::Place | Step::Limit => ("clerk", row.opened_on, None),
        };
        let mut found = base.found(POST, (holder.id, state), since);
        found.due = due;
        step.key().clone_into(&mut found.note);
        found
    });
    found.collect()
}
