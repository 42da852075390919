//! What is said against the published list: recorded, with its papers, and answered once.

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Done, Never, Stopped, Write};
use crate::documents::files;
use crate::roster::store::objections::{self as store, Received};
use crate::web::upload::Uploaded;

const KIND: &str = "objection";

/// Puts an objection on record; its number.
pub async fn record_objection(mut write: Write, received: &Received) -> Done<Never, i64> {
    let id = store::add(&mut write, received).await?;
    // The name of the objector is not repeated in the case file.
    let record = Record::new(Act::ObjectionRecord, KIND, id, "登记公示期间的异议");
    let told = write.tell(record);
    write.finish::<Never>(told).await?;
    Ok(id)
}

/// The objection under lock, as seen and without its answer.
async fn take(write: &mut Write, id: i64, seen: &Seen) -> Result<(), Stopped> {
    let (version, answered) = store::lock(write, id).await?.ok_or(Stopped::Hidden)?;
    write.as_seen(seen, version, Subject { kind: KIND, id })?;
    if answered {
        return Err(Stuck::Closed("公示异议", "已答复").into());
    }
    Ok(())
}

/// Answers an objection.
pub async fn answer_objection(mut write: Write, id: i64, seen: Seen, answer: &str) -> Done<Never> {
    take(&mut write, id, &seen).await?;
    store::answer(&mut write, id, answer).await?;
    let record = Record::new(Act::ObjectionAnswer, KIND, id, "答复公示期间的异议");
    let told = write.tell(record.with_opinion(answer));
    write.finish(told).await
}

/// Keeps a file that came with an objection.
pub async fn attach_to_objection(
    mut write: Write,
    id: i64,
    seen: Seen,
    file: &Uploaded,
) -> Done<Never> {
    take(&mut write, id, &seen).await?;
    let hand = (write.by(), write.request().now.to_utc());
    let stored = files::store(&mut write, None, file, hand).await?;
    let sentence = format!("附公示异议的材料{}", files::told_pages(file.pages));
    store::attach(&mut write, id, stored).await?;
    let record = Record::new(Act::ObjectionAttach, KIND, id, sentence);
    let told = write.tell(record);
    write.finish(told).await
}
