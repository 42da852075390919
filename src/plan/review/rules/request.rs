//! What a request (请示) quotes of the facts: each figure with the survey's question that it
//! comes from and, where the facts say something else today, what they say (peers.md 5, M5).

use crate::scheme::appropriation::{MONEY, is_direct, year};
use crate::scheme::conditions::counter;
use crate::scheme::{Answers, Question, Scheme};

/// A figure that is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// What stands before it.
    pub before: String,
    /// As it stands, with its unit.
    pub shown: String,
    /// The question that it comes from.
    pub code: &'static str,
    /// As the facts have it today.
    pub now: Option<String>,
    /// What stands after it.
    pub after: &'static str,
}

/// How an answer is read.
#[derive(Debug, Clone, Copy)]
enum Read {
    /// A count, with its unit.
    Count(&'static str),
    /// An amount in 万元.
    Money,
    /// The areas of a table's rows, together.
    Areas,
    /// A computed count.
    Total(&'static str),
}

/// What is quoted, in the order of the sentence.
const FIGURES: [(&str, &str, Read); 9] = [
    ("会员", "SV-12", Read::Count("个")),
    ("其中单位会员", "SV-10", Read::Count("个")),
    ("个人会员", "SV-11", Read::Count("个")),
    ("工作人员", "SV-60-1", Read::Total("人")),
    ("党政领导干部和在职人员兼职", "SV-62", Read::Total("人")),
    ("资产总额", "SV-49-0", Read::Money),
    ("负债总额", "SV-50-0", Read::Money),
    ("占用行政办公用房", "SV-55", Read::Areas),
    ("使用事业编制", "SV-65-1", Read::Count("个")),
];

/// The day of registration.
pub const REGISTERED: &str = "SV-04";
/// The credit code.
pub const CREDIT_CODE: &str = "SV-02";

/// The ties to organs.
pub const TIES: &str = "SV-20";

/// The organs that the survey names besides the responsible unit, each once.
#[must_use]
pub fn linked(survey: &Answers, unit: &str) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for row in survey.rows(TIES) {
        let organ = row.text("department").unwrap_or_default();
        if !organ.is_empty() && organ != unit && !named.iter().any(|each| each == organ) {
            named.push(organ.to_owned());
        }
    }
    named
}

/// How a number kept in cents or hundredths is written.
type Shows = fn(i64) -> String;

/// The figures of the survey that a plan rests on, against what the newest one says. `show`
/// writes hundredths with two decimals, `yuan` cents as 万元.
#[must_use]
pub fn quoted(
    scheme: &Scheme,
    (then, now): (&Answers, &Answers),
    (show, wan): (Shows, Shows),
) -> Vec<Quoted> {
    let words = |answers: &Answers, code: &str, read: Read| match read {
        Read::Count(unit) => answers.number(code).map(|count| format!("{count}{unit}")),
        Read::Money => answers
            .number(code)
            .map(|cents| format!("{}万元", wan(cents))),
        Read::Areas => {
            let rows = answers.rows(code);
            let areas = rows.iter().filter_map(|row| row.number("area"));
            let sum: i64 = areas.sum();
            (sum > 0).then(|| format!("{}㎡", show(sum)))
        }
        Read::Total(unit) => {
            let asked = scheme.question(code)?;
            Some(format!("{}{unit}", total(asked, answers)))
        }
    };
    let figures = FIGURES.iter().filter_map(|(before, code, read)| {
        Some(Quoted {
            before: (*before).to_owned(),
            shown: words(then, code, *read)?,
            code,
            now: Some(words(now, code, *read).unwrap_or_else(|| "无".to_owned())),
            after: "，",
        })
    });
    let mut figures: Vec<Quoted> = figures.collect();
    figures.extend(money((then, now), wan));
    if let Some(last) = figures.last_mut() {
        last.after = "。";
    }
    figures
}

fn total(asked: &Question, answers: &Answers) -> i64 {
    match &asked.named {
        Some(name) => counter(name, answers),
        None => asked
            .of
            .iter()
            .filter_map(|code| answers.number(code))
            .sum(),
    }
}

/// Direct money of each year (三(三): the ground for being on the list).
fn money((then, now): (&Answers, &Answers), wan: fn(i64) -> String) -> Vec<Quoted> {
    let of = |answers: &Answers, wanted: i32| -> i64 {
        let rows = answers.rows(MONEY);
        let direct = rows
            .iter()
            .filter(|row| is_direct(row) && year(row) == Some(wanted));
        direct.filter_map(|row| row.number("amount")).sum()
    };
    let mut years: Vec<i32> = then.rows(MONEY).iter().filter_map(year).collect();
    years.sort_unstable();
    years.dedup();
    let paid = years.into_iter().filter(|wanted| of(then, *wanted) > 0);
    paid.map(|wanted| Quoted {
        before: format!("{wanted}年财政直接拨款"),
        shown: format!("{}万元", wan(of(then, wanted))),
        code: MONEY,
        now: Some(format!("{}万元", wan(of(now, wanted)))),
        after: "，",
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answers(members: i64, area: i64) -> Answers {
        let mut answers = Answers::default();
        answers.set("SV-12", Some(json!(members)));
        answers.set("SV-55", Some(json!([{ "key": "1", "area": area }])));
        let money = json!([
            { "key": "1", "year": "2018", "class": "basic", "amount": 2_500_000 },
            { "key": "2", "year": "2018", "class": "purchase", "amount": 9_000_000 }
        ]);
        answers.set("SV-46", Some(money));
        answers
    }

    #[test]
    fn a_figure_says_its_question_and_what_the_facts_say_today() {
        let scheme = Scheme::lvyuan_2018().unwrap();
        let (then, now) = (answers(90, 3_850), answers(90, 4_000));
        let show = |value: i64| format!("{}.{:02}", value / 100, value % 100);
        let wan = |cents: i64| format!("{}.{:02}", cents / 1_000_000, cents / 10_000 % 100);
        let found = quoted(&scheme, (&then, &now), (show, wan));
        let of = |code: &str| found.iter().find(|each| each.code == code).unwrap();
        assert_eq!(
            (of("SV-12").shown.as_str(), of("SV-12").now.as_deref()),
            ("90个", Some("90个"))
        );
        assert_eq!(of("SV-55").shown, "38.50㎡");
        assert_eq!(of("SV-55").now.as_deref(), Some("40.00㎡"));
        // Bought services are no direct money.
        assert_eq!(of("SV-46").shown, "2.50万元");
        assert_eq!(found.last().unwrap().after, "。");
    }
}
