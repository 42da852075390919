//! The figures ST-1 to ST-5 (domain 11.2), pure: from counts to what is printed.
//! Both numerators of the completion rate are printed, so that nobody can choose
//! silently; a division by zero prints "—", a unit without base 无任务 (TC-70).

use std::ops::Add;

use crate::figures::arithmetic;
use crate::roster::rules::required;

/// What stands where there is nothing to divide by.
pub const NOTHING: &str = "—";
/// What stands for a unit without associations in scope.
pub const NO_TASK: &str = "无任务";

/// A share in per cent with one decimal, by the rules of domain 7.8.
#[must_use]
pub fn rate(part: i64, whole: i64) -> String {
    if whole <= 0 {
        NOTHING.to_owned()
    } else {
        arithmetic::percent(part, whole)
    }
}

/// One list's counts: as published, or as amended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct List {
    /// On it.
    pub listed: i64,
    /// Of these, left by 注销、撤销、合并.
    pub exited: i64,
    /// Of these, complete.
    pub complete: i64,
    /// Of these, open only in what has its own later deadline.
    pub basic: i64,
}

impl List {
    /// Listed and still there.
    #[must_use]
    pub const fn active(self) -> i64 {
        self.listed - self.exited
    }

    /// ST-3: complete of those that are still there.
    #[must_use]
    pub fn completion(self) -> String {
        rate(self.complete, self.active())
    }

    /// ST-3, the other numerator: complete or exited, of all that were listed.
    #[must_use]
    pub fn settled(self) -> String {
        rate(self.complete + self.exited, self.listed)
    }

    /// ST-4: complete or basically complete, of those still there.
    #[must_use]
    pub fn basic_completion(self) -> String {
        rate(self.complete + self.basic, self.active())
    }
}

impl Add for List {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            listed: self.listed + other.listed,
            exited: self.exited + other.exited,
            complete: self.complete + other.complete,
            basic: self.basic + other.basic,
        }
    }
}

/// A unit's counts, or the district's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unit {
    /// ST-1: in scope, not exited before the cut-off.
    pub in_scope: i64,
    /// ST-1 by the units of the day of publication (TC-62).
    pub in_scope_then: i64,
    /// B as frozen at the cut-off, or as it stands before.
    pub base: i64,
    /// Σ⌈B/2⌉, frozen with B.
    pub required: i64,
    /// As published.
    pub published: List,
    /// As amended.
    pub current: List,
}

impl Unit {
    /// The counts of one unit.
    #[must_use]
    pub const fn of(
        (in_scope, in_scope_then, base): (i64, i64, i64),
        (published, current): (List, List),
        (numerator, denominator): (i64, i64),
    ) -> Self {
        Self {
            in_scope,
            in_scope_then,
            base,
            required: required(base, numerator, denominator),
            published,
            current,
        }
    }

    /// TC-70: neither 0 % nor 100 %.
    #[must_use]
    pub const fn has_task(&self) -> bool {
        self.base > 0 || self.in_scope > 0 || self.in_scope_then > 0 || self.current.listed > 0
    }

    /// ST-2: share of the present list in the in-scope associations.
    #[must_use]
    pub fn share(&self) -> String {
        self.or_no_task(rate(self.current.listed, self.in_scope))
    }

    /// ST-2 as published: both counts by the units of that day.
    #[must_use]
    pub fn share_then(&self) -> String {
        self.or_no_task(rate(self.published.listed, self.in_scope_then))
    }

    /// A figure of this unit, or 无任务.
    #[must_use]
    pub fn or_no_task(&self, figure: String) -> String {
        if self.has_task() {
            figure
        } else {
            NO_TASK.to_owned()
        }
    }
}

impl Add for Unit {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            in_scope: self.in_scope + other.in_scope,
            in_scope_then: self.in_scope_then + other.in_scope_then,
            base: self.base + other.base,
            required: self.required + other.required,
            published: self.published + other.published,
            current: self.current + other.current,
        }
    }
}

/// ST-5 of one track.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Track {
    /// Listed, active associations whose track is complete.
    pub complete: i64,
    /// Σ resolved.
    pub resolved: i64,
    /// Σ applicable.
    pub applicable: i64,
}

#[cfg(test)]
mod tests;
