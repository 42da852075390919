//! The clerk's form: work group, liaison officer, timetable, risk plan.

use askama::Template;
use axum::extract::State;

use crate::access::Act;
use crate::paths;
use crate::web::answer::date;
use crate::web::ask::{self, Ask};
use crate::web::conflict::{Line, Part, Theirs};
use crate::web::form::{Clean, Slot};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};
use crate::workgroups::acts;
use crate::workgroups::pages::unit;
use crate::workgroups::rules::{Content, Member, Risk, Step};
use crate::workgroups::store;

use super::rows::{self, Column, Table};

const LEADER: Ask<String> = ask::text("leader", "组长", 20).hint("单位主要负责人或分管负责人");
const LEADER_POST: Ask<String> = ask::text("leader_post", "组长职务", 40);
const LIAISON: Ask<String> = ask::text("liaison_name", "专职工作人员", 20).hint("负责与脱钩办联系");
const PHONE: Ask<String> = ask::text("liaison_phone", "联系电话", 30)
    .hint("仅本单位、脱钩办和登记管理机关可以查看")
    .fits(
        |phone| phone.chars().filter(char::is_ascii_digit).count() >= 7,
        "电话号码不完整，请填写区号和号码或手机号码。",
    );
/// Name and label of what is asked with yes or no.
const JOINED: (&str, &str) = ("liaison_joined", "是否已加入脱钩工作群");

/// The form.
#[derive(Template)]
#[template(path = "workgroups/edit.html")]
pub struct EditPage {
    page: Page,
    form: Form,
    unit: i64,
    version: i32,
    members: Table,
    timetable: Table,
    risks: Table,
}

const fn column(name: &'static str, head: &'static str, max: usize) -> Column {
    Column {
        name,
        head,
        max,
        kind: "text",
    }
}

const MEMBERS: [Column; 2] = [column("name", "姓名", 20), column("post", "职务", 40)];
const RISKS: [Column; 3] = [
    column("risk", "风险", 200),
    column("measure", "应对措施", 300),
    column("owner", "责任人", 40),
];
const TIMETABLE: [Column; 3] = [
    column("what", "工作内容", 100),
    Column {
        name: "due",
        head: "完成日期",
        max: 20,
        kind: "date",
    },
    column("who", "责任科室或人员", 40),
];

/// The tables: name, label, columns.
const TABLES: [(&str, &str, &[Column]); 3] = [
    ("member", "工作组成员", &MEMBERS),
    ("step", "本单位时间表", &TIMETABLE),
    ("risk", "风险预案", &RISKS),
];

/// The number by which a row is known; those saved before rows had one stand in order.
const fn numbered(number: u32, place: u32) -> u32 {
    if number == 0 { place } else { number }
}

fn fill(content: &Content) -> Form {
    let mut form = Form::default();
    form.set("leader", content.leader.clone());
    form.set("leader_post", content.leader_post.clone());
    form.set("liaison_name", content.liaison_name.clone());
    form.set("liaison_phone", content.liaison_phone.clone());
    if let Some(joined) = content.liaison_joined {
        form.set("liaison_joined", if joined { "yes" } else { "no" });
    }
    for (member, place) in content.members.iter().zip(1..) {
        let number = numbered(member.number, place);
        form.set(&format!("member.{number}.name"), member.name.clone());
        form.set(&format!("member.{number}.post"), member.post.clone());
    }
    for (step, place) in content.timetable.iter().zip(1..) {
        let number = numbered(step.number, place);
        form.set(&format!("step.{number}.what"), step.what.clone());
        form.set(&format!("step.{number}.due"), step.due.to_string());
        form.set(&format!("step.{number}.who"), step.who.clone());
    }
    for (risk, place) in content.risks.iter().zip(1..) {
        let number = numbered(risk.number, place);
        form.set(&format!("risk.{number}.risk"), risk.risk.clone());
        form.set(&format!("risk.{number}.measure"), risk.measure.clone());
        form.set(&format!("risk.{number}.owner"), risk.owner.clone());
    }
    form
}

impl View for EditPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.department()?;
        let name = unit::name(db, allowed).await?;
        let group = store::kept(db, id).await?.group;
        let content = &group.content;
        // What was typed was typed on what was seen, and not on what stands there now.
        let seen = form
            .as_ref()
            .and_then(|form| form.raw("version")?.parse().ok());
        let form = form.unwrap_or_else(|| fill(content));
        let table =
            |prefix, label, columns, filled| rows::table(prefix, label, columns, (&form, filled));
        Ok(Self {
            page: allowed.page(format!("填写{name}工作组材料")),
            unit: id.0,
            version: seen.unwrap_or(group.version),
            members: table("member", "工作组成员", &MEMBERS[..], content.members.len()),
            timetable: table("step", "本单位时间表", &TIMETABLE, content.timetable.len()),
            risks: table("risk", "风险预案", &RISKS, content.risks.len()),
            form,
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        let asks = [LEADER, LEADER_POST, LIAISON, PHONE].map(Line::from);
        let joined = Line::yes_no(JOINED.0, JOINED.1);
        let single = asks.into_iter().chain([joined]).map(Part::Line);
        let tables = TABLES.map(|(name, label, columns)| rows::part(name, label, columns));
        Some(Theirs {
            version: self.version,
            parts: single.chain(tables).collect(),
            fields: self.form.fields().to_vec(),
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::workgroups::WORKGROUP.at(allowed.department()?))
    }
}

/// What is typed, until the form is whole.
struct Typed {
    single: [Slot<Option<String>>; 4],
    joined: Slot<Option<bool>>,
    members: Vec<(u32, Vec<String>)>,
    steps: Vec<(u32, Vec<String>)>,
    risks: Vec<(u32, Vec<String>)>,
}

fn read(form: &mut Form) -> Typed {
    Typed {
        single: [LEADER, LEADER_POST, LIAISON, PHONE].map(|ask| ask.if_filled(form)),
        joined: form.yes_no(JOINED.0, JOINED.1).optional(),
        members: rows::read(form, "member", &MEMBERS),
        steps: rows::read(form, "step", &TIMETABLE),
        risks: rows::read(form, "risk", &RISKS),
    }
}

/// The number of a row and its cells, as many as its table has columns.
fn cells<const N: usize>((number, row): (u32, Vec<String>)) -> (u32, [String; N]) {
    let mut cells = row.into_iter();
    (
        number,
        std::array::from_fn(|_| cells.next().unwrap_or_default()),
    )
}

impl Typed {
    fn content(self, clean: &Clean) -> Content {
        let [leader, leader_post, liaison_name, liaison_phone] =
            self.single.map(|slot| slot.take(clean).unwrap_or_default());
        Content {
            leader,
            leader_post,
            liaison_name,
            liaison_phone,
            liaison_joined: self.joined.take(clean),
            members: (self.members.into_iter().map(cells))
                .map(|(number, [name, post])| Member { number, name, post })
                .collect(),
            timetable: (self.steps.into_iter().map(cells))
                .filter_map(|(number, [what, due, who])| {
                    let due = date::parse(&due).ok()??;
                    Some(Step {
                        number,
                        what,
                        due,
                        who,
                    })
                })
                .collect(),
            risks: (self.risks.into_iter().map(cells))
                .map(|(number, [risk, measure, owner])| Risk {
                    number,
                    risk,
                    measure,
                    owner,
                })
                .collect(),
        }
    }
}

/// Saves what was typed.
pub async fn save(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let unit = allowed.department()?;
    let typed = read(&mut form);
    let run =
        async |write, clean, seen| acts::save(write, unit, seen, &typed.content(&clean)).await;
    allowed.act::<EditPage, _, _>(&app, form, run).await
}
