//! What a page says of a signature whose content was changed: what was agreed to, and how
//! it read when that was found.

use serde_json::Value;

use crate::scheme::conditions::Condition;
use crate::scheme::{Choice, Scheme};
use crate::web::answer::questions::{ShownAnswer, shown as answered};

use super::CHANGED;
use super::rules::Content;
use super::store::Shown;

/// What stands where somebody may not read a person's data.
const MASK: &str = "（个人信息按权限查看）";

/// A signature whose content was changed.
#[derive(Debug, Clone)]
pub struct Changed {
    /// What was signed, when and for whom.
    pub what: String,
    /// What was agreed to.
    pub agreed: Vec<ShownAnswer>,
    /// How it read then.
    pub now: Vec<ShownAnswer>,
}

/// With what contents are read.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// Departments by code.
    pub departments: &'a [Choice],
    /// The person may read what is of persons.
    pub persons: bool,
    /// The words of a field that only its room knows to read.
    pub own: fn(&str, &Value) -> Option<Vec<ShownAnswer>>,
}

impl<'a> Reading<'a> {
    /// By the scheme alone.
    #[must_use]
    pub const fn by(scheme: &'a Scheme, departments: &'a [Choice], persons: bool) -> Self {
        Self {
            scheme,
            departments,
            persons,
            own: |_, _| None,
        }
    }

    /// The signatures of these that are void.
    #[must_use]
    pub fn changed(&self, shown: &[Shown]) -> Vec<Changed> {
        let void = shown.iter().filter(|shown| shown.void_on.is_some());
        void.map(|shown| self.one(shown)).collect()
    }

    fn one(&self, shown: &Shown) -> Changed {
        let fields = shown.agreed.differing(&shown.void);
        let read = |content: &Content| {
            let read = fields
                .iter()
                .flat_map(|field| self.field(shown, content, field));
            read.collect()
        };
        let department = if shown.department.is_empty() {
            String::new()
        } else {
            format!("，{}", shown.department)
        };
        let carried = if shown.carried { "，沿用" } else { "" };
        let void_on = shown.void_on.map(|day| day.to_string()).unwrap_or_default();
        Changed {
            what: format!(
                "{CHANGED}：{}（{}{department}{carried}）自{void_on}起失效，变更的内容为{}，须重新办理。",
                shown.kind.label(),
                shown.signed_on,
                shown.kind.labels(self.scheme, &fields),
            ),
            agreed: read(&shown.agreed),
            now: read(&shown.void),
        }
    }

    fn field(&self, shown: &Shown, content: &Content, field: &str) -> Vec<ShownAnswer> {
        let own = content
            .open
            .get(field)
            .and_then(|value| (self.own)(field, value));
        if let Some(own) = own {
            return own;
        }
        if let Some(question) = self.scheme.question(field) {
            // Whether it was asked hangs on other answers, which are not here.
            let mut question = question.clone();
            question.shown_when = Condition::default();
            return answered(
                &[question],
                &content.answers(self.persons),
                self.departments,
            );
        }
        let hidden = !self.persons && content.persons.contains_key(field);
        let text = match content.text(field, self.persons) {
            text if text.is_empty() && hidden => MASK.to_owned(),
            text if text.is_empty() => "—".to_owned(),
            text => text,
        };
        vec![line(shown.kind.label_of(self.scheme, field), text)]
    }
}

/// An answer of one line.
#[must_use]
pub fn line(label: String, text: String) -> ShownAnswer {
    ShownAnswer {
        code: String::new(),
        label,
        text,
        heads: Vec::new(),
        rows: Vec::new(),
        answered: true,
    }
}
