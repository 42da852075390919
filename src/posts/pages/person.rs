//! One person: what the rules say, with the arithmetic, and the acts open here.

use askama::Template;
use chrono::NaiveDate;
use serde_json::Value;

use crate::access::{Act, Scope};
use crate::database::Db;
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::rules::deeds::approval_label;
use crate::posts::rules::{Finding, Holder, Limits, identity_label, post_label, same_person};
use crate::posts::store;
use crate::registry::store::{self as registry, Brief};
use crate::signatures::pages::{Changed, Reading, line};
use crate::signatures::rules::Kind;
use crate::signatures::store as signatures;
use crate::web::answer::money;
use crate::web::answer::questions::ShownAnswer;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Error, Form, Look, View};

use super::deeds::{self, Asked, Work};
use super::{Row, judged_of, next};

const FINDINGS: &[Column<Finding>] = &[
    table::words("判定", |finding: &Finding| Cell::mark(finding.severity)),
    table::words("规定", |finding: &Finding| {
        Cell::plain(finding.words).under(finding.rule)
    }),
    table::words("本人情况", |finding: &Finding| (&finding.reason).into()),
    table::words("下次变化", |finding: &Finding| next(finding.next)),
];

/// The page of a person.
#[derive(Template)]
#[template(path = "posts/person.html")]
pub struct PersonPage {
    page: Page,
    form: Form,
    association: Brief,
    row: Row,
    findings: Table,
    identity: &'static str,
    pay: Option<String>,
    approval: Option<String>,
    changed: Vec<Changed>,
    elsewhere: Vec<Elsewhere>,
    age_limit: i64,
    may_save: bool,
    works: Vec<&'static Work>,
    /// What can be done besides.
    others: Vec<&'static Work>,
}

/// Another post of the same person: with its association only for those who read all.
struct Elsewhere {
    words: String,
    href: Option<String>,
}

impl View for PersonPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (app, allowed, db) = (look.app, look.allowed, look.db);
        let id = allowed.association()?;
        let number = allowed.number("post")?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let register = store::register(db, id).await?;
        let judged = judged_of(db, app, id, register.as_ref())
            .await?
            .into_iter()
            .find(|each| each.holder.id == number)
            .ok_or(Error::Missing)?;
        let limits = Limits::of(&app.scheme.campaign.parameters);
        let home = (
            association.name.clone(),
            association.department_name.clone(),
        );
        let row = Row::new(judged, home, &limits);
        let open = deeds::open(allowed, &row.judged).into_iter();
        let (works, others) = open.partition(|work: &&Work| work.is_next(&row.judged));
        let holder = &row.judged.holder;
        let signed = signatures::shown(db, &[Kind::Post], holder.id).await?;
        let reading = Reading {
            own,
            // Whoever reads this page reads the person.
            ..Reading::by(&app.scheme, &[], true)
        };
        Ok(Self {
            page: allowed.page(format!("{}（任职人员第{}号）", holder.name, holder.number)),
            form: form.unwrap_or_default(),
            age_limit: limits.age_limit,
            findings: Table::of("规则判定", allowed.actor(), FINDINGS, &row.judged.findings),
            identity: identity_label(&holder.identity),
            pay: holder.pay_cents.map(money::show),
            approval: approval(holder),
            changed: reading.changed(&signed),
            elsewhere: elsewhere(db, allowed, &row, id).await?,
            may_save: allowed.may(Act::PostSave),
            works,
            others,
            association,
            row,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::posts::POST.at(allowed.association()?, allowed.number("post")?))
    }
}

/// Words of a signed field that the register keeps as a key.
fn own(field: &str, value: &Value) -> Option<Vec<ShownAnswer>> {
    let key = value.as_str()?;
    let words = match field {
        "identity" => identity_label(key),
        "post" => post_label(key),
        "kind" if key == "full" => "专职",
        "kind" => "兼职",
        _ => return None,
    };
    let told = Kind::Post
        .told()
        .fields
        .iter()
        .find(|(name, _)| *name == field);
    told.map(|(_, label)| vec![line((*label).to_owned(), words.to_owned())])
}

/// The paper of the last approval or filing.
fn approval(holder: &Holder) -> Option<String> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let until = day(holder.approval_until).map(|day| format!("，有效至{day}"));
    Some(format!(
        "{}：{}{}，{}{}",
        approval_label(holder.approval_kind.as_deref()?),
        holder.approval_authority.as_deref().unwrap_or_default(),
        holder.approval_number.as_deref().unwrap_or_default(),
        day(holder.approval_date).unwrap_or_default(),
        until.unwrap_or_default()
    ))
}

/// TC-24: a unit learns that there is another post, and nothing else.
async fn elsewhere(
    db: &mut Db,
    allowed: &Allowed,
    row: &Row,
    own: AssociationId,
) -> Result<Vec<Elsewhere>, Error> {
    let holder = &row.judged.holder;
    let scope = Scope::of(allowed.actor());
    let names = [holder.name.clone()];
    let same: Vec<_> = store::namesakes(db, &names)
        .await?
        .into_iter()
        .filter(|other| other.association != own && other.is_active() && same_person(holder, other))
        .collect();
    if same.is_empty() {
        return Ok(Vec::new());
    }
    let homes = if scope.is_all() {
        store::homes(db, scope).await?
    } else {
        Vec::new()
    };
    Ok(same
        .into_iter()
        .map(|other| {
            let home = homes.iter().find(|home| home.id == other.association);
            Elsewhere {
                words: home.map_or_else(
                    || "另一社会组织任职".to_owned(),
                    |home| format!("{}（{}）", home.name, super::post_label(&other.post)),
                ),
                href: home.map(|home| paths::posts::POST.at(home.id, other.id)),
            }
        })
        .collect())
}
