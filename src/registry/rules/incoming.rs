//! What a row of a spreadsheet says of an association, against what stands: pure, and the same
//! reader as the form's.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ids::{AssociationId, DepartmentId};
use crate::registry::credit_code::{self, Fault};
use crate::registry::store::{Association, Entry};
use crate::web::Form;
use crate::web::form::FieldError;

use super::entry::{self, Gaps, USCC, USCC_NOTE};
use super::periods::Field;
use super::{MEMBER_BASES, TieKind};

/// Stands for the note on a check character until it is written.
const UNWRITTEN: &str = "待填写说明";

/// The note on an association that registered without a unit, in a list that has none.
pub const KIND: (&str, &str) = ("kind", "与机关的关系");

/// The responsible unit, which has its own periods (`association_unit`).
pub const UNIT: (&str, &str) = ("department", "业务主管单位");

/// What a row changes.
#[derive(Debug, Clone)]
pub enum Change {
    /// It enters an association under this unit.
    New(DepartmentId, Box<Entry>, TieKind),
    /// It changes one.
    Altered(Altered),
    /// It says what stands.
    Same(AssociationId),
}

/// An association that reads otherwise.
#[derive(Debug, Clone)]
pub struct Altered {
    /// As it stands.
    pub before: Box<Association>,
    /// What is written about it; none: as it stands.
    pub entry: Option<Box<Entry>>,
    /// Its responsible unit; none: the one that it has.
    pub unit: Option<Unit>,
}

/// A unit that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The unit.
    pub id: DepartmentId,
    /// Its name.
    pub name: String,
}

/// A field that reads otherwise: its name, its label, what stood and what would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What stands, as pages show it.
    pub before: String,
    /// What would stand.
    pub after: String,
    /// It has periods (FZ-2).
    pub period: bool,
}

/// What was read of a row.
#[derive(Debug, Clone)]
pub struct Read {
    /// What it changes.
    pub change: Change,
    /// In which fields; of a new one, what it says.
    pub differences: Vec<Difference>,
    /// The code's check character does not fit: to be confirmed (TC-10).
    pub check_character: bool,
}

/// What a row is held against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// The day.
    pub today: NaiveDate,
    /// What stands.
    pub before: Option<&'a Association>,
    /// The unit of a new one.
    pub unit: Option<DepartmentId>,
    /// The sentence that confirms a check character.
    pub note: Option<&'a str>,
}

/// Checks a row: blank is no change.
pub fn check(
    typed: &BTreeMap<String, String>,
    against: &Against<'_>,
) -> Result<Read, Vec<FieldError>> {
    let mut fields: BTreeMap<&str, String> = against
        .before
        .map(|before| entry::values(before).into_iter().collect())
        .unwrap_or_default();
    let names = LABELS.iter().map(|(name, _)| *name);
    for name in names {
        if let Some(value) = typed.get(name) {
            fields.insert(name, ticked(name, value));
        }
    }
    let check_character = notes(&mut fields, typed, against.note);
    let kind = typed.get(KIND.0).and_then(|key| TieKind::from_key(key));
    let mut form = Form::filled(
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    );
    let read = entry::read(&mut form, against.today, Gaps::All);
    let unitless = against.before.is_none() && against.unit.is_none();
    if unitless {
        form.fail(UNIT.0, UNIT.1, "缺业务主管单位，请填写。");
    }
    let Ok(clean) = form.done() else {
        return Err(form.errors().to_vec());
    };
    let entry = read.entry(&clean);
    let differences = differences(against.before, &entry);
    let change = match (against.before, against.unit) {
        (Some(before), _) if differences.is_empty() => Change::Same(before.id),
        (Some(before), _) => Change::Altered(Altered {
            before: Box::new(before.clone()),
            entry: Some(Box::new(entry)),
            unit: None,
        }),
        (None, unit) => Change::New(
            unit.unwrap_or(DepartmentId(0)),
            Box::new(entry),
            kind.unwrap_or(TieKind::Supervise),
        ),
    };
    Ok(Read {
        change,
        differences,
        check_character,
    })
}

/// A value as the form has it: a box that a cell says no to is not ticked.
fn ticked(name: &str, value: &str) -> String {
    let unticked = name == entry::DIRECT.0 && value == "no";
    if unticked { "" } else { value }.to_owned()
}

/// What was read of a row that names this unit: another than the register's is a difference too.
#[must_use]
pub fn under(mut read: Read, before: &Association, unit: &Unit) -> Read {
    if before.department == unit.id {
        return read;
    }
    read.differences.push(Difference {
        field: UNIT.0,
        label: UNIT.1,
        before: before.department_name.clone(),
        after: unit.name.clone(),
        period: true,
    });
    let entry = match read.change {
        Change::Altered(altered) => altered.entry,
        Change::New(..) | Change::Same(_) => None,
    };
    read.change = Change::Altered(Altered {
        before: Box::new(before.clone()),
        entry,
        unit: Some(unit.clone()),
    });
    read
}

/// Puts the note on a check character in; a note on another code goes with it.
fn notes(
    fields: &mut BTreeMap<&str, String>,
    typed: &BTreeMap<String, String>,
    note: Option<&str>,
) -> bool {
    let Some(code) = typed.get(USCC.name) else {
        return false;
    };
    let fault = credit_code::check(&code.trim().to_uppercase());
    let fits_not = fault == Err(Fault::CheckCharacter);
    if fits_not {
        let note = note.unwrap_or(UNWRITTEN).to_owned();
        fields.entry(USCC_NOTE.name).or_default();
        if let Some(kept) = fields.get_mut(USCC_NOTE.name)
            && kept.trim().is_empty()
        {
            *kept = note;
        }
    } else {
        fields.remove(USCC_NOTE.name);
    }
    fits_not
}

/// The fields that a row may have, as they are called.
pub const LABELS: [(&str, &str); 10] = [
    (entry::NAME.name, entry::NAME.label),
    (entry::USCC.name, entry::USCC.label),
    (entry::CERTIFICATE.name, entry::CERTIFICATE.label),
    (entry::REGISTERED_ON.name, entry::REGISTERED_ON.label),
    (entry::REGISTRAR.name, entry::REGISTRAR.label),
    (entry::REPRESENTATIVE.name, entry::REPRESENTATIVE.label),
    (entry::DOMICILE.name, entry::DOMICILE.label),
    (entry::BUSINESS.name, entry::BUSINESS.label),
    (entry::MEMBERS.0, entry::MEMBERS.1),
    (entry::DIRECT.0, entry::DIRECT.1),
];

/// The field whose periods a name of a field stands for.
#[must_use]
pub fn period_of(name: &str) -> Option<Field> {
    match name {
        "name" => Some(Field::Name),
        "uscc" => Some(Field::Uscc),
        "domicile" => Some(Field::Domicile),
        "legal_representative" => Some(Field::LegalRepresentative),
        "business_scope" => Some(Field::BusinessScope),
        _ => None,
    }
}

fn differences(before: Option<&Association>, entry: &Entry) -> Vec<Difference> {
    let shown = values_of(entry);
    let stood: BTreeMap<&str, String> = before
        .map(|before| entry::values(before).into_iter().collect())
        .unwrap_or_default();
    let labelled = LABELS.iter().filter_map(|(field, label)| {
        let after = shown.get(field).cloned().unwrap_or_default();
        let before = stood.get(field).cloned().unwrap_or_default();
        (before != after).then(|| Difference {
            field,
            label,
            period: !before.is_empty() && period_of(field).is_some(),
            before: said(field, before),
            after: said(field, after),
        })
    });
    labelled.collect()
}

/// A value as pages show it.
fn said(field: &str, value: String) -> String {
    match field {
        "member_basis" => {
            let mut bases = MEMBER_BASES.iter();
            let known = bases.find(|(key, ..)| *key == value);
            known.map_or(value, |(_, label, _)| (*label).to_owned())
        }
        "direct_registration" => {
            let said = if value.is_empty() { "否" } else { "是" };
            said.to_owned()
        }
        _ => value,
    }
}

fn values_of(entry: &Entry) -> BTreeMap<&'static str, String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let direct = if entry.direct_registration { "yes" } else { "" };
    let day = entry.registered_on.map(|day| day.to_string());
    BTreeMap::from([
        (entry::NAME.name, entry.name.clone()),
        (entry::USCC.name, text(&entry.uscc)),
        (entry::CERTIFICATE.name, text(&entry.certificate_no)),
        (entry::REGISTERED_ON.name, day.unwrap_or_default()),
        (entry::REGISTRAR.name, entry.registrar.clone()),
        (entry::DOMICILE.name, entry.domicile.clone()),
        (
            entry::REPRESENTATIVE.name,
            entry.legal_representative.clone(),
        ),
        (entry::BUSINESS.name, entry.business_scope.clone()),
        (entry::MEMBERS.0, entry.member_basis.clone()),
        (entry::DIRECT.0, direct.to_owned()),
    ])
}

#[cfg(test)]
mod tests;
