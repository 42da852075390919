//! The first version of a plan, from the confirmed survey, so that a clerk
//! corrects instead of writing. Facts that only people can state stay blank:
//! when a department was told, promises, risks, purchases.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value, json};

use crate::scheme::persons::{PersonCategory, category};
use crate::scheme::survey::label_of;
use crate::scheme::{Answers, ItemKey, Measure, Scheme};

use super::findings::in_five;

/// Days that stay between a plan's steps and the end of implementation.
const MARGIN: u64 = 5;
/// Days for a step whose own date has passed.
const SOON: u64 = 10;
/// Most columns of a survey row quoted as the current state.
const QUOTED: usize = 3;

/// What a first version is made from.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The confirmed survey.
    pub survey: &'a Answers,
    /// Name of the association.
    pub association: &'a str,
    /// Name of the responsible unit.
    pub unit: &'a str,
    /// Names of the departments with a living tie, without the responsible unit.
    pub linked: &'a [String],
    /// The day.
    pub on: NaiveDate,
}

/// The first version of a plan.
#[must_use]
pub fn content(basis: &Basis<'_>) -> Answers {
    let mut content = Answers::default();
    let keys: Vec<(ItemKey, &Measure)> = basis
        .scheme
        .applicable(basis.survey, basis.on)
        .into_iter()
        .filter(|key| in_five(basis.scheme, &key.measure))
        .filter_map(|key| {
            let measure = basis.scheme.measure(&key.measure)?;
            Some((key, measure))
        })
        .collect();
    let per_item = |make: &dyn Fn(&ItemKey, &Measure) -> Value| {
        table(keys.iter().map(|(key, measure)| make(key, measure)))
    };
    let parts = [
        (
            "PL-2",
            per_item(&|key, measure| matter(basis, key, measure)),
        ),
        ("PL-3", per_item(&measure_row)),
        ("PL-4", per_item(&|key, measure| step(basis, key, measure))),
        ("PL-5", per_item(&|key, _| owner(basis, key))),
        ("PL-6", functions(basis)),
        ("PL-10", people(basis)),
        ("PL-11", assets(basis)),
        ("PL-12", notices(basis)),
    ];
    for (code, rows) in parts {
        content.set(code, Some(rows));
    }
    party(basis, &mut content);
    content
}

/// Rows with keys 1, 2, …, and without columns that are null.
fn table(rows: impl Iterator<Item = Value>) -> Value {
    rows.zip(1_u32..)
        .map(|(row, number)| {
            let filled = row
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(_, value)| !value.is_null());
            let mut row: Map<String, Value> = filled
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            row.insert("key".to_owned(), Value::from(number.to_string()));
            Value::Object(row)
        })
        .collect()
}

/// The measure's words with the object that it is about.
fn wording(key: &ItemKey, measure: &Measure) -> String {
    if key.label.is_empty() {
        measure.text.clone()
    } else {
        format!("{}：{}", measure.text, key.label)
    }
}

fn matter(basis: &Basis<'_>, key: &ItemKey, measure: &Measure) -> Value {
    json!({ "item": key.text(), "matter": wording(key, measure), "current": current(basis, key, measure) })
}

/// What the survey says of the item's object.
fn current(basis: &Basis<'_>, key: &ItemKey, measure: &Measure) -> Option<String> {
    let per = measure.per.as_ref()?;
    let question = basis.scheme.question(&per.rows)?;
    let row_key = key.object.split_once('#')?.1;
    let row = basis
        .survey
        .rows(&per.rows)
        .into_iter()
        .find(|row| row.key() == row_key)?;
    let said: Vec<String> = question
        .columns
        .iter()
        .filter(|column| !per.label.contains(&column.name))
        .filter_map(|column| {
            Some(format!(
                "{}：{}",
                column.label,
                label_of(&column.options, row.text(&column.name)?)
            ))
        })
        .take(QUOTED)
        .collect();
    (!said.is_empty()).then(|| said.join("；"))
}

fn measure_row(key: &ItemKey, measure: &Measure) -> Value {
    let evidence = (!measure.evidence.is_empty()).then(|| measure.evidence.join("、"));
    json!({
        "item": key.text(),
        "measure": format!("{}。完成标准：{}", wording(key, measure), measure.done_when),
        "evidence": evidence,
    })
}

/// A day some days before the end of implementation, but never before `start`.
fn usual_due(basis: &Basis<'_>) -> NaiveDate {
    let end = basis.scheme.campaign.parameters.implement_due;
    let early = end.checked_sub_days(Days::new(MARGIN)).unwrap_or(end);
    if early > basis.on { early } else { end }
}

/// A day for a step: its own deadline, the usual day, or soon where that has passed.
fn due(basis: &Basis<'_>, measure: &Measure) -> NaiveDate {
    let end = basis.scheme.campaign.parameters.implement_due;
    let own = if measure.deadline == "plan" {
        usual_due(basis)
    } else {
        basis.scheme.deadline(measure, basis.survey)
    };
    if own >= basis.on {
        return if measure.own_deadline {
            own
        } else {
            own.min(end)
        };
    }
    basis
        .on
        .checked_add_days(Days::new(SOON))
        .unwrap_or(end)
        .min(end)
}

fn step(basis: &Basis<'_>, key: &ItemKey, measure: &Measure) -> Value {
    let due = due(basis, measure);
    let start = basis
        .on
        .max(basis.scheme.campaign.parameters.phase2_start)
        .min(due);
    let step = match measure.evidence.first() {
        Some(evidence) => format!("组织落实，取得{evidence}，报核实"),
        None => "组织落实，登记结果".to_owned(),
    };
    json!({ "item": key.text(), "step": step, "start": start.to_string(), "due": due.to_string(), "milestone": measure.own_deadline })
}

/// The clerk who filled in the survey, until somebody else is named.
fn unit_person<'a>(basis: &Basis<'a>) -> &'a str {
    basis
        .survey
        .text("SV-92")
        .or_else(|| basis.survey.text("SV-94"))
        .unwrap_or("经办人")
}

fn owner(basis: &Basis<'_>, key: &ItemKey) -> Value {
    let association = basis
        .survey
        .text("SV-18-1")
        .or_else(|| basis.survey.text("SV-07"));
    json!({
        "item": key.text(),
        "unit_person": unit_person(basis),
        "unit_post": "经办人",
        "association_person": association,
    })
}

fn functions(basis: &Basis<'_>) -> Value {
    let rows = basis.survey.rows("SV-34");
    table(rows.iter().map(|row| {
        let department = row.text("department").unwrap_or(basis.unit);
        json!({
            "name": row.text("name"),
            "department": department,
            "basis": basis.scheme.campaign.document_number,
            "manner": row.text("manner").unwrap_or("handover"),
            "handover_on": usual_due(basis).to_string(),
            "supervision": row.text("measures"),
            "section": format!("{department}业务{}", basis.scheme.campaign.words.section),
        })
    }))
}

/// The department that receives party work where the survey names none (PL-8).
fn receiver<'a>(basis: &Basis<'a>) -> &'a str {
    let usual = basis.scheme.campaign.party_body.as_str();
    basis.survey.text("SV-74").unwrap_or(usual)
}

fn party(basis: &Basis<'_>, content: &mut Answers) {
    let formal = basis.survey.number("SV-70-1").unwrap_or(0);
    let members = formal + basis.survey.number("SV-70-2").unwrap_or(0);
    // 三(五): three formal members make a branch.
    let manner = match (basis.survey.yes("SV-71"), formal) {
        (Some(true), _) => "transfer",
        (_, 3..) => "branch",
        _ => "contact",
    };
    content.set("PL-8-1", Some(receiver(basis).into()));
    content.set("PL-8-2", Some(members.into()));
    content.set("PL-8-3", Some(manner.into()));
    content.set("PL-8-4", Some(usual_due(basis).to_string().into()));
    content.set("PL-8-5", basis.survey.text("SV-73-1").map(Value::from));
}

/// What usually becomes of a person of a category (三(四)).
const fn disposition(category: PersonCategory) -> &'static str {
    match category {
        PersonCategory::Incumbent | PersonCategory::OffPost | PersonCategory::ServingConcurrent => {
            "限期辞去在协会兼任的职务"
        }
        PersonCategory::RetiredUnderThree => "辞去在协会所任职务（退（离）休未满三年）",
        PersonCategory::RetiredOverThree => "按干部管理权限报批或备案，未获批准的辞去所任职务",
        PersonCategory::EmployedCivilServant => "本人自愿选择去留，按规定办理手续",
        _ => "核实身份和退（离）休日期后处理",
    }
}

fn people(basis: &Basis<'_>) -> Value {
    let months = basis.scheme.campaign.parameters.cooling_months;
    let rows = basis.survey.rows("SV-60");
    let due = usual_due(basis).to_string();
    let settled = rows.iter().filter_map(|row| {
        let category = category(row, basis.on, months);
        category.must_be_settled().then(|| {
            json!({
                "person": row.text("name"),
                "category": category.label(),
                "disposition": disposition(category),
                "due": due,
            })
        })
    });
    table(settled)
}

fn assets(basis: &Basis<'_>) -> Value {
    let usual = usual_due(basis);
    let last = basis.scheme.campaign.parameters.office_space_due;
    let question = basis.scheme.question("SV-51");
    let wish = |value| match question.and_then(|question| question.column("disposition")) {
        Some(column) => label_of(&column.options, value).to_owned(),
        None => String::new(),
    };
    let assets = basis.survey.rows("SV-51");
    let assets = assets.iter().filter(|row| {
        matches!(
            row.text("ownership"),
            Some("state" | "provisional" | "unclear")
        )
    });
    let assets = assets.map(|row| {
        let disposition = match row.text("ownership") {
            Some("unclear") => "清查界定权属后按规定处置".to_owned(),
            _ => format!("{}，报财政部门批准", wish(row.text("disposition").unwrap_or_default())),
        };
        json!({ "object": row.text("name"), "disposition": disposition, "due": usual.to_string(), "owner": unit_person(basis) })
    });
    let rooms = basis.survey.rows("SV-55");
    let rooms = rooms.iter().map(|row| {
        let object = format!("{}{}室", row.text("location").unwrap_or_default(), row.text("room_no").unwrap_or_default());
        let disposition = match row.text("intention") {
            Some("rent") => "按规定报批后租用",
            Some("extend") => "申请延期，批准前按期腾退",
            _ => "清理腾退，移交产权单位",
        };
        let due = row.date("vacate_by").map_or(last, |day| day.min(last));
        json!({ "object": object, "disposition": disposition, "due": due.to_string(), "owner": unit_person(basis) })
    });
    table(assets.chain(rooms))
}

/// 五(二). When it was sent is for the clerk to say.
fn notices(basis: &Basis<'_>) -> Value {
    table(basis.linked.iter().map(|department| {
        json!({
            "department": department,
            "notice": format!("{}拟于{}前与行政机关脱钩，你单位与其联系、挂靠等关系同时终止", basis.association,
                crate::clock::chinese_date(basis.scheme.campaign.parameters.implement_due)),
        })
    }))
}

#[cfg(test)]
mod tests;
