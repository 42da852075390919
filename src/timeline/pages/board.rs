//! All tasks by phase: picture and table in one, a row for each with its bar.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;

use crate::access::{Act, Scope};
use crate::database::Db;
use crate::documents::leaving::Tabled;
use crate::scheme::calendar;
use crate::scheme::parameters::Parameters;
use crate::scheme::timeline::Task;
use crate::scheme::{Choice, Scheme};
use crate::timeline::rules::{Board, Line, Shape, State, who_label};
use crate::timeline::store::batches::{self, Batch};
use crate::timeline::store::{self, Within};
use crate::web::list::{Chip, Query};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Kind, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};
use crate::words::Mark;

use super::chart::{Bar, Scale};

/// The page.
#[derive(Template)]
#[template(path = "timeline/board.html")]
pub struct BoardPage {
    page: Page,
    filters: Filters,
    scale: Scale,
    groups: Vec<Group>,
    /// What the program does not keep yet.
    outside: Vec<LineView>,
    late: usize,
    may_remind: bool,
    unknown: Option<String>,
    /// The batches, where there is more than one.
    batches: Table,
}

/// The tasks of a phase.
struct Group {
    title: String,
    dates: String,
    /// 已过, 进行中, 未开始.
    when: &'static str,
    band: Option<Bar>,
    rows: Vec<Row>,
}

/// A task, its bar, and what must come before it.
struct Row {
    view: LineView,
    bar: Bar,
    before: String,
}

/// A batch of the list with its dates (FD-1).
struct BatchRow {
    batch: Batch,
    set: Parameters,
}

const BATCHES: &[Column<BatchRow>] = &[
    table::words("批次", |row: &BatchRow| {
        let on = Cell::Aside(format!("{}发布", row.batch.published_on));
        Cell::Several(vec![Cell::plain(&row.batch.title), on])
    })
    .head(),
    table::short("方案报送", |row: &BatchRow| {
        row.set.plan_submit_due.into()
    }),
    table::short("方案批复", |row: &BatchRow| {
        row.set.plan_approve_due.into()
    }),
    table::short("中期报告", |row: &BatchRow| row.set.midterm_due.into()),
    table::short("五分离完成", |row: &BatchRow| {
        row.set.implement_due.into()
    }),
    table::short("工作总结", |row: &BatchRow| row.set.summary_due.into()),
    table::short("成效评估", |row: &BatchRow| {
        row.set.evaluation_due.into()
    }),
    table::short("总结报告", |row: &BatchRow| {
        row.set.final_report_due.into()
    }),
    table::short("变更登记", |row: &BatchRow| {
        row.set.registration_due.into()
    }),
    table::short("最后日期", |row: &BatchRow| {
        row.set.batch_final_day.into()
    }),
    table::figures("名单内", |row: &BatchRow| row.batch.listed.into()),
    table::figures("方案已报送", |row: &BatchRow| {
        row.batch.submitted.into()
    }),
    table::figures("已批复", |row: &BatchRow| row.batch.replied.into()),
    table::figures("完成五项分离", |row: &BatchRow| row.batch.done.into()),
];

/// The batches, where there is more than one.
async fn batches(db: &mut Db, app: &App, allowed: &Allowed) -> Result<Table, Error> {
    let mut rows = Vec::new();
    if allowed.actor().role().reads_all() {
        for batch in batches::all(db).await? {
            let set = app.scheme.campaign.of_batch(&batch.dates).parameters;
            rows.push(BatchRow { batch, set });
        }
    }
    let table = Table::of("各批次时限", allowed.actor(), BATCHES, &rows);
    Ok(table.scrolled())
}

/// A task as the table shows it.
pub struct LineView {
    /// The task.
    pub line: Line,
    /// State and light in words.
    pub word: String,
    /// What it means.
    pub mark: Mark,
    /// Until when, in words.
    pub due: String,
    /// Who holds it, where it is late.
    pub held_by: String,
    /// 完成 35/38.
    pub count: String,
}

/// State and light in words, and what they mean.
#[must_use]
pub fn words(state: State, light: crate::progress::lights::Light) -> (String, Mark) {
    let word = match state {
        State::Running | State::NotStarted if light.mark() == Mark::Soon => {
            format!("{}，{}", state.word(), light.word())
        }
        State::NotDue => return (state.word(), Mark::Todo),
        _ => state.word(),
    };
    let mark = match state {
        State::NotStarted => Mark::Todo.on(light.mark()),
        _ => light.mark(),
    };
    (word, mark)
}

impl LineView {
    /// The view of a line.
    #[must_use]
    pub fn of(line: Line) -> Self {
        let (word, mark) = words(line.state, line.light);
        Self {
            word,
            mark,
            due: line
                .window
                .due
                .map_or_else(|| "常态".to_owned(), |due| due.to_string()),
            held_by: line.held_by(),
            count: line.count(),
            line,
        }
    }
}

/// The board of the day within what a person may see, and of the task that is shown every day.
pub async fn board(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    (today, shown): (NaiveDate, Option<&Task>),
) -> Result<Board, Error> {
    let within = Within::of(Scope::of(allowed.actor()), &app.scheme);
    let names = store::departments(db).await?;
    let facts = store::measured(db, &app.scheme, within, (&names, shown)).await?;
    let moved = store::windows(db).await?;
    let names: BTreeMap<i64, String> = names
        .into_iter()
        .map(|(id, (name, _))| (id, name))
        .collect();
    let mut board = Board::new(&Shape {
        scheme: &app.scheme,
        moved: &moved,
        facts: &facts,
        names: &names,
        today,
    });
    // An association sees its own matters; the units' and the office's are theirs.
    if within.association.is_some() {
        board.lines.retain(|line| facts.contains_key(&line.code));
    }
    Ok(board)
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
    }
}

/// What the list may be narrowed by, and what it is narrowed by now.
struct Filters {
    form: Form,
    phases: Vec<Choice>,
    whos: Vec<Choice>,
    states: Vec<Choice>,
    chips: Vec<Chip>,
}

impl Filters {
    fn of(scheme: &Scheme, query: &Query) -> Self {
        let phases = scheme.timeline.phases.iter();
        let mut phases: Vec<Choice> = phases
            .map(|phase| choice(&phase.number.to_string(), &phase.title))
            .collect();
        phases.push(choice("0", "贯穿全程"));
        let whos = ["unit", "office", "department", "association"];
        let whos: Vec<Choice> = whos.iter().map(|who| choice(who, who_label(who))).collect();
        let states = State::FILTERS.iter();
        let states: Vec<Choice> = states.map(|(value, label)| choice(value, label)).collect();
        let mut form = Form::default();
        let mut chips = Vec::new();
        for (name, options) in [("phase", &phases), ("who", &whos), ("state", &states)] {
            let Some(value) = query.get(name) else {
                continue;
            };
            form.set(name, value);
            if let Some(option) = options.iter().find(|option| option.value == value) {
                chips.push(Chip {
                    label: option.label.clone(),
                    href: query.without(name),
                });
            }
        }
        Self {
            form,
            phases,
            whos,
            states,
            chips,
        }
    }
}

impl Tabled for BoardPage {
    const NAME: &'static str = "工作进度";

    fn tables(self) -> Vec<Table> {
        let heads = [
            ("任务", Kind::Words),
            ("阶段", Kind::Words),
            ("由谁办", Kind::Short),
            ("开始", Kind::Short),
            ("时限", Kind::Short),
            ("状态", Kind::Short),
            ("完成情况", Kind::Short),
            ("未完成的单位", Kind::Words),
        ];
        let row = |group: &str, view: &LineView| {
            vec![
                Cell::plain(view.line.text.clone()),
                Cell::plain(group),
                Cell::plain(who_label(&view.line.who)),
                view.line.window.from.into(),
                view.line
                    .window
                    .due
                    .map_or_else(|| view.due.clone().into(), Cell::Day),
                Cell::plain(view.word.clone()),
                view.count.clone().into(),
                view.held_by.clone().into(),
            ]
        };
        let grouped = self.groups.iter().flat_map(|group| {
            let rows = group.rows.iter();
            rows.map(|each| row(&group.title, &each.view))
        });
        let outside = self.outside.iter().map(|view| row("贯穿全程", view));
        let rows = grouped.chain(outside).collect();
        vec![Table::told(Self::NAME, &heads, rows)]
    }

    fn filters(&self) -> Vec<String> {
        let chips = self.filters.chips.iter();
        chips.map(|chip| chip.label.clone()).collect()
    }
}

impl View for BoardPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (app, allowed) = (look.app, look.allowed);
        let (query, today) = (allowed.query(), app.clock.today());
        let board = board(look.db, app, allowed, (today, None)).await?;
        let batches = batches(look.db, app, allowed).await?;
        let late = board.lines.iter();
        let late = late
            .filter(|line| matches!(line.state, State::Late(_)))
            .count();
        let wanted = |name: &str, value: &str| query.get(name).is_none_or(|typed| typed == value);
        let lines: Vec<Line> = board
            .lines
            .into_iter()
            .filter(|line| wanted("phase", &line.phase.to_string()))
            .filter(|line| wanted("who", &line.who) && wanted("state", line.state.key()))
            .collect();
        let scale = Scale::of(&app.scheme, &lines, today);
        let (outside, lines): (Vec<Line>, Vec<Line>) =
            (lines.into_iter()).partition(|line| line.state == State::Unregistered);
        Ok(Self {
            page: allowed.page(Act::TimelineRead.label().trim_start_matches("查看")),
            groups: groups(&app.scheme, &scale, (lines, today)),
            outside: outside.into_iter().map(LineView::of).collect(),
            scale,
            late,
            unknown: calendar::unknown_of(&app.scheme.campaign),
            batches,
            filters: Filters::of(&app.scheme, query),
            may_remind: allowed.may(Act::ReminderList),
        })
    }
}

/// The lines under the phases that they belong to, and those beside them last.
fn groups(scheme: &Scheme, scale: &Scale, (lines, today): (Vec<Line>, NaiveDate)) -> Vec<Group> {
    let mut groups: Vec<(i64, Group)> = (1..)
        .zip(scheme.phases())
        .map(|(number, (title, from, to))| (number, phase(scale, (title, from, to), today)))
        .collect();
    groups.push((
        0,
        Group {
            title: "贯穿全程".to_owned(),
            dates: String::new(),
            when: "",
            band: None,
            rows: Vec::new(),
        },
    ));
    for line in lines {
        let home = groups.iter_mut().find(|(number, _)| *number == line.phase);
        let Some((_, group)) = home else { continue };
        let named = line.blocked_by.iter().filter_map(|code| scheme.task(code));
        // Of what is late already the page of the task says it.
        let waits = !matches!(line.state, State::Late(_));
        let named = named.filter(|_| waits);
        let before: Vec<&str> = named.map(|task| task.text.as_str()).collect();
        group.rows.push(Row {
            bar: scale.bar(&line, today),
            before: before.join("；"),
            view: LineView::of(line),
        });
    }
    let groups = groups.into_iter().map(|(_, group)| group);
    groups.filter(|group| !group.rows.is_empty()).collect()
}

fn phase(
    scale: &Scale,
    (title, from, to): (String, NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Group {
    Group {
        title,
        dates: format!("{from}至{to}"),
        when: if today < from {
            "未开始"
        } else if today > to {
            "已过"
        } else {
            "进行中"
        },
        band: Some(scale.band(from, to)),
        rows: Vec::new(),
    }
}
