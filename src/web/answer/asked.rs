//! When a question is asked, told twice: as a rule that the browser goes by while somebody
//! answers, and in words for whoever has no script. What is not asked is hidden, not lost.

use serde_json::{Value, json};

use crate::scheme::conditions::Condition;
use crate::scheme::survey::label_of;
use crate::scheme::{AnswerType, Question};

/// On what it depends whether a question is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedWhen {
    /// The rule for the browser, as JSON; empty where it cannot judge by what stands in the form.
    pub rule: String,
    /// The same in words; empty: it is always asked.
    pub words: String,
}

impl AskedWhen {
    /// Of a question in a form that asks these.
    #[must_use]
    pub fn of(question: &Question, form: &[Question]) -> Self {
        let rule = rule(&question.shown_when, form);
        Self {
            rule: rule.map_or_else(String::new, |rule| rule.to_string()),
            words: words(&question.shown_when, form),
        }
    }
}

fn named<'a>(form: &'a [Question], code: &str) -> Option<&'a Question> {
    form.iter().find(|question| question.code() == code)
}

/// A condition by which the browser can judge: everything that it reads stands in the form as
/// it is typed. Amounts are kept in another unit than they are typed in.
fn rule(condition: &Condition, form: &[Question]) -> Option<Value> {
    let of = |code: &str| named(form, code);
    match condition {
        Condition::Is(code, value) | Condition::Includes(code, value) => {
            of(code).map(|_| json!(["is", code, value]))
        }
        Condition::IsNot(code, value) => of(code).map(|_| json!(["is_not", code, value])),
        Condition::Over(code, limit) => {
            let question = of(code)?;
            let as_typed = question.kind == AnswerType::Count || *limit == 0;
            as_typed.then(|| json!(["over", code, limit]))
        }
        Condition::AnyRow(code) => of(code).map(|_| json!(["any_row", code])),
        Condition::Answered(code) => of(code).map(|_| json!(["answered", code])),
        Condition::All(inner) => Some(json!(["all", rules(inner, form)?])),
        Condition::Any(inner) => Some(json!(["any", rules(inner, form)?])),
        Condition::Not(inner) => Some(json!(["not", rule(inner, form)?])),
        Condition::Always
        | Condition::Row(_)
        | Condition::Named(_)
        | Condition::PaidIn(_)
        | Condition::PaidSince(_) => None,
    }
}

fn rules(conditions: &[Condition], form: &[Question]) -> Option<Vec<Value>> {
    conditions.iter().map(|each| rule(each, form)).collect()
}

/// “是否有独立银行账号”为“是”的填写.
fn words(condition: &Condition, form: &[Question]) -> String {
    match told(condition, form) {
        Some(told) if !told.is_empty() => format!("{told}的填写"),
        _ => String::new(),
    }
}

fn told(condition: &Condition, form: &[Question]) -> Option<String> {
    match condition {
        Condition::Is(code, value) | Condition::Includes(code, value) => {
            let question = named(form, code)?;
            let label = value_label(question, value);
            Some(format!("“{}”为“{label}”", question.label))
        }
        Condition::IsNot(code, value) => {
            let question = named(form, code)?;
            let label = value_label(question, value);
            Some(format!("“{}”不是“{label}”", question.label))
        }
        Condition::Any(inner) => any_told(inner, form),
        Condition::All(inner) => {
            let inner: Option<Vec<String>> = inner.iter().map(|each| told(each, form)).collect();
            Some(inner?.join("，且"))
        }
        _ => None,
    }
}

/// Two are named one by one, more by how they begin.
fn any_told(inner: &[Condition], form: &[Question]) -> Option<String> {
    let each: Option<Vec<String>> = inner.iter().map(|each| told(each, form)).collect();
    let each = each?;
    match each.as_slice() {
        [first, _, _, ..] => Some(format!("{first}等{}项中有一项符合", each.len())),
        _ => Some(each.join("，或者")),
    }
}

fn value_label<'a>(question: &'a Question, value: &'a str) -> &'a str {
    match (question.kind, value) {
        (AnswerType::YesNo, "yes") => "是",
        (AnswerType::YesNo, "no") => "否",
        _ => label_of(&question.options, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Scheme;

    #[test]
    fn every_condition_of_the_survey_is_told_and_judged_in_its_own_section() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        for section in &scheme.survey.sections {
            for question in &section.questions {
                let when = AskedWhen::of(question, &section.questions);
                let always = question.shown_when == Condition::Always;
                assert_eq!(when.words.is_empty(), always, "{}", question.code());
                assert_eq!(when.rule.is_empty(), always, "{}", question.code());
            }
        }
    }

    #[test]
    fn a_condition_reads_as_a_sentence() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let finance = scheme.section("finance").unwrap();
        let bank = finance
            .questions
            .iter()
            .find(|each| each.code() == "SV-42-1");
        let when = AskedWhen::of(bank.unwrap(), &finance.questions);
        assert_eq!(when.words, "“是否有独立银行账号”为“是”的填写");
        assert_eq!(when.rule, r#"["is","SV-42","yes"]"#);
    }
}
