//! What an item's page tells of its evidence and of who did what.

use crate::access::Act;
use crate::clock::stamp;
use crate::documents::files;
use crate::progress::rules::{Item, ItemState};
use crate::progress::store::evidence;
use crate::progress::store::{Evidence, HistoryRow};
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

/// Who did what.
pub(super) struct Entry {
    pub(super) when: String,
    pub(super) who: String,
    pub(super) department: String,
    pub(super) role: String,
    pub(super) sentence: String,
    pub(super) opinion: Option<String>,
}

pub(super) fn evidence_view(evidence: Evidence) -> EvidenceView {
    EvidenceView {
        about: evidence
            .file_bytes
            .map(|bytes| files::about(bytes, evidence.file_encrypted == Some(true)))
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

pub(super) fn entry(row: HistoryRow) -> Entry {
    Entry {
        when: stamp(row.at),
        who: row.who,
        department: row.department,
        role: row.role,
        sentence: row.sentence,
        opinion: row.opinion,
    }
}

/// Files that can be made proof of the item too (DN-5).
pub(super) fn citable(papers: &[Evidence], item: &Item) -> Vec<Choice> {
    let known = evidence::citable(papers, item).into_iter();
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
    known.filter_map(choice).collect()
}

/// Why the leader gave it back, as long as the unit has not gone on with it.
pub(super) fn said(
    allowed: &Allowed,
    item: &Item,
    history: &[HistoryRow],
) -> Option<(String, String)> {
    let own = allowed.may(Act::ItemSave) || allowed.may(Act::ItemBack);
    let handed = [
        Act::ItemBack,
        Act::ItemPass,
        Act::ItemReport,
        Act::ItemReturn,
    ];
    let mut acts = history.iter();
    let last = acts.find(|row| handed.iter().any(|act| act.name() == row.act))?;
    let given = own && item.state == ItemState::InProgress && last.act == Act::ItemBack.name();
    let who = || format!("{}{}，{}", last.department, last.who, stamp(last.at));
    given.then(|| (who(), last.opinion.clone().unwrap_or_default()))
}
