//! Many surveys filled in by one write, as a spreadsheet brings them.

use std::collections::{BTreeMap, BTreeSet};

use crate::access::facts::Address;
use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Done, Told, Write};
use crate::ids::AssociationId;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::survey::rules::Refusal;
use crate::survey::rules::incoming::Edit;
use crate::survey::store::{self, Saved};

use super::begin;

/// What one row of a spreadsheet sets.
#[derive(Debug, Clone)]
pub struct Row {
    /// The association.
    pub association: AssociationId,
    /// What is set of its survey.
    pub edits: Vec<Edit>,
    /// Where it came from: 由《摸底.xlsx》第3行导入.
    pub from: String,
}

/// Enters what rows set, each association's survey once: all of it, or the write is given up.
/// Who brings it counts as one who drafted it; no section is marked as filled in by that.
pub async fn apply(write: &mut Write, rows: Vec<Row>) -> Done<Refusal, Vec<Told>> {
    let mut of: BTreeMap<AssociationId, Vec<Row>> = BTreeMap::new();
    for row in rows {
        of.entry(row.association).or_default().push(row);
    }
    let mut tells = Vec::with_capacity(of.len());
    for (association, rows) in of {
        tells.push(fill_in(write, association, &rows).await?);
    }
    Ok(tells)
}

async fn fill_in(
    write: &mut Write,
    association: AssociationId,
    rows: &[Row],
) -> Done<Refusal, Told> {
    write.turn_to(Address {
        association: Some(association.0),
        ..Address::default()
    });
    let survey = match store::lock(write, association).await? {
        Some(survey) => survey,
        None => begin(write, association).await?,
    };
    let whole = Seen::version(survey.version);
    let step = write.step(Some(survey), &whole, Act::SurveySave).await?;
    let survey = &step.case;
    let before = &survey.answers.0;
    let mut answers = before.clone();
    let edits = rows.iter().flat_map(|row| &row.edits);
    let mut edited = BTreeSet::new();
    for edit in edits {
        edit.put(&mut answers);
        edited.insert(edit.question());
    }
    let scheme = write.scheme()?;
    let mut say = Say::new(format!("填写摸底调查（{}）", from(rows)));
    let mut versions = survey.section_versions.0.clone();
    for section in &scheme.survey.sections {
        let mut questions = section.questions.iter();
        if questions.any(|question| edited.contains(question.code())) {
            *versions.entry(section.code.clone()).or_insert(0) += 1;
            say = say.answers(&scheme, &section.questions, before, &answers);
        }
    }
    let saved = Saved {
        done: &survey.sections_done,
        versions: &versions,
        explained: &survey.explained().after(&scheme, before, &answers),
        answers: &answers,
    };
    store::save(write, survey.id, &saved).await?;
    registry::set_survey_stage(write, association, Stage::Surveying).await?;
    Ok(write.apply(step, say).await?)
}

fn from(rows: &[Row]) -> String {
    let first = rows.first().map_or("", |row| row.from.as_str());
    match rows.len() {
        0 | 1 => first.to_owned(),
        several => format!("{first}，共{several}行"),
    }
}
