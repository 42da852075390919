//! What is written about an association when it is entered or corrected: the questions, how
//! they are read, and what an entry still lacks. Form and spreadsheet are read here alike.

use chrono::NaiveDate;

use crate::registry::credit_code::{self, Fault};
use crate::registry::store::{Association, Entry};
use crate::web::Form;
use crate::web::ask::{self, Ask};
use crate::web::form::{Clean, Slot};

use super::MEMBER_BASES;
use super::periods::{Differs, Field};

/// 协会名称.
pub const NAME: Ask<String> = ask::text("name", "协会名称", 60).must("请填写协会名称。");
/// 统一社会信用代码.
pub const USCC: Ask<String> =
    ask::text("uscc", "统一社会信用代码", 18).hint("18位，以51开头；没有的留空并填写登记证号");
/// Why a code with a wrong check character stands.
pub const USCC_NOTE: Ask<String> =
    ask::text("uscc_note", "校验位不符的说明", 200).hint("只在证书所载代码校验位不符时填写");
/// 登记证号.
pub const CERTIFICATE: Ask<String> = ask::text("certificate_no", "登记证号", 40);
/// 成立登记日期.
pub const REGISTERED_ON: Ask<NaiveDate> =
    ask::date("registered_on", "成立登记日期").must("请填写成立登记日期。");
/// 登记机关.
pub const REGISTRAR: Ask<String> = ask::text("registrar", "登记机关", 60).must("请填写登记机关。");
/// 法定代表人.
pub const REPRESENTATIVE: Ask<String> =
    ask::text("legal_representative", "法定代表人", 40).must("请填写法定代表人。");
/// 住所.
pub const DOMICILE: Ask<String> = ask::wide("domicile", "住所", 200).must("请填写住所。");
/// 业务范围.
pub const BUSINESS: Ask<String> = ask::longtext("business_scope", "业务范围", 1_000)
    .rows(5)
    .must("请填写业务范围。");
/// 会员主体, one of [`MEMBER_BASES`].
pub const MEMBERS: (&str, &str) = ("member_basis", "会员主体");
/// 直接登记: the certificate names no supervising unit.
pub const DIRECT: (&str, &str) = ("direct_registration", "直接登记");

/// Fewest characters of the note on a check character.
const NOTE: usize = 5;

/// What may be left empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps<'a> {
    /// Nothing: who enters an association by hand has its certificate before them.
    None,
    /// These fields, which were not known before.
    These(&'a [&'static str]),
    /// All but the name: a district's own list often says no more.
    All,
}

impl Gaps<'_> {
    fn has(self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::These(names) => names.contains(&name),
            Self::All => true,
        }
    }
}

/// What is not known yet of an association: names of fields and their labels.
#[must_use]
pub fn missing(association: &Association) -> Vec<(&'static str, &'static str)> {
    let codeless = association.uscc.is_none() && association.certificate_no.is_none();
    let lacks = [
        (USCC.name, "统一社会信用代码或者登记证号", codeless),
        (
            REGISTERED_ON.name,
            REGISTERED_ON.label,
            association.registered_on.is_none(),
        ),
        (
            REGISTRAR.name,
            REGISTRAR.label,
            association.registrar.is_empty(),
        ),
        (
            REPRESENTATIVE.name,
            REPRESENTATIVE.label,
            association.legal_representative.is_empty(),
        ),
        (
            DOMICILE.name,
            DOMICILE.label,
            association.domicile.is_empty(),
        ),
        (
            BUSINESS.name,
            BUSINESS.label,
            association.business_scope.is_empty(),
        ),
        (MEMBERS.0, MEMBERS.1, association.member_basis.is_empty()),
    ];
    let lacks = lacks.into_iter().filter(|(.., lacks)| *lacks);
    lacks.map(|(name, label, _)| (name, label)).collect()
}

/// The fields of an association by name, as somebody would type them.
#[must_use]
pub fn values(of: &Association) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let day = of.registered_on.map(|day| day.to_string());
    let direct = if of.direct_registration { "yes" } else { "" };
    vec![
        (NAME.name, of.name.clone()),
        (USCC.name, text(&of.uscc)),
        (USCC_NOTE.name, text(&of.uscc_note)),
        (CERTIFICATE.name, text(&of.certificate_no)),
        (REGISTERED_ON.name, day.unwrap_or_default()),
        (REGISTRAR.name, of.registrar.clone()),
        (DOMICILE.name, of.domicile.clone()),
        (REPRESENTATIVE.name, of.legal_representative.clone()),
        (BUSINESS.name, of.business_scope.clone()),
        (MEMBERS.0, of.member_basis.clone()),
        (DIRECT.0, direct.to_owned()),
    ]
}

/// What has periods and reads otherwise in the entry. What was not known before is filled in:
/// nothing stood there that was wrong or has changed.
#[must_use]
pub fn differing(before: &Association, entry: &Entry) -> Vec<Differs> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let pair = |field, before: &str, after: &str| Differs {
        field,
        before: before.to_owned(),
        after: after.to_owned(),
    };
    let values = [
        pair(Field::Name, &before.name, &entry.name),
        pair(Field::Uscc, &text(&before.uscc), &text(&entry.uscc)),
        pair(Field::Domicile, &before.domicile, &entry.domicile),
        pair(
            Field::LegalRepresentative,
            &before.legal_representative,
            &entry.legal_representative,
        ),
        pair(
            Field::BusinessScope,
            &before.business_scope,
            &entry.business_scope,
        ),
    ];
    let values = values.into_iter();
    let differs = values.filter(|each| each.before != each.after && !each.before.is_empty());
    differs.collect()
}

/// A value that must be there, or may be missing.
enum Given<T> {
    Must(Slot<T>),
    May(Slot<Option<T>>),
}

impl<T> Given<T> {
    fn take(self, clean: &Clean) -> Option<T> {
        match self {
            Self::Must(slot) => Some(slot.take(clean)),
            Self::May(slot) => slot.take(clean),
        }
    }
}

/// The fields as they were read.
pub struct Fields {
    name: Slot<String>,
    certificate_no: Slot<Option<String>>,
    registered_on: Given<NaiveDate>,
    registrar: Given<String>,
    domicile: Given<String>,
    legal_representative: Given<String>,
    business_scope: Given<String>,
    member_basis: Given<String>,
    uscc: Option<String>,
    uscc_note: Option<String>,
    direct: bool,
}

/// Reads the fields of an entry.
pub fn read(form: &mut Form, today: NaiveDate, gaps: Gaps<'_>) -> Fields {
    let (uscc, uscc_note) = code(form, gaps);
    Fields {
        name: NAME.read(form),
        certificate_no: CERTIFICATE.if_filled(form),
        registered_on: day(form, today, gaps),
        registrar: text(&REGISTRAR, form, gaps),
        domicile: text(&DOMICILE, form, gaps),
        legal_representative: text(&REPRESENTATIVE, form, gaps),
        business_scope: text(&BUSINESS, form, gaps),
        member_basis: members(form, gaps),
        uscc,
        uscc_note,
        direct: form.tick(DIRECT.0),
    }
}

fn text(ask: &Ask<String>, form: &mut Form, gaps: Gaps<'_>) -> Given<String> {
    if gaps.has(ask.name) {
        Given::May(ask.if_filled(form))
    } else {
        Given::Must(ask.read(form))
    }
}

fn day(form: &mut Form, today: NaiveDate, gaps: Gaps<'_>) -> Given<NaiveDate> {
    if gaps.has(REGISTERED_ON.name) {
        Given::May(REGISTERED_ON.past_if_filled(form, today))
    } else {
        Given::Must(REGISTERED_ON.read_past(form, today))
    }
}

fn members(form: &mut Form, gaps: Gaps<'_>) -> Given<String> {
    let bases = MEMBER_BASES.map(|(value, _, _)| value);
    let field = form.choice(MEMBERS.0, MEMBERS.1, &bases);
    if gaps.has(MEMBERS.0) {
        Given::May(field.optional())
    } else {
        Given::Must(field.required("请选择会员主体。"))
    }
}

/// The code as typed; a wrong check character may stand with an explanation (TC-10).
fn code(form: &mut Form, gaps: Gaps<'_>) -> (Option<String>, Option<String>) {
    form.knows(USCC.name);
    form.knows(USCC_NOTE.name);
    let code = form.value(USCC.name).trim().to_uppercase();
    let note = form.value(USCC_NOTE.name).trim().to_owned();
    if code.is_empty() {
        if form.value(CERTIFICATE.name).trim().is_empty() && !gaps.has(USCC.name) {
            let message = "请填写统一社会信用代码；没有的，请填写登记证号。";
            form.fail(USCC.name, USCC.label, message);
        }
        return (None, None);
    }
    match credit_code::check(&code) {
        Ok(()) => (Some(code), None),
        Err(Fault::CheckCharacter) if note.chars().count() >= NOTE => {
            (Some(code), Some(note.chars().take(USCC_NOTE.max).collect()))
        }
        Err(fault) => {
            form.fail(USCC.name, USCC.label, fault.explain());
            (None, None)
        }
    }
}

impl Fields {
    /// The entry, once nothing in the form is wrong.
    #[must_use]
    pub fn entry(self, clean: &Clean) -> Entry {
        let text = |given: Given<String>| given.take(clean).unwrap_or_default();
        Entry {
            name: self.name.take(clean),
            uscc: self.uscc,
            uscc_note: self.uscc_note,
            certificate_no: self.certificate_no.take(clean),
            registered_on: self.registered_on.take(clean),
            registrar: text(self.registrar),
            domicile: text(self.domicile),
            legal_representative: text(self.legal_representative),
            business_scope: text(self.business_scope),
            member_basis: text(self.member_basis),
            direct_registration: self.direct,
        }
    }
}
