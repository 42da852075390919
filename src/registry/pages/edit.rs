//! Entering an association, and correcting what is written about it.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;

use crate::access::{Act, Actor};
use crate::accounts::pages::because;
use crate::accounts::store::departments;
use crate::ids::DepartmentId;
use crate::paths;
use crate::registry::acts;
use crate::registry::credit_code::{self, Fault};
use crate::registry::rules::{MEMBER_BASES, TieKind};
use crate::registry::store::{self, Association, Entry};
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::conflict::{Line, Theirs};
use crate::web::form::{Clean, Slot};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const NAME: Ask<String> = ask::text("name", "协会名称", 60).must("请填写协会名称。");
const USCC: Ask<String> =
    ask::text("uscc", "统一社会信用代码", 18).hint("18位，以51开头；没有的留空并填写登记证号");
const USCC_NOTE: Ask<String> =
    ask::text("uscc_note", "校验位不符的说明", 200).hint("只在证书所载代码校验位不符时填写");
const CERTIFICATE: Ask<String> = ask::text("certificate_no", "登记证号", 40);
const REGISTERED_ON: Ask<NaiveDate> =
    ask::date("registered_on", "成立登记日期").must("请填写成立登记日期。");
const REGISTRAR: Ask<String> = ask::text("registrar", "登记机关", 60).must("请填写登记机关。");
const REPRESENTATIVE: Ask<String> =
    ask::text("legal_representative", "法定代表人", 40).must("请填写法定代表人。");
const DOMICILE: Ask<String> = ask::wide("domicile", "住所", 200).must("请填写住所。");
const BUSINESS: Ask<String> = ask::longtext("business_scope", "业务范围", 1_000)
    .rows(5)
    .must("请填写业务范围。");

/// The form of an entry or a correction.
#[derive(Template)]
#[template(path = "registry/edit.html")]
pub struct EditPage {
    page: Page,
    form: Form,
    /// The association that is corrected; none for a new one.
    association: Option<Association>,
    action: String,
    act: Act,
    version: i32,
    departments: Vec<Choice>,
    choose_department: bool,
    member_bases: Vec<Choice>,
    kinds: Vec<Choice>,
    bases: Vec<Choice>,
}

fn member_bases() -> Vec<Choice> {
    let bases = MEMBER_BASES.iter();
    bases
        .map(|(value, label, _)| Choice::from(((*value).to_owned(), (*label).to_owned())))
        .collect()
}

impl View for EditPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let association = match allowed.association() {
            Ok(id) => Some(store::association(db, id).await?.ok_or(Error::Missing)?),
            Err(_) => None,
        };
        let (title, action, act) = match &association {
            Some(association) => (
                format!("更正{}的登记信息", association.name),
                paths::registry::CORRECTION.at(association.id),
                Act::AssociationCorrect,
            ),
            None => (
                "登记协会".to_owned(),
                paths::registry::NEW_ASSOCIATION.to_string(),
                Act::AssociationCreate,
            ),
        };
        let form = form.unwrap_or_else(|| match &association {
            Some(association) => Form::of_lines(current(association, &[])),
            None => {
                let mut form = Form::default();
                form.set(REGISTRAR.name, look.app.scheme.campaign.registrar.clone());
                form.set("kind", TieKind::Supervise.key());
                form
            }
        });
        Ok(Self {
            page: allowed.page(title),
            form,
            action,
            act,
            version: association.as_ref().map_or(0, |found| found.version),
            choose_department: association.is_none() && own_unit(allowed.actor()).is_none(),
            association,
            departments: departments(db)
                .await?
                .into_iter()
                .filter(|department| department.supervises)
                .map(|department| Choice::from((department.id.to_string(), department.name)))
                .collect(),
            member_bases: member_bases(),
            kinds: Choice::of::<TieKind>(),
            bases: because::bases(),
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        let association = self.association.as_ref()?;
        let lines = current(association, &self.member_bases);
        Some(Theirs::lines(association.version, lines))
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(match allowed.association() {
            Ok(id) => paths::registry::ASSOCIATION.at(id),
            Err(_) => paths::registry::ASSOCIATION.at("{}"),
        })
    }
}

/// The unit that an entry belongs to by itself: a unit enters its own.
fn own_unit(actor: &Actor) -> Option<DepartmentId> {
    actor.role().is_unit().then(|| actor.department())
}

struct Fields {
    name: Slot<String>,
    certificate_no: Slot<Option<String>>,
    registered_on: Slot<NaiveDate>,
    registrar: Slot<String>,
    domicile: Slot<String>,
    legal_representative: Slot<String>,
    business_scope: Slot<String>,
    member_basis: Slot<String>,
    uscc: Option<String>,
    uscc_note: Option<String>,
    direct: bool,
}

fn read(app: &App, form: &mut Form) -> Fields {
    let (uscc, uscc_note) = read_code(form);
    let bases = MEMBER_BASES.map(|(value, _, _)| value);
    Fields {
        name: NAME.read(form),
        certificate_no: CERTIFICATE.if_filled(form),
        registered_on: REGISTERED_ON.read_past(form, app.clock.today()),
        registrar: REGISTRAR.read(form),
        domicile: DOMICILE.read(form),
        legal_representative: REPRESENTATIVE.read(form),
        business_scope: BUSINESS.read(form),
        member_basis: form
            .choice("member_basis", "会员主体", &bases)
            .required("请选择会员主体。"),
        uscc,
        uscc_note,
        direct: form.tick("direct_registration"),
    }
}

/// The code as typed; a wrong check character may stand with an explanation (TC-10).
fn read_code(form: &mut Form) -> (Option<String>, Option<String>) {
    form.knows(USCC.name);
    form.knows(USCC_NOTE.name);
    let code = form.value(USCC.name).trim().to_uppercase();
    let note = form.value(USCC_NOTE.name).trim().to_owned();
    if code.is_empty() {
        if form.value(CERTIFICATE.name).trim().is_empty() {
            let message = "请填写统一社会信用代码；没有的，请填写登记证号。";
            form.fail(USCC.name, USCC.label, message);
        }
        return (None, None);
    }
    match credit_code::check(&code) {
        Ok(()) => (Some(code), None),
        Err(Fault::CheckCharacter) if note.chars().count() >= 5 => {
            (Some(code), Some(note.chars().take(USCC_NOTE.max).collect()))
        }
        Err(fault) => {
            form.fail(USCC.name, USCC.label, fault.explain());
            (None, None)
        }
    }
}

impl Fields {
    fn entry(self, clean: &Clean) -> Entry {
        Entry {
            name: self.name.take(clean),
            uscc: self.uscc,
            uscc_note: self.uscc_note,
            certificate_no: self.certificate_no.take(clean),
            registered_on: self.registered_on.take(clean),
            registrar: self.registrar.take(clean),
            domicile: self.domicile.take(clean),
            legal_representative: self.legal_representative.take(clean),
            business_scope: self.business_scope.take(clean),
            member_basis: self.member_basis.take(clean),
            direct_registration: self.direct,
        }
    }
}

/// Enters an association.
pub async fn create(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let fields = read(&app, &mut form);
    let kind = form
        .word::<TieKind>("kind", "与机关的关系")
        .required("请选择与机关的关系。");
    let chosen = form.value("department").parse().ok().map(DepartmentId);
    form.knows("department");
    let department = own_unit(allowed.actor()).or(chosen);
    if department.is_none() {
        form.fail("department", "业务主管单位", "请选择业务主管单位。");
    }
    let run = async |write, clean, _| {
        let unit = department.unwrap_or(DepartmentId(0));
        acts::register(write, unit, &fields.entry(&clean), kind.take(&clean)).await
    };
    allowed.act::<EditPage, _, _>(&app, form, run).await
}

/// The fields of an association as its form shows them.
fn current(association: &Association, bases: &[Choice]) -> Vec<(Line, String)> {
    let direct = if association.direct_registration {
        "yes"
    } else {
        ""
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let members = Line::of("member_basis", "会员主体", bases);
    let mut fields = vec![
        (NAME.into(), association.name.clone()),
        (USCC.into(), text(&association.uscc)),
        (USCC_NOTE.into(), text(&association.uscc_note)),
        (CERTIFICATE.into(), text(&association.certificate_no)),
        (REGISTERED_ON.into(), association.registered_on.to_string()),
        (REGISTRAR.into(), association.registrar.clone()),
        (DOMICILE.into(), association.domicile.clone()),
        (
            REPRESENTATIVE.into(),
            association.legal_representative.clone(),
        ),
        (BUSINESS.into(), association.business_scope.clone()),
        (members, association.member_basis.clone()),
        (
            Line::tick("direct_registration", "直接登记"),
            direct.to_owned(),
        ),
    ];
    fields.extend(because::lines());
    fields
}

/// Corrects an association; two people at once see both versions.
pub async fn correct(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let fields = read(&app, &mut form);
    let said = because::read(&mut form, app.clock.today());
    let run = async |write, clean, seen| {
        let because = said.because(&clean);
        acts::correct(write, id, seen, &fields.entry(&clean), &because).await
    };
    allowed.act::<EditPage, _, _>(&app, form, run).await
}
