//! Pages of dockets: the lists, one docket, its form, its paper; and the fiscal funds that the
//! auditor looks at.

pub mod deeds;
pub mod edit;
pub mod funds;
pub mod list;
pub mod paper;
mod parts;
pub mod show;

use crate::access::Act;
use crate::database::Db;
use crate::scheme::processes::Process;
use crate::scheme::{Choice, Question};
use crate::web::page::Page;
use crate::web::{Allowed, App, Error};

use super::store::Docket;
use super::store::found::problems_of;

/// The docket in the address.
pub(super) fn at(allowed: &Allowed) -> Result<i64, Error> {
    allowed.number("docket")
}

/// The page with the list of its process above it.
pub(super) fn listed(app: &App, process: &Process, page: Page) -> Page {
    let mut groups = app.scheme.processes.groups.iter();
    let group = groups.find(|group| group.code == process.group);
    let title = group.map_or(process.title.as_str(), |group| group.title.as_str());
    let href = crate::paths::oversight::list(&process.group, process.code());
    page.listed_in(title, href, &process.title)
}

/// The process of a docket.
pub(super) fn process_of<'a>(app: &'a App, docket: &Docket) -> Result<&'a Process, Error> {
    app.scheme.process(&docket.process).ok_or(Error::Missing)
}

/// The questions that are asked when a docket is written, with the problems that may be picked.
pub(super) async fn written(
    db: &mut Db,
    process: &Process,
    docket: Option<&Docket>,
) -> Result<Vec<Question>, sqlx::Error> {
    let mut questions: Vec<Question> = process.written().cloned().collect();
    let Some(docket) = docket.filter(|_| !process.picks.is_empty()) else {
        return Ok(questions);
    };
    let picked = docket.answers.choices(&process.picks);
    let picked: Vec<i64> = picked.iter().filter_map(|id| id.parse().ok()).collect();
    let open = problems_of(db, docket.department, &picked).await?;
    let options = open.into_iter().map(|problem| Choice {
        value: problem.id.to_string(),
        label: format!(
            "{}（{}，第{}号）",
            problem.title,
            problem.level.label(),
            problem.number
        ),
    });
    let options: Vec<Choice> = options.collect();
    let place = questions
        .iter()
        .position(|question| question.code() == process.picks);
    if let Some(place) = place {
        if options.is_empty() {
            questions.remove(place);
        } else if let Some(question) = questions.get_mut(place) {
            question.options = options;
        }
    }
    Ok(questions)
}

/// Whether there is something to write.
pub(super) fn writes(process: &Process, docket: &Docket) -> bool {
    let mut open = process.open(docket.state.key(), docket.level.key());
    open.any(|step| step.act == Act::DocketSave.name())
}
