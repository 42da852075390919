//! Surveys that a unit's leader sends and the office's head confirms.

use crate::access::{Act, Case as _};
use crate::clock::stamp;
use crate::database::{Db, Explain as _};
use crate::desk::store::reading::Lying;
use crate::plan::draft::rules::QUOTED;
use crate::scheme::{Scheme, Severity};
use crate::signing::rules::Check;
use crate::survey::rules;
use crate::survey::store::{self, Survey};
use crate::web::answer::show::shown;

use super::{Read, Reader, Source, matter, of_kind};

/// Figures of a survey that the list quotes.
const FIGURES: usize = 5;
/// What is quoted first comes from the certificate of registration, and is known.
const REGISTERED: usize = 6;

pub(super) async fn of(
    db: &mut Db,
    reader: Reader<'_>,
    rows: &[Lying],
) -> Result<Vec<Read>, sqlx::Error> {
    let (rows, ids) = of_kind(rows, Survey::KIND);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let surveys = store::of_ids(db, &ids).await?;
    let read = rows.into_iter().filter_map(|(row, act)| {
        let survey = surveys.iter().find(|survey| survey.id == row.case)?;
        let mut matter = matter(reader, (row, act), survey.version);
        matter.covers = covers(reader.scheme(), survey);
        matter.checks = checks(reader.scheme(), survey, act);
        let source = Source::Survey(Box::new(survey.clone()));
        Some(Read { matter, source })
    });
    Ok(read.collect())
}

/// Its edition, who sent it, and the figures that the plan quotes of it.
fn covers(scheme: &Scheme, survey: &Survey) -> Vec<String> {
    let (edition, sections) = (survey.edition, scheme.survey.sections.len());
    let mut lines = vec![format!("第{edition}版，{sections}个部分的全部填报内容")];
    if let (Some(who), Some(at)) = (&survey.submitted_by, survey.submitted_at) {
        lines.push(format!("{who}于{}报送", stamp(at)));
    }
    let asked: Vec<_> = QUOTED
        .iter()
        .skip(REGISTERED)
        .filter_map(|code| scheme.question(code).cloned())
        .collect();
    let figures = shown(&asked, &survey.answers.0, &[]);
    let figures = figures
        .into_iter()
        .filter(|each| each.answered && each.rows.is_empty() && !each.text.is_empty())
        .map(|each| format!("{}：{}", each.label, each.text));
    let figures: Vec<String> = figures.take(FIGURES).collect();
    if !figures.is_empty() {
        lines.push(figures.join("；"));
    }
    lines
}

/// What is wrong, and what was said of what warns.
fn checks(scheme: &Scheme, survey: &Survey, act: Act) -> Vec<Check> {
    let found = rules::findings(scheme, &survey.answers.0);
    let mut checks = Vec::new();
    if act == Act::SurveySubmit
        && let Err(why) = survey.lacks_for(scheme, &found)
    {
        checks.push(Check::error(why.explain()));
    }
    let explained = survey.explained();
    for finding in found {
        if finding.severity != Severity::Warning {
            continue;
        }
        let said = explained.sentence(scheme, &finding.code, &survey.answers.0);
        let said = said.map_or_else(String::new, |said| format!("（填报单位说明：{said}）"));
        checks.push(Check::warning(format!("{}{said}", finding.message)));
    }
    checks
}
