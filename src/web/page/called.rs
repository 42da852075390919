//! What templates call the codes of the scheme: no page shows one without its words.

use crate::scheme::Scheme;

use super::Page;

impl Page {
    /// The scheme's data, for what they call things.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// What a code of the scheme is called: no page shows a code without its words.
    #[must_use]
    pub fn called<'p>(&'p self, code: &'p str) -> &'p str {
        self.scheme.called(code).unwrap_or(code)
    }

    /// The same of an item, whose code may have the number of a row after its measure's.
    #[must_use]
    pub fn called_row(&self, code: &str) -> String {
        let measure = self.scheme.measures.measures.iter();
        let mut known = measure.filter(|each| code.starts_with(each.code()));
        known.next().map_or_else(
            || code.to_owned(),
            |measure| format!("“{}”（{code}）", measure.text),
        )
    }
}
