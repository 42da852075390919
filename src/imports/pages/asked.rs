//! What is asked about an upload, as fields; and the answers, as they were read.

use crate::imports::kinds;
use crate::imports::rules::answers::LEFT_OUT;
use crate::imports::rules::report::Sheet;
use crate::imports::rules::{Answers, Asked, Report};
use crate::imports::store::Import;
use crate::registry::names;
use crate::scheme::Choice;
use crate::web::Form;

/// A question as the page draws it.
pub struct Question {
    /// The field.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// Why, and what stands there.
    pub hint: String,
    /// What may be answered.
    pub options: Vec<Choice>,
    /// Several may be.
    pub several: bool,
    /// All in sight, one of them.
    pub few: bool,
}

/// What answers are chosen from.
pub struct Offered {
    /// The fields of the kind.
    pub fields: Vec<Choice>,
    /// The units that supervise.
    pub units: Vec<Choice>,
}

fn choice(value: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
    }
}

fn left_out(mut options: Vec<Choice>, value: &str, label: &str) -> Vec<Choice> {
    options.insert(0, choice(value, label));
    options
}

/// The questions of an upload.
#[must_use]
pub fn questions(import: &Import, offered: &Offered) -> Vec<Question> {
    let asked = import.report.asked.iter().enumerate();
    asked
        .map(|(number, asked)| question(number, asked, &import.report, offered))
        .collect()
}

#[expect(
    clippy::too_many_lines,
    reason = "one table: a branch for each question"
)]
fn question(number: usize, asked: &Asked, report: &Report, offered: &Offered) -> Question {
    let one = |name: String, label: String, hint: String, options: Vec<Choice>| Question {
        name,
        label,
        hint,
        options,
        several: false,
        few: false,
    };
    match asked {
        Asked::Sheets(sheets) => Question {
            several: true,
            ..one(
                "sheets".to_owned(),
                "读取哪些工作表".to_owned(),
                "同一个协会在几个工作表中都有的，只选其中一个".to_owned(),
                sheet_choices(report, sheets),
            )
        },
        Asked::UnitOfSheet { sheet, name, .. } => one(
            format!("unit_of.{sheet}"),
            format!("工作表“{name}”中的协会由哪个单位主管"),
            "表中没有业务主管单位一列".to_owned(),
            offered.units.clone(),
        ),
        Asked::Heading {
            title,
            place,
            why,
            likely,
            examples,
            ..
        } => one(
            format!("heading.{number}"),
            format!("“{title}”（{place}）是什么"),
            heading_hint(why, examples),
            headings(&offered.fields, likely),
        ),
        Asked::Amount {
            title, place, why, ..
        } => Question {
            few: true,
            ..one(
                format!("amount.{number}"),
                format!("“{title}”（{place}）的金额单位"),
                why.clone(),
                vec![choice("yuan", "元"), choice("wan", "万元")],
            )
        },
        Asked::Hidden { rows } => Question {
            few: true,
            ..one(
                "hidden".to_owned(),
                format!("表中有{rows}行是隐藏的，是否导入"),
                String::new(),
                vec![choice("yes", "一并导入"), choice("no", "不导入")],
            )
        },
        Asked::Conflict {
            label,
            mine,
            theirs,
            ..
        } => Question {
            few: true,
            ..one(
                format!("conflict.{number}"),
                label.clone(),
                "工作簿下载之后，系统中的这一项已被他人修改".to_owned(),
                vec![
                    choice("mine", format!("工作簿：{}", or_none(mine))),
                    choice("theirs", format!("系统：{}", or_none(theirs))),
                ],
            )
        },
        Asked::Unit { value, rows, place } => one(
            format!("unit.{number}"),
            format!("“{value}”是哪个单位"),
            format!("共{rows}行，首见于{place}；系统中没有这个名称的单位"),
            left_out(offered.units.clone(), "0", "不导入这些行"),
        ),
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}

fn sheet_choices(report: &Report, sheets: &[u32]) -> Vec<Choice> {
    let of = |sheet: &Sheet| {
        let hidden = if sheet.hidden { "（隐藏）" } else { "" };
        choice(sheet.index.to_string(), format!("{}{hidden}", sheet.name))
    };
    let named = report.sheets.iter();
    named
        .filter(|sheet| sheets.contains(&sheet.index))
        .map(of)
        .collect()
}

fn heading_hint(why: &str, examples: &[String]) -> String {
    if examples.is_empty() {
        why.to_owned()
    } else {
        format!("{why}；下面填的是：{}", examples.join("、"))
    }
}

/// The likely ones first.
fn headings(fields: &[Choice], likely: &[String]) -> Vec<Choice> {
    let (first, rest): (Vec<Choice>, Vec<Choice>) = fields
        .iter()
        .cloned()
        .partition(|field| likely.contains(&field.value));
    let all = first.into_iter().chain(rest).collect();
    left_out(all, LEFT_OUT, "不导入这一列")
}

/// What is proposed, where the page is opened first.
#[must_use]
pub fn proposed(report: &Report) -> Form {
    let mut form = Form::default();
    for (number, asked) in report.asked.iter().enumerate() {
        match asked {
            Asked::Sheets(sheets) => {
                let shown = report.sheets.iter().filter(|sheet| !sheet.hidden);
                for sheet in shown.filter(|sheet| sheets.contains(&sheet.index)) {
                    form.set("sheets", sheet.index.to_string());
                }
            }
            Asked::UnitOfSheet {
                sheet,
                proposed: Some(unit),
                ..
            } => form.set(&format!("unit_of.{sheet}"), unit.to_string()),
            Asked::Heading { likely, .. } if likely.is_empty() => {
                form.set(&format!("heading.{number}"), LEFT_OUT);
            }
            _ => {}
        }
    }
    form
}

/// Reads the answers; each question must be answered.
pub fn read(form: &mut Form, import: &Import, offered: &Offered) -> Answers {
    let mut answers = import.answers.0.clone();
    for (number, asked) in import.report.asked.iter().enumerate() {
        let question = question(number, asked, &import.report, offered);
        let allowed: Vec<&str> = question.options.iter().map(|each| &*each.value).collect();
        if question.several {
            let chosen = form.ticks(&question.name, &question.label, &allowed);
            let chosen = chosen.iter().filter_map(|sheet| sheet.parse().ok());
            let chosen: std::collections::BTreeSet<u32> = chosen.collect();
            if chosen.is_empty() {
                form.fail(&question.name, &question.label, "请至少选择一个工作表。");
            }
            answers.sheets = Some(chosen);
            continue;
        }
        let field = form.choice(&question.name, &question.label, &allowed);
        let _ = field.required("请选择。");
        let said = form.value(&question.name);
        note(&mut answers, asked, &said);
    }
    answers
}

fn note(answers: &mut Answers, asked: &Asked, said: &str) {
    match asked {
        Asked::Sheets(_) => {}
        Asked::UnitOfSheet { sheet, .. } => {
            let unit = said.parse().unwrap_or_default();
            answers.units_of_sheets.insert(*sheet, unit);
        }
        Asked::Heading { folded, .. } => {
            answers.headings.insert(folded.clone(), said.to_owned());
        }
        Asked::Amount { key, .. } => {
            answers.amounts.insert(key.clone(), said.to_owned());
        }
        Asked::Conflict { key, theirs, .. } => {
            let settled = (said.to_owned(), theirs.clone());
            answers.conflicts.insert(key.clone(), settled);
        }
        Asked::Hidden { .. } => answers.hidden = Some(said == "yes"),
        Asked::Unit { value, .. } => {
            let unit = said.parse().unwrap_or_default();
            answers.units.insert(names::key(value), unit);
        }
    }
}

/// What answers are chosen from.
#[must_use]
pub fn offered(import: &Import, units: &kinds::Units, fields: Vec<(String, String)>) -> Offered {
    let own = import.own.then_some(import.department);
    let units = units
        .supervising()
        .filter(|unit| own.is_none_or(|own| own == unit.id));
    Offered {
        fields: fields
            .into_iter()
            .map(|(key, label)| choice(key, label))
            .collect(),
        units: units
            .map(|unit| choice(unit.id.to_string(), unit.name.clone()))
            .collect(),
    }
}
