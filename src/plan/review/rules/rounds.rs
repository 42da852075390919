//! Since when a part of a plan stands as it is: the first round since which it was neither
//! sent back nor changed (DN-6, TC-77).

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::scheme::calendar::workdays_after;
use crate::scheme::campaign::Campaign;
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
    /// When they were.
    pub returned_on: Option<NaiveDate>,
}

/// D of 9.2 of what is settled by a round: where a round made by then was sent back, some
/// working days after that, and again after each return.
#[must_use]
pub fn due(campaign: &Campaign, rounds: &[Round], due: NaiveDate) -> NaiveDate {
    let days = campaign.parameters.resubmit_workdays;
    rounds
        .iter()
        .fold(due, |due, round| match round.returned_on {
            Some(on) if round.on <= due => workdays_after(campaign, on, days).max(due),
            _ => due,
        })
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
            returned_on: None,
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

    #[test]
    fn after_a_return_a_round_made_in_time_has_three_working_days() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let sent = |on: &str, returned: Option<&str>| Round {
            returned_on: returned.map(day),
            ..round(on, "运管科", &[])
        };
        let until = |rounds: &[Round]| due(&scheme.campaign, rounds, day("2018-10-19"));
        // 12.1: returned on Friday the 19th.
        let one = [sent("2018-10-12", Some("2018-10-19"))];
        assert_eq!(until(&one), day("2018-10-24"));
        let kept = [one[0].clone(), sent("2018-10-24", Some("2018-10-26"))];
        assert_eq!(until(&kept), day("2018-10-31"));
        let missed = [one[0].clone(), sent("2018-10-25", Some("2018-10-26"))];
        assert_eq!(until(&missed), day("2018-10-24"));
        let late = [sent("2018-10-22", Some("2018-10-23"))];
        assert_eq!(until(&late), day("2018-10-19"));
        let early = [sent("2018-10-10", Some("2018-10-11"))];
        assert_eq!(until(&early), day("2018-10-19"));
    }
}
