//! Several items at once: each as it was seen, each with a record and a result of its own.
//! One that cannot be dealt with does not keep the others from it.

use crate::access::case::Stuck;
use crate::access::{Act, Seen};
use crate::database::{Done, Explain as _, Failure, Stopped, Told, Write};
use crate::ids::AssociationId;
use crate::progress::rules::{Deed, Item, ItemState, Refusal};
use crate::progress::store;
use crate::progress::store::evidence::{self, NewEvidence};
use crate::scheme::Answers;

use super::evidence::{Content, Filing, file_in};
use super::{At, entered, perform_in};

/// An item that was chosen, as it was seen, and what is said of it.
#[derive(Debug, Clone)]
pub struct Picked {
    /// The item.
    pub item: i64,
    /// What was seen of it.
    pub seen: Seen,
    /// What its measure asks for.
    pub facts: Answers,
    /// The kind of the shared paper, as its measure names it.
    pub kind: String,
}

/// What is said of all of them.
#[derive(Debug, Default)]
pub struct Shared {
    /// In words; where nothing is typed, what each item's note says stays.
    pub note: Option<String>,
    /// The paper; its kind is each item's own.
    pub paper: Option<NewEvidence>,
    /// Its file.
    pub file: Option<Content>,
}

/// What is done with each.
#[derive(Debug)]
pub enum Batch {
    /// Said how far it is.
    Saved(Shared),
    /// The same, and handed to the unit's leader.
    Passed(Shared),
    /// Reported as done.
    Reported,
}

/// What became of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The item.
    pub item: i64,
    /// As the case file names it.
    pub title: String,
    /// Why it was not done, if it was not.
    pub refused: Option<Why>,
}

/// Why one of them was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// In words.
    pub words: String,
    /// Somebody else had changed it: it is to be looked at again.
    pub stale: bool,
}

/// What became of all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// One for each item.
    pub lines: Vec<Outcome>,
    /// The file that was handed in, once it is on record.
    pub stored: Option<i64>,
}

/// Whether the unit's clerk has something to do with it, which what others enter does not
/// settle.
#[must_use]
pub fn workable(item: &Item) -> bool {
    let open = matches!(
        item.state,
        ItemState::Open | ItemState::InProgress | ItemState::Returned
    );
    open && item.exemption_asked_on.is_none() && !entered::is_registered(item)
}

/// Whether it lies with the unit's leader.
#[must_use]
pub fn handed_over(item: &Item) -> bool {
    item.state == ItemState::ForSignature && !entered::is_registered(item)
}

/// Deals with each of them in turn; `outcomes` has a line for every one.
pub async fn perform(
    mut write: Write,
    association: AssociationId,
    (batch, picked): (Batch, Vec<Picked>),
    outcomes: &mut Outcomes,
) -> Done<Refusal> {
    let mut round = Round::of(&mut write, association, batch).await?;
    let mut told = None;
    for picked in in_order(picked) {
        let item = picked.item;
        let at = At { association, item };
        let point = write.point().await?;
        let refused = match round.one(&mut write, at, picked).await {
            Ok(done) => {
                told = Some(done);
                None
            }
            Err(failure) => {
                let why = why(failure)?;
                write.back_to(point).await?;
                Some(why)
            }
        };
        let found = store::item(&mut write, association, item).await?;
        outcomes.lines.push(Outcome {
            item,
            title: found.map_or_else(String::new, |item| item.title()),
            refused,
        });
    }
    outcomes.stored = round.stored;
    write.finish(told.ok_or(Refusal::NoneDone)?).await
}

/// Items are locked in the order of their numbers, so that nobody waits in a circle.
fn in_order(mut picked: Vec<Picked>) -> Vec<Picked> {
    picked.sort_by_key(|each| each.item);
    picked.dedup_by_key(|each| each.item);
    picked
}

/// What stops one item alone; everything else stops the whole write.
fn why(failure: Failure<Refusal>) -> Done<Refusal, Why> {
    match failure {
        Failure::Room(why) => Ok(Why {
            words: why.explain(),
            stale: false,
        }),
        Failure::Stopped(Stopped::Stuck(stuck)) => {
            let stale = matches!(stuck, Stuck::Stale(_));
            let words = Stopped::Stuck(stuck).explain().unwrap_or_default();
            Ok(Why { words, stale })
        }
        stopped @ Failure::Stopped(_) => Err(stopped),
    }
}

/// A write that goes from one item to the next.
struct Round {
    association: AssociationId,
    batch: Batch,
    /// Items that the person prepared and so does not report.
    own: Vec<i64>,
    /// The shared file, once an item that is about nobody has it.
    stored: Option<i64>,
}

impl Round {
    async fn of(
        write: &mut Write,
        association: AssociationId,
        batch: Batch,
    ) -> Result<Self, sqlx::Error> {
        let by = write.by();
        let own = match batch {
            Batch::Reported => store::prepared(write, (association, by), Act::ItemReport).await?,
            Batch::Saved(_) | Batch::Passed(_) => Vec::new(),
        };
        Ok(Self {
            association,
            batch,
            own,
            stored: None,
        })
    }

    async fn one(&mut self, write: &mut Write, at: At, picked: Picked) -> Done<Refusal, Told> {
        let (shared, passed) = match &self.batch {
            Batch::Reported if self.own.contains(&at.item) => {
                return Err(Refusal::OwnDraft.into());
            }
            Batch::Reported => return perform_in(write, at, &picked.seen, &Deed::Report).await,
            Batch::Saved(shared) => (shared, false),
            Batch::Passed(shared) => (shared, true),
        };
        let found = store::item(write, self.association, at.item).await?;
        let personal = found.as_ref().is_some_and(Item::personal);
        let note = shared.note.clone();
        let note = note
            .or_else(|| found.map(|item| item.note))
            .unwrap_or_default();
        let paper = shared.paper.as_ref().map(|paper| {
            let paper = NewEvidence {
                kind: picked.kind.clone(),
                ..paper.clone()
            };
            (paper, self.content(shared, personal))
        });
        let files = paper.as_ref().is_some_and(|(_, file)| file.is_some());
        let filing = Filing {
            standing: Some((note, picked.facts)),
            paper,
            taken: None,
            passed,
        };
        let told = file_in(write, at, picked.seen, filing).await?;
        if files && !personal && self.stored.is_none() {
            self.stored = evidence::last_file(write, at.item).await?;
        }
        Ok(told)
    }

    /// The file of the next item: handed in once and cited by the others (DN-5). What
    /// proves somebody's own matter is not shared with other people's: it has a copy.
    fn content(&self, shared: &Shared, personal: bool) -> Option<Content> {
        match (&shared.file, self.stored) {
            (Some(Content::New(_)), Some(stored)) if !personal => Some(Content::Known(stored)),
            (file, _) => file.clone(),
        }
    }
}
