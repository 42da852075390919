//! Pages of the survey.

pub mod answers;
mod around;
mod compared;
pub mod deeds;
pub mod difference;
mod found;
pub mod handing;
pub mod ledger;
pub mod nil;
pub mod overview;
pub mod papers;
pub mod reading;
pub mod section;
mod standing;

use crate::access::case::Stuck;
use crate::access::{Act, Case};
use crate::database::Stopped;
use crate::survey::store::Survey;
use crate::web::Error;

/// A form is not opened for what its state does not allow.
fn if_open(survey: &Survey, act: Act) -> Result<(), Error> {
    if survey.open(act) {
        return Ok(());
    }
    let closed = Stopped::Stuck(Stuck::Closed(Survey::NAME, survey.state.label()));
    Err(Error::Conflict(closed.explain().unwrap_or_default()))
}
