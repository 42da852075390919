//! What somebody else did meanwhile: no form gets through that was filled in before.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use super::harvest::Drawn;
use super::is_on_a_matter;
use super::sample::{Sample, Stage};
use crate::world::World;

/// Somebody else acts on every matter: each act counts the row's version up.
async fn everybody_acts(world: &World) {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.columns
         where table_schema = 'public' and column_name = 'version' and data_type = 'integer'
           and table_name not like '\\_%'",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    for table in tables {
        let sql = format!("update {table} set version = version + 1");
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(world.owner())
            .await
            .unwrap();
    }
}

/// Forms of what has no row of its own that a version counts up: a colleague does really
/// what they do, or a part of it.
const WITHOUT_A_ROW: &[&str] = &[
    "/associations/{association}/survey/sections/{section}",
    "/reminders",
    "/reminders/orders",
    "/roster/{department}",
    "/nil-reports",
];

/// What gets through though others acted, and why it may.
const MAY: &[(&str, &str)] = &[(
    "/associations/{association}/posts/new",
    "who is new on the register changes nobody's row: two clerks enter two people",
)];

/// Somebody of the same department in the same role.
async fn colleague(stage: &mut Stage<'_>, world: &World, of: &str) -> String {
    let own: (i64, String) = sqlx::query_as(
        "select c.department_id, c.role from capacity c join account a on a.id = c.account_id
         where a.username = $1 and c.delegation_id is null order by c.id",
    )
    .bind(of)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let (department, role) = own;
    let known: Option<String> = sqlx::query_scalar(
        "select a.username from capacity c join account a on a.id = c.account_id
         where c.department_id = $1 and c.role = $2 and a.username <> $3
           and c.delegation_id is null and a.disabled_at is null order by a.id",
    )
    .bind(department)
    .bind(&role)
    .bind(of)
    .fetch_optional(world.owner())
    .await
    .unwrap();
    if let Some(known) = known {
        return known;
    }
    let username = format!("{of}-2");
    stage.hire(&username, department, &role).await;
    username
}

/// A colleague opens the same page, or the half of what it previews, and sends its form.
async fn colleague_acts(world: &World, form: &Drawn) {
    let mut stage = Stage::of(world);
    let who = colleague(&mut stage, world, &form.account).await;
    let ticked: Vec<&str> = form
        .fields
        .iter()
        .filter(|(name, _)| name == "m")
        .map(|(_, value)| value.as_str())
        .collect();
    let page = match ticked.as_slice() {
        [first, _, ..] => format!("/reminders/preview?m={first}"),
        _ => form.page.clone(),
    };
    stage.act(&who, (&page, &form.action), &[]).await;
}

/// What became of forms that were filled in before others acted.
#[derive(Default)]
struct Became {
    /// Routes that did what they do.
    through: BTreeSet<&'static str>,
    /// Routes before whose forms a colleague really acted.
    after_colleagues: BTreeSet<&'static str>,
    /// What else was not refused for what was seen: fields that do not fit prove nothing.
    astray: BTreeSet<String>,
}

async fn after_others(sample: &Sample, became: &mut Became) {
    let world = sample.world().await;
    let forms = sample.harvest.forms.iter();
    let on_matters = forms.filter(|form| is_on_a_matter(&world, form));
    let (without, with): (Vec<&Drawn>, Vec<&Drawn>) =
        on_matters.partition(|form| WITHOUT_A_ROW.contains(&form.route));
    for form in &without {
        colleague_acts(&world, form).await;
        became.after_colleagues.insert(form.route);
    }
    everybody_acts(&world).await;
    for form in without.into_iter().chain(with) {
        let answer = form.send_for_its_button(&world).await;
        match answer.status {
            StatusCode::CONFLICT => {}
            StatusCode::SEE_OTHER => {
                became.through.insert(form.route);
            }
            other => {
                let says = answer.texts(".error-summary li, .error-summary p");
                let (account, page) = (&form.account, &form.page);
                became
                    .astray
                    .insert(format!("{page} as {account}: {other} {says:?}"));
            }
        }
    }
}

#[tokio::test]
async fn another_persons_act_meanwhile_is_409() {
    let (late, early) = (Sample::late().await, Sample::early().await);
    let mut became = Became::default();
    after_others(late, &mut became).await;
    after_others(early, &mut became).await;
    assert!(became.astray.is_empty(), "{:#?}", became.astray);
    let may = MAY.iter().map(|(route, _)| *route);
    assert_eq!(
        became.through,
        may.collect(),
        "decided on what was not seen"
    );
    let colleagues: BTreeSet<_> = WITHOUT_A_ROW.iter().copied().collect();
    assert_eq!(became.after_colleagues, colleagues);
}
