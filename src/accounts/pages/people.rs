//! Accounts and their capacities, for the system administrator.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::{Act, Role};
use crate::accounts::acts::{self, AccountChange, NewAccount};
use crate::accounts::store::{self, Department, Person, standing};
use crate::accounts::{passwords, rules};
use crate::clock::stamp;
use crate::database::Db;
use crate::ids::{AccountId, DepartmentId};
use crate::paths;
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "accounts/list.html")]
struct ListPage {
    page: Page,
    people: Vec<Listed>,
    uncovered: Vec<(String, String)>,
    disabled: usize,
    may_change: bool,
}

/// An account in the list.
struct Listed {
    person: Person,
    last_sign_in: String,
    tried: bool,
}

#[derive(Template)]
#[template(path = "accounts/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    departments: Vec<Choice>,
    roles: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "accounts/edit.html")]
struct EditPage {
    page: Page,
    form: Form,
    reset: Form,
    person: Person,
    departments: Vec<Choice>,
    roles: Vec<Choice>,
    held: Vec<Choice>,
    alone: Vec<String>,
}

/// All accounts.
pub async fn list(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let standing = standing::standing(db).await?;
    let now = app.clock.wall().to_utc();
    let people: Vec<Listed> = store::people(db)
        .await?
        .into_iter()
        .map(|person| {
            let known = standing.get(&person.id);
            Listed {
                last_sign_in: known
                    .and_then(|known| known.last_sign_in)
                    .map_or_else(|| "从未登录".to_owned(), stamp),
                tried: known.is_some_and(|known| {
                    rules::tries::many_out(known.new_until, known.known_until, now)
                }),
                person,
            }
        })
        .collect();
    html(&ListPage {
        page: allowed.page("账号"),
        uncovered: standing::uncovered(db, app.clock.today()).await?,
        disabled: people
            .iter()
            .filter(|listed| listed.person.disabled_at.is_some())
            .count(),
        people,
        may_change: allowed.may(Act::AccountChange),
    })
}

/// The form for a new account.
pub async fn new(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let departments = departments(db).await?;
    html(&new_page(&allowed, Form::default(), &departments))
}

/// Makes an account with a first password that must be changed.
pub async fn create(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let departments = departments(&mut app.read().await?).await?;
    let username = form
        .text("username", "用户名", 40)
        .check(
            |name| {
                name.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            },
            "用户名只能用小写字母、数字和短横线。",
        )
        .required("请填写用户名。");
    let name = form.text("name", "姓名", 40).required("请填写姓名。");
    let capacity = read_capacity(&mut form, &departments);
    let typed = form.value("username");
    let password = first_password(&app, &mut form, &typed);
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &new_page(&allowed, form, &departments),
        );
    };
    let (Some((department, role)), Some(password)) = (capacity, password) else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &new_page(&allowed, form, &departments),
        );
    };
    let new = NewAccount {
        username: username.take(&clean),
        name: name.take(&clean),
        hash: passwords::hash(&app, password).await?,
        department,
        role,
        association: None,
    };
    let made = acts::create_account(
        &app.database,
        &allowed.who(&form, paths::accounts::ACCOUNTS.at()),
        &new,
    )
    .await?;
    if made.is_none() {
        form.fail("username", "用户名", "已有账号用了这个用户名，请换一个。");
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &new_page(&allowed, form, &departments),
        );
    }
    Ok(redirect(paths::accounts::ACCOUNTS.at(), Act::AccountCreate))
}

/// One account.
pub async fn edit(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let person = person(db, &allowed).await?;
    let form = Form::filled(vec![
        ("name".to_owned(), person.name.clone()),
        (
            "disabled".to_owned(),
            if person.disabled_at.is_some() {
                "yes".to_owned()
            } else {
                String::new()
            },
        ),
    ]);
    html(&edit_page(db, &app, &allowed, (form, Form::default()), person).await?)
}

/// Changes name, standing and capacities.
pub async fn change(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let mut db = app.read().await?;
    let person = person(&mut db, &allowed).await?;
    let departments = departments(&mut db).await?;
    let version = form.version()?;
    let name = form.text("name", "姓名", 40).required("请填写姓名。");
    let disabled = form.tick("disabled");
    let add = if form.value("role").is_empty() {
        form.knows("department");
        form.knows("role");
        None
    } else {
        read_capacity(&mut form, &departments)
    };
    let wanted = form.value("remove");
    form.knows("remove");
    let remove = person
        .capacities
        .iter()
        .find(|(department, _, role)| wanted == format!("{department}:{}", role.key()))
        .map(|(department, _, role)| (*department, *role));
    if disabled && person.id == allowed.actor().account.0 {
        form.fail("disabled", "停用", "不能停用自己的账号。");
    }
    if add.is_some_and(|(_, role)| role == Role::Sysadmin) && person.id == allowed.actor().account.0
    {
        form.fail("role", "角色", "不能给自己增加身份。");
    }
    let Ok(clean) = form.done() else {
        let view = edit_page(&mut db, &app, &allowed, (form, Form::default()), person).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    drop(db);
    let change = AccountChange {
        account: AccountId(person.id),
        version,
        name: name.take(&clean),
        disabled,
        add,
        remove,
    };
    let path = paths::accounts::ACCOUNT.at(person.id);
    if !acts::change_account(&app.database, &allowed.who(&form, path.clone()), &change).await? {
        return Err(Error::Conflict(
            "这个账号刚被他人修改，请刷新页面核对后重新修改。".to_owned(),
        ));
    }
    Ok(redirect(&path, Act::AccountChange))
}

/// Sets a first password again.
pub async fn reset(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let mut db = app.read().await?;
    let person = person(&mut db, &allowed).await?;
    let password = first_password(&app, &mut form, &person.username);
    let (Ok(_), Some(password)) = (form.done(), password) else {
        let view = edit_page(
            &mut db,
            &app,
            &allowed,
            (
                Form::filled(vec![("name".to_owned(), person.name.clone())]),
                form,
            ),
            person,
        )
        .await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    drop(db);
    let hash = passwords::hash(&app, password).await?;
    let path = paths::accounts::ACCOUNT.at(person.id);
    acts::reset_password(
        &app.database,
        &allowed.who(&form, path.clone()),
        AccountId(person.id),
        &hash,
    )
    .await?;
    Ok(redirect(&path, Act::AccountReset))
}

async fn person(db: &mut Db, allowed: &Allowed) -> Result<Person, Error> {
    let id = allowed.number("account")?;
    store::person(db, id).await?.ok_or(Error::Missing)
}

async fn departments(db: &mut Db) -> Result<Vec<Department>, Error> {
    Ok(store::departments(db).await?)
}

fn first_password(app: &App, form: &mut Form, username: &str) -> Option<String> {
    let guessable = &app.scheme.campaign.words.guessable;
    let password = form.value("password");
    form.knows("password");
    match rules::password_problem(&password, username, None, guessable) {
        None => Some(password),
        Some(problem) => {
            form.fail("password", "初始密码", problem);
            None
        }
    }
}

/// A department and a role that fit each other.
fn read_capacity(form: &mut Form, departments: &[Department]) -> Option<(DepartmentId, Role)> {
    let department = departments
        .iter()
        .find(|department| department.id.to_string() == form.value("department"));
    let role = Role::from_key(&form.value("role"));
    form.knows("department");
    form.knows("role");
    match (department, role) {
        (Some(department), Some(role))
            if rules::role_fits(role, &department.competences, department.supervises) =>
        {
            Some((department.id, role))
        }
        (Some(_), Some(_)) => {
            form.fail("role", "角色", "这个角色与单位的职责不符，请核对。");
            None
        }
        (department, _) => {
            let (name, label) = if department.is_none() {
                ("department", "单位")
            } else {
                ("role", "角色")
            };
            form.fail(name, label, format!("请选择{label}。"));
            None
        }
    }
}

fn department_choices(departments: &[Department]) -> Vec<Choice> {
    departments
        .iter()
        .map(|department| Choice {
            value: department.id.to_string(),
            label: department.name.clone(),
        })
        .collect()
}

fn role_choices() -> Vec<Choice> {
    Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Association)
        .map(|role| Choice {
            value: role.key().to_owned(),
            label: role.label().to_owned(),
        })
        .collect()
}

fn new_page(allowed: &Allowed, form: Form, departments: &[Department]) -> NewPage {
    NewPage {
        page: allowed.page("新建账号"),
        form,
        departments: department_choices(departments),
        roles: role_choices(),
    }
}

async fn edit_page(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    (form, reset): (Form, Form),
    person: Person,
) -> Result<EditPage, Error> {
    let departments = departments(db).await?;
    let held = person
        .capacities
        .iter()
        .map(|(id, name, role)| Choice {
            value: format!("{id}:{}", role.key()),
            label: format!("{name}·{}", role.label()),
        })
        .collect();
    let alone = standing::held_alone(db, (person.id, app.clock.today())).await?;
    Ok(EditPage {
        alone: alone
            .into_iter()
            .map(|(department, role)| format!("{department}·{}", role.label()))
            .collect(),
        page: allowed.page(format!("账号 {}", person.username)),
        form,
        reset,
        departments: department_choices(&departments),
        roles: role_choices(),
        held,
        person,
    })
}
