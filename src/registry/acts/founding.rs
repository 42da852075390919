//! Civil affairs checks that a new association is born decoupled (NA-2).

use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Done, Never, Write};
use crate::ids::AssociationId;
use crate::registry::rules::founding::{Answer, Answers, outcome};
use crate::registry::store::founding as store;

use super::subject;

/// Saves the answers of a check.
pub async fn check_founding(
    mut write: Write,
    association: AssociationId,
    seen: Seen,
    answers: &Answers,
) -> Done<Never> {
    let version = store::lock(&mut write, association).await?;
    write.as_seen(&seen, version, subject(association))?;
    let outcome = outcome(&write.scheme()?.campaign.foundings, answers);
    store::save(&mut write, association, answers, outcome).await?;
    let failing: Vec<&str> = answers
        .iter()
        .filter(|(_, (answer, _))| *answer == Answer::No)
        .map(|(code, _)| code.as_str())
        .collect();
    let sentence = if failing.is_empty() {
        format!("新设立核查：{}", outcome.mark().1)
    } else {
        format!("新设立核查：{}不符合", failing.join("、"))
    };
    let record = Record::new(Act::FoundingSave, "association", association.0, sentence);
    let told = write.tell(record.in_file_of(association));
    write.finish(told).await
}
