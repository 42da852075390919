//! What an item's page tells of its evidence and of who did what.

use crate::clock::stamp;
use crate::documents::files;
use crate::progress::store::{Evidence, HistoryRow};

/// Evidence with its file's size and day.
pub(super) struct EvidenceView {
    pub(super) evidence: Evidence,
    pub(super) about: String,
    pub(super) when: String,
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
        evidence,
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
