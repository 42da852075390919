//! One person: what the rules say, with the arithmetic, and the acts open here.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::{Act, Scope};
use crate::database::Db;
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::rules::deeds::approval_label;
use crate::posts::rules::{Limits, identity_label, same_person};
use crate::posts::store::{self};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::scheme::persons::PersonCategory;
use crate::web::answer::money;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, html};

use super::{Row, judged_of};

/// The page of a person.
#[derive(Template)]
#[template(path = "posts/person.html")]
pub struct PersonPage {
    page: Page,
    form: Form,
    association: Brief,
    row: Row,
    identity: &'static str,
    pay: Option<String>,
    approval: Option<String>,
    elsewhere: Vec<Elsewhere>,
    age_limit: i64,
    kinds: Vec<Choice>,
    choices: Vec<Choice>,
    may: May,
}

/// Another post of the same person: with its association only for those who read all.
struct Elsewhere {
    words: String,
    href: Option<String>,
}

/// The acts open to this person now.
struct May {
    save: bool,
    limit: bool,
    resign: bool,
    choose: bool,
    stay: bool,
    place: bool,
    recover: bool,
    ask: bool,
    decide: bool,
}

/// What the page shows, with the form as typed.
pub async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<PersonPage, Error> {
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
    let holder = &row.judged.holder;
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
    };
    Ok(PersonPage {
        page: allowed.page(format!("任职人员第{}号", holder.number)),
        form,
        age_limit: limits.age_limit,
        identity: identity_label(&holder.identity),
        pay: holder.pay_cents.map(money::show),
        approval: holder.approval_kind.as_deref().map(|kind| {
            format!(
                "{}：{}{}，{}{}",
                approval_label(kind),
                holder.approval_authority.as_deref().unwrap_or_default(),
                holder.approval_number.as_deref().unwrap_or_default(),
                holder
                    .approval_date
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
                holder
                    .approval_until
                    .map(|day| format!("，有效至{day}"))
                    .unwrap_or_default()
            )
        }),
        elsewhere: elsewhere(db, allowed, &row, id).await?,
        kinds: ["approved", "filed", "refused"]
            .map(|kind| choice(kind, approval_label(kind)))
            .to_vec(),
        choices: vec![
            choice("leave", "离开（由所在机关安置）"),
            choice("stay", "留任（退出公务员管理）"),
        ],
        may: may(allowed, &row),
        association,
        row,
    })
}

fn may(allowed: &Allowed, row: &Row) -> May {
    let (holder, category) = (&row.judged.holder, row.judged.category);
    let clear = allowed.may(Act::PostClear) && holder.is_active();
    let employed = clear && category == PersonCategory::EmployedCivilServant;
    let retired = holder.is_active() && holder.is_retired_cadre();
    May {
        save: allowed.may(Act::PostSave),
        limit: clear && category.must_be_settled(),
        resign: clear,
        choose: employed,
        stay: employed && holder.choice.as_deref() == Some("stay"),
        place: employed && holder.leaves(),
        recover: clear
            && category == PersonCategory::InstitutionPost
            && holder.recovered_on.is_none(),
        ask: allowed.may(Act::PostAsk) && retired && holder.asked_on.is_none(),
        decide: allowed.may(Act::PostDecide) && retired,
    }
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

/// The page.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}
