//! An upload taken, read, asked about, checked, entered or given up.

mod asking;
mod checking;
mod entering;
pub mod peeking;
pub mod reading;
pub mod work;

use crate::access::case::{Stuck, Subject};
use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::clock::stamp;
use crate::database::{Done, Write};

use super::rules::{Answers, Refusal, State};
use super::store::{self, Import, New};

pub use asking::choice;
pub use entering::{Confirmed, enter};

const fn of(id: i64) -> Subject {
    Subject { kind: "import", id }
}

/// Takes a file in. Nothing of it is entered; the same content again is named (TC-67).
pub async fn upload(mut write: Write, new: New<'_>, again: bool) -> Done<Refusal, i64> {
    if !again
        && let Some((name, by, at)) =
            store::earlier(&mut write, new.kind, new.department, new.digest).await?
    {
        let earlier = format!("已由{by}于{}导入（《{name}》）", stamp(at));
        return Err(Refusal::Again(earlier).into());
    }
    let id = store::begin(&mut write, new).await?;
    let sentence = format!("上传《{}》，待核对后导入{}", new.name, new.kind.label());
    let told = write.tell(Record::new(new.kind.act(), "import", id, sentence));
    write.finish::<Refusal>(told).await?;
    Ok(id)
}

/// An upload of whoever acts, under lock, as seen.
async fn take(write: &mut Write, id: i64, seen: &Seen) -> Done<Refusal, Import> {
    let found = store::lock(write, id).await?;
    let import = found.ok_or(Stuck::Missing("导入"))?;
    write.as_seen(seen, import.version, of(id))?;
    Ok(import)
}

/// Keeps what was said about an upload, which is read again.
pub async fn answer(mut write: Write, id: i64, seen: Seen, answers: &Answers) -> Done<Refusal> {
    let import = take(&mut write, id, &seen).await?;
    if !matches!(import.state, State::Asking | State::Checked) {
        return Err(Refusal::NotChecked.into());
    }
    store::keep_answers(&mut write, id, answers).await?;
    let whose = (import.department, import.kind);
    let units = answers.units.iter();
    let units = units.map(|(said, unit)| (said.clone(), unit.to_string()));
    store::remember(&mut write, whose, "unit", &units.collect()).await?;
    store::remember(&mut write, whose, "heading", &answers.headings).await?;
    let sentence = format!("答复导入《{}》时的问题", import.file_name);
    let told = write.tell(Record::new(Act::ImportAnswer, "import", id, sentence));
    write.finish(told).await
}

/// Gives an upload up; its file goes at once.
pub async fn discard(mut write: Write, id: i64, seen: Seen) -> Done<Refusal> {
    let import = take(&mut write, id, &seen).await?;
    if matches!(
        import.state,
        State::Importing | State::Imported | State::Discarded
    ) {
        return Err(Refusal::NotChecked.into());
    }
    store::end(&mut write, id, State::Discarded).await?;
    let sentence = format!("放弃导入《{}》", import.file_name);
    let told = write.tell(Record::new(Act::ImportDiscard, "import", id, sentence));
    write.finish(told).await
}
