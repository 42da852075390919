//! The form in which the office reads a plan: at the foot of each part whether it passes, or
//! what is to be mended; at the end what is said of the whole.

use crate::scheme::Scheme;
use crate::web::Form;
use crate::web::ask::{self, Ask};
use crate::web::form::{Clean, Slot};

use super::rules::marks::{Mark, Marks, WHOLE};

/// What is said of the whole plan.
pub(in crate::plan) const OPINION: Ask<String> = ask::longtext("opinion", "总的意见", 500)
    .rows(2)
    .hint("可不填。受理的记入办理历史，退回的一并告知业务主管单位");
/// Most characters of a remark.
pub(in crate::plan) const LONGEST: usize = 500;

/// The field of a part that passes.
pub(in crate::plan) fn pass(part: &str) -> String {
    format!("pass-{part}")
}

/// The field of what is to be mended in a part.
pub(in crate::plan) fn remark(part: &str) -> String {
    format!("remark-{part}")
}

/// What was typed at a part.
struct Of {
    part: String,
    passed: bool,
    remark: Slot<Option<String>>,
}

/// What was typed.
pub(super) struct Typed {
    parts: Vec<Of>,
    opinion: Slot<Option<String>>,
}

impl Typed {
    /// Reads all of it; a part does not pass and need mending at once.
    pub(super) fn read(form: &mut Form, scheme: &Scheme) -> Self {
        let parts = scheme.plan.parts.iter().map(|part| {
            let name = remark(&part.code);
            let passed = form.tick(&pass(&part.code));
            let typed = form.text(&name, &part.title, LONGEST).optional();
            if passed && !form.value(&name).trim().is_empty() {
                let message = "写了补正意见的部分不能同时勾选“通过”，请取消勾选或者删去意见。";
                form.fail(&name, &part.title, message);
            }
            Of {
                part: part.code.clone(),
                passed,
                remark: typed,
            }
        });
        Self {
            parts: parts.collect(),
            opinion: OPINION.if_filled(form),
        }
    }

    /// What was found, once nothing is wrong with it.
    pub(super) fn take(self, clean: &Clean) -> Marks {
        let opinion = self.opinion.take(clean).unwrap_or_default();
        let parts = self.parts.into_iter().map(|of| Mark {
            part: of.part,
            passed: of.passed,
            remark: of.remark.take(clean).unwrap_or_default(),
        });
        let whole = Mark {
            part: WHOLE.to_owned(),
            passed: false,
            remark: opinion,
        };
        Marks::of(parts.chain([whole]))
    }
}
