//! What the clerks enter as the facts of an item (DN-1): days on which it happened, numbers
//! that the survey asks for, and how it was arranged.

use chrono::NaiveDate;
use serde_json::Value;

use crate::progress::rules::Item;
use crate::progress::rules::facts::row_key;
use crate::scheme::conditions::counter;
use crate::scheme::{AnswerType, Answers, Measure, Question};

use super::associations::Until;

/// What the facts of an association's items are told by.
pub(super) struct Telling<'a> {
    /// The confirmed survey.
    pub(super) survey: &'a Answers,
    /// The body that receives the party work.
    pub(super) party_body: &'a str,
    /// How far the association gets.
    pub(super) until: Until,
}

impl Telling<'_> {
    /// The facts of an item, all of one day.
    pub(super) fn facts(&self, (item, measure): (&Item, &Measure), on: NaiveDate) -> Answers {
        let mut facts = Answers::default();
        for fact in &measure.facts {
            if fact.shown(&facts) {
                facts.set(fact.code(), Some(self.fact((item, measure), fact, on)));
            }
        }
        facts
    }

    fn fact(&self, (item, measure): (&Item, &Measure), fact: &Question, on: NaiveDate) -> Value {
        match fact.kind {
            AnswerType::Date => on.to_string().into(),
            AnswerType::YesNo => true.into(),
            AnswerType::Count => self.count((item, measure), fact.code()).into(),
            AnswerType::Money | AnswerType::Area => 0.into(),
            AnswerType::Choice => self.choice(fact).into(),
            _ => self.words(fact.code()).into(),
        }
    }

    fn count(&self, (item, measure): (&Item, &Measure), code: &str) -> i64 {
        let of_row = measure.same_as_row.iter().find(|(fact, _)| fact == code);
        if let (Some((_, column)), Some(per)) = (of_row, &measure.per) {
            let rows = self.survey.rows(&per.rows);
            let own = rows
                .iter()
                .find(|row| Some(row.key()) == row_key(&item.object));
            return own.and_then(|row| row.number(column)).unwrap_or_default();
        }
        match measure.code() {
            "T4-08" => counter("contracts_needed", self.survey),
            "T4-10" => counter("insurance_needed", self.survey),
            "T4-11" => self.survey.number("SV-65-1").unwrap_or_default(),
            "T5-01" => self.survey.number("SV-70-1").unwrap_or_default(),
            _ => 0,
        }
    }

    fn choice(&self, fact: &Question) -> String {
        let members = ["SV-70-1", "SV-70-3"].map(|code| self.survey.number(code) > Some(2));
        let example = self.until == Until::Example;
        let wanted = match fact.code() {
            "T5-02-1" if !example && members != [true, true] => Some("contact"),
            "T3-07-1" if !example => Some("none"),
            _ => None,
        };
        let first = fact.options.first().map(|option| option.value.as_str());
        wanted.or(first).unwrap_or_default().to_owned()
    }

    fn words(&self, code: &str) -> String {
        match code {
            "T1-08-1" => "行业管理部门",
            "T3-03-1" => "中国工商银行营业部",
            "T3-03-2" => "0265",
            "T3-07-3" => "通过行业服务收入维持运转，暂不安排购买服务。",
            "T5-01-1" => self.party_body,
            "T5-02-2" => "无",
            "T5-03-1" => "区外事办公室",
            _ => "市人才服务中心",
        }
        .to_owned()
    }
}
