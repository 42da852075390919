//! Since when a part of a plan stands as it is: the first round since which it was neither
//! sent back nor changed (DN-6, TC-77).

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::scheme::{Answers, Question, Scheme};

/// A round of a plan.
#[derive(Debug, Clone)]
pub struct Round {
    /// When it was sent.
    pub on: NaiveDate,
    /// What it said.
    pub content: Json<Answers>,
    /// The parts that were sent back.
    pub returned: Vec<String>,
}

/// The day of the first round since which a part was neither sent back nor changed.
#[must_use]
pub fn since(scheme: &Scheme, part: &str, rounds: &[Round]) -> Option<NaiveDate> {
    let questions = &scheme.part(part)?.questions;
    let same = |one: &Round, other: &Round| {
        let mut codes = questions.iter().map(Question::code);
        codes.all(|code| one.content.0.get(code) == other.content.0.get(code))
    };
    let mut newest_first = rounds.iter().rev();
    let mut first = newest_first.next()?;
    for earlier in newest_first {
        if earlier.returned.iter().any(|returned| returned == part) || !same(earlier, first) {
            break;
        }
        first = earlier;
    }
    Some(first.on)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn round(on: &str, sections: &str, returned: &[&str]) -> Round {
        let content = json!({ "PL-6": [{ "key": "1", "name": "行业统计", "section": sections }] });
        Round {
            on: on.parse().unwrap(),
            content: Json(serde_json::from_value(content).unwrap()),
            returned: returned.iter().map(|part| (*part).to_owned()).collect(),
        }
    }

    #[test]
    fn a_part_stands_since_the_round_that_neither_returned_nor_changed_it() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let since = |rounds: &[Round]| since(&scheme, "PL-6", rounds).map(|day| day.to_string());
        // 12.1: only PL-8 was sent back.
        let rounds = [
            round("2018-10-12", "运管科", &["PL-8"]),
            round("2018-10-22", "运管科", &[]),
        ];
        assert_eq!(since(&rounds).as_deref(), Some("2018-10-12"));
        let returned = [
            round("2018-10-12", "运管科", &["PL-8", "PL-6"]),
            round("2018-10-22", "运管科", &[]),
        ];
        assert_eq!(since(&returned).as_deref(), Some("2018-10-22"));
        // TC-77: fine in the first version, changed in the second.
        let changed = [
            round("2018-10-12", "运管科", &["PL-8"]),
            round("2018-10-22", "安全科", &["PL-8"]),
            round("2018-10-23", "安全科", &[]),
        ];
        assert_eq!(since(&changed).as_deref(), Some("2018-10-22"));
        assert_eq!(since(&[]), None);
    }
}
