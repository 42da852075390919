//! One activity: what it is, the approvals on record, the acts open here.

use askama::Template;

use crate::access::{Act, Case as _};
use crate::accounts::store::departments;
use crate::activities::acts;
use crate::activities::rules::Kind;
use crate::activities::store::{self, Activity, Approval};
use crate::database::Explain as _;
use crate::paths;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::web::answer::money;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Error, Form, Look, View};

use super::deeds::{
    ALLOW, CONTENT, DOCUMENT, DOCUMENT_DATE, REFUSE, RESULT, RESULT_ON, RETURN, at,
};

const APPROVALS: &[Column<Approval>] = &[
    table::words("批准部门", |approval: &Approval| {
        Cell::plain(&approval.department)
    })
    .head(),
    table::short("文号", |approval: &Approval| {
        Cell::plain(&approval.document_number)
    }),
    table::short("日期", |approval: &Approval| {
        approval.document_date.into()
    }),
    table::words("批准内容", |approval: &Approval| {
        Cell::plain(&approval.opinion)
    }),
];

/// The page of an activity.
#[derive(Template)]
#[template(path = "activities/show.html")]
pub struct ShowPage {
    page: Page,
    form: Form,
    association: Brief,
    activity: Activity,
    amount: Option<String>,
    approvals: Table,
    departments: Vec<Choice>,
    names: bool,
    election: bool,
    finding: Option<String>,
    may: May,
}

/// The acts open to this person now.
struct May {
    save: bool,
    note: bool,
    approve: bool,
    return_: bool,
    allow: bool,
    refuse: bool,
    finish: bool,
}

impl View for ShowPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let activity = store::activity(db, id, at(allowed)?.activity)
            .await?
            .ok_or(Error::Missing)?;
        let approvals = store::approvals(db, activity.id).await?;
        let finding = acts::judge(db, &look.app.scheme, &activity).await?.err();
        let open = |act| allowed.may(act) && activity.open(act);
        let may = May {
            save: open(Act::ActivitySave),
            note: open(Act::ActivityNote),
            approve: open(Act::ActivityApprove),
            return_: open(Act::ActivityReturn),
            allow: open(Act::ActivityAllow),
            refuse: open(Act::ActivityRefuse),
            finish: open(Act::ActivityFinish),
        };
        let undecided = activity.open(Act::ActivityApprove) || activity.open(Act::ActivityAllow);
        Ok(Self {
            page: allowed
                .page(format!(
                    "{}：{}（{}）",
                    activity.kind.label(),
                    activity.title,
                    activity.held_on
                ))
                .settled(activity.state, "没有等待办理的事项"),
            form: form.unwrap_or_default(),
            departments: departments(db)
                .await?
                .into_iter()
                .map(|department| Choice {
                    value: department.id.to_string(),
                    label: department.name,
                })
                .collect(),
            // Domain 2.1: names for the unit, the association and who reads the register.
            names: allowed.actor().reads_persons_of(association.department),
            election: activity.kind == Kind::Election,
            finding: finding.filter(|_| undecided).map(|why| why.explain()),
            amount: activity.amount_cents.map(money::show),
            association,
            approvals: Table::of("批准文件", allowed.actor(), APPROVALS, &approvals).scrolled(),
            activity,
            may,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let at = at(allowed)?;
        Ok(paths::activities::ACTIVITY.at(at.association, at.activity))
    }
}
