//! What acts of a process do besides moving their docket: a file for each.

mod audit;
mod policy;
mod problem;
mod visit;

use crate::access::Act;
use crate::audit::Record;
use crate::database::{Done, Write};
use crate::scheme::processes::Process;
use crate::scheme::{Answers, Scheme};

use super::rules::{Refusal, State};
use super::store::Docket;

/// What an act is about to do.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    /// The process.
    pub process: &'a Process,
    /// The docket as it is.
    pub docket: &'a Docket,
    /// Its answers as they will be.
    pub answers: &'a Answers,
    /// Where it goes.
    pub to: State,
}

/// What makes a docket grave whatever was ticked (IS-3).
pub fn level(process: &Process, answers: &mut Answers) {
    if process.effect == "problem" {
        problem::level(answers);
    }
}

/// Makes it grave.
pub fn raise(process: &Process, answers: &mut Answers) {
    if process.effect == "problem" {
        problem::raise(answers);
    }
}

/// Whether the act can be done as things stand.
pub async fn may(write: &mut Write, of: Of<'_>) -> Done<Refusal> {
    match of.process.effect.as_str() {
        "problem" => problem::may(write.today(), of)?,
        "policy" => policy::may(write, of)?,
        "visit" => visit::may(write.today(), of)?,
        "audit_check" => audit::may(write, of).await?,
        "visit_round" | "audit_sample" => visit::may_draw(of)?,
        _ => {}
    }
    Ok(())
}

/// What follows once a docket was begun.
pub async fn begun(
    write: &mut Write,
    process: &Process,
    id: i64,
) -> Result<Vec<Record>, sqlx::Error> {
    match process.effect.as_str() {
        "problem" => problem::begun(write, id).await,
        _ => Ok(Vec::new()),
    }
}

/// What follows with the move.
pub async fn follow(
    write: &mut Write,
    (scheme, act): (&Scheme, Act),
    of: Of<'_>,
) -> Done<Refusal, Vec<Record>> {
    let settled = of.to == State::Settled && act != Act::DocketRevise;
    Ok(match of.process.effect.as_str() {
        "policy" if settled => policy::settled(write, of).await?,
        "visit_round" if settled => visit::opened(write, scheme, of).await?,
        "visit" if settled => visit::settled(write, of).await?,
        "audit_sample" if settled => audit::opened(write, scheme, of).await?,
        _ => Vec::new(),
    })
}
