//! What an item's page tells of its evidence and of who did what.

use crate::access::Act;
use crate::clock::stamp;
use crate::database::Db;
use crate::documents::files;
use crate::progress::rules::{Item, ItemState};
use crate::progress::store::evidence;
use crate::progress::store::{self, Evidence};
use crate::scheme::Choice;
use crate::web::Allowed;

/// Evidence with its file's size and day.
pub(super) struct EvidenceView {
    pub(super) evidence: Evidence,
    pub(super) about: String,
    pub(super) when: String,
    /// Where it is looked at, where a browser shows it by itself.
    pub(super) shown: Option<Shown>,
}

/// A file that a browser shows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// In the page.
    Picture,
    /// In a tab of its own.
    Document,
}

pub(super) fn evidence_view(evidence: Evidence) -> EvidenceView {
    EvidenceView {
        about: evidence
            .file_bytes
            .map(|bytes| files::about(bytes, evidence.file_encrypted == Some(true)))
            .map(|about| files::paged(about, evidence.file_pages))
            .unwrap_or_default(),
        when: stamp(evidence.at),
        shown: evidence.file_type.as_deref().and_then(|kind| {
            let shows = files::shows(kind);
            shows.then_some(if kind.starts_with("image/") {
                Shown::Picture
            } else {
                Shown::Document
            })
        }),
        evidence,
    }
}

impl EvidenceView {
    /// A picture, which the page shows.
    pub(super) fn is_picture(&self) -> bool {
        self.shown == Some(Shown::Picture)
    }
}

/// Files that can be made proof of the item too (DN-5).
pub(super) fn citable(papers: &[Evidence], item: &Item) -> Vec<Choice> {
    choices(evidence::citable(papers, item))
}

/// The same to choose from.
pub(super) fn choices(known: Vec<&Evidence>) -> Vec<Choice> {
    let choice = |paper: &Evidence| {
        let name = paper.file_name.as_deref().unwrap_or_default();
        Some(Choice {
            value: paper.file?.to_string(),
            label: format!(
                "{name}（{} {}，{}）",
                paper.measure, paper.kind, paper.document_number
            ),
        })
    };
    known.into_iter().filter_map(choice).collect()
}

/// Why the leader gave it back, as long as the unit has not gone on with it.
pub(super) async fn said(
    db: &mut Db,
    allowed: &Allowed,
    item: &Item,
) -> Result<Option<(String, String)>, sqlx::Error> {
    let own = allowed.may(Act::ItemSave) || allowed.may(Act::ItemBack);
    if !own || item.state != ItemState::InProgress {
        return Ok(None);
    }
    let handed = [
        Act::ItemBack,
        Act::ItemPass,
        Act::ItemReport,
        Act::ItemReturn,
    ];
    let history = store::history(db, item.id).await?;
    let mut acts = history.into_iter();
    let last = acts.find(|row| handed.iter().any(|act| act.name() == row.act));
    let given = last.filter(|last| last.act == Act::ItemBack.name());
    Ok(given.map(|last| {
        let who = format!("{}{}，{}", last.department, last.who, stamp(last.at));
        (who, last.opinion.unwrap_or_default())
    }))
}
