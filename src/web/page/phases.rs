//! The phases of the campaign in the bar on top.

use chrono::{Datelike as _, NaiveDate};

use crate::web::App;

/// A phase of the campaign in the bar on top.
#[derive(Debug, Clone)]
pub struct PhaseMark {
    /// 一 准备阶段.
    pub label: String,
    /// 8月9日—9月30日.
    pub dates: String,
    /// `past`, `now` or `coming`.
    pub state: &'static str,
}

pub(super) fn phases(app: &App, today: NaiveDate) -> Vec<PhaseMark> {
    let phases = app.scheme.phases();
    // Years are written where the campaign goes over more than one.
    let year = |day: NaiveDate| Some(day.year());
    let first = phases.first().and_then(|(_, from, _)| year(*from));
    let one_year = phases.iter().all(|(_, _, to)| year(*to) == first);
    let form = if one_year {
        "%-m月%-d日"
    } else {
        "%Y年%-m月%-d日"
    };
    phases
        .into_iter()
        .map(|(label, from, to)| PhaseMark {
            label,
            dates: format!("{}—{}", from.format(form), to.format(form)),
            state: if today > to {
                "past"
            } else if today < from {
                "coming"
            } else {
                "now"
            },
        })
        .collect()
}
