//! 工作台: what waits for me, what is overdue, what is due within the days of
//! warning, and what I have done.

use askama::Template;
use chrono::{NaiveDate, TimeDelta};

use crate::access::{Actor, Role, Scope as Reach};
use crate::clock::stamp;
use crate::comments::store::ToRead;
use crate::dashboard::notices::{self, Notices};
use crate::dashboard::store::{self, Waiting};
use crate::dashboard::todos::reminders::{self, Inbox, Received};
use crate::dashboard::todos::{Todo, before_reply, plans, posts, registry, state, tag, tasks};
use crate::database::Db;
use crate::paths::{self, Path};
use crate::scheme::Measure;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{App, Error, Form, Look, View};

mod holdings;
mod reminded;

/// Most items of the checklist shown here.
const ITEMS: i64 = 50;

/// The workbench of the person in the capacity in force.
#[derive(Template)]
#[template(path = "dashboard/workbench.html")]
pub struct WorkbenchPage {
    page: Page,
    overdue: Table,
    soon: Table,
    later: Table,
    to_read: Table,
    received: Table,
    done: Vec<DoneView>,
    owes_nil: bool,
    lead: &'static str,
    notices: Notices,
    inbox: Inbox,
    reminded: Vec<reminded::Reminded>,
    warn: i64,
}

const TODOS: &[Column<Todo>] = &[
    table::words("事项", |todo: &Todo| {
        Cell::said_after(&todo.href, &todo.title, format!("：{}", todo.association))
    })
    .head(),
    table::words("协会", |todo: &Todo| Cell::plain(&todo.association)),
    table::words("业务主管单位", |todo: &Todo| Cell::plain(&todo.unit)).stacked_as("主管单位"),
    table::short("时限", |todo: &Todo| Cell::plain(&todo.due)),
    table::short("状态", |todo: &Todo| {
        Cell::Tag(todo.tag, todo.state.clone())
    }),
];

const TO_READ: &[Column<ToRead>] = &[
    table::words("协会", |comment: &ToRead| {
        let address = paths::comments::COMMENTS.at(comment.association);
        Cell::link(address, format!("{}的留言", comment.name))
    })
    .head(),
    table::words("留言人", |comment: &ToRead| {
        format!("{} {}", comment.department, comment.author).into()
    }),
    table::short("日期", |comment: &ToRead| comment.written_on.into()),
];

const RECEIVED: &[Column<Received>] = &[
    table::words("催办通知", |notice: &Received| {
        let text = format!("签收催办通知，{}项", notice.matters);
        let address = paths::timeline::REMINDER.at(notice.id);
        Cell::said_after(address, text, format!("，{}", notice.on))
    })
    .head(),
    table::words("发送人", |notice: &Received| {
        format!("脱钩办 {}", notice.sender).into()
    }),
    table::short("日期", |notice: &Received| notice.on.into()),
];

struct DoneView {
    when: String,
    sentence: String,
    href: Option<String>,
    name: String,
}

impl View for WorkbenchPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let actor = allowed.actor();
        let today = app.clock.today();
        let mut todos = todos(db, app, actor, today).await?;
        let mut inbox = reminders::of(db, app, actor, today).await?;
        todos.append(&mut inbox.orders);
        let reminded = reminded::of(app, actor.role(), &todos, today);
        let warn = app.scheme.campaign.parameters.warn_days;
        let (mut overdue, mut soon, mut later) = (Vec::new(), Vec::new(), Vec::new());
        for (due, todo) in todos {
            if due < today {
                overdue.push(todo);
            } else if (due - today).num_days() <= warn {
                soon.push(todo);
            } else {
                later.push(todo);
            }
        }
        let notices = notices::of(db, actor, today).await?;
        let done = store::done(db, actor.account).await?;
        Ok(Self {
            page: allowed.page("工作台"),
            owes_nil: actor.role() == Role::UnitLeader
                && store::owes_nil_report(db, actor.department()).await?,
            overdue: Table::of("已逾期的事项", actor, TODOS, &overdue),
            soon: Table::of("七天内到期的事项", actor, TODOS, &soon),
            later: Table::of("其他待办事项", actor, TODOS, &later),
            to_read: Table::of("待阅的留言", actor, TO_READ, &notices.to_read),
            received: Table::of("待签收的催办通知", actor, RECEIVED, &inbox.received),
            done: done
                .into_iter()
                .map(|act| DoneView {
                    when: stamp(act.at),
                    sentence: act.sentence,
                    href: act
                        .association
                        .map(|id| paths::registry::ASSOCIATION.at(id)),
                    name: act.name.unwrap_or_default(),
                })
                .collect(),
            lead: lead(actor.role()),
            notices,
            inbox,
            reminded,
            warn,
        })
    }
}

const fn lead(role: Role) -> &'static str {
    match role {
        Role::UnitClerk => "本单位主管协会的填报事项。",
        Role::UnitLeader => "等待您以单位名义报送的事项。",
        Role::OfficeClerk | Role::OfficeLeader => "等待脱钩办办理的事项。",
        Role::Association => "本协会的事项。",
        Role::Sysadmin => "账号、单位由您维护；业务事项由各单位办理。",
        Role::Superior => "您可以查看已公布的结果和进展数字。",
        _ => "等待本单位办理的事项。",
    }
}

async fn todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let parameters = &app.scheme.campaign.parameters;
    let survey_due = parameters.survey_due;
    let issued = parameters.issue_date;
    let confirm_due = parameters.list_recommend_due;
    let (survey, scope) = (paths::survey::SURVEY, paths::registry::SCOPE);
    let mut todos = Vec::new();
    match actor.role() {
        Role::UnitClerk | Role::UnitLeader => {
            let leader = actor.role() == Role::UnitLeader;
            for waiting in store::surveys_to_fill(db, actor.department(), issued).await? {
                let title = match waiting.survey.as_deref() {
                    Some("returned") => "补正被退回的摸底调查",
                    Some(_) if leader => "审签并报送摸底调查",
                    Some(_) => "继续填报摸底调查",
                    None => "开始填报摸底调查",
                };
                todos.push((
                    survey_due,
                    todo(title, waiting, survey, (survey_due, today)),
                ));
            }
        }
        Role::OfficeClerk | Role::OfficeLeader => {
            for waiting in store::surveys_to_confirm(db).await? {
                let title = if actor.role() == Role::OfficeLeader {
                    "确认摸底调查"
                } else {
                    "审核摸底调查"
                };
                todos.push((
                    confirm_due,
                    todo(title, waiting, survey, (confirm_due, today)),
                ));
            }
            if actor.role() == Role::OfficeLeader {
                for waiting in store::scopes_to_decide(db, issued).await? {
                    todos.push((
                        survey_due,
                        todo("认定脱钩范围", waiting, scope, (survey_due, today)),
                    ));
                }
            }
        }
        _ => {}
    }
    todos.extend(item_todos(db, app, actor, today).await?);
    todos.extend(registry::todos(db, app, actor, today).await?);
    todos.extend(posts::todos(db, app, actor, today).await?);
    todos.extend(before_reply::todos(db, app, actor, today).await?);
    todos.extend(plans::todos(db, app, actor, today).await?);
    todos.extend(tasks::todos(db, app, actor, today).await?);
    todos.extend(holdings::todos(db, app, actor, today).await?);
    Ok(todos)
}

/// Items: a unit's own that are due, and the reported ones that wait for the
/// person's department or the office to verify.
async fn item_todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let parameters = &app.scheme.campaign.parameters;
    let role = actor.role();
    let (items, act, days) = if role.is_unit() {
        let near = today + TimeDelta::days(parameters.warn_days);
        let items = store::items_due(db, Reach::of(actor), (near, ITEMS)).await?;
        (items, "办理", 0)
    } else if role.is_specialist() || role == Role::OfficeClerk {
        let verifies = |measure: &&Measure| {
            role == Role::OfficeClerk || measure.verify.iter().any(|code| code == role.code())
        };
        let measures = app.scheme.measures.measures.iter().filter(verifies);
        let codes: Vec<String> = measures.map(|measure| measure.code().to_owned()).collect();
        let days = parameters.prior_approval_sla_workdays;
        (store::items_to_verify(db, &codes).await?, "核实", days)
    } else {
        return Ok(Vec::new());
    };
    let todos = items.into_iter().map(|item| {
        let due = item.deadline + TimeDelta::days(days);
        let text = app
            .scheme
            .measure(&item.measure)
            .map_or("", |measure| measure.text.as_str());
        let late = (today - due).num_days();
        let todo = Todo {
            title: format!("{act}{}：{text}", item.measure),
            href: paths::progress::ITEM.at(item.association, item.id),
            association: item.name,
            unit: item.department,
            due: due.to_string(),
            tag: tag(late),
            state: state(late),
        };
        (due, todo)
    });
    Ok(todos.collect())
}

fn todo(
    title: &str,
    waiting: Waiting,
    path: Path<1>,
    (due, today): (NaiveDate, NaiveDate),
) -> Todo {
    let late = (today - due).num_days();
    Todo {
        title: title.to_owned(),
        href: path.at(waiting.id),
        association: waiting.name,
        unit: waiting.department,
        due: due.to_string(),
        tag: tag(late),
        state: state(late),
    }
}
