//! Keeping the desk, and what the timeline and pages count: with every write, with every day,
//! and anew.

use chrono::NaiveDate;

use crate::clock::Moment;
use crate::database::{Database, Db, Keeper, Kept, Settled, Settling, Touched, Under};
use crate::figures::store as figures;
use crate::holdings::store::figures as holdings;
use crate::progress::counters as progress;
use crate::settling;
use crate::timeline::store::{counts, standing};
use crate::web::Program;

use super::rules::{Difference, differences};
use super::store::{self, Renewed};

/// The keeper of the desk.
#[derive(Debug, Clone, Copy)]
pub struct Desk;

impl Keeper for Desk {
    fn settle<'a>(&'a self, db: &'a mut Db, settling: Settling<'a>) -> Settled<'a> {
        Box::pin(settling::settle(db, settling))
    }

    fn keep<'a>(&'a self, db: &'a mut Db, under: Under<'a>, touched: &'a Touched) -> Kept<'a> {
        Box::pin(async move {
            let renewed = store::renewed(db, touched).await?;
            renew(db, &renewed, under).await?;
            store::note_record(db, touched.record).await
        })
    }

    fn roll<'a>(&'a self, database: &'a Database, under: Under<'a>, _: Moment) -> Kept<'a> {
        Box::pin(bring_up(database, under, false))
    }
}

/// Computes the desk of these again. Locked first: what is read afterwards is what others
/// have committed by then.
async fn renew(db: &mut Db, renewed: &Renewed, under: Under<'_>) -> Result<(), sqlx::Error> {
    if renewed.is_empty() {
        return Ok(());
    }
    store::lock(db, renewed).await?;
    let should = store::computed(db, renewed, under).await?;
    let stands = store::stands(db, renewed).await?;
    store::write(db, stands, should).await?;
    standing::renew(db, &renewed.associations, under.scheme).await?;
    figures::standing::renew(db, &renewed.associations, under.scheme).await?;
    holdings::renew(db, &renewed.associations, under.scheme).await
}

/// Brings the desk up to a day: everything where it is anew, where parameters or windows
/// have changed, or where an older program has run meanwhile; else what changes with the
/// day alone. The same day twice does nothing, and skipped days need no steps between, since
/// the desk follows from the states and the day.
async fn bring_up(database: &Database, under: Under<'_>, anew: bool) -> Result<(), sqlx::Error> {
    let mut day = database.upkeep().await?;
    let before = store::standing(&mut day).await?;
    let now = store::by_day(&mut day, under.day).await?;
    let known = before.filter(|(_, unknown)| !unknown && !anew);
    // What an older program has signed, or this one never saw, is carried over.
    let carries = known.is_none();
    let renewed = match known {
        Some((before, _)) if before == now => return day.done().await,
        Some((before, _))
            if (store::Standing {
                day: now.day,
                ..before
            }) == now =>
        {
            store::by_the_day(&mut day).await?
        }
        _ => store::all(&mut day).await?,
    };
    for batch in renewed.batches(store::BATCH) {
        let mut upkeep = database.upkeep().await?;
        if carries {
            let of = (batch.associations.as_slice(), batch.units.as_slice());
            settling::carry(&mut upkeep, of, (under, database.audit_key())).await?;
        }
        renew(&mut upkeep, &batch, under).await?;
        upkeep.done().await?;
        // What waits too long in a transaction is ended by the server.
        store::wait(&mut day).await?;
    }
    if carries {
        // The pieces have changed the counters by differences: so are they made anew.
        let mut upkeep = database.upkeep().await?;
        counts::recount(&mut upkeep).await?;
        figures::counts::recount(&mut upkeep).await?;
        holdings::recount(&mut upkeep).await?;
        upkeep.done().await?;
    }
    store::note(&mut day, now).await?;
    day.done().await
}

/// Makes the desk ready before the server is: from the states, where it was never made or
/// where an older program has run meanwhile.
pub async fn prepare(program: &Program) -> Result<(), sqlx::Error> {
    program.brought_up().await
}

/// Makes the desk anew as of a day.
pub async fn rebuild(program: &Program, day: NaiveDate) -> Result<(), sqlx::Error> {
    let app = program.on(day).await?;
    let scheme = app.scheme.as_ref();
    let under = Under { scheme, day };
    bring_up(&program.database, under, true).await
}

/// Where the desk is not what the states say, as of a day.
pub async fn verify(db: &mut Db, under: Under<'_>) -> Result<Vec<Difference>, sqlx::Error> {
    let mut found = Vec::new();
    for batch in store::all(db).await?.batches(store::BATCH) {
        let should = store::computed(db, &batch, under).await?;
        let stands = store::stands(db, &batch).await?;
        found.extend(differences(stands, should));
    }
    let counted = miscounted(db, under).await?;
    found.extend(counted.tasks.into_iter().map(Difference::Task));
    found.extend(counted.figures.into_iter().map(Difference::Figure));
    Ok(found)
}

/// Every counter that pages read and that is not what the rows say, counted again: of the
/// checklists, of the timeline, of the figures, of the registers.
pub async fn drift(db: &mut Db, under: Under<'_>) -> Result<Vec<String>, sqlx::Error> {
    let mut found = progress::drift(db, under.scheme).await?;
    let counted = miscounted(db, under).await?;
    found.extend(counted.tasks);
    found.extend(counted.figures);
    Ok(found)
}

/// What is kept with the desk and is not what the states say, of an association or altogether.
#[derive(Default)]
struct Miscounted {
    /// What the timeline counts.
    tasks: Vec<String>,
    /// What pages count.
    figures: Vec<String>,
}

async fn miscounted(db: &mut Db, under: Under<'_>) -> Result<Miscounted, sqlx::Error> {
    let mut found = Miscounted::default();
    for batch in store::all(db).await?.batches(store::BATCH) {
        let (ids, scheme) = (&batch.associations, under.scheme);
        let tasks = standing::differing(db, ids, scheme).await?;
        found.tasks.extend(tasks);
        let counted = figures::standing::differing(db, ids, scheme).await?;
        found.figures.extend(counted);
        let counted = holdings::differing(db, ids, scheme).await?;
        found.figures.extend(counted);
    }
    found.tasks.extend(counts::drift(db).await?);
    found.figures.extend(figures::counts::drift(db).await?);
    found.figures.extend(holdings::drift(db).await?);
    Ok(found)
}
