//! The page's list as files.

use axum::http::Uri;

use crate::access::Act;
use crate::web::leaving::Leaving;
use crate::web::list::Query;

use super::PageSeed;

impl PageSeed {
    /// Offers the page's list as files, with the filters that it is shown by.
    /// Only what the person may take: a refused page offers nothing.
    pub(in crate::web) fn leave(
        &mut self,
        leaving: &Leaving,
        (pattern, uri): (&str, &Uri),
        may: impl Fn(Act) -> bool,
    ) {
        let endings = leaving.endings(pattern, may).into_iter();
        self.page.files = endings
            .map(|(ending, called)| {
                let path = format!("{}.{ending}", uri.path());
                (Query::of(&path, uri.query()).without("page"), called)
            })
            .collect();
    }
}
