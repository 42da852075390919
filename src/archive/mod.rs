//! 归档: everything of an association in one file, for the archive (domain 11.3, EX-19):
//! its documents, checklist and history as they are now, the evidence that whoever takes it may
//! read, the contents page, and a list of digests by which the file can be checked years later.
//! It holds personal data: it leaves on a reason (contract.md). It is sent while it is written
//! and never lies anywhere as a whole.

pub mod pages;
pub mod rules;

use crate::access::Act;
use crate::documents::lending;
use crate::paths::archive as paths;
use crate::web::{Program, Routes};

use pages::{CaseFile, take};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .file(paths::CASE_FILE, Act::ArchiveRead, take)
        .post(
            paths::CASE_FILE,
            Act::ArchiveTake,
            lending::take::<CaseFile>,
        )
}
