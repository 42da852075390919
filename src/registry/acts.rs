//! Entry and correction, ties, and the decision on scope.

use chrono::NaiveDate;

use crate::access::{Act, Who};
use crate::audit::Record;
use crate::database::{Database, Write, WriteError};
use crate::ids::{AssociationId, DepartmentId};
use crate::scheme::campaign::Campaign;

use super::names;
use super::rules::{self, Scope, ScopeFacts, TieKind};
use super::store::{self, Association, Derived, Entry, NewTie};

mod founding;

pub use founding::check_founding;

/// Why an entry is refused; the field and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Another association has this name (TC-60).
    NameTaken,
    /// Another association has this code.
    CodeTaken,
    /// Somebody else changed it meanwhile.
    Stale,
    /// There is no such thing (any more).
    Gone,
}

impl Refusal {
    /// The field concerned and the sentence.
    #[must_use]
    pub const fn explain(&self) -> (&'static str, &'static str) {
        match self {
            Self::NameTaken => ("name", "已有协会用了这个名称，请核对是否重复登记。"),
            Self::CodeTaken => ("uscc", "已有协会用了这个代码，请核对是否重复登记。"),
            Self::Stale => (
                "form",
                "该协会的信息刚被他人修改，请刷新页面核对后重新办理。",
            ),
            Self::Gone => ("form", "记录已不存在或已终止，请刷新页面核对。"),
        }
    }
}

/// The named constraints become field errors; nothing else does.
fn taken(error: sqlx::Error) -> Result<Refusal, WriteError> {
    let constraint = match &error {
        sqlx::Error::Database(database) => database.constraint().map(str::to_owned),
        _ => None,
    };
    match constraint.as_deref() {
        Some("association_name_key") => Ok(Refusal::NameTaken),
        Some("association_uscc_key") => Ok(Refusal::CodeTaken),
        _ => Err(WriteError::Database(error)),
    }
}

/// Search keys and computed scope of an entry.
#[must_use]
pub fn derive(campaign: &Campaign, entry: &Entry, (kind, law): (&str, &str)) -> Derived {
    let (computed, _) = rules::scope(campaign, &facts(entry, kind, law));
    Derived {
        name_key: names::key(&entry.name),
        grams: names::grams(&entry.name, entry.uscc.as_deref().unwrap_or_default()),
        initials: names::initials(&entry.name),
        sort_key: names::sort_key(&entry.name),
        computed,
        by_reference: rules::by_reference(kind),
    }
}

fn facts<'a>(entry: &'a Entry, kind: &'a str, law: &'a str) -> ScopeFacts<'a> {
    ScopeFacts {
        name: &entry.name,
        uscc: entry.uscc.as_deref(),
        registrar: &entry.registrar,
        org_type: store::ORG_TYPE,
        member_basis: &entry.member_basis,
        department_kind: kind,
        civil_service_law: law,
        registered_on: entry.registered_on,
    }
}

/// Enters an association with the tie of its responsible unit.
pub async fn register(
    database: &Database,
    campaign: &Campaign,
    who: &Who,
    (entry, tie): (&Entry, TieKind),
) -> Result<Result<AssociationId, Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let Some((kind, law)) = store::department_kind(&mut write, entry.department).await? else {
        return Ok(Err(Refusal::Gone));
    };
    let derived = derive(campaign, entry, (&kind, &law));
    let id = match store::add(&mut write, entry, &derived).await {
        Ok(id) => id,
        Err(error) => return taken(error).map(Err),
    };
    let own = NewTie {
        kind: tie,
        department: entry.department,
        via_subordinate: None,
        basis: "登记证书".to_owned(),
        started_on: Some(entry.registered_on),
        is_primary: true,
    };
    // NA-2: a new body that registered by itself has no tie to any organ.
    if !(entry.direct_registration && rules::is_new(campaign, entry.registered_on)) {
        store::add_tie(&mut write, id, &own).await?;
    }
    let record = Record::new(
        Act::AssociationCreate,
        "association",
        id.0,
        format!("登记{}入台账", entry.name),
    )
    .in_file_of(id);
    write.record(record).await?;
    Ok(Ok(id))
}

/// Corrects what is written about an association.
pub async fn correct(
    database: &Database,
    campaign: &Campaign,
    who: &Who,
    (before, version): (&Association, i32),
    entry: &Entry,
) -> Result<Result<(), Refusal>, WriteError> {
    let derived = derive(
        campaign,
        entry,
        (&before.department_kind, &before.civil_service_law),
    );
    let mut write = Write::begin(database, who).await?;
    match store::correct(&mut write, (before.id, version), entry, &derived).await {
        Ok(true) => {}
        Ok(false) => return Ok(Err(Refusal::Stale)),
        Err(error) => return taken(error).map(Err),
    }
    let record = Record::new(
        Act::AssociationCorrect,
        "association",
        before.id.0,
        "更正登记信息",
    )
    .in_file_of(before.id)
    .changed("name", before.name.clone(), entry.name.clone())
    .changed("uscc", before.uscc.clone(), entry.uscc.clone())
    .changed(
        "registered_on",
        before.registered_on.to_string(),
        entry.registered_on.to_string(),
    )
    .changed("domicile", before.domicile.clone(), entry.domicile.clone())
    .changed(
        "legal_representative",
        before.legal_representative.clone(),
        entry.legal_representative.clone(),
    )
    .changed(
        "business_scope",
        before.business_scope.clone(),
        entry.business_scope.clone(),
    )
    .changed(
        "member_basis",
        before.member_basis.clone(),
        entry.member_basis.clone(),
    );
    write.record(record).await?;
    Ok(Ok(()))
}

/// Adds a tie to another organ; the responsible unit's own stands already (SC-10, TC-12).
pub async fn add_tie(
    database: &Database,
    who: &Who,
    association: AssociationId,
    tie: &NewTie,
) -> Result<i64, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let id = store::add_tie(&mut write, association, tie).await?;
    let sentence = format!("登记{}关系（依据：{}）", tie.kind.label(), tie.basis);
    write
        .record(Record::new(Act::TieAdd, "tie", id, sentence).in_file_of(association))
        .await?;
    Ok(id)
}

/// Ends a tie on a day, by a document (T1-01).
pub async fn end_tie(
    database: &Database,
    who: &Who,
    (association, tie): (AssociationId, i64),
    (on, by): (NaiveDate, &str),
) -> Result<Result<(), Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    if !store::end_tie(&mut write, (association, tie), on, by).await? {
        return Ok(Err(Refusal::Gone));
    }
    let sentence = format!("关系于{}终止（文件：{by}）", crate::clock::chinese_date(on));
    write
        .record(Record::new(Act::TieEnd, "tie", tie, sentence).in_file_of(association))
        .await?;
    Ok(Ok(()))
}

/// The unit's proposal on scope.
pub async fn propose_scope(
    database: &Database,
    who: &Who,
    (id, version): (AssociationId, i32),
    (scope, reason): (Scope, &str),
) -> Result<Result<(), Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    let proposal = format!("{}：{reason}", scope.label());
    if !store::propose_scope(&mut write, (id, version), &proposal).await? {
        return Ok(Err(Refusal::Stale));
    }
    let record = Record::new(
        Act::ScopePropose,
        "association",
        id.0,
        format!("建议认定为“{}”", scope.label()),
    );
    write
        .record(record.in_file_of(id).with_opinion(reason))
        .await?;
    Ok(Ok(()))
}

/// The office's decision on scope, with its reason (SC-8).
pub async fn decide_scope(
    database: &Database,
    who: &Who,
    (id, version): (AssociationId, i32),
    (scope, reason): (Scope, &str),
) -> Result<Result<(), Refusal>, WriteError> {
    let mut write = Write::begin(database, who).await?;
    if !store::decide_scope(&mut write, (id, version), scope, reason).await? {
        return Ok(Err(Refusal::Stale));
    }
    let record = Record::new(
        Act::ScopeDecide,
        "association",
        id.0,
        format!("认定为“{}”", scope.label()),
    )
    .in_file_of(id)
    .with_opinion(reason)
    .changed("scope", "", scope.key());
    write.record(record).await?;
    Ok(Ok(()))
}

/// The department that an entry made by a unit belongs to: its own.
#[must_use]
pub fn department_of(who: &Who, chosen: Option<DepartmentId>) -> Option<DepartmentId> {
    if who.actor.role().is_unit() {
        Some(who.actor.department())
    } else {
        chosen
    }
}
