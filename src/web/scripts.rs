//! The scripts: one file a comfort, sent only with pages that have what it serves, so that
//! nobody has to remember which page needs which. A part says by which attribute it knows
//! its pages; `base.js` is on all of them.

use super::static_files;

/// A part of the scripts.
pub(super) struct Script {
    /// Its name, by which other parts import it.
    pub name: &'static str,
    /// What stands in the markup of pages that it serves; empty: in the layout of all.
    pub mark: &'static str,
    /// The file.
    pub text: &'static str,
}

const fn script(name: &'static str, mark: &'static str, text: &'static str) -> Script {
    Script { name, mark, text }
}

/// All parts; what is imported stands before what imports it.
pub(super) const SCRIPTS: &[Script] = &[
    script("base.js", "", include_str!("../../static/js/base.js")),
    script(
        "dates.js",
        " data-date",
        include_str!("../../static/js/dates.js"),
    ),
    script(
        "count.js",
        " data-count=",
        include_str!("../../static/js/count.js"),
    ),
    script(
        "files.js",
        " type=\"file\"",
        include_str!("../../static/js/files.js"),
    ),
    script(
        "chosen.js",
        " data-choose-all=",
        include_str!("../../static/js/chosen.js"),
    ),
    script(
        "listed.js",
        " data-choose-group=",
        include_str!("../../static/js/listed.js"),
    ),
    script(
        "tally.js",
        " data-tally=",
        include_str!("../../static/js/tally.js"),
    ),
    script(
        "asked.js",
        " data-shown-when=",
        include_str!("../../static/js/asked.js"),
    ),
    script(
        "sums.js",
        " data-sum=",
        include_str!("../../static/js/sums.js"),
    ),
    script(
        "rows.js",
        " data-rows=",
        include_str!("../../static/js/rows.js"),
    ),
    script(
        "paste.js",
        " data-rows=",
        include_str!("../../static/js/paste.js"),
    ),
    script(
        "draft.js",
        " data-autosave",
        include_str!("../../static/js/draft.js"),
    ),
    script(
        "phrases.js",
        " data-phrases=",
        include_str!("../../static/js/phrases.js"),
    ),
];

/// Where the head of a page ends.
const HEAD: &str = "</head>";

/// The page with the scripts that it needs, told in its head.
#[must_use]
pub(super) fn added(mut body: String) -> String {
    let Some(at) = body.find(HEAD) else {
        return body;
    };
    let needed = SCRIPTS
        .iter()
        .filter(|script| !script.mark.is_empty() && body.contains(script.mark));
    let tags: String = needed
        .map(|script| {
            let address = static_files::address(script.name);
            ["<script type=\"module\" src=\"", &address, "\"></script>\n"].concat()
        })
        .collect();
    body.insert_str(at, &tags);
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_sent_with_the_scripts_that_it_needs() {
        let page = |main: &str| added(format!("<head></head><body>{main}</body>"));
        assert!(!page("<p>统计</p>").contains("<script"));
        let sheet = page("<table data-rows=\"SV-20\"></table>");
        assert!(sheet.contains("/static/rows.") && sheet.contains("/static/paste."));
        assert!(!sheet.contains("/static/draft."));
    }

    #[test]
    fn what_a_part_imports_is_served_under_the_name_that_it_says() {
        for (index, script) in SCRIPTS.iter().enumerate() {
            for piece in script.text.split("from \"./").skip(1) {
                let name = piece.split('"').next().unwrap();
                let mut before = SCRIPTS.iter().take(index);
                assert!(
                    before.any(|each| each.name == name),
                    "{}: {name}",
                    script.name
                );
            }
        }
    }
}
