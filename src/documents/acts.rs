//! Opening what was taken away, and taking personal data away: on record, with a reason.

use crate::access::Act;
use crate::audit::Record;
use crate::database::{Done, Never, Write};
use crate::ids::{AssociationId, DepartmentId};

/// Puts on record that somebody opens a removed file, and why. The sentence names
/// neither file nor person: more people read the case file than the file.
pub async fn open_removed(
    mut write: Write,
    association: AssociationId,
    file: i64,
    reason: &str,
) -> Done<Never> {
    let sentence = format!("调阅已撤下的材料（第{file}号文件）");
    let record = Record::new(Act::RemovedFileOpen, "file", file, sentence);
    let told = write.tell(record.in_file_of(association).with_opinion(reason));
    write.finish(told).await
}

/// Of what a file with personal data tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One association: it stands in its case file.
    Association(AssociationId),
    /// Whatever is within reach of a department.
    Department(DepartmentId),
}

/// Puts on record that somebody takes a file with personal data away, and why.
pub async fn take_personal(
    mut write: Write,
    (act, whose): (Act, Whose),
    name: &str,
    reason: &str,
) -> Done<Never> {
    let sentence = format!("下载{name}");
    let record = match whose {
        Whose::Association(id) => Record::new(act, "association", id.0, sentence).in_file_of(id),
        Whose::Department(id) => Record::new(act, "department", id.0, sentence),
    };
    let told = write.tell(record.with_opinion(reason));
    write.finish(told).await
}
