//! The rows of the published lists: what they are, and where their text comes from (FZ-1).

crate::words! {
    /// What a row says of an association.
    pub enum Change {
        /// On a published list.
        Published = "published", "发布";
        /// Put on it.
        Added = "added", "列入";
        /// Taken off it.
        Withdrawn = "withdrawn", "撤出";
        /// Its text put right.
        Corrected = "corrected", "更正";
    }
}

crate::words! {
    /// Where the text of a row comes from.
    pub enum Source {
        /// From the publication itself.
        Kept = "kept", "按发布时文字";
        /// Made up later from what was on record on the day of publication.
        Records = "records", "按当时登记记录补记";
        /// Nobody can say any more how it read.
        Today = "today", "名称、单位按今日登记补记";
    }
}

/// Why an association is on a list; the internal version says it.
#[must_use]
pub const fn reason(mandatory: Option<super::Mandatory>, recommended: bool) -> &'static str {
    match mandatory {
        Some(why) => why.label(),
        None if recommended => "推荐",
        None => "审定时列入",
    }
}
