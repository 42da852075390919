//! Beginning a docket: what it is called, whose it is, what it is about.

use crate::access::Act;
use crate::database::{Db, Done, Write};
use crate::oversight::effects;
use crate::oversight::rules::Refusal;
use crate::oversight::store::{self, New, found};
use crate::scheme::Answers;
use crate::scheme::processes::{About, Process};

use super::keeping::keeping;
use super::record;

/// What is typed of a docket.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// What was answered.
    pub answers: Answers,
    /// The association, by name or code.
    pub association: Option<String>,
    /// The page that it is raised from.
    pub link: String,
}

/// Begins a docket; its number.
pub async fn begin(mut write: Write, process: &str, entry: &Entry) -> Done<Refusal, i64> {
    let scheme = write.scheme()?;
    let Some(process) = scheme.process(process) else {
        return Err(Refusal::NoStep(String::new()).into());
    };
    let mut answers = entry.answers.clone();
    effects::level(process, &mut answers);
    let association = whose(&mut write, process, entry).await?;
    let own = write
        .actor()
        .map(|actor| (actor.department().0, actor.role()));
    let (department, role) = own.ok_or(Refusal::NoAssociation)?;
    let of_association = role == crate::access::Role::Association;
    let unit = match association {
        Some(id) => found::named(&mut write, id).await?.map(|(_, unit)| unit),
        None => None,
    };
    // A problem is the responsible unit's to solve; whatever else somebody begins is their own.
    let owner = match process.effect.as_str() {
        "problem" | "visit" => unit.unwrap_or(department),
        _ => department,
    };
    let title = title(&mut write, process, (&answers, association)).await?;
    let new = New {
        process: process.code(),
        title: &title,
        department: owner,
        association,
        finder: (!of_association).then_some(department),
        link: &entry.link,
        answers: answers.clone(),
        ..New::default()
    };
    let id = store::add(&mut write, &new).await?;
    let kept = keeping(&mut write, &scheme, (process, &mut answers)).await?;
    store::write(&mut write, id, &answers, &kept).await?;
    let sentence = format!("登记{}：{title}", process.title);
    let told = write.tell(record(Act::DocketBegin, id, association, sentence));
    for record in effects::begun(&mut write, process, id).await? {
        write.tell(record);
    }
    write.finish::<Refusal>(told).await?;
    Ok(id)
}

/// What a docket is called: its own title, or that of its process with whom it is about.
async fn title(
    db: &mut Db,
    process: &Process,
    (answers, association): (&Answers, Option<i64>),
) -> Result<String, sqlx::Error> {
    let own = process.keeping("title").next();
    if let Some(text) = own.and_then(|question| answers.text(question.code())) {
        return Ok(text.to_owned());
    }
    let named = match association {
        Some(id) => found::named(db, id).await?,
        None => None,
    };
    let whose = named.map(|(name, _)| format!("：{name}"));
    Ok(format!("{}{}", process.title, whose.unwrap_or_default()))
}

/// The association that was named.
async fn whose(write: &mut Write, process: &Process, entry: &Entry) -> Done<Refusal, Option<i64>> {
    let own = write.actor().map(|actor| {
        let unit = actor.role().is_unit().then(|| actor.department().0);
        (unit, actor.capacity.association.map(|id| id.0))
    });
    let reach = own.unwrap_or_default();
    let named = entry
        .association
        .as_deref()
        .map(str::trim)
        .unwrap_or_default();
    match (process.association, named, reach.1) {
        (About::Never, ..) | (About::Perhaps, "", None) => Ok(None),
        (_, "", Some(own)) => Ok(Some(own)),
        (About::Always, "", None) => Err(Refusal::AssociationNeeded.into()),
        (_, named, _) => {
            let found = found::association(write, reach, named).await?;
            Ok(Some(found.ok_or(Refusal::NoAssociation)?.0))
        }
    }
}
