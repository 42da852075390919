//! Opening what was taken away: on record, with a reason.

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::AssociationId;

/// Puts on record that somebody opens a removed file, and why. The sentence names
/// neither file nor person: more people read the case file than the file.
pub async fn open_removed(
    database: &Database,
    who: &Who,
    (association, file): (AssociationId, i64),
    reason: &str,
) -> Result<(), WriteError> {
    let write = Write::begin(database, who).await?;
    let sentence = format!("调阅已撤下的材料（第{file}号文件）");
    let record = Record::new(Act::RemovedFileOpen, "file", file, sentence)
        .in_file_of(association)
        .with_opinion(reason);
    write.record(record).await?;
    Ok(())
}
