//! Name, parameters, departments and policy documents of a campaign (domain 0.3, 10.9).

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

/// What the document itself fixes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Title of the document.
    pub title: String,
    /// Its number.
    pub document_number: String,
    /// Six-digit region code of GB/T 2260.
    pub region_code: String,
    /// Name of the region, as codes and numbers use it.
    pub region_name: String,
    /// Full name of the registration authority.
    pub registrar: String,
    /// What the office's replies are numbered with.
    pub reply_prefix: String,
    /// Documents that the scheme rests on (PD-0).
    pub basis: Vec<String>,
    /// Suffixes that put a name into scope by themselves (SC-4).
    pub suffixes: Vec<String>,
    /// Suffixes that need a confirmation (⚠AMB-8).
    pub suffixes_to_confirm: Vec<String>,
    /// Dates and limits.
    pub parameters: Parameters,
    /// Days off that are not weekends.
    pub days_off: Vec<NaiveDate>,
    /// Weekend days on which people work.
    pub days_worked: Vec<NaiveDate>,
    /// Departments that the scheme names.
    #[serde(rename = "department")]
    pub departments: Vec<Department>,
    /// Supporting documents.
    #[serde(rename = "policy")]
    pub policies: Vec<Policy>,
}

/// The parameters of domain 0.3.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Date of the document.
    pub issue_date: NaiveDate,
    /// First phase.
    pub phase1_start: NaiveDate,
    /// First phase.
    pub phase1_end: NaiveDate,
    /// Second phase.
    pub phase2_start: NaiveDate,
    /// Second phase.
    pub phase2_end: NaiveDate,
    /// Third phase.
    pub phase3_start: NaiveDate,
    /// Third phase.
    pub phase3_end: NaiveDate,
    /// Day that stock figures refer to.
    pub survey_base_date: NaiveDate,
    /// Surveys are in.
    pub survey_due: NaiveDate,
    /// Recommendations are in.
    pub list_recommend_due: NaiveDate,
    /// The list is published.
    pub list_publish_due: NaiveDate,
    /// Supporting documents are issued.
    pub policy_doc_due: NaiveDate,
    /// Plans are in.
    pub plan_submit_due: NaiveDate,
    /// Plans are replied to.
    pub plan_approve_due: NaiveDate,
    /// Mid-term reports are in.
    pub midterm_due: NaiveDate,
    /// The five tracks are carried out.
    pub implement_due: NaiveDate,
    /// Summaries are in.
    pub summary_due: NaiveDate,
    /// Completion tables are in.
    pub completion_table_due: NaiveDate,
    /// Evaluations are done.
    pub evaluation_due: NaiveDate,
    /// The final report is sent.
    pub final_report_due: NaiveDate,
    /// Office rooms are handed back.
    pub office_space_due: NaiveDate,
    /// Direct appropriation ends.
    pub appropriation_stop: NaiveDate,
    /// Registration changes are made.
    pub registration_due: NaiveDate,
    /// Filing after implementation.
    pub filing_due: NaiveDate,
    /// Share of the list, numerator.
    pub list_ratio_num: i64,
    /// Share of the list, denominator.
    pub list_ratio_den: i64,
    /// Months after retirement without a post.
    pub cooling_months: u32,
    /// Age limit of retired cadres in posts, years.
    pub age_limit: i64,
    /// On which birthday the limit is passed (⚠AMB-9).
    pub age_limit_mode: AgeLimitMode,
    /// Posts that a retired cadre may hold.
    pub max_posts: i64,
    /// Terms an officer may serve.
    pub max_terms: i64,
    /// Longest term, years.
    pub term_max_years: i64,
    /// Days before a deadline on which the light turns yellow.
    pub warn_days: i64,
    /// Working days that a department has for a prior approval.
    pub prior_approval_sla_workdays: i64,
    /// Working days that the office has for a plan.
    pub office_review_sla_workdays: i64,
    /// Days within which a registration change is applied for.
    pub registration_days: i64,
    /// Working days of publicity.
    pub publicity_days: i64,
}

/// On which birthday an age limit is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeLimitMode {
    /// From the birthday of the limit itself.
    Reached,
    /// From the birthday after it.
    Exceeded,
}

impl Parameters {
    /// A date by its name, as data files name it.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<NaiveDate> {
        Some(match name {
            "issue_date" => self.issue_date,
            "phase1_start" => self.phase1_start,
            "phase1_end" => self.phase1_end,
            "phase2_start" => self.phase2_start,
            "phase2_end" => self.phase2_end,
            "phase3_start" => self.phase3_start,
            "phase3_end" => self.phase3_end,
            "survey_base_date" => self.survey_base_date,
            "survey_due" => self.survey_due,
            "list_recommend_due" => self.list_recommend_due,
            "list_publish_due" => self.list_publish_due,
            "policy_doc_due" => self.policy_doc_due,
            "plan_submit_due" => self.plan_submit_due,
            "plan_approve_due" => self.plan_approve_due,
            "midterm_due" => self.midterm_due,
            "implement_due" => self.implement_due,
            "summary_due" => self.summary_due,
            "completion_table_due" => self.completion_table_due,
            "evaluation_due" => self.evaluation_due,
            "final_report_due" => self.final_report_due,
            "office_space_due" => self.office_space_due,
            "appropriation_stop" => self.appropriation_stop,
            "registration_due" => self.registration_due,
            "filing_due" => self.filing_due,
            _ => return None,
        })
    }
}

/// A department that the scheme names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Stable code.
    pub code: Spanned<String>,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// organ, party_organ, mass_org, court, …
    pub kind: String,
    /// applies, by_reference, none.
    pub civil_service_law: String,
    /// Competence codes.
    #[serde(default)]
    pub competences: Vec<String>,
    /// Supervises associations.
    #[serde(default)]
    pub supervises: bool,
}

/// A supporting document (配套政策文件).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// PD-1 …
    pub code: Spanned<String>,
    /// Its title.
    pub title: String,
    /// Code of the leading department.
    pub lead: String,
    /// Codes of the departments that join in.
    #[serde(default)]
    pub with: Vec<String>,
    /// Section of the scheme.
    pub basis: String,
}
