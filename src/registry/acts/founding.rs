//! Civil affairs checks that a new association is born decoupled (NA-2).

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::AssociationId;
use crate::registry::rules::founding::{Answer, Answers, outcome};
use crate::registry::store::founding as store;
use crate::scheme::Scheme;

use super::Refusal;

/// Saves the answers of a check on the version seen.
pub async fn check_founding(
    database: &Database,
    scheme: &Scheme,
    who: &Who,
    (association, seen): (AssociationId, i32),
    answers: &Answers,
) -> Result<Result<(), Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let outcome = outcome(&scheme.campaign.foundings, answers);
    let hand = (who.actor.account, who.today());
    let saved = store::save(&mut write, (association, seen), (answers, outcome), hand);
    if !saved.await? {
        return Ok(Err(Refusal::Stale));
    }
    let failing: Vec<&str> = answers
        .iter()
        .filter(|(_, (answer, _))| *answer == Answer::No)
        .map(|(code, _)| code.as_str())
        .collect();
    let sentence = if failing.is_empty() {
        format!("新设立核查：{}", outcome.tag().1)
    } else {
        format!("新设立核查：{}不符合", failing.join("、"))
    };
    let record = Record::new(Act::FoundingSave, "association", association.0, sentence);
    write.record(record.in_file_of(association)).await?;
    Ok(Ok(()))
}
