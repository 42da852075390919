//! Keeping a phrase and taking it off the list. The record says that it was done, not what the
//! phrase says: it is nobody's business but its owner's.

use crate::access::Act;
use crate::audit::Record;
use crate::database::{Done, Stopped, Write};

use super::rules::{self, Refusal};
use super::store;

fn record(write: &Write, act: Act, sentence: &str) -> Record {
    Record::new(act, "account", write.by().0, sentence)
}

/// Keeps a phrase.
pub async fn add(mut write: Write, words: &str) -> Done<Refusal> {
    let by = write.by();
    let known = store::of(&mut write, by).await?.into_iter();
    let known: Vec<String> = known.map(|phrase| phrase.words).collect();
    rules::may_add(&known, words)?;
    store::add(&mut write, words).await?;
    let record = record(&write, Act::PhraseAdd, "增加常用语");
    let told = write.tell(record);
    write.finish(told).await
}

/// Takes a phrase off the list.
pub async fn remove(mut write: Write, id: i64) -> Done<Refusal> {
    if !store::remove(&mut write, id).await? {
        // Another's is hidden: nobody learns which numbers there are.
        return Err(Stopped::Hidden.into());
    }
    let record = record(&write, Act::PhraseRemove, "删除常用语");
    let told = write.tell(record);
    write.finish(told).await
}
