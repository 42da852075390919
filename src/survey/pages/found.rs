//! What was found in a survey, as its pages say it: what cannot be so first, then what is
//! missing, then what is to be explained, each with the way to its field.

use crate::ids::AssociationId;
use crate::paths;
use crate::scheme::{Finding, Scheme, Severity};
use crate::survey::rules::{self, Places, counted, places, section_of};
use crate::survey::store::Survey;

/// An error, or an answer that is missing.
pub(super) struct FindingView {
    pub severity: &'static str,
    pub sentence: String,
    pub link: Option<String>,
}

/// Something to explain.
pub(super) struct WarningView {
    pub code: String,
    pub sentence: String,
    pub link: Option<String>,
    pub explanation: Option<String>,
    /// What was said of it before its values changed.
    pub lapsed: Option<String>,
}

/// All of it.
#[derive(Default)]
pub(super) struct Found {
    /// As the rules have it.
    pub all: Vec<Finding>,
    /// What cannot be so.
    pub errors: Vec<FindingView>,
    /// In which sections, and how many in each.
    pub errors_in: String,
    /// What is missing.
    pub blanks: Vec<FindingView>,
    /// In which sections, and how many in each.
    pub blanks_in: String,
    /// What is to be explained.
    pub warnings: Vec<WarningView>,
}

impl Found {
    /// What was found in an edition; who mends it is shown the way.
    pub fn of(scheme: &Scheme, survey: Option<&Survey>, may_save: bool) -> Self {
        let Some(survey) = survey else {
            return Self::default();
        };
        let all = rules::findings(scheme, &survey.answers.0);
        let link = |each: &Finding| {
            let link = may_save.then(|| link(scheme, survey.association, each));
            link.flatten()
        };
        let view = |each: &Finding| FindingView {
            severity: "error",
            sentence: each.message.clone(),
            link: link(each),
        };
        let explained = survey.explained();
        let answers = &survey.answers.0;
        let told = |each: &Finding| WarningView {
            explanation: explained
                .sentence(scheme, &each.code, answers)
                .map(str::to_owned),
            lapsed: explained
                .before(scheme, &each.code, answers)
                .map(str::to_owned),
            code: each.code.clone(),
            sentence: each.message.clone(),
            link: link(each),
        };
        let errors = all.iter().filter(|each| is_wrong(each));
        let blanks = all.iter().filter(|each| each.blank);
        let warnings = all.iter().filter(|each| each.severity == Severity::Warning);
        Self {
            errors_in: said(&places(scheme, errors.clone())),
            errors: errors.map(view).collect(),
            blanks_in: said(&places(scheme, blanks.clone())),
            blanks: blanks.map(view).collect(),
            warnings: warnings.map(told).collect(),
            all,
        }
    }
}

/// Whether what is answered cannot be so.
pub(super) fn is_wrong(finding: &Finding) -> bool {
    finding.severity == Severity::Error && !finding.blank
}

fn said(places: &Places) -> String {
    counted(places, "处").1
}

/// The field at which a finding stands.
fn link(scheme: &Scheme, association: AssociationId, finding: &Finding) -> Option<String> {
    let field = finding.fields.first()?;
    let section = section_of(scheme, field)?;
    let page = paths::survey::SECTION.at(association, &section.code);
    Some(format!("{page}#f-{field}"))
}
