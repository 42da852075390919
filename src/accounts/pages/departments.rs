//! Departments of the campaign.

use askama::Template;
use axum::extract::State;

use crate::access::Act;
use crate::accounts::acts;
use crate::accounts::rules::incoming::{KINDS, law_of};
use crate::accounts::store::{self, Department};
use crate::documents::leaving::Tabled;
use crate::ids::DepartmentId;
use crate::paths;
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const CODE: Ask<String> = ask::text("code", "代号", 20)
    .hint("小写字母，如 shangwu")
    .fits(
        |code| {
            code.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        },
        "代号只能用小写字母和数字。",
    )
    .must("请填写代号。");
/// A department's full name.
pub(super) const NAME: Ask<String> = ask::text("name", "名称", 60).must("请填写名称。");
/// Its short name.
pub(super) const SHORT_NAME: Ask<String> = ask::text("short_name", "简称", 20).must("请填写简称。");

const COLUMNS: &[Column<Row>] = &[
    table::words("名称", |row: &Row| {
        let name = if row.opens {
            Cell::link(paths::accounts::DEPARTMENT.at(row.id), &row.name)
        } else {
            Cell::plain(&row.name)
        };
        match row.former.as_str() {
            "" => name,
            former => name.under(format!("曾用名：{former}")),
        }
    })
    .head(),
    table::words("简称", |row: &Row| (&row.short_name).into()),
    table::words("性质", |row: &Row| row.kind.into()),
    table::words("职责", |row: &Row| (&row.duties).into()),
];

/// All departments.
#[derive(Template)]
#[template(path = "accounts/departments.html")]
pub struct ListPage {
    page: Page,
    departments: Table,
    may_create: bool,
}

struct Row {
    id: DepartmentId,
    /// Whoever looks may change it.
    opens: bool,
    former: String,
    name: String,
    short_name: String,
    kind: &'static str,
    duties: String,
}

/// The form for a new supervising unit.
#[derive(Template)]
#[template(path = "accounts/department_new.html")]
pub struct NewPage {
    page: Page,
    form: Form,
    kinds: Vec<Choice>,
}

impl Tabled for ListPage {
    const NAME: &'static str = "单位列表";

    fn tables(self) -> Vec<Table> {
        vec![self.departments]
    }
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let departments = store::departments(look.db).await?;
        let former = store::names::former(look.db).await?;
        let opens = look.allowed.may(Act::DepartmentChange);
        let rows = departments.into_iter().map(|department| {
            let own = former.iter().filter(|(id, _)| *id == department.id.0);
            let former: Vec<&str> = own.map(|(_, name)| name.as_str()).collect();
            row(department, (opens, former.join("、")))
        });
        let rows: Vec<Row> = rows.collect();
        let actor = look.allowed.actor();
        Ok(Self {
            page: look.allowed.page("单位"),
            departments: Table::of("单位列表", actor, COLUMNS, &rows).scrolled(),
            may_create: look.allowed.may(Act::DepartmentCreate),
        })
    }
}

impl View for NewPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let kinds = KINDS.iter();
        Ok(Self {
            page: look.allowed.page("新增单位"),
            form: form.unwrap_or_default(),
            kinds: kinds
                .map(|(value, label)| Choice::from(((*value).to_owned(), (*label).to_owned())))
                .collect(),
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::accounts::DEPARTMENTS.to_string())
    }
}

fn row(department: Department, (opens, former): (bool, String)) -> Row {
    let mut duties: Vec<&str> = department
        .competences
        .iter()
        .map(|code| competence(code))
        .collect();
    if department.supervises {
        duties.push("业务主管单位");
    }
    Row {
        id: department.id,
        opens,
        former,
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

/// Adds a supervising unit.
pub async fn create(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let code = CODE.read(&mut form);
    let name = NAME.read(&mut form);
    let short_name = SHORT_NAME.read(&mut form);
    let kinds: Vec<&str> = KINDS.iter().map(|(key, _)| *key).collect();
    let kind = form.choice("kind", "性质", &kinds).required("请选择性质。");
    let run = async |write, clean, _| {
        let kind = kind.take(&clean);
        let new = Department {
            id: DepartmentId(0),
            code: code.take(&clean),
            name: name.take(&clean),
            short_name: short_name.take(&clean),
            civil_service_law: law_of(&kind).to_owned(),
            kind,
            competences: Vec::new(),
            supervises: true,
        };
        acts::create_department(write, &new).await
    };
    allowed.act::<NewPage, _, _>(&app, form, run).await
}
