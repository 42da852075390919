//! Who reads a file: through the matter that it belongs to, never by itself
//! (security.md S14; domain 2.2, Evidence files).

use crate::access::Actor;
use crate::access::acts::acts;
use crate::access::facts::{Facts, Matter};

use super::{Decision, decide};

acts! {
    /// Files, whatever they belong to (security.md S14).
    Files {
        FileRead = "file.read", "下载文件";
        RemovedFileOpen = "file.open_removed", "调阅撤下的材料", done "已调阅，理由已记入办理历史。", free "it only reads, and gives the reason";
    }
}

const REMOVED_FOR_OFFICE: &str = "该材料已经撤下，只有脱钩办写明理由后可以调阅。";

pub(super) fn files(actor: &Actor, act: Files, facts: &Facts) -> Decision {
    match act {
        Files::FileRead => file(actor, facts),
        Files::RemovedFileOpen => removed(actor, facts),
    }
}

/// A file that is still with its matter, for whom the matter's own page shows it.
/// Whoever is refused that page does not learn that there is a file.
fn file(actor: &Actor, facts: &Facts) -> Decision {
    let shown = |matter: &Matter| !matter.removed && reads(actor, matter, facts);
    if facts.matters.iter().any(shown) {
        Decision::Allow
    } else {
        Decision::Hide
    }
}

/// A file that was taken away: for the office, if it could read it before.
fn removed(actor: &Actor, facts: &Facts) -> Decision {
    let was_shown = |matter: &Matter| matter.removed && reads(actor, matter, facts);
    if !facts.matters.iter().any(was_shown) {
        Decision::Hide
    } else if actor.role().is_office() {
        Decision::Allow
    } else {
        Decision::Deny(REMOVED_FOR_OFFICE)
    }
}

fn reads(actor: &Actor, matter: &Matter, facts: &Facts) -> bool {
    decide(actor, matter.kind.shown_by(), &matter.facts(facts)) == Decision::Allow
}
