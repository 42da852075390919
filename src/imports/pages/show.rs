//! One upload: how far it is, what is asked, what would be entered, what became of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};

use crate::access::Act;
use crate::accounts::pages::because;
use crate::clock::stamp;
use crate::database::Db;
use crate::imports::acts::{self, Confirmed, work};
use crate::imports::kinds::{self, Units};
use crate::imports::rules::answers::Basis as Said;
use crate::imports::rules::report::Counted;
use crate::imports::rules::{Answers, Kind, Report, SHOWN, State as Stands, Verdict, column_name};
use crate::imports::store::{self, Import};
use crate::paths::imports as paths;
use crate::scheme::Choice;
use crate::web::page::Page;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::asked::{self, Offered, Question};
use super::found::{RowView, SheetView};

/// Fewest characters of a sentence that confirms a kind of warning.
const SENTENCE: usize = 5;
/// Seconds after which a page that waits is shown again.
const AGAIN: &str = "2";

/// The page.
#[derive(Template)]
#[template(path = "imports/show.html")]
pub struct ShowPage {
    page: Page,
    form: Form,
    import: Import,
    at: String,
    done_at: String,
    questions: Vec<Question>,
    sheets: Vec<SheetView>,
    counts: Vec<(&'static str, crate::words::Mark, i64)>,
    wrong: Vec<RowView>,
    wrongs: i64,
    /// What is wrong, by column.
    errors: Vec<(String, Vec<Counted>)>,
    mark: crate::words::Mark,
    state: &'static str,
    changing: Vec<RowView>,
    changings: i64,
    bases: Vec<Choice>,
}

impl ShowPage {
    fn is(&self, state: Stands) -> bool {
        self.import.state == state
    }

    /// It may be confirmed.
    fn ready(&self) -> bool {
        self.is(Stands::Checked) && self.wrongs == 0 && self.changings > 0
    }

    /// It can still be given up.
    fn open(&self) -> bool {
        matches!(
            self.import.state,
            Stands::Asking | Stands::Checked | Stands::Unread
        )
    }
}

/// An upload of whoever looks.
pub(super) async fn own(db: &mut Db, allowed: &Allowed) -> Result<Import, Error> {
    let id = allowed.number("import")?;
    let account = allowed.actor().account;
    let found = store::of_account(db, account, id).await?;
    let mut import = found.ok_or(Error::Missing)?;
    if import.state == Stands::Checked && store::is_entering(db, id).await? {
        import.state = Stands::Importing;
    }
    Ok(import)
}

/// The same, as it stands now. Whether it is being entered is told of this moment, and the row of
/// the moment when the page began: in between it may have been entered.
async fn standing(db: &mut Db, app: &App, allowed: &Allowed) -> Result<Import, Error> {
    let import = own(db, allowed).await?;
    if import.state == Stands::Checked && import.trouble == work::UNFINISHED {
        return own(&mut app.read().await?, allowed).await;
    }
    Ok(import)
}

async fn offered(db: &mut Db, app: &App, import: &Import) -> Result<Offered, Error> {
    let region = &app.scheme.campaign.region_name;
    let units = Units::load(db, region, std::collections::BTreeMap::new()).await?;
    let fields = kinds::fields(&app.scheme, import.kind);
    Ok(asked::offered(import, &units, fields))
}

impl View for ShowPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let import = standing(db, app, allowed).await?;
        let report = &import.report.0;
        let questions = if import.state == Stands::Asking {
            asked::questions(&import, &offered(db, app, &import).await?)
        } else {
            Vec::new()
        };
        let most = i64::try_from(SHOWN).unwrap_or(i64::MAX);
        let mut wrong = Vec::new();
        let mut changing = Vec::new();
        if import.state == Stands::Checked {
            let rows = store::shown(db, import.id, Verdict::Wrong, most).await?;
            wrong.extend(rows.iter().map(|row| RowView::wrong(report, row)));
            for verdict in [Verdict::Changed, Verdict::New] {
                let rows = store::shown(db, import.id, verdict, most).await?;
                changing.extend(rows.iter().map(|row| RowView::changing(report, row)));
            }
        }
        let counts = Verdict::ALL.into_iter().filter_map(|verdict| {
            let rows = report.rows(verdict);
            (rows > 0).then(|| (verdict.label(), verdict.mark(), rows))
        });
        let form = form.unwrap_or_else(|| asked::proposed(report));
        Ok(Self {
            page: allowed.page(format!("导入《{}》", import.file_name)),
            form,
            at: stamp(import.created_at),
            done_at: import.done_at.map_or_else(String::new, stamp),
            questions,
            sheets: report.sheets.iter().map(SheetView::of).collect(),
            counts: counts.collect(),
            wrong,
            wrongs: report.rows(Verdict::Wrong),
            errors: by_column(report, &kinds::fields(&app.scheme, import.kind)),
            mark: import.standing().mark(),
            state: import.standing().label(),
            changing,
            changings: report.rows(Verdict::New) + report.rows(Verdict::Changed),
            bases: because::bases(),
            import,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::IMPORT.at(allowed.number("import")?))
    }
}

/// What is wrong, under the label of each field and the letter of its column.
fn by_column(report: &Report, fields: &[(String, String)]) -> Vec<(String, Vec<Counted>)> {
    let mut grouped: Vec<(String, Vec<Counted>)> = Vec::new();
    for (field, label) in fields {
        let own = report.errors.iter().filter(|error| error.key == *field);
        let own: Vec<Counted> = own.cloned().collect();
        if own.is_empty() {
            continue;
        }
        let mut read = report.sheets.iter().filter(|sheet| sheet.read);
        let column = read.find_map(|sheet| {
            let mut columns = sheet.columns.iter();
            columns.find(|column| column.field == *field)
        });
        let at = column.map(|column| format!("（{}列）", column_name(column.column)));
        grouped.push((format!("{label}{}", at.unwrap_or_default()), own));
    }
    let known = |key: &str| fields.iter().any(|(field, _)| field == key);
    let rest = report.errors.iter().filter(|error| !known(&error.key));
    let rest: Vec<Counted> = rest.cloned().collect();
    if !rest.is_empty() {
        grouped.push(("整行".to_owned(), rest));
    }
    grouped
}

/// Shows an upload; while it is read or entered, the browser asks again by itself.
pub async fn open(State(app): State<App>, allowed: Allowed) -> Answer {
    let import = standing(&mut app.read().await?, &app, &allowed).await?;
    let mut response = draw::<ShowPage>(&app, &allowed, None, axum::http::StatusCode::OK).await?;
    if matches!(import.state, Stands::Reading | Stands::Importing) {
        let headers = response.headers_mut();
        headers.insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    }
    Ok(response)
}

/// Keeps what was answered, and reads the upload again.
pub async fn answer(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let (import, offered) = {
        let mut db = app.read().await?;
        let import = own(&mut db, &allowed).await?;
        let offered = offered(&mut db, &app, &import).await?;
        (import, offered)
    };
    let answers: Answers = asked::read(&mut form, &import, &offered);
    let id = import.id;
    let run = async |write, _, seen| acts::answer(write, id, seen, &answers).await;
    let answered = allowed.act::<ShowPage, _, ()>(&app, form, run).await?;
    work::read(&app, allowed.actor(), id).await;
    Ok(answered)
}

/// Gives an upload up.
pub async fn discard(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    let import = own(&mut app.read().await?, &allowed).await?;
    let landing = import.kind.page().to_string();
    let run = async |write, _, seen| acts::discard(write, import.id, seen).await;
    allowed
        .act_and_go::<ShowPage, _, ()>(&app, form, landing, run)
        .await
}

/// Enters an upload: in a task of its own, for which a small one is waited.
pub async fn enter(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let import = own(&mut app.read().await?, &allowed).await?;
    let confirmed = confirmed(&mut form, &import, app.clock.today());
    let import = Arc::new(import);
    let run = async |write, _, seen| {
        let of = (Arc::clone(&import), seen);
        work::enter(&app, write, of, confirmed).await
    };
    allowed.act::<ShowPage, _, ()>(&app, form, run).await
}

/// Reads what confirms each kind of warning, and whether what has periods was wrong.
fn confirmed(form: &mut Form, import: &Import, today: chrono::NaiveDate) -> Confirmed {
    let mut confirmed = Confirmed::default();
    for warning in &import.report.warnings {
        let name = format!("warning.{}", warning.key);
        let field = form.text(&name, &warning.words, 200);
        let _ = field
            .check(
                |sentence| sentence.chars().count() >= SENTENCE,
                "请写明确认的依据，至少5个字。",
            )
            .required("请写明确认的依据，至少5个字。");
        let sentence = form.value(&name).trim().to_owned();
        confirmed.warnings.insert(warning.key.clone(), sentence);
    }
    for period in &import.report.periods {
        if let Some(said) = basis(form, period, today) {
            confirmed.bases.insert(period.key.clone(), said);
        }
    }
    confirmed
}

fn basis(form: &mut Form, period: &Counted, today: chrono::NaiveDate) -> Option<Said> {
    let name = |what: &str| format!("{what}.{}", period.key);
    let kinds: Vec<&str> = ["error", "change"].into();
    let label = format!("{}改动的性质", period.words);
    let field = form.choice(&name("basis"), &label, &kinds);
    let _ = field.required("请选择是更正登记差错还是变更。");
    let (document, on) = (name("document"), name("changed_on"));
    if form.value(&name("basis")) != "change" {
        form.knows(&document);
        form.knows(&on);
        return Some(Said::Error);
    }
    let field = form.text(&document, because::DOCUMENT.label, because::DOCUMENT.max);
    let _ = field.required("变更的，请填写文号。");
    let field = form.date(&on, because::CHANGED_ON.label);
    let field = field.check(|day| *day <= today, "变更日期不能晚于今天。");
    let _ = field.required("变更的，请填写变更日期。");
    let day = crate::web::answer::date::parse(&form.value(&on))
        .ok()
        .flatten()?;
    Some(Said::Change {
        document: form.value(&document).trim().to_owned(),
        on: day,
    })
}
