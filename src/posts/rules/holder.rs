//! A person in a post as the register has them, and how they stand.

use chrono::NaiveDate;

use crate::ids::AssociationId;
use crate::scheme::answers::Row;
use crate::scheme::persons::{PersonCategory, category_of};

use super::{Limits, Standing};

/// Identities of which the rules may ask that something be done (domain 8.2, A to F).
pub const SETTLED: [&str; 4] = ["incumbent", "off_post", "serving", "retired_cadre"];

/// One person in one post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// 人员第n号.
    pub number: i32,
    /// Row of the survey, or none: registered later.
    pub survey_key: Option<String>,
    /// The name.
    pub name: String,
    /// `m`, `f`.
    pub sex: Option<String>,
    /// Date of birth.
    pub birth: Option<NaiveDate>,
    /// Last four of the ID number.
    pub id_tail: Option<String>,
    /// Organ (or former one) and office in it.
    pub organ: String,
    /// Rank.
    pub rank: String,
    /// Identity, as in the survey.
    pub identity: String,
    /// Post in the association.
    pub post: String,
    /// Is an officer (负责人).
    pub is_officer: bool,
    /// Is the legal representative.
    pub is_legal_rep: bool,
    /// Leads the founding of the body (PE-8).
    pub is_founder: bool,
    /// `full` or `concurrent`.
    pub kind: String,
    /// Since when.
    pub post_start: Option<NaiveDate>,
    /// Which term.
    pub term_no: Option<i32>,
    /// Terms served with this one.
    pub terms_served: Option<i32>,
    /// Is paid.
    pub paid: bool,
    /// So much a year, in cents.
    pub pay_cents: Option<i64>,
    /// Other posts in social organisations, by own declaration.
    pub other_posts: i32,
    /// Which.
    pub other_posts_note: String,
    /// When retired.
    pub retired_on: Option<NaiveDate>,
    /// The post has to do with the former work or speciality.
    pub relevant: Option<bool>,
    /// An organ recommended or arranged it.
    pub recommended: bool,
    /// Certificate or officers' filing still name them (PE-17).
    pub still_filed: bool,
    /// Remarks.
    pub notes: String,
    /// To resign by.
    pub resign_by: Option<NaiveDate>,
    /// Resigned on.
    pub resigned_on: Option<NaiveDate>,
    /// What proves it.
    pub evidence: String,
    /// `stay` or `leave`.
    pub choice: Option<String>,
    /// When chosen.
    pub chosen_on: Option<NaiveDate>,
    /// Stay: out of the civil service since.
    pub civil_status_ended_on: Option<NaiveDate>,
    /// Stay: labour contract of.
    pub contract_on: Option<NaiveDate>,
    /// Leave: placed by the organ on.
    pub placed_on: Option<NaiveDate>,
    /// By which document.
    pub placement_document: Option<String>,
    /// Institution post given back on.
    pub recovered_on: Option<NaiveDate>,
    /// By which document.
    pub recovery_document: Option<String>,
    /// When the pension of organs and institutions was confirmed (T4-12).
    pub insured_on: Option<NaiveDate>,
    /// By which document.
    pub insurance_document: Option<String>,
    /// Approval or filing asked for on.
    pub asked_on: Option<NaiveDate>,
    /// `approved`, `filed`, `refused`.
    pub approval_kind: Option<String>,
    /// By whom.
    pub approval_authority: Option<String>,
    /// Its number.
    pub approval_number: Option<String>,
    /// Its date.
    pub approval_date: Option<NaiveDate>,
    /// Its end.
    pub approval_until: Option<NaiveDate>,
    /// What the department said.
    pub approval_opinion: Option<String>,
    /// Age limit on the approval's own date (TC-51).
    pub ruled_age_limit: Option<i64>,
    /// Its mode then was `exceeded`.
    pub ruled_age_exceeded: Option<bool>,
    /// Months without a post after retirement, as they stood on that date.
    pub ruled_cooling_months: Option<i32>,
    /// When this row was entered.
    pub added_on: NaiveDate,
    /// Row version.
    pub version: i32,
}

impl Holder {
    /// Of a row of the personnel table of the survey (SV-60); none without a name.
    #[must_use]
    pub fn of_survey(row: &Row<'_>) -> Option<Self> {
        let text = |column: &str| row.text(column).unwrap_or_default().trim().to_owned();
        let some = |column: &str| Some(text(column)).filter(|text| !text.is_empty());
        Some(Self {
            name: some("name")?,
            sex: some("sex"),
            birth: row.date("birth"),
            id_tail: some("id_tail"),
            organ: text("organ"),
            rank: text("rank"),
            identity: some("identity")?,
            post: some("post")?,
            is_officer: row.yes("is_officer").unwrap_or(false),
            is_legal_rep: row.yes("is_legal_rep").unwrap_or(false),
            kind: some("kind")?,
            post_start: row.date("post_start"),
            term_no: row
                .number("term_no")
                .and_then(|number| i32::try_from(number).ok()),
            paid: row.yes("paid").unwrap_or(false),
            retired_on: row.date("retired_on"),
            notes: [text("approval"), text("disposition")]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("；"),
            ..Self::default()
        })
    }

    /// The category on a day.
    #[must_use]
    pub fn category(&self, on: NaiveDate, limits: &Limits) -> PersonCategory {
        category_of(
            &self.identity,
            &self.kind,
            self.retired_on,
            (on, limits.cooling_months),
        )
    }

    /// Still holds the post.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.resigned_on.is_none() && !(self.chooses() && self.leaves() && self.executed())
    }

    /// Of PE-A, PE-B, PE-C: may hold no post at all. An honorary post is one too (TC-27).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        matches!(self.identity.as_str(), "incumbent" | "off_post")
            || (self.identity == "serving" && self.kind != "full")
    }

    /// A serving civil servant whose work is the association: stays or leaves (PE-14).
    #[must_use]
    pub fn chooses(&self) -> bool {
        self.identity == "serving" && self.kind == "full"
    }

    /// Recommended or arranged by an organ on or after a day (PE-15).
    #[must_use]
    pub fn arranged_since(&self, day: NaiveDate) -> bool {
        self.recommended && self.post_start.is_some_and(|start| start >= day)
    }

    /// An approval or a filing that is enough on a day (PE-2, PE-3).
    #[must_use]
    pub fn paper_holds(&self, on: NaiveDate, limits: &Limits) -> bool {
        matches!(
            self.standing(on, limits),
            Standing::Approved | Standing::Filed
        )
    }

    /// Chose to leave.
    #[must_use]
    pub fn leaves(&self) -> bool {
        self.choice.as_deref() == Some("leave")
    }

    /// The choice of a serving civil servant is carried out (PE-14): a choice alone is none.
    #[must_use]
    pub fn executed(&self) -> bool {
        match self.choice.as_deref() {
            Some("stay") => self.civil_status_ended_on.is_some() && self.contract_on.is_some(),
            Some("leave") => self.placed_on.is_some() && self.placement_document.is_some(),
            _ => false,
        }
    }

    /// Approved or filed, in force on a day.
    #[must_use]
    pub fn approved(&self, on: NaiveDate) -> bool {
        matches!(self.approval_kind.as_deref(), Some("approved" | "filed"))
            && self.approval_until.is_none_or(|until| until >= on)
    }

    /// Filed when the months of that day were full, and still in force: months that
    /// are more by now do not undo it (TC-51).
    #[must_use]
    pub fn filed_in_time(&self, on: NaiveDate) -> bool {
        let months = self.ruled_cooling_months.map(u32::try_from);
        let full = match (self.retired_on, months) {
            (Some(retired), Some(Ok(months))) => super::days::add_months(retired, months),
            _ => return false,
        };
        let filed = self.approval_kind.as_deref() == Some("filed");
        filed && self.approved(on) && self.approval_date.is_some_and(|date| date >= full)
    }

    /// The person in a retired cadre's post.
    #[must_use]
    pub fn is_retired_cadre(&self) -> bool {
        self.identity == "retired_cadre"
    }

    /// What has become of the post.
    #[must_use]
    pub fn standing(&self, on: NaiveDate, limits: &Limits) -> Standing {
        use PersonCategory as Is;
        if self.resigned_on.is_some() {
            return Standing::Resigned;
        }
        match self.category(on, limits) {
            Is::EmployedCivilServant if self.executed() && self.leaves() => Standing::Left,
            Is::EmployedCivilServant if self.executed() => Standing::Stayed,
            Is::RetiredUnderThree
                if self.approved(on) && self.approval_kind.as_deref() == Some("approved") =>
            {
                Standing::Approved
            }
            // TC-51: a filing keeps the months of its own date.
            Is::RetiredUnderThree if self.filed_in_time(on) => Standing::Filed,
            Is::RetiredOverThree if self.approved(on) => {
                if self.approval_kind.as_deref() == Some("approved") {
                    Standing::Approved
                } else {
                    Standing::Filed
                }
            }
            Is::InstitutionPost if self.recovered_on.is_some() => Standing::Recovered,
            Is::Diverted | Is::RetiredServant | Is::Hired | Is::Member => Standing::Free,
            _ => Standing::Open,
        }
    }

    /// When it was done, of whatever kind.
    #[must_use]
    pub fn done_on(&self) -> Option<NaiveDate> {
        self.resigned_on
            .or(self.placed_on)
            .or_else(|| {
                self.executed()
                    .then_some(self.civil_status_ended_on)
                    .flatten()
            })
            .or(self.recovered_on)
            .or(self.approval_date)
    }
}

#[cfg(test)]
impl Holder {
    /// A person of association 1, for tests.
    pub(crate) fn sample(identity: &str) -> Self {
        Self {
            id: 1,
            association: AssociationId(1),
            number: 1,
            name: "赵某".to_owned(),
            identity: identity.to_owned(),
            post: "adviser".to_owned(),
            kind: "concurrent".to_owned(),
            added_on: NaiveDate::MIN,
            version: 1,
            ..Self::default()
        }
    }
}

/// Whether two rows are one person: the same name, and date of birth and ID tail
/// agree as far as both are known; a name alone is nobody in particular (TC-24).
#[must_use]
pub fn same_person(one: &Holder, other: &Holder) -> bool {
    fn agree<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> Option<bool> {
        Some(one? == other?)
    }
    let signs = [
        agree(one.birth.as_ref(), other.birth.as_ref()),
        agree(one.id_tail.as_ref(), other.id_tail.as_ref()),
    ];
    one.name.trim() == other.name.trim()
        && signs.contains(&Some(true))
        && !signs.contains(&Some(false))
}

/// What pages call a post.
#[must_use]
pub fn post_label(key: &str) -> &'static str {
    match key {
        "president" => "会长",
        "vice_president" => "副会长",
        "secretary" => "秘书长",
        "executive" => "常务理事",
        "director" => "理事",
        "supervisor" => "监事",
        "honorary" => "名誉职务",
        "adviser" => "顾问",
        _ => "工作人员",
    }
}

/// What pages call an identity.
#[must_use]
pub fn identity_label(key: &str) -> &'static str {
    match key {
        "incumbent" => "现职党政领导干部",
        "off_post" => "不担任现职但未办理退（离）休手续",
        "serving" => "在职工作人员（公务员、参公）",
        "retired_cadre" => "退（离）休领导干部",
        "retired_servant" => "退休普通公务员",
        "institution" => "事业编制人员",
        "diverted" => "历次机构改革分流人员",
        "hired" => "社会聘用",
        "member" => "会员单位代表",
        _ => "待核",
    }
}
