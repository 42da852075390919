//! The end of the work (scheme 四·3): for now the completion table (完成情况表, domain 10.4,
//! EX-7), of what stands on the registers and checklists. Remarks, signature, submission and
//! evaluation come later.

pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::paths::closing as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::completion::CompletionPage;
use pages::file::{self, CompletionFile};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(
            paths::COMPLETION,
            Act::CompletionRead,
            show::<CompletionPage>,
        )
        .ledger::<CompletionFile>(paths::COMPLETION, Act::CompletionRead)
        .leaving(file::WORD, file::word)
}
