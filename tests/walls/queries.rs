//! How many statements a page costs: few, none twice over its rows, and no more
//! of them when there are more rows.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use tracing::field::{Field, Visit};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};

use crate::browser::pages::TOUR;
use crate::world::{self, World};

/// Statements of a page, the session, the guard's facts and who has the matter included.
const FEW: usize = 13;
/// The same statement on one page: what a page asks of each row it asks more often.
const TWICE: usize = 2;

/// What a page may cost.
fn budget(path: &str) -> (usize, usize) {
    match path {
        // What is counted of each association is one question; the units' papers, their
        // recommendations and the office's list are theirs. A task tells its moves besides.
        path if path.starts_with("/timeline") => (16, TWICE),
        // The list of reminders asks the desk for units' tasks, items with units and with
        // departments and all else, and for notices and 督办单, once each.
        path if path.starts_with("/reminders") => (24, 3),
        _ => (FEW, TWICE),
    }
}

/// Everything that sqlx says on this thread while it lives.
pub struct Listening {
    heard: Arc<Mutex<Vec<Heard>>>,
    _guard: tracing::subscriber::DefaultGuard,
}

/// A statement that ran, or a notice of the server.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// `sqlx::query` or `sqlx::postgres::notice`.
    pub target: String,
    /// The statement, or the notice's text.
    pub text: String,
}

struct Ear(Arc<Mutex<Vec<Heard>>>);

#[derive(Default)]
struct Words {
    summary: String,
    statement: String,
    message: String,
}

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            "message" => value.clone_into(&mut self.message),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        }
    }
}

impl<S: tracing::Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let target = event.metadata().target();
        if !target.starts_with("sqlx::") {
            return;
        }
        let mut words = Words::default();
        event.record(&mut words);
        let text = [words.statement, words.message, words.summary]
            .into_iter()
            .find(|text| !text.trim().is_empty())
            .unwrap_or_default();
        self.0.lock().unwrap().push(Heard {
            target: target.to_owned(),
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        });
    }
}

impl Listening {
    /// Begins to listen. The test's runtime has one thread, so all is heard.
    pub fn begin() -> Self {
        world::listen();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let subscriber = tracing_subscriber::registry().with(Ear(heard.clone()));
        Self {
            heard,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    /// What was heard since the last time.
    pub fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    /// The statements since the last time, without what the pool does for itself.
    fn statements(&self) -> Vec<String> {
        self.take()
            .into_iter()
            .filter(|heard| heard.target == "sqlx::query")
            .map(|heard| heard.text)
            .filter(|text| {
                !text.contains("statement_timestamp()")
                    && !text.starts_with("set role")
                    && !text.starts_with("BEGIN")
                    && !text.starts_with("COMMIT")
            })
            .collect()
    }
}

/// The tour's pages with their numbers filled in.
async fn pages(world: &World) -> Vec<(&'static str, Vec<String>)> {
    let mut numbers = BTreeMap::new();
    for (key, name) in [
        ("{example}", "汽车维修行业协会"),
        ("{draft}", "农产品加工业协会"),
        ("{sent}", "奶业协会"),
        ("{exited}", "房地产中介行业协会"),
        ("{revised}", "建筑业协会"),
        ("{leaving}", "美容美发业协会"),
        ("{new}", "跨境电商商会"),
        ("{sent_to}", "洗染业协会"),
        ("{reading}", "物流行业协会"),
    ] {
        numbers.insert(key, world.association(name).await.to_string());
    }
    let zhao: i64 = sqlx::query_scalar("select id from post_holder where name = '赵某'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    numbers.insert("{zhao}", zhao.to_string());
    TOUR.iter()
        .map(|(username, paths)| {
            let paths = paths.iter().map(|path| {
                numbers
                    .iter()
                    .fold((*path).to_owned(), |path, (key, id)| path.replace(key, id))
            });
            (*username, paths.collect())
        })
        .collect()
}

#[tokio::test]
async fn pages_ask_few_questions_and_none_of_each_row() {
    let world = World::demo().await;
    let listening = Listening::begin();
    let mut wrong = Vec::new();
    let mut most = 0;
    for (username, paths) in pages(&world).await {
        let cookie = world.sign_in(username).await;
        for path in paths {
            listening.take();
            let answer = world.get(&cookie, &path).await;
            let statements = listening.statements();
            if answer.status == StatusCode::OK {
                assert!(!statements.is_empty(), "nothing was heard of {path}");
            }
            most = most.max(statements.len());
            let (few, twice) = budget(&path);
            if statements.len() > few {
                wrong.push(format!(
                    "{username} {path}: {} statements: {statements:#?}",
                    statements.len()
                ));
            }
            let mut times: BTreeMap<&str, usize> = BTreeMap::new();
            for statement in &statements {
                *times.entry(statement).or_default() += 1;
            }
            wrong.extend(
                times
                    .iter()
                    .filter(|(_, count)| **count > twice)
                    .map(|(statement, count)| {
                        format!("{username} {path}: {count} times {statement}")
                    }),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    println!("at most {most} statements on a page");
}

/// Three more of everything that every association has.
const MORE: [&str; 7] = [
    "insert into association (campaign_id, name, name_key, grams, initials, sort_key, certificate_no, registered_on,
         registrar, org_type, domicile, legal_representative, business_scope, member_basis, department_id,
         scope_computed, scope, stage)
     select campaign_id, name || '·' || n, name_key || '·' || n, grams, initials, sort_key, 'N' || id || '-' || n,
         registered_on, registrar, org_type, domicile, legal_representative, business_scope, member_basis,
         department_id, scope_computed, scope, stage
     from association, generate_series(1, 3) n where name not like '%·%'",
    "insert into survey (campaign_id, association_id, edition, state, answers, sections_done, submitted_by,
         submitted_department, submitted_at, confirmed_by, confirmed_at, confirmed_on)
     select s.campaign_id, more.id, s.edition, s.state, s.answers, s.sections_done, s.submitted_by,
         s.submitted_department, s.submitted_at, s.confirmed_by, s.confirmed_at, s.confirmed_on
     from survey s join association a on a.id = s.association_id
     join association more on more.name like a.name || '·%'",
    "insert into plan (campaign_id, association_id, survey_id, state, content, submitted_by, submitted_at, request_number)
     select p.campaign_id, more.id, (select s.id from survey s where s.association_id = more.id limit 1), p.state,
         p.content, p.submitted_by, p.submitted_at, p.request_number
     from plan p join association a on a.id = p.association_id
     join association more on more.name like a.name || '·%'",
    "insert into prior_approval (campaign_id, plan_id, association_id, code, competence, department_id, state, requested_on,
         withdrawn_on)
     select q.campaign_id, plan.id, more.id, q.code, q.competence, q.department_id, q.state, q.requested_on, q.withdrawn_on
     from prior_approval q join association a on a.id = q.association_id
     join association more on more.name like a.name || '·%'
     join plan on plan.association_id = more.id",
    "insert into item (campaign_id, association_id, department_id, measure, object, label, track, mandatory, state,
         deadline, reported_on, resolved_on)
     select i.campaign_id, more.id, i.department_id, i.measure, i.object, i.label, i.track, i.mandatory, i.state,
         i.deadline, i.reported_on, i.resolved_on
     from item i join association a on a.id = i.association_id
     join association more on more.name like a.name || '·%'",
    "insert into association_progress (campaign_id, association_id, track, applicable, resolved, reported, late, next_deadline)
     select p.campaign_id, more.id, p.track, p.applicable, p.resolved, p.reported, p.late, p.next_deadline
     from association_progress p join association a on a.id = p.association_id
     join association more on more.name like a.name || '·%'",
    "insert into act_record (campaign_id, act, subject_kind, subject_id, association_id, account_id, department_id,
         actor_name, actor_role, actor_department, sentence, at)
     select campaign_id, act, subject_kind, subject_id, association_id, account_id, department_id, actor_name,
         actor_role, actor_department, sentence, at
     from act_record, generate_series(1, 2)",
];

#[tokio::test]
async fn more_rows_are_no_more_questions() {
    let world = World::demo().await;
    let listening = Listening::begin();
    let mut before = BTreeMap::new();
    for (username, paths) in pages(&world).await {
        let cookie = world.sign_in(username).await;
        for path in paths {
            listening.take();
            world.get(&cookie, &path).await;
            before.insert((username, path), (cookie.clone(), listening.statements()));
        }
    }
    for sql in MORE {
        sqlx::query(sql).execute(world.owner()).await.unwrap();
    }
    let mut wrong = Vec::new();
    for ((username, path), (cookie, few)) in before {
        listening.take();
        let answer = world.get(&cookie, &path).await;
        assert!(
            !answer.status.is_server_error(),
            "{username} {path}: {}",
            answer.status
        );
        let many = listening.statements();
        // The pages of a list that was empty before may ask what they had no need to.
        if many.len() > few.len() {
            wrong.push(format!(
                "{username} {path}: {} statements, {} before: {many:#?}",
                many.len(),
                few.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
