//! What a unit files about an item, together: how far it is, a paper that proves it, a
//! paper taken back; and that the leader has it next. Each makes a new version of its item, so that nobody verifies what
//! they have not seen.

use crate::access::case::Stuck;
use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Done, Told, Write};
use crate::documents::files;
use crate::documents::store::{Source, remove};
use crate::progress::rules::{self, Deed, Item, Refusal, papers};
use crate::progress::store;
use crate::progress::store::evidence::{self, NewEvidence};
use crate::scheme::Answers;
use crate::web::upload::Uploaded;

use super::{At, change, held, perform_in, take};

/// What is filed in one go.
#[derive(Default)]
pub struct Filing {
    /// How far it is, and what its measure asks for.
    pub standing: Option<(String, Answers)>,
    /// A paper, with its file where there is one.
    pub paper: Option<(NewEvidence, Option<Content>)>,
    /// The number of a paper that is taken back.
    pub taken: Option<i64>,
    /// It then goes to the leader.
    pub passed: bool,
}

/// The file of a paper.
#[derive(Debug, Clone)]
pub enum Content {
    /// Handed in with it.
    New(Uploaded),
    /// Proves another item of the association already (DN-5).
    Known(i64),
}

fn said(act: Act, item: &Item, paper: &str) -> Say {
    Say::new(format!("{}：{}——{paper}", act.label(), item.title()))
}

/// Files it. How far the item is is told again only where it says something else, or
/// where nothing else is filed.
pub async fn file(mut write: Write, at: At, seen: Seen, filing: Filing) -> Done<Refusal> {
    let told = file_in(&mut write, at, seen, filing).await?;
    write.finish(told).await
}

/// The same, within a write.
pub(super) async fn file_in(
    write: &mut Write,
    at: At,
    mut seen: Seen,
    filing: Filing,
) -> Done<Refusal, Told> {
    let found = store::lock(write, at.association, at.item).await?;
    let others = filing.paper.is_some() || filing.taken.is_some() || filing.passed;
    let standing = filing.standing.filter(|(note, facts)| {
        let stands = found.as_ref().map(|item| (&item.note, &item.facts.0));
        !others || stands != Some((note, facts))
    });
    let mut told = None;
    if let Some((note, facts)) = standing {
        let deed = Deed::Save { note, facts };
        told = Some(save(write, at, &seen, &deed).await?);
        seen = as_it_is(write, at).await?;
    }
    if let Some((new, file)) = &filing.paper {
        told = Some(attach(write, at, &seen, (new, file.as_ref())).await?);
        seen = as_it_is(write, at).await?;
    }
    if let Some(paper) = filing.taken {
        told = Some(detach(write, at, &seen, paper).await?);
    }
    if filing.passed {
        told = Some(perform_in(write, at, &seen, &Deed::Pass).await?);
    }
    Ok(told.ok_or(Stuck::Missing("填报内容"))?)
}

/// The item as this write has left it so far.
async fn as_it_is(write: &mut Write, at: At) -> Done<Refusal, Seen> {
    let found = store::lock(write, at.association, at.item).await?;
    Ok(Seen::version(found.map_or(0, |item| item.version)))
}

async fn save(write: &mut Write, at: At, seen: &Seen, deed: &Deed) -> Done<Refusal, Told> {
    let step = take(write, at, seen, Act::ItemSave).await?;
    let (scheme, item) = (write.scheme()?, &step.case);
    let measure = scheme.measure(&item.measure);
    let measure = measure.ok_or(Stuck::Missing("事项"))?;
    let mut after = rules::after(item, measure, deed, (write.by(), write.today()))?;
    after.done_on = held::completed_on(write, &scheme, &after).await?;
    Ok(change(write, step, &after, deed).await?)
}

async fn attach(
    write: &mut Write,
    at: At,
    seen: &Seen,
    (new, file): (&NewEvidence, Option<&Content>),
) -> Done<Refusal, Told> {
    let step = take(write, at, seen, Act::EvidenceAttach).await?;
    rules::possible(new.document_date, write.today())?;
    let (scheme, item) = (write.scheme()?, &step.case);
    let ground = held::Ground::of_item(write, &scheme, item).await?;
    if let Some(measure) = scheme.measure(&item.measure) {
        let days = ground.held(&scheme, item, false).days;
        let paper = (new.kind.as_str(), new.document_date);
        papers::proves(measure, paper, new.date_note.as_deref(), &days)?;
    }
    let hand = (write.by(), write.request().now.to_utc());
    let pages = match file {
        Some(Content::New(file)) => file.pages,
        _ => None,
    };
    let file = match file {
        Some(Content::New(file)) => {
            Some(files::store(write, Some(at.association), file, hand).await?)
        }
        Some(Content::Known(file)) => {
            let mut known = evidence::citable(&ground.papers, item).into_iter();
            let known = known.any(|known| known.file == Some(*file));
            Some(
                known
                    .then_some(*file)
                    .ok_or(Stuck::Missing("所引用的材料"))?,
            )
        }
        None => None,
    };
    evidence::add(write, &step.case, new, file).await?;
    let paper = format!(
        "{} {}{}",
        new.kind,
        new.document_number,
        files::told_pages(pages)
    );
    let say = said(Act::EvidenceAttach, &step.case, &paper);
    Ok(write.apply(step, say).await?)
}

/// Takes evidence away: of an item that counts as done never the last piece (DN-5).
async fn detach(write: &mut Write, at: At, seen: &Seen, paper: i64) -> Done<Refusal, Told> {
    let step = take(write, at, seen, Act::EvidenceDetach).await?;
    papers::may_detach(&step.case)?;
    let taken = evidence::remove(write, at.item, paper).await?;
    let taken = taken.ok_or(Stuck::Missing("证明材料"))?;
    if let Some(file) = taken.file {
        let (kind, number) = (&taken.kind, &taken.document_number);
        let title = format!("{} {kind} {number}", step.case.measure);
        let hand = (write.by(), write.request().now.to_utc());
        remove(write, (file, Source::Item(at.item)), &title, hand).await?;
    }
    let say = said(Act::EvidenceDetach, &step.case, &taken.kind);
    Ok(write.apply(step, say).await?)
}
