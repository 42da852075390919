//! Entering an association, and correcting what is written about it.

use crate::access::{Act, Actor};
use crate::accounts::pages::because;
use crate::accounts::store::departments;
use crate::ids::DepartmentId;
use crate::paths;
use crate::registry::acts;
use crate::registry::rules::entry::{
    self, BUSINESS, CERTIFICATE, DIRECT, DOMICILE, Gaps, MEMBERS, NAME, REGISTERED_ON, REGISTRAR,
    REPRESENTATIVE, USCC, USCC_NOTE,
};
use crate::registry::rules::{MEMBER_BASES, TieKind};
use crate::registry::store::{self, Association};
use crate::scheme::Choice;
use crate::web::conflict::{Line, Theirs};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};
use askama::Template;
use axum::extract::State;

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

/// Enters an association.
pub async fn create(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let fields = entry::read(&mut form, app.clock.today(), Gaps::None);
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
    let values = entry::values(association).into_iter();
    let mut fields: Vec<(Line, String)> = values
        .map(|(name, value)| (line(name, bases), value))
        .collect();
    fields.extend(because::lines());
    fields
}

/// How two versions of a field are told apart.
fn line(name: &str, bases: &[Choice]) -> Line {
    match name {
        "name" => NAME.into(),
        "uscc" => USCC.into(),
        "uscc_note" => USCC_NOTE.into(),
        "certificate_no" => CERTIFICATE.into(),
        "registered_on" => REGISTERED_ON.into(),
        "registrar" => REGISTRAR.into(),
        "domicile" => DOMICILE.into(),
        "legal_representative" => REPRESENTATIVE.into(),
        "business_scope" => BUSINESS.into(),
        "member_basis" => Line::of(MEMBERS.0, MEMBERS.1, bases),
        _ => Line::tick(DIRECT.0, DIRECT.1),
    }
}

/// Corrects an association; two people at once see both versions.
pub async fn correct(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let before = store::association(&mut app.read().await?, id).await?;
    let before = before.ok_or(Error::Missing)?;
    // What was not known need not be found out all at once.
    let lacks: Vec<&str> = entry::missing(&before)
        .iter()
        .map(|(name, _)| *name)
        .collect();
    let fields = entry::read(&mut form, app.clock.today(), Gaps::These(&lacks));
    let said = because::read(&mut form, app.clock.today());
    let run = async |write, clean, seen| {
        let because = said.because(&clean);
        acts::correct(write, id, seen, &fields.entry(&clean), &because).await
    };
    allowed.act::<EditPage, _, _>(&app, form, run).await
}
