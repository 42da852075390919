//! 机构分离 and 职能分离: ties, institutions, premises shared, the certificate, functions.

use chrono::NaiveDate;

use crate::progress::rules::{Item, ItemState};
use crate::registrations::rules::Kind;

use super::Said;
use super::reading::{OPEN, Reading, count};

/// Institutions that are merged into the association, and such as go to another department.
const MERGED: &str = "T1-07";
const MOVED: &str = "T1-08";
const SHARED: &str = "T1-09";
const CERTIFICATE: &str = "T1-02";
const STRIPPED: &str = "T2-02";
const KEPT: &str = "T2-03";
const HANDED: &str = "T2-05";

impl Reading<'_> {
    /// What became of each institution that the association manages.
    pub(super) fn institutions(&self) -> Said<String> {
        let measures = [MERGED, MOVED];
        if let Some(words) = self.without(&measures) {
            return Said::instead(words);
        }
        let items = self.items(&measures);
        let said: Vec<String> = items.into_iter().map(institution).collect();
        Said::Is(said.join("；"))
    }

    /// Whether each organ or institution with which it shared an office has its own.
    pub(super) fn shared(&self) -> Said<String> {
        if let Some(words) = self.without(&[SHARED]) {
            return Said::instead(words);
        }
        let said = |item: &Item| {
            let how = separated(item, item.done_on.map(|on| format!("{on}分开")));
            format!("{}：{how}", item.label)
        };
        let items = self.items(&[SHARED]);
        let said: Vec<String> = items.into_iter().map(said).collect();
        Said::Is(said.join("；"))
    }

    /// When the certificate without a supervising unit was given out.
    pub(super) fn certificate(&self) -> Said<NaiveDate> {
        self.settled(CERTIFICATE, "未换发", |items| {
            self.granted(Kind::Certificate, items)
        })
    }

    /// Administrative functions that have ended.
    pub(super) fn stripped(&self) -> Said<i64> {
        self.counted(&self.items(&[STRIPPED]), &[STRIPPED], |item| {
            item.state.resolved() && item.state != ItemState::Exempted
        })
    }

    /// Administrative functions that a law keeps: found so from the beginning, or exempted
    /// instead of ended.
    pub(super) fn kept(&self) -> Said<i64> {
        let mut items = self.items(&[STRIPPED, KEPT]);
        items.retain(|item| item.measure == KEPT || item.state == ItemState::Exempted);
        self.counted(&items, &[KEPT], |item| item.state.resolved())
    }

    /// Functions that were handed over to the association.
    pub(super) fn handed(&self) -> Said<i64> {
        self.counted(&self.items(&[HANDED]), &[HANDED], |item| {
            item.state.resolved()
        })
    }

    /// How many of these items are so; where there is none, why.
    fn counted(&self, items: &[&Item], measures: &[&str], so: impl Fn(&Item) -> bool) -> Said<i64> {
        match self.without(measures) {
            Some(words) if items.is_empty() => Said::instead(words),
            _ => Said::Is(count(items, so)),
        }
    }
}

/// 服务中心：并入，2018-11-01注销; 服务中心：划转区商务局，未完成.
fn institution(item: &Item) -> String {
    let facts = &item.facts.0;
    let (what, ended) = if item.measure == MERGED {
        let cancelled = facts.date("T1-07-1").map(|on| format!("{on}注销"));
        ("并入".to_owned(), cancelled)
    } else {
        let receiver = facts.text("T1-08-1").unwrap_or_default();
        let taken_over = facts.date("T1-08-2").map(|on| format!("{on}接收"));
        (format!("划转{receiver}"), taken_over)
    };
    format!("{}：{what}，{}", item.label, separated(item, ended))
}

/// How an item ended, once it is resolved.
fn separated(item: &Item, ended: Option<String>) -> String {
    if !item.state.resolved() {
        return OPEN.to_owned();
    }
    ended.unwrap_or_else(|| "已完成".to_owned())
}
