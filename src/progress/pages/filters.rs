//! What a checklist is narrowed by: a track, a light, what is still open.

use crate::progress::rules::{Item, ItemState, lights};
use crate::scheme::{Choice, Scheme};
use crate::web::list::{Chip, Query};

crate::words! {
    /// Which items the list shows.
    pub enum Shown {
        /// What is not done yet.
        Open = "open", "未办结";
        /// What lies with who looks.
        Mine = "mine", "待我办理";
        /// Everything.
        All = "all", "全部";
    }
}

impl Shown {
    /// As the address has it; where it does not say, the filters ask for everything, and
    /// who asks for nothing sees what is still to be done.
    pub(super) fn of(query: &Query, (open, mine): (usize, usize)) -> Self {
        let told = query.get("view").and_then(Self::from_key);
        let narrowed = query.get("track").is_some() || query.get("light").is_some();
        told.unwrap_or(match (narrowed, open, mine) {
            (false, 1.., _) => Self::Open,
            (false, 0, 1..) => Self::Mine,
            _ => Self::All,
        })
    }
}

/// A tab above the list.
pub(super) struct Tab {
    pub(super) label: &'static str,
    pub(super) count: usize,
    pub(super) href: String,
    pub(super) current: bool,
}

/// The tabs: what lies with nobody who looks has none.
pub(super) fn tabs(query: &Query, shown: Shown, counts: [(Shown, usize); 3]) -> Vec<Tab> {
    let counts = counts.into_iter();
    let counts = counts.filter(|(tab, count)| *tab != Shown::Mine || *count > 0 || *tab == shown);
    counts
        .map(|(tab, count)| Tab {
            label: tab.label(),
            count,
            href: query.with("view", Some(tab.key())),
            current: tab == shown,
        })
        .collect()
}

/// Whether something is still to be done with it.
pub(super) fn open(item: &Item) -> bool {
    !item.state.resolved() && item.state != ItemState::NotApplicable
}

/// The filters as the address has them, for their fields.
pub(super) fn typed(query: &Query) -> Vec<(String, String)> {
    ["track", "light"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), query.get(name)?.to_owned())))
        .collect()
}

/// The tracks to choose from.
pub(super) fn tracks(scheme: &Scheme) -> Vec<Choice> {
    let tracks = scheme.measures.tracks.iter();
    tracks
        .map(|track| Choice {
            value: track.code.clone(),
            label: track.name.clone(),
        })
        .collect()
}

/// The lights to choose from.
pub(super) fn lights() -> Vec<Choice> {
    lights::MARKS
        .iter()
        .map(|(mark, label)| Choice {
            value: mark.key().to_owned(),
            label: (*label).to_owned(),
        })
        .collect()
}

/// The filters in force, each with the way to take it off.
pub(super) fn chips(scheme: &Scheme, query: &Query) -> Vec<Chip> {
    let named = |name: &str, choices: &[Choice], title: &str| {
        let value = query.get(name)?;
        let label = choices
            .iter()
            .find(|choice| choice.value == value)
            .map_or(value, |choice| choice.label.as_str());
        Some(Chip {
            label: format!("{title}：{label}"),
            href: query.without(name),
        })
    };
    named("track", &tracks(scheme), "分离")
        .into_iter()
        .chain(named("light", &lights(), "时限"))
        .collect()
}
