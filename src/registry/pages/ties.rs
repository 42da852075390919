//! Ties to organs: registering another one, ending one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::database::Db;
use crate::ids::DepartmentId;
use crate::paths;
use crate::registry::acts;
use crate::registry::rules::TieKind;
use crate::registry::store::{self, Brief, NewTie, Tie};
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "registry/tie_new.html")]
struct NewPage {
    page: Page,
    form: Form,
    association: Brief,
    departments: Vec<Choice>,
    kinds: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "registry/tie_end.html")]
struct EndPage {
    page: Page,
    form: Form,
    association: Brief,
    tie: Tie,
}

async fn brief(db: &mut Db, allowed: &Allowed) -> Result<Brief, Error> {
    store::brief(db, allowed.association()?)
        .await?
        .ok_or(Error::Missing)
}

async fn new_page(db: &mut Db, allowed: &Allowed, form: Form) -> Result<NewPage, Error> {
    let association = brief(db, allowed).await?;
    let departments = departments(db).await?;
    Ok(NewPage {
        page: allowed.page("登记其他关系"),
        form,
        association,
        departments: departments
            .into_iter()
            .map(|department| Choice {
                value: department.id.to_string(),
                label: department.name,
            })
            .collect(),
        kinds: TieKind::ALL
            .into_iter()
            .map(|kind| Choice {
                value: kind.key().to_owned(),
                label: kind.label().to_owned(),
            })
            .collect(),
    })
}

/// The form for another tie.
pub async fn new(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&new_page(db, &allowed, Form::default()).await?)
}

/// Adds a tie.
pub async fn add(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let association = allowed.association()?;
    let page = new_page(&mut app.read().await?, &allowed, Form::default()).await?;
    let offered: Vec<&str> = page
        .departments
        .iter()
        .map(|choice| choice.value.as_str())
        .collect();
    let department = form
        .choice("department", "机关", &offered)
        .required("请选择机关。");
    // TC-12: only one unit supervises; another one is entered as 联系 or 挂靠.
    let kind = form
        .choice("kind", "关系", &TieKind::ALL.map(TieKind::key))
        .check(
            |kind| kind != "supervise",
            "主管单位只能有一个，已在台账中；请选择主办、联系或挂靠。",
        )
        .required("请选择关系。");
    let via = form
        .text("via_subordinate", "通过的下属单位", 60)
        .optional();
    let basis = form
        .text("basis", "依据文件", 200)
        .required("请填写依据文件。");
    let started_on = form.date("started_on", "起始日期").optional();
    let Ok(clean) = form.done() else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage { form, ..page });
    };
    let tie = NewTie {
        kind: TieKind::from_key(&kind.take(&clean)).unwrap_or(TieKind::Liaise),
        department: DepartmentId(
            department
                .take(&clean)
                .parse()
                .map_err(|_| Error::Missing)?,
        ),
        via_subordinate: via.take(&clean),
        basis: basis.take(&clean),
        started_on: started_on.take(&clean),
        is_primary: false,
    };
    let path = paths::registry::ASSOCIATION.at(association);
    acts::add_tie(
        &app.database,
        &allowed.who(&form, path.clone()),
        association,
        &tie,
    )
    .await?;
    Ok(redirect(&path, Act::TieAdd))
}

async fn end_page(db: &mut Db, allowed: &Allowed, form: Form) -> Result<EndPage, Error> {
    let number = allowed.number("tie")?;
    let association = brief(db, allowed).await?;
    let ties = store::ties(db, association.id).await?;
    let tie = ties
        .into_iter()
        .find(|tie| tie.id == number && tie.ended_on.is_none())
        .ok_or(Error::Missing)?;
    Ok(EndPage {
        page: allowed.page(format!("终止与{}的关系", tie.department_name)),
        form,
        association,
        tie,
    })
}

/// The form for ending a tie.
pub async fn ending(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&end_page(db, &allowed, Form::default()).await?)
}

/// Ends a tie.
pub async fn end(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let page = end_page(&mut app.read().await?, &allowed, Form::default()).await?;
    let (today, since) = (app.clock.today(), page.tie.started_on);
    let on = form
        .date("ended_on", "终止日期")
        .check(|day| *day <= today, "终止日期不能晚于今天。")
        .check(
            |day| since.is_none_or(|since| *day >= since),
            "终止日期早于起始日期。",
        )
        .required("请填写终止日期。");
    let by = form
        .text("ended_by", "终止文件", 200)
        .required("请填写终止文件的名称和文号。");
    let Ok(clean) = form.done() else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &EndPage { form, ..page });
    };
    let (association, tie) = (page.association.id, page.tie.id);
    let path = paths::registry::ASSOCIATION.at(association);
    let who = allowed.who(&form, path.clone());
    match acts::end_tie(
        &app.database,
        &who,
        (association, tie),
        (on.take(&clean), &by.take(&clean)),
    )
    .await?
    {
        Ok(()) => Ok(redirect(&path, Act::TieEnd)),
        Err(refusal) => Err(Error::Conflict(refusal.explain().1.to_owned())),
    }
}
