//! Ties to organs: registering another one, ending one.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::crossings;
use crate::database::Db;
use crate::ids::DepartmentId;
use crate::paths;
use crate::registry::acts;
use crate::registry::rules::{TieKind, ends_tie};
use crate::registry::store::{self, Brief, NewTie, Tie};
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const VIA: Ask<String> = ask::text("via_subordinate", "通过的下属单位", 60)
    .hint("关系属于机关下属单位的，填写下属单位名称");
const BASIS: Ask<String> = ask::text("basis", "依据文件", 200).must("请填写依据文件。");
const STARTED_ON: Ask<NaiveDate> = ask::date("started_on", "起始日期");
const ENDED_ON: Ask<NaiveDate> = ask::date("ended_on", "终止日期").must("请填写终止日期。");
const ENDED_BY: Ask<String> = ask::text("ended_by", "终止文件", 200)
    .hint("名称和文号")
    .must("请填写终止文件的名称和文号。");

/// The form for another tie.
#[derive(Template)]
#[template(path = "registry/tie_new.html")]
pub struct NewPage {
    page: Page,
    form: Form,
    association: Brief,
    departments: Vec<Choice>,
    kinds: Vec<Choice>,
}

/// The form for ending a tie.
#[derive(Template)]
#[template(path = "registry/tie_end.html")]
pub struct EndPage {
    page: Page,
    form: Form,
    association: Brief,
    tie: Tie,
    /// Whoever looks may end it.
    may: bool,
}

async fn brief(db: &mut Db, allowed: &Allowed) -> Result<Brief, Error> {
    store::brief(db, allowed.association()?)
        .await?
        .ok_or(Error::Missing)
}

/// The organs that a tie may be to.
async fn organs(db: &mut Db) -> Result<Vec<Choice>, sqlx::Error> {
    let departments = departments(db).await?.into_iter();
    Ok(departments
        .map(|department| Choice::from((department.id.to_string(), department.name)))
        .collect())
}

impl View for NewPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        Ok(Self {
            page: look.allowed.page("登记其他关系"),
            form: form.unwrap_or_default(),
            association: brief(look.db, look.allowed).await?,
            departments: organs(look.db).await?,
            kinds: Choice::of::<TieKind>(),
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::registry::ASSOCIATION.at(allowed.association()?))
    }
}

impl View for EndPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let association = brief(look.db, look.allowed).await?;
        let number = look.allowed.number("tie")?;
        let tie = store::tie(look.db, association.id, number)
            .await?
            .ok_or(Error::Missing)?;
        Ok(Self {
            page: look.allowed.page(format!(
                "终止与{}的关系（{}）",
                tie.department_name,
                tie.kind.label()
            )),
            form: form.unwrap_or_default(),
            may: ends_tie(look.allowed.actor(), tie.department),
            association,
            tie,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        NewPage::address(allowed)
    }
}

/// Adds a tie.
pub async fn add(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let association = allowed.association()?;
    let organs = organs(&mut app.read().await?).await?;
    let offered: Vec<&str> = organs.iter().map(|choice| choice.value.as_str()).collect();
    let department = form
        .choice("department", "机关", &offered)
        .required("请选择机关。");
    // TC-12: only one unit supervises; another one is entered as 联系 or 挂靠.
    let kind = form
        .word::<TieKind>("kind", "关系")
        .check(
            |kind| *kind != TieKind::Supervise,
            "主管单位只能有一个，已在台账中；请选择主办、联系或挂靠。",
        )
        .required("请选择关系。");
    let via = VIA.if_filled(&mut form);
    let basis = BASIS.read(&mut form);
    let started_on = STARTED_ON.if_filled(&mut form);
    let run = async |write, clean, _| {
        let tie = NewTie {
            kind: kind.take(&clean),
            department: DepartmentId(department.take(&clean).parse().unwrap_or_default()),
            via_subordinate: via.take(&clean),
            basis: basis.take(&clean),
            started_on: started_on.take(&clean),
            is_primary: false,
        };
        crossings::ties::add(write, association, &tie).await
    };
    allowed.act::<NewPage, _, _>(&app, form, run).await
}

/// Ends a tie.
pub async fn end(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let tie = (allowed.association()?, allowed.number("tie")?);
    let on = ENDED_ON.read_past(&mut form, app.clock.today());
    let by = ENDED_BY.read(&mut form);
    let run = async |write, clean, seen| {
        acts::end_tie(write, tie, seen, on.take(&clean), &by.take(&clean)).await
    };
    allowed.act::<EndPage, _, _>(&app, form, run).await
}
