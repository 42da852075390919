//! What can be wrong with the questions asked at foundation.

use super::{CAMPAIGN, Checker};

impl Checker<'_> {
    pub(super) fn foundings(&mut self) {
        for question in &self.scheme.campaign.foundings {
            let owner = (CAMPAIGN, question.position(), question.code());
            if !question.code().starts_with("NA-") {
                self.wrong(
                    owner,
                    "a question at foundation has a code that begins with NA-",
                );
            }
            if question.text.trim().is_empty() {
                self.wrong(owner, "a question at foundation says what must hold");
            }
            if question.basis.trim().is_empty() {
                self.wrong(
                    owner,
                    "a question at foundation names its section of the scheme",
                );
            }
        }
    }
}
