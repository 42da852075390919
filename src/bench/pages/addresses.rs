//! Which addresses somebody may open, with numbers from the database: a typical
//! association in the middle of its work where the page has something to show on it,
//! else one that stands elsewhere.

use sqlx::AssertSqlSafe;

use crate::access::facts::Facts;
use crate::access::{Decision, decide};
use crate::bench::BenchError;
use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::paths::{self, Path};
use crate::web::routes::{Access, Route};

use super::accounts::Visitor;

/// What stands for each parameter of an address: of the association `g.association`
/// or the unit `g.unit` that is looked at.
const PARAMETERS: [(&str, &str); 24] = [
    ("association", "select g.association from g"),
    ("department", "select g.unit from g"),
    ("account", "select min(c.account_id) from capacity c, g where c.campaign_id = g.campaign and c.department_id = g.unit"),
    ("section", "select 'finance'"),
    ("part", "select 'PL-2'"),
    ("task", "select 'PH-11'"),
    ("parameter", "select 'age_limit'"),
    ("figure", "select 'room-all'"),
    ("tie", "select t.id from tie t, g where t.campaign_id = g.campaign and t.association_id = g.association order by t.id limit 1"),
    ("item", "select i.id from item i, g where i.campaign_id = g.campaign and i.association_id = g.association
        order by i.state = 'reported_done' desc, i.id limit 1"),
    ("file", "select f.id from file f, g where f.campaign_id = g.campaign and f.association_id = g.association order by f.id limit 1"),
    ("approval", "select p.id from prior_approval p join plan l on l.campaign_id = p.campaign_id and l.id = p.plan_id, g
        where l.campaign_id = g.campaign and l.association_id = g.association order by p.id limit 1"),
    ("condition", "select c.id from plan_condition c join plan l on l.campaign_id = c.campaign_id and l.id = c.plan_id, g
        where l.campaign_id = g.campaign and l.association_id = g.association order by c.id limit 1"),
    ("activity", "select v.id from activity v, g where v.campaign_id = g.campaign and v.association_id = g.association order by v.id limit 1"),
    ("post", "select h.id from post_holder h, g where h.campaign_id = g.campaign and h.association_id = g.association order by h.id limit 1"),
    ("assets/{register}", "select h.register from holding h, g where h.campaign_id = g.campaign and h.association_id = g.association
        and h.register not in ('function', 'transfer', 'purchase') order by h.id limit 1"),
    ("assets/{row}", "select h.object from holding h, g where h.campaign_id = g.campaign and h.association_id = g.association
        and h.register not in ('function', 'transfer', 'purchase') order by h.id limit 1"),
    ("functions/{register}", "select h.register from holding h, g where h.campaign_id = g.campaign and h.association_id = g.association
        and h.register in ('function', 'transfer', 'purchase') order by h.id limit 1"),
    ("functions/{row}", "select h.object from holding h, g where h.campaign_id = g.campaign and h.association_id = g.association
        and h.register in ('function', 'transfer', 'purchase') order by h.id limit 1"),
    ("reminder", "select r.id from reminder r, g where r.campaign_id = g.campaign and r.department_id = g.unit order by r.id desc limit 1"),
    ("order", "select o.id from supervision_order o, g where o.campaign_id = g.campaign and o.department_id = g.unit
        and o.state <> 'draft' order by o.id desc limit 1"),
    ("version", "select max(s.id) from parameter_snapshot s, g where s.campaign_id = g.campaign"),
    ("objection", "select max(o.id) from roster_objection o, g where o.campaign_id = g.campaign"),
    ("objection file", "select max(f.file_id) from roster_objection_file f, g where f.campaign_id = g.campaign"),
];

/// Lists as people ask for them: searched, filtered, sorted, far down.
const ASKED: [(Path<0>, &[&str]); 5] = [
    (
        paths::registry::ASSOCIATIONS,
        &[
            "q=车维",
            "q=维",
            "q=汽车维修行业",
            "q=qcwx",
            "q=xgh",
            "q=1065",
            "scope=in",
            "stage=implementing",
            "track=T1",
            "light=late",
            "light=soon",
            "department={department}",
            "department={department}&light=late",
            "sort=department",
            "sort=stage",
            "sort=registered",
            "sort=name&page=9999",
        ],
    ),
    (paths::posts::OVERVIEW, &["light=must"]),
    (paths::timeline::REMINDERS, &["degree=grave"]),
    (paths::timeline::REMINDER_PREVIEW, &["all=yes"]),
    (paths::timeline::CHANGES, &["since=2018-11-01"]),
];

/// Health and style sheet: no page of anybody.
const NO_PAGES: [&str; 4] = [
    paths::accounts::DRAFTS.pattern(),
    paths::web::STATIC_FILE.pattern(),
    paths::web::HEALTH.pattern(),
    paths::web::READINESS.pattern(),
];

/// An address to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The page as the route table calls it, with what was asked of it.
    pub page: String,
    /// With everything filled in, one for each association to try.
    pub paths: Vec<String>,
}

/// The pages that a visitor may see.
pub async fn of(
    db: &mut Db,
    visitor: &Visitor,
    table: &[Route],
) -> Result<Vec<Address>, BenchError> {
    let places = places(db, visitor).await?;
    let mut addresses = Vec::new();
    for route in table.iter().filter(|route| route.method == "GET") {
        if NO_PAGES.contains(&route.path) || !may(visitor, route.access) {
            continue;
        }
        let lists = ASKED.iter().find(|(path, _)| path.at() == route.path);
        let asked = lists.map_or(&[][..], |(_, asked)| *asked);
        let pages = std::iter::once(route.path.to_owned())
            .chain(asked.iter().map(|query| format!("{}?{query}", route.path)));
        for page in pages {
            let mut paths = Vec::new();
            for place in &places {
                paths.extend(filled(db, (&page, place)).await?);
                if !page.contains('{') {
                    break;
                }
            }
            paths.dedup();
            addresses.push(Address { page, paths });
        }
    }
    Ok(addresses)
}

/// Whether the visitor could ever be let in: nobody's refusal is worth a record.
fn may(visitor: &Visitor, access: Access) -> bool {
    let (Access::Act(act), Some(actor)) = (access, &visitor.actor) else {
        return access == Access::Public;
    };
    let of_unit = |unit| Facts {
        association: actor.capacity.association.or(Some(AssociationId(0))),
        unit: Some(unit),
        asked: Some(actor.department()),
        verifiers: ["BB", "CZ", "JG", "ZZ", "RS", "SJ", "FG", "CA"]
            .map(str::to_owned)
            .to_vec(),
        ..Facts::default()
    };
    [
        of_unit(actor.department()),
        of_unit(DepartmentId(0)),
        Facts::default(),
    ]
    .iter()
    .any(|facts| decide(actor, act, facts) == Decision::Allow)
}

/// An association and its unit.
#[derive(Debug, Clone, Copy)]
struct Place {
    association: i64,
    unit: i64,
}

/// Associations within the visitor's reach, one for each state in which pages differ;
/// first one whose plan is being carried out.
async fn places(db: &mut Db, visitor: &Visitor) -> Result<Vec<Place>, sqlx::Error> {
    let own = visitor.actor.as_ref();
    let unit = own
        .filter(|actor| actor.role().is_unit())
        .map(|actor| actor.department().0);
    let association = own
        .and_then(|actor| actor.capacity.association)
        .map(|id| id.0);
    sqlx::query_as!(
        Place,
        r#"select found.id as association, found.department_id as unit
           from (select distinct on (a.stage, a.scope, a.exit_kind, p.state, p.suspended_on is null, c.state, s.state, f.association_id)
                        a.id, a.department_id, p.state, a.exit_kind
                 from association a
                 left join plan p on p.campaign_id = a.campaign_id and p.association_id = a.id
                 left join plan_change c on c.campaign_id = p.campaign_id and c.plan_id = p.id and c.state = 'pending'
                 left join survey s on s.campaign_id = a.campaign_id and s.association_id = a.id and s.edition = 1
                 left join founding f on f.campaign_id = a.campaign_id and f.association_id = a.id
                 where a.campaign_id = $1 and case
                     when $3::bigint is not null then a.id = $3
                     when $2::bigint is not null then a.department_id = $2
                     else a.id <= 2000 end
                 order by a.stage, a.scope, a.exit_kind, p.state, p.suspended_on is null, c.state, s.state, f.association_id,
                     a.id desc) found
           order by (found.state = 'implementing' and found.exit_kind is null) desc nulls last, found.id desc"#,
        db.campaign(),
        unit,
        association,
    )
    .fetch_all(db.connection())
    .await
}

/// The address with its parameters; none where one has nothing to stand for it.
async fn filled(db: &mut Db, (page, place): (&str, &Place)) -> Result<Option<String>, sqlx::Error> {
    let mut path = page.to_owned();
    while let Some((before, name)) = path
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?.0)))
    {
        let room = before
            .trim_end_matches('/')
            .rsplit('/')
            .find(|part| matches!(*part, "assets" | "functions"));
        let known = match (name, room) {
            ("register" | "row", Some(room)) => format!("{room}/{{{name}}}"),
            ("file", _) if before.contains("objections") => "objection file".to_owned(),
            _ => name.to_owned(),
        };
        let Some((_, sql)) = PARAMETERS.iter().find(|(parameter, _)| *parameter == known) else {
            return Ok(None);
        };
        let sql = format!(
            "with g as (select $1::int as campaign, $2::bigint as association, $3::bigint as unit) select ({sql})::text"
        );
        let value: Option<String> = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(db.campaign())
            .bind(place.association)
            .bind(place.unit)
            .fetch_one(db.connection())
            .await?;
        let Some(value) = value else {
            return Ok(None);
        };
        path = path.replacen(&format!("{{{name}}}"), &value, 1);
    }
    Ok(Some(encoded(&path)))
}

/// Chinese in a query is sent as browsers send it.
fn encoded(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, percent_encoding::CONTROLS).to_string()
}
