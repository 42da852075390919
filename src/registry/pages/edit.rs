//! Entering an association, and correcting what is written about it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::database::Db;
use crate::ids::DepartmentId;
use crate::paths;
use crate::registry::acts::{self, Refusal};
use crate::registry::credit_code::{self, Fault};
use crate::registry::rules::{MEMBER_BASES, TieKind};
use crate::registry::store::{self, Association, Entry};
use crate::scheme::Choice;
use crate::web::conflict::Conflict;
use crate::web::form::{Clean, Slot};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "registry/edit.html")]
struct EditPage {
    page: Page,
    form: Form,
    /// The association that is corrected; none for a new one.
    association: Option<Association>,
    departments: Vec<Choice>,
    choose_department: bool,
    member_bases: Vec<Choice>,
    kinds: Vec<Choice>,
}

struct Fields {
    name: Slot<String>,
    certificate_no: Slot<Option<String>>,
    registered_on: Slot<chrono::NaiveDate>,
    registrar: Slot<String>,
    domicile: Slot<String>,
    legal_representative: Slot<String>,
    business_scope: Slot<String>,
    member_basis: Slot<String>,
    uscc: Option<String>,
    uscc_note: Option<String>,
    direct: bool,
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
    }
}

async fn view(
    db: &mut Db,
    allowed: &Allowed,
    form: Form,
    association: Option<Association>,
) -> Result<EditPage, Error> {
    let departments = departments(db).await?;
    let title = association.as_ref().map_or_else(
        || "登记协会".to_owned(),
        |association| format!("更正{}的登记信息", association.name),
    );
    Ok(EditPage {
        page: allowed.page(title),
        form,
        choose_department: association.is_none() && !allowed.actor().role().is_unit(),
        association,
        departments: departments
            .into_iter()
            .filter(|department| department.supervises)
            .map(|department| choice(&department.id.to_string(), &department.name))
            .collect(),
        member_bases: MEMBER_BASES
            .iter()
            .map(|(value, label, _)| choice(value, label))
            .collect(),
        kinds: TieKind::ALL
            .into_iter()
            .map(|kind| choice(kind.key(), kind.label()))
            .collect(),
    })
}

fn read(app: &App, form: &mut Form) -> Fields {
    let today = app.clock.today();
    let (uscc, uscc_note) = read_code(form);
    Fields {
        name: form
            .text("name", "协会名称", 60)
            .required("请填写协会名称。"),
        certificate_no: form.text("certificate_no", "登记证号", 40).optional(),
        registered_on: form
            .date("registered_on", "成立登记日期")
            .check(|day| *day <= today, "成立登记日期不能晚于今天。")
            .required("请填写成立登记日期。"),
        registrar: form
            .text("registrar", "登记机关", 60)
            .required("请填写登记机关。"),
        domicile: form.text("domicile", "住所", 200).required("请填写住所。"),
        legal_representative: form
            .text("legal_representative", "法定代表人", 40)
            .required("请填写法定代表人。"),
        business_scope: form
            .text("business_scope", "业务范围", 1_000)
            .required("请填写业务范围。"),
        member_basis: form
            .choice(
                "member_basis",
                "会员主体",
                &MEMBER_BASES.map(|(value, _, _)| value),
            )
            .required("请选择会员主体。"),
        uscc,
        uscc_note,
        direct: form.tick("direct_registration"),
    }
}

/// The code as typed; a wrong check character may stand with an explanation (TC-10).
fn read_code(form: &mut Form) -> (Option<String>, Option<String>) {
    const LABEL: &str = "统一社会信用代码";
    form.knows("uscc");
    form.knows("uscc_note");
    form.knows("certificate_no");
    let code = form.value("uscc").trim().to_uppercase();
    let note = form.value("uscc_note").trim().to_owned();
    if code.is_empty() {
        if form.value("certificate_no").trim().is_empty() {
            form.fail(
                "uscc",
                LABEL,
                "请填写统一社会信用代码；没有的，请填写登记证号。",
            );
        }
        return (None, None);
    }
    match credit_code::check(&code) {
        Ok(()) => (Some(code), None),
        Err(Fault::CheckCharacter) if note.chars().count() >= 5 => {
            (Some(code), Some(note.chars().take(200).collect()))
        }
        Err(fault) => {
            form.fail("uscc", LABEL, fault.explain());
            (None, None)
        }
    }
}

impl Fields {
    fn entry(self, clean: &Clean, department: DepartmentId) -> Entry {
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
            department,
            direct_registration: self.direct,
        }
    }
}

/// The form for a new entry.
pub async fn new(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let form = Form::filled(vec![
        (
            "registrar".to_owned(),
            app.scheme.campaign.registrar.clone(),
        ),
        ("kind".to_owned(), "supervise".to_owned()),
    ]);
    html(&view(db, &allowed, form, None).await?)
}

/// Enters an association.
pub async fn create(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let fields = read(&app, &mut form);
    let kind = form
        .choice("kind", "与机关的关系", &TieKind::ALL.map(TieKind::key))
        .required("请选择与机关的关系。");
    let chosen = form.value("department").parse().ok().map(DepartmentId);
    form.knows("department");
    let who = allowed.who(&form, paths::registry::ASSOCIATION.at("{}"));
    let department = acts::department_of(&who, chosen);
    if department.is_none() {
        form.fail("department", "业务主管单位", "请选择业务主管单位。");
    }
    let (Ok(clean), Some(department)) = (form.done(), department) else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&mut app.read().await?, &allowed, form, None).await?,
        );
    };
    let kind = TieKind::from_key(&kind.take(&clean)).unwrap_or(TieKind::Supervise);
    let entry = fields.entry(&clean, department);
    match acts::register(&app.database, &app.scheme.campaign, &who, (&entry, kind)).await? {
        Ok(id) => Ok(redirect(
            &paths::registry::ASSOCIATION.at(id),
            Act::AssociationCreate,
        )),
        Err(refusal) => refused(&app, &allowed, form, (None, &refusal)).await,
    }
}

async fn refused(
    app: &App,
    allowed: &Allowed,
    mut form: Form,
    (association, refusal): (Option<Association>, &Refusal),
) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let (field, sentence) = refusal.explain();
    form.fail(
        field,
        if field == "uscc" {
            "统一社会信用代码"
        } else {
            "协会名称"
        },
        sentence,
    );
    html_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(db, allowed, form, association).await?,
    )
}

async fn load(db: &mut Db, allowed: &Allowed) -> Result<Association, Error> {
    store::association(db, allowed.association()?)
        .await?
        .ok_or(Error::Missing)
}

/// The fields of an association as its form shows them: name, label, value.
fn current(association: &Association) -> Vec<(String, String, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        ("name", "协会名称", association.name.clone()),
        ("uscc", "统一社会信用代码", text(&association.uscc)),
        (
            "uscc_note",
            "校验位不符的说明",
            text(&association.uscc_note),
        ),
        (
            "certificate_no",
            "登记证号",
            text(&association.certificate_no),
        ),
        (
            "registered_on",
            "成立登记日期",
            association.registered_on.to_string(),
        ),
        ("registrar", "登记机关", association.registrar.clone()),
        ("domicile", "住所", association.domicile.clone()),
        (
            "legal_representative",
            "法定代表人",
            association.legal_representative.clone(),
        ),
        (
            "business_scope",
            "业务范围",
            association.business_scope.clone(),
        ),
        ("member_basis", "会员主体", association.member_basis.clone()),
        (
            "direct_registration",
            "直接登记",
            if association.direct_registration {
                "yes".to_owned()
            } else {
                String::new()
            },
        ),
    ]
    .into_iter()
    .map(|(name, label, value)| (name.to_owned(), label.to_owned(), value))
    .collect()
}

/// The form for a correction.
pub async fn edit(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let association = load(db, &allowed).await?;
    let values = current(&association)
        .into_iter()
        .map(|(name, _, value)| (name, value))
        .collect();
    html(&view(db, &allowed, Form::filled(values), Some(association)).await?)
}

/// Corrects an association; two people at once see both versions.
pub async fn correct(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let association = load(&mut app.read().await?, &allowed).await?;
    let version = form.version()?;
    let path = paths::registry::ASSOCIATION.at(association.id);
    let who = allowed.who(&form, path.clone());
    let fields = read(&app, &mut form);
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&mut app.read().await?, &allowed, form, Some(association)).await?,
        );
    };
    let entry = fields.entry(&clean, association.department);
    match acts::correct(
        &app.database,
        &app.scheme.campaign,
        &who,
        (&association, version),
        &entry,
    )
    .await?
    {
        Ok(()) => Ok(redirect(&path, Act::AssociationCorrect)),
        Err(Refusal::Stale) => {
            let now = load(&mut app.read().await?, &allowed).await?;
            let conflict = Conflict {
                action: paths::registry::CORRECTION.at(association.id),
                who: "该协会的登记信息刚被他人更正".to_owned(),
                version: now.version,
                current: current(&now),
                typed: &form,
            };
            Err(conflict.into_error(allowed.page("内容有冲突")))
        }
        Err(refusal) => refused(&app, &allowed, form, (Some(association), &refusal)).await,
    }
}
