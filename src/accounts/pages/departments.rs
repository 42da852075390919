//! Departments of the campaign.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::acts;
use crate::accounts::store::{self, Department};
use crate::ids::DepartmentId;
use crate::paths;
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

/// Kinds of bodies that can have associations (SC-1, SC-2).
const KINDS: [(&str, &str); 10] = [
    ("organ", "行政机关"),
    ("party_organ", "党的机关"),
    ("npc", "人大机关"),
    ("cppcc", "政协机关"),
    ("court", "审判机关"),
    ("procuratorate", "检察机关"),
    ("mass_org", "人民团体"),
    ("ref_institution", "参照公务员法管理的事业单位"),
    ("institution", "事业单位"),
    ("enterprise", "企业"),
];

#[derive(Template)]
#[template(path = "accounts/departments.html")]
struct ListPage {
    page: Page,
    departments: Vec<Row>,
    may_create: bool,
}

struct Row {
    name: String,
    short_name: String,
    kind: &'static str,
    duties: String,
}

#[derive(Template)]
#[template(path = "accounts/department_new.html")]
struct NewPage {
    page: Page,
    form: Form,
    kinds: Vec<Choice>,
}

/// All departments.
pub async fn list(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let departments = store::departments(db).await?;
    html(&ListPage {
        page: allowed.page("单位"),
        departments: departments.into_iter().map(row).collect(),
        may_create: allowed.may(Act::DepartmentCreate),
    })
}

fn row(department: Department) -> Row {
    let mut duties: Vec<&str> = department
        .competences
        .iter()
        .map(|code| competence(code))
        .collect();
    if department.supervises {
        duties.push("业务主管单位");
    }
    Row {
        name: department.name,
        short_name: department.short_name,
        kind: KINDS
            .iter()
            .find(|(key, _)| *key == department.kind)
            .map_or("其他", |(_, label)| label),
        duties: duties.join("、"),
    }
}

fn competence(code: &str) -> &'static str {
    match code {
        "CA" => "登记管理",
        "OFFICE" => "脱钩办公室",
        "CZ" => "资产财务",
        "JG" => "办公用房",
        "ZZ" => "干部和党建",
        "RS" => "人事和社会保险",
        "BB" => "机构编制和职能",
        "SJ" => "审计监督",
        "FG" => "统筹协调",
        _ => "其他",
    }
}

fn new_page(allowed: &Allowed, form: Form) -> NewPage {
    NewPage {
        page: allowed.page("新增单位"),
        form,
        kinds: KINDS
            .iter()
            .map(|(value, label)| Choice {
                value: (*value).to_owned(),
                label: (*label).to_owned(),
            })
            .collect(),
    }
}

/// The form for a new supervising unit.
pub async fn new(allowed: Allowed) -> Result<Response, Error> {
    html(&new_page(&allowed, Form::default()))
}

/// Adds a supervising unit.
pub async fn create(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let code = form
        .text("code", "代号", 20)
        .check(
            |code| {
                code.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            },
            "代号只能用小写字母和数字。",
        )
        .required("请填写代号。");
    let name = form.text("name", "名称", 60).required("请填写名称。");
    let short_name = form.text("short_name", "简称", 20).required("请填写简称。");
    let kinds: Vec<&str> = KINDS.iter().map(|(key, _)| *key).collect();
    let kind = form.choice("kind", "性质", &kinds).required("请选择性质。");
    let Ok(clean) = form.done() else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&allowed, form));
    };
    let kind = kind.take(&clean);
    let new = Department {
        id: DepartmentId(0),
        code: code.take(&clean),
        name: name.take(&clean),
        short_name: short_name.take(&clean),
        civil_service_law: match kind.as_str() {
            "institution" | "enterprise" => "none",
            "mass_org" | "ref_institution" => "by_reference",
            _ => "applies",
        }
        .to_owned(),
        kind,
        competences: Vec::new(),
        supervises: true,
    };
    if acts::create_department(
        &app.database,
        &allowed.who(&form, paths::accounts::DEPARTMENTS.at()),
        &new,
    )
    .await?
    .is_none()
    {
        form.fail("name", "名称", "已有单位用了这个名称或代号，请核对。");
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&allowed, form));
    }
    Ok(redirect(
        paths::accounts::DEPARTMENTS.at(),
        Act::DepartmentCreate,
    ))
}
