//! The clerk's form: work group, liaison officer, timetable, risk plan.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::web::answer::date;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};
use crate::workgroups::rules::{Content, Member, Refusal, Risk, Step};
use crate::workgroups::store::{self, Workgroup};
use crate::workgroups::{acts, pages::unit};

use super::rows::{self, Column, Table};

#[derive(Template)]
#[template(path = "workgroups/edit.html")]
struct EditPage {
    page: Page,
    form: Form,
    unit: i64,
    name: String,
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

fn fill(content: &Content) -> Form {
    let mut form = Form::default();
    form.set("leader", content.leader.clone());
    form.set("leader_post", content.leader_post.clone());
    form.set("liaison_name", content.liaison_name.clone());
    form.set("liaison_phone", content.liaison_phone.clone());
    if let Some(joined) = content.liaison_joined {
        form.set("liaison_joined", if joined { "yes" } else { "no" });
    }
    for (member, number) in content.members.iter().zip(1..) {
        form.set(&format!("member.{number}.name"), member.name.clone());
        form.set(&format!("member.{number}.post"), member.post.clone());
    }
    for (step, number) in content.timetable.iter().zip(1..) {
        form.set(&format!("step.{number}.what"), step.what.clone());
        form.set(&format!("step.{number}.due"), step.due.to_string());
        form.set(&format!("step.{number}.who"), step.who.clone());
    }
    for (risk, number) in content.risks.iter().zip(1..) {
        form.set(&format!("risk.{number}.risk"), risk.risk.clone());
        form.set(&format!("risk.{number}.measure"), risk.measure.clone());
        form.set(&format!("risk.{number}.owner"), risk.owner.clone());
    }
    form
}

async fn kept(db: &mut Db, allowed: &Allowed) -> Result<Workgroup, Error> {
    let unit = allowed.department()?;
    Ok(store::workgroups(db, Some(unit))
        .await?
        .remove(&unit.0)
        .unwrap_or_else(Workgroup::blank))
}

async fn view(
    db: &mut Db,
    allowed: &Allowed,
    (form, version): (Form, i32),
    content: &Content,
) -> Result<EditPage, Error> {
    let name = unit::name(db, allowed).await?;
    Ok(EditPage {
        page: allowed.page(format!("填写{name}工作组材料")),
        unit: allowed.department()?.0,
        name,
        version,
        members: rows::table(
            "member",
            "工作组成员",
            &MEMBERS,
            (&form, content.members.len()),
        ),
        timetable: rows::table(
            "step",
            "本单位时间表",
            &TIMETABLE,
            (&form, content.timetable.len()),
        ),
        risks: rows::table("risk", "风险预案", &RISKS, (&form, content.risks.len())),
        form,
    })
}

/// The form.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let kept = kept(db, &allowed).await?;
    let form = fill(&kept.content);
    html(&view(db, &allowed, (form, kept.version), &kept.content).await?)
}

fn three(row: Vec<String>) -> (String, String, String) {
    let mut cells = row.into_iter();
    let mut next = || cells.next().unwrap_or_default();
    (next(), next(), next())
}

/// Saves what was typed.
#[expect(
    clippy::too_many_lines,
    reason = "one form with four parts, read in one pass"
)]
pub async fn save(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let version = form.version()?;
    let leader = form.text("leader", "组长", 20).optional();
    let leader_post = form.text("leader_post", "组长职务", 40).optional();
    let liaison_name = form.text("liaison_name", "专职工作人员", 20).optional();
    let liaison_phone = form
        .text("liaison_phone", "联系电话", 30)
        .check(
            |phone| phone.chars().filter(char::is_ascii_digit).count() >= 7,
            "电话号码不完整，请填写区号和号码或手机号码。",
        )
        .optional();
    let joined = form
        .yes_no("liaison_joined", "是否已加入脱钩工作群")
        .optional();
    let members = rows::read(&mut form, "member", &MEMBERS);
    let steps = rows::read(&mut form, "step", &TIMETABLE);
    let risks = rows::read(&mut form, "risk", &RISKS);
    let Ok(clean) = form.done() else {
        let db = &mut app.read().await?;
        let kept = kept(db, &allowed).await?;
        let view = view(db, &allowed, (form, version), &kept.content).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let content = Content {
        leader: leader.take(&clean).unwrap_or_default(),
        leader_post: leader_post.take(&clean).unwrap_or_default(),
        liaison_name: liaison_name.take(&clean).unwrap_or_default(),
        liaison_phone: liaison_phone.take(&clean).unwrap_or_default(),
        liaison_joined: joined.take(&clean),
        members: members
            .into_iter()
            .map(|row| {
                let (name, post, _) = three(row);
                Member { name, post }
            })
            .collect(),
        timetable: steps
            .into_iter()
            .filter_map(|row| {
                let (what, due, who) = three(row);
                let due = date::parse(&due).ok()??;
                Some(Step { what, due, who })
            })
            .collect(),
        risks: risks
            .into_iter()
            .map(|row| {
                let (risk, measure, owner) = three(row);
                Risk {
                    risk,
                    measure,
                    owner,
                }
            })
            .collect(),
    };
    let unit = allowed.department()?;
    let path = paths::workgroups::WORKGROUP.at(unit);
    let who = allowed.who(&form, path.clone());
    match acts::save(&app.database, &who, (unit, version), &content).await? {
        Ok(()) => Ok(redirect(&path, Act::WorkgroupSave)),
        Err(Refusal::Stale) => Err(stale(&mut app.read().await?, &allowed, &form).await?),
        Err(refusal) => Err(Error::Conflict(refusal.explain().to_owned())),
    }
}

/// Both versions side by side (TC-55).
async fn stale(db: &mut Db, allowed: &Allowed, typed: &Form) -> Result<Error, Error> {
    let kept = kept(db, allowed).await?;
    let theirs = fill(&kept.content);
    // Rows that only one side has are shown as blank on the other.
    let current = typed
        .fields()
        .iter()
        .map(|(name, _)| (name.clone(), label(name), theirs.value(name)))
        .collect();
    let conflict = crate::web::conflict::Conflict {
        action: paths::workgroups::FORM.at(allowed.department()?),
        who: "本单位其他经办人".to_owned(),
        version: kept.version,
        current,
        typed,
    };
    Ok(conflict.into_error(allowed.page("他人同时修改了工作组材料")))
}

fn label(name: &str) -> String {
    let mut parts = name.split('.');
    let (table, number, column) = (parts.next(), parts.next(), parts.next());
    let heads = MEMBERS.iter().chain(&TIMETABLE).chain(&RISKS);
    let head = heads
        .into_iter()
        .find(|known| Some(known.name) == column)
        .map(|known| known.head);
    match (table, number, head) {
        (_, Some(number), Some(head)) => format!("第{number}行{head}"),
        (Some("leader"), ..) => "组长".to_owned(),
        (Some("leader_post"), ..) => "组长职务".to_owned(),
        (Some("liaison_name"), ..) => "专职工作人员".to_owned(),
        (Some("liaison_phone"), ..) => "联系电话".to_owned(),
        _ => "是否已加入脱钩工作群".to_owned(),
    }
}
