//! What every page and every posted form must stand, whichever room it belongs to: all of
//! them are found in the two demonstrations, taken further by a few acts (`sample`), and
//! the forms are sent in ways in which no person should get through.

mod coverage;
mod filler;
pub mod harvest;
mod meanwhile;
pub mod sample;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::StatusCode;
use futures::future::join_all;
use tuogou::access::{Act, Sees};
use tuogou::web::routes::Access;

use crate::world::World;
use harvest::Drawn;
use sample::Sample;

/// The smallest paper that is taken for one.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

fn act_of(world: &World, route: &str) -> Option<Act> {
    let routes = world.routes();
    let route = routes
        .iter()
        .find(|known| known.method == "POST" && known.path == route)?;
    match route.access {
        Access::Act(act) => Some(act),
        Access::Public => None,
    }
}

/// What a form says of its own making, which nobody types.
fn is_sealed(name: &str) -> bool {
    matches!(
        name,
        "request_id" | "version" | "seen" | "opened_as" | "base"
    )
}

fn told(failures: &BTreeMap<String, String>) -> String {
    let lines = failures
        .iter()
        .map(|(form, what)| format!("{form}: {what}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What each form answers where it must be refused with `wanted`; nothing, if it is.
async fn refused(
    world: &World,
    forms: &[Drawn],
    wanted: StatusCode,
    change: impl Fn(&Drawn) -> Option<Vec<(String, String)>>,
) -> BTreeMap<String, String> {
    let mut failures = BTreeMap::new();
    for form in forms {
        let Some(fields) = change(form) else { continue };
        let answer = form.send(world, &fields).await;
        if answer.status != wanted {
            let key = format!("{} on {} as {}", form.route, form.page, form.account);
            let says = answer.texts(".error-summary li, .error-summary p, .error-message, main p");
            let says: Vec<String> = says.into_iter().take(3).collect();
            failures.insert(key, format!("{} {says:?}", answer.status));
        }
    }
    failures
}

/// Whether an act is done on something that was seen, and that is there.
fn is_on_a_matter(world: &World, form: &Drawn) -> bool {
    let seen =
        |(name, value): &(String, String)| (name == "version" || name == "seen") && value != "0";
    act_of(world, form.route).is_some_and(|act| !matches!(act.sees(), Sees::Nothing(_)))
        && form.fields.iter().any(seen)
}

#[tokio::test]
async fn everybody_at_once_waits_for_nobody_in_a_circle() {
    let sample = Sample::late().await;
    let world = sample.world().await;
    // Passwords and capacities end the sessions of those who act here.
    let forms = sample.harvest.forms.iter();
    let forms = forms.filter(|form| form.route.starts_with("/associations/"));
    for together in forms.collect::<Vec<_>>().chunks(12) {
        let sent = together.iter().map(|form| form.send(&world, &form.fields));
        for answer in join_all(sent).await {
            assert!(!answer.status.is_server_error(), "{}", answer.body);
        }
    }
    let circles = "select deadlocks from pg_stat_database where datname = current_database()";
    assert_eq!(world.count(circles).await, 0);
}

/// Every way in which a form is not what its page drew, of all forms once.
async fn stands(world: &World, forms: &[Drawn]) {
    let without_seen = |form: &Drawn| {
        let fields = form.fields.iter();
        let rest = fields.filter(|(name, _)| name != "version" && name != "seen");
        is_on_a_matter(world, form).then(|| rest.cloned().collect())
    };
    let unknown = |form: &Drawn| {
        let mut fields = form.fields.clone();
        fields.push(("nobody_asked".to_owned(), "1".to_owned()));
        Some(fields)
    };
    let doubled = |form: &Drawn| {
        let mut fields = form.fields.clone();
        let twice = fields.iter().find(|(name, _)| is_sealed(name)).cloned()?;
        fields.push(twice);
        Some(fields)
    };
    let rubbish = |form: &Drawn| {
        let spoiled = |(name, value): &(String, String)| {
            let typed = form.typed.contains(name);
            let value = if typed { "\u{7}∞" } else { value };
            (name.clone(), value.to_owned())
        };
        (!form.typed.is_empty()).then(|| form.fields.iter().map(spoiled).collect())
    };
    let other_capacity = |form: &Drawn| {
        let mut fields = form.fields.clone();
        let capacity = fields.iter_mut().find(|(name, _)| name == "opened_as")?;
        capacity.1 = "999999".to_owned();
        Some(fields)
    };
    let invalid = StatusCode::UNPROCESSABLE_ENTITY;
    let mut all = String::new();
    for (what, failures) in [
        (
            "not said what was seen",
            refused(world, forms, invalid, without_seen).await,
        ),
        (
            "an unknown field",
            refused(world, forms, invalid, unknown).await,
        ),
        (
            "a doubled field",
            refused(world, forms, invalid, doubled).await,
        ),
        ("rubbish", refused(world, forms, invalid, rubbish).await),
        (
            "another capacity",
            refused(world, forms, StatusCode::CONFLICT, other_capacity).await,
        ),
    ] {
        if !failures.is_empty() {
            let _ = writeln!(all, "== {what}\n{}", told(&failures));
        }
    }
    assert!(all.is_empty(), "{all}");
}

#[tokio::test]
async fn no_form_gets_through_that_is_not_what_its_page_drew() {
    for sample in [Sample::late().await, Sample::early().await] {
        let faults = &sample.harvest.faults;
        assert!(faults.is_empty(), "{faults:#?}");
        // One form of each route is drawn by the same view as the next.
        let mut forms = sample.harvest.forms.clone();
        forms.dedup_by_key(|form| form.route);
        stands(&sample.world().await, &forms).await;
    }
}

#[test]
fn acts_that_see_nothing_say_why_and_decide_nothing() {
    let free: Vec<&str> = Act::ALL
        .iter()
        .filter(|act| act.writes() && matches!(act.sees(), Sees::Nothing(_)))
        .map(|act| act.name())
        .collect();
    let deciding = ["approve", "confirm", "decide", "accept", "verify", "sign"];
    for name in &free {
        let act = name.split('.').next_back().unwrap();
        assert!(
            !deciding.contains(&act) || *name == "notice.sign",
            "{name} decides"
        );
    }
    assert_eq!(
        free, WITHOUT_SEEN,
        "an act without what was seen: is nothing decided?"
    );
}

/// 签收, comments, what was not there before, one's own session, one's own list of phrases, which
/// nobody else reads and which decides nothing, a spreadsheet that is looked at before anything of it
/// is entered, and a round of signatures: each box of it carries
/// what was seen of its matter.
const WITHOUT_SEEN: &[&str] = &[
    "password.change",
    "capacity.switch",
    "session.begin",
    "session.refused",
    "session.end",
    "draft.keep",
    "phrase.add",
    "phrase.remove",
    "form.resume",
    "account.create",
    "department.create",
    "audit.anchor",
    "access.refused",
    "delegation.create",
    "association.create",
    "tie.add",
    "comment.write",
    "comment.withdraw",
    "comment.acknowledge",
    "objection.record",
    "notice.send",
    "notice.sign",
    "posts.take",
    "registration.enter",
    "finding.enter",
    "docket.begin",
    "docket.open",
    "docket.advise",
    "file.open_removed",
    "reminder.acknowledge",
    "order.acknowledge",
    "signing.round",
    "association.import",
    "department.import",
    "survey.import",
    "people.import",
    "survey.take",
    "people.take",
    "archive.take",
];
