//! What should be kept laid over what is: every table of standings is renewed and looked at so.

use std::collections::BTreeMap;
use std::fmt::Debug;

/// What differs, by key.
#[derive(Debug)]
pub struct Changed<K, R> {
    /// Rows as they should be, where they are not kept so.
    pub more: BTreeMap<K, R>,
    /// Rows as they are kept, where they should not be so.
    pub less: BTreeMap<K, R>,
}

impl<K: Ord + Debug, R: PartialEq + Debug> Changed<K, R> {
    /// What should be kept over what is.
    #[must_use]
    pub fn of(should: BTreeMap<K, R>, kept: BTreeMap<K, R>) -> Self {
        let (mut more, mut less) = (should, kept);
        more.retain(|key, row| {
            let same = less.get(key).is_some_and(|there| *there == *row);
            if same {
                less.remove(key);
            }
            !same
        });
        Self { more, less }
    }

    /// Rows of which nothing should be kept.
    pub fn gone(&self) -> impl Iterator<Item = (&K, &R)> {
        let less = self.less.iter();
        less.filter(|(key, _)| !self.more.contains_key(key))
    }

    /// The differences in words.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let should = self.more.iter().map(|(key, row)| {
            let there = self.less.get(key);
            format!("{key:?} {there:?}；应为 should be {row:?}")
        });
        let stray = self.gone();
        let stray = stray.map(|(key, row)| format!("多 stray {key:?} {row:?}"));
        should.chain(stray).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_taken_away_and_added() {
        let should = BTreeMap::from([(1, "same"), (2, "new"), (3, "after")]);
        let kept = BTreeMap::from([(1, "same"), (3, "before"), (4, "stray")]);
        let changed = Changed::of(should, kept);
        assert_eq!(changed.more, BTreeMap::from([(2, "new"), (3, "after")]));
        assert_eq!(changed.less, BTreeMap::from([(3, "before"), (4, "stray")]));
        assert_eq!(changed.gone().collect::<Vec<_>>(), [(&4, &"stray")]);
        assert_eq!(changed.told().len(), 3);
    }
}
