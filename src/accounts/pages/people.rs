//! Accounts and their capacities, for the system administrator.

use askama::Template;
use axum::extract::State;

use crate::access::{Act, Role};
use crate::accounts::acts::{self, AccountChange, NewAccount};
use crate::accounts::store::{self, Department, Person, standing};
use crate::accounts::{passwords, rules};
use crate::clock::stamp;
use crate::database::Db;
use crate::documents::leaving::Tabled;
use crate::ids::{AccountId, DepartmentId};
use crate::paths;
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::form::{Clean, Slot};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};
use crate::words::Mark;

const USERNAME: Ask<String> = ask::text("username", "用户名", 40)
    .hint("小写字母、数字和短横线")
    .fits(
        |name| {
            name.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        },
        "用户名只能用小写字母、数字和短横线。",
    )
    .must("请填写用户名。");
const NAME: Ask<String> = ask::text("name", "姓名", 40).must("请填写姓名。");

/// All accounts.
#[derive(Template)]
#[template(path = "accounts/list.html")]
pub struct ListPage {
    page: Page,
    people: Table,
    uncovered: Vec<(String, String)>,
    disabled: usize,
    may_change: bool,
}

/// An account in the list.
struct Listed {
    person: Person,
    last_sign_in: String,
    tried: bool,
    opens: bool,
}

const COLUMNS: &[Column<Listed>] = &[
    table::words("用户名", |listed: &Listed| {
        let Person { id, username, .. } = &listed.person;
        if listed.opens {
            Cell::link(paths::accounts::ACCOUNT.at(*id), username)
        } else {
            Cell::plain(username)
        }
    })
    .head(),
    table::words("姓名", |listed: &Listed| Cell::plain(&listed.person.name)),
    table::words("单位与角色", |listed: &Listed| {
        let held = listed.person.capacities.iter();
        let held = held.map(|(_, department, role)| format!("{department}·{}", role.label()));
        Cell::plain(held.collect::<Vec<String>>().join("；"))
    }),
    table::words("状态", |listed: &Listed| {
        if listed.person.disabled_at.is_some() {
            Cell::Mark(Mark::Void, "已停用".to_owned())
        } else if listed.tried {
            Cell::Mark(Mark::Soon, "密码被多次试错".to_owned())
        } else if listed.person.must_change_password {
            Cell::Mark(Mark::Todo, "未修改初始密码".to_owned())
        } else {
            "正常".into()
        }
    }),
    table::short("最近登录", |listed: &Listed| {
        Cell::plain(&listed.last_sign_in)
    }),
];

/// The form for a new account.
#[derive(Template)]
#[template(path = "accounts/new.html")]
pub struct NewPage {
    page: Page,
    form: Form,
    departments: Vec<Choice>,
    roles: Vec<Choice>,
}

/// One account.
#[derive(Template)]
#[template(path = "accounts/edit.html")]
pub struct EditPage {
    page: Page,
    form: Form,
    reset: Form,
    person: Person,
    departments: Vec<Choice>,
    roles: Vec<Choice>,
    held: Vec<Choice>,
    alone: Vec<String>,
}

impl Tabled for ListPage {
    const NAME: &'static str = "账号列表";

    fn tables(self) -> Vec<Table> {
        vec![self.people]
    }
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, clock) = (look.db, &look.app.clock);
        let standing = standing::standing(db).await?;
        let now = clock.wall().to_utc();
        let may_change = look.allowed.may(Act::AccountChange);
        let listed = |person: Person| {
            let known = standing.get(&person.id);
            Listed {
                last_sign_in: known
                    .and_then(|known| known.last_sign_in)
                    .map_or_else(|| "从未登录".to_owned(), stamp),
                tried: known.is_some_and(|known| {
                    rules::tries::many_out(known.new_until, known.known_until, now)
                }),
                opens: may_change,
                person,
            }
        };
        let people = store::people(db).await?;
        let disabled = people.iter().filter(|person| person.disabled_at.is_some());
        let disabled = disabled.count();
        let people: Vec<Listed> = people.into_iter().map(listed).collect();
        Ok(Self {
            page: look.allowed.page("账号"),
            uncovered: standing::uncovered(db, clock.today()).await?,
            disabled,
            people: Table::of("账号列表", look.allowed.actor(), COLUMNS, &people).scrolled(),
            may_change,
        })
    }
}

impl View for NewPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        Ok(Self {
            page: look.allowed.page("新建账号"),
            form: form.unwrap_or_default(),
            departments: department_choices(&store::departments(look.db).await?),
            roles: role_choices(),
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::accounts::ACCOUNTS.to_string())
    }
}

impl View for EditPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let person = person(db, allowed).await?;
        let filled = || {
            let disabled = person.disabled_at.map_or("", |_| "yes");
            let mut form = Form::default();
            form.set(NAME.name, person.name.clone());
            form.set("disabled", disabled);
            form
        };
        let (form, reset) = match form {
            Some(typed) if allowed.gate_act() == Act::AccountReset => (filled(), typed),
            typed => (typed.unwrap_or_else(filled), Form::default()),
        };
        let held = person.capacities.iter().map(|(id, name, role)| {
            let (value, label) = (role.key(), role.label());
            Choice::from((format!("{id}:{value}"), format!("{name}·{label}")))
        });
        let alone = standing::held_alone(db, (person.id, look.app.clock.today())).await?;
        Ok(Self {
            alone: alone
                .into_iter()
                .map(|(department, role)| format!("{department}·{}", role.label()))
                .collect(),
            page: allowed.page(format!("账号 {}", person.username)),
            form,
            reset,
            departments: department_choices(&store::departments(db).await?),
            roles: role_choices(),
            held: held.collect(),
            person,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::accounts::ACCOUNT.at(allowed.number("account")?))
    }
}

/// Makes an account with a first password that must be changed.
pub async fn create(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let departments = store::departments(&mut app.read().await?).await?;
    let username = USERNAME.read(&mut form);
    let name = NAME.read(&mut form);
    let capacity = Capacity::read(&mut form, &departments);
    let typed = form.value(USERNAME.name);
    let password = first_password(&app, &mut form, &typed);
    let hash = passwords::hash_of(&app, &form, password).await?;
    let run = async |write, clean, _| {
        let (department, role) = capacity.take(&clean);
        let new = NewAccount {
            username: username.take(&clean),
            name: name.take(&clean),
            hash,
            department,
            role,
        };
        acts::create_account(write, &new).await
    };
    allowed.act::<NewPage, _, _>(&app, form, run).await
}

/// Changes name, standing and capacities.
pub async fn change(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let (person, departments) = {
        let mut db = app.read().await?;
        let person = person(&mut db, &allowed).await?;
        (person, store::departments(&mut db).await?)
    };
    let own = person.id == allowed.actor().account.0;
    let name = NAME.read(&mut form);
    let disabled = form.tick("disabled");
    let add = if form.value("role").is_empty() {
        form.knows("department");
        form.knows("role");
        None
    } else {
        Some(Capacity::read(&mut form, &departments))
    };
    let wanted = form.value("remove");
    form.knows("remove");
    let mut held = person.capacities.iter();
    let remove = held
        .find(|(department, _, role)| wanted == format!("{department}:{}", role.key()))
        .map(|(department, _, role)| (*department, *role));
    if disabled && own {
        form.fail("disabled", "停用", "不能停用自己的账号。");
    }
    if own && form.value("role") == Role::Sysadmin.key() {
        form.fail("role", "角色", "不能给自己增加身份。");
    }
    let run = async |write, clean, seen| {
        let change = AccountChange {
            name: name.take(&clean),
            disabled,
            add: add.map(|capacity| capacity.take(&clean)),
            remove,
        };
        acts::change_account(write, AccountId(person.id), seen, &change).await
    };
    allowed.act::<EditPage, _, _>(&app, form, run).await
}

/// Sets a first password again.
pub async fn reset(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let person = person(&mut app.read().await?, &allowed).await?;
    let password = first_password(&app, &mut form, &person.username);
    let hash = passwords::hash_of(&app, &form, password).await?;
    let account = AccountId(person.id);
    let run = async |write, _, seen| acts::reset_password(write, account, seen, &hash).await;
    allowed.act::<EditPage, _, _>(&app, form, run).await
}

async fn person(db: &mut Db, allowed: &Allowed) -> Result<Person, Error> {
    let id = allowed.number("account")?;
    store::person(db, id).await?.ok_or(Error::Missing)
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

/// A department and a role, until the form is whole.
struct Capacity {
    department: Slot<String>,
    role: Slot<Role>,
}

impl Capacity {
    /// A department and a role that fit each other.
    fn read(form: &mut Form, departments: &[Department]) -> Self {
        let offered = department_choices(departments);
        let offered: Vec<&str> = offered.iter().map(|each| each.value.as_str()).collect();
        let typed = form.value("department");
        let mut departments = departments.iter();
        let chosen = departments.find(|department| department.id.to_string() == typed);
        let fits = |role: &Role| {
            *role != Role::Association
                && chosen.is_none_or(|department| {
                    rules::role_fits(*role, &department.competences, department.supervises)
                })
        };
        Self {
            department: form
                .choice("department", "单位", &offered)
                .required("请选择单位。"),
            role: form
                .word::<Role>("role", "角色")
                .check(fits, "这个角色与单位的职责不符，请核对。")
                .required("请选择角色。"),
        }
    }

    fn take(self, clean: &Clean) -> (DepartmentId, Role) {
        let department = self.department.take(clean).parse().unwrap_or_default();
        (DepartmentId(department), self.role.take(clean))
    }
}

fn department_choices(departments: &[Department]) -> Vec<Choice> {
    let departments = departments.iter();
    departments
        .map(|department| Choice::from((department.id.to_string(), department.name.clone())))
        .collect()
}

fn role_choices() -> Vec<Choice> {
    let mut roles = Choice::of::<Role>();
    roles.retain(|role| role.value != Role::Association.key());
    roles
}
