//! Evidence in and out: each makes a new version of its item, so that nobody verifies
//! what they have not seen.

use crate::access::case::Stuck;
use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::documents::files;
use crate::documents::store::{Source, remove};
use crate::progress::rules::{self, Item, Refusal};
use crate::progress::store::evidence::{self, NewEvidence};
use crate::web::upload::Uploaded;

use super::{At, take};

fn said(act: Act, item: &Item, paper: &str) -> Say {
    Say::new(format!("{}：{}——{paper}", act.label(), item.title()))
}

/// Registers evidence, with its file where there is one.
pub async fn attach(
    mut write: Write,
    at: At,
    seen: Seen,
    new: &NewEvidence,
    file: Option<&Uploaded>,
) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::EvidenceAttach).await?;
    rules::possible(new.document_date, write.today())?;
    let hand = (write.by(), write.request().now.to_utc());
    let file = match file {
        Some(file) => Some(files::store(&mut write, Some(at.association), file, hand).await?),
        None => None,
    };
    evidence::add(&mut write, &step.case, new, file).await?;
    let paper = format!("{} {}", new.kind, new.document_number);
    let say = said(Act::EvidenceAttach, &step.case, &paper);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}

/// Takes evidence away, as long as the item is not reported.
pub async fn detach(mut write: Write, at: At, seen: Seen, paper: i64) -> Done<Refusal> {
    let step = take(&mut write, at, &seen, Act::EvidenceDetach).await?;
    let taken = evidence::remove(&mut write, at.item, paper).await?;
    let taken = taken.ok_or(Stuck::Missing("证明材料"))?;
    if let Some(file) = taken.file {
        let (kind, number) = (&taken.kind, &taken.document_number);
        let title = format!("{} {kind} {number}", step.case.measure);
        let hand = (write.by(), write.request().now.to_utc());
        remove(&mut write, (file, Source::Item(at.item)), &title, hand).await?;
    }
    let say = said(Act::EvidenceDetach, &step.case, &taken.kind);
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
