//! The signature on what was ticked.

use std::time::Duration;

use axum::extract::State;

use crate::access::Act;
use crate::database::{Done, Never, Stopped, Write};
use crate::ids::AssociationId;
use crate::paths::signing::{ROUND, SIGNING};
use crate::signing::acts::{self, Undone, barred, failed, in_words, stopped};
use crate::signing::matters::{Read, Reader};
use crate::signing::rules::{MOST, Matter, Tick};
use crate::signing::store::NewLine;
use crate::web::guard::Admitted;
use crate::web::{Allowed, Answer, App, Form};

use super::TICKED;
use super::list::ListPage;

/// The answer waits this long for the last matter of a round; then the page of its results
/// tells how far it has come.
const LONG: Duration = Duration::from_secs(3);

/// A ticked matter: what was seen of it, and as it stands now.
struct Ticked {
    number: i32,
    tick: Tick,
    matter: Option<Matter>,
}

impl Ticked {
    fn line(&self) -> NewLine {
        let matter = self.matter.as_ref();
        let text = |of: fn(&Matter) -> &String| matter.map(of).cloned();
        let label = self.tick.act.label();
        NewLine {
            act: self.tick.act,
            case: self.tick.case,
            title: text(|matter| &matter.title).unwrap_or_else(|| label.to_owned()),
            subject: text(|matter| &matter.subject).unwrap_or_default(),
            address: text(|matter| &matter.href).unwrap_or_default(),
        }
    }
}

/// Signs each matter that was ticked, in a write of its own.
pub async fn sign(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let ticks = ticks(&mut form);
    let landing = ROUND.at("{}");
    let run = async |write, _, _| round(&app, &allowed, write, ticks).await;
    allowed
        .act_and_go::<ListPage, _, _>(&app, form, landing, run)
        .await
}

/// What the boxes say, each matter once.
fn ticks(form: &mut Form) -> Vec<Tick> {
    let typed = form.fields().iter().filter(|(name, _)| name == TICKED.0);
    let typed: Vec<String> = typed.map(|(_, value)| value.clone()).collect();
    let fits = typed.iter().filter(|value| Tick::read(value).is_some());
    let fits: Vec<&str> = fits.map(String::as_str).collect();
    let chosen = form.ticks(TICKED.0, TICKED.1, &fits);
    let mut ticks: Vec<Tick> = Vec::new();
    for tick in chosen.iter().filter_map(|value| Tick::read(value)) {
        let same = |other: &Tick| (other.act, other.case) == (tick.act, tick.case);
        if !ticks.iter().any(same) {
            ticks.push(tick);
        }
    }
    if ticks.is_empty() {
        form.fail(TICKED.0, TICKED.1, "请勾选要签发的事项。");
    } else if ticks.len() > MOST {
        let message = format!("一次最多签发{MOST}件，请分次办理。");
        form.fail(TICKED.0, TICKED.1, message);
    }
    ticks
}

async fn round(app: &App, allowed: &Allowed, mut write: Write, ticks: Vec<Tick>) -> Done<Never> {
    let reader = Reader {
        app,
        actor: allowed.actor(),
    };
    let wanted: Vec<(Act, i64)> = ticks.iter().map(|tick| (tick.act, tick.case)).collect();
    let mut found = reader.these(&mut write, &wanted).await?;
    let ticked: Vec<Ticked> = ticks
        .into_iter()
        .zip(1..)
        .map(|(tick, number)| Ticked {
            number,
            matter: taken(&mut found, &tick),
            tick,
        })
        .collect();
    let lines: Vec<NewLine> = ticked.iter().map(Ticked::line).collect();
    let round = acts::open(write, &lines).await?;
    // However long it takes, all of it is done; the answer does not wait for the last.
    let work = each(app.clone(), allowed.clone(), round, ticked);
    let done = tokio::time::timeout(LONG, tokio::spawn(work)).await;
    if let Ok(Err(panic)) = done {
        failed(&panic);
    }
    Ok(())
}

/// Signs the matters of a round one after the other, and says why some are not.
async fn each(app: App, allowed: Allowed, round: i64, ticked: Vec<Ticked>) {
    let mut why = Vec::new();
    for each in &ticked {
        if let Err(reason) = one(&app, &allowed, round, each).await {
            why.push((each.number, reason));
        }
    }
    if why.is_empty() {
        return;
    }
    // The form's key is the first write's.
    let who = allowed.who(&Form::default(), SIGNING.at());
    let told: Done<Never> = async {
        let write = app.write(&who).await?;
        acts::close(write, round, &why).await
    }
    .await;
    if let Err(error) = told {
        failed(&error);
    }
}

/// Signs one; why it is not signed. Given up by the database for another, it is tried again.
async fn one(app: &App, allowed: &Allowed, round: i64, each: &Ticked) -> Result<(), String> {
    if let Some(why) = barred(&each.tick, each.matter.as_ref()) {
        return Err(why);
    }
    let Some(matter) = &each.matter else {
        return Ok(());
    };
    let line = (round, each.number);
    let mut done = attempt(app, allowed, line, matter).await;
    if done == Err(Undone::OnceMore) {
        done = attempt(app, allowed, line, matter).await;
    }
    done.map_err(in_words)
}

async fn attempt(
    app: &App,
    allowed: &Allowed,
    line: (i64, i32),
    matter: &Matter,
) -> Result<(), Undone> {
    let Admitted { app, who } = match allowed.before(app, matter.act, matter.of).await {
        Ok(Ok(admitted)) => admitted,
        Ok(Err(why)) => return Err(Undone::Why(why.to_owned())),
        Err(error) => return Err(failed(&error)),
    };
    let write = app.write(&who).await;
    let write = write.map_err(|error| stopped(&Stopped::from(error)))?;
    let association = matter.of.association.map(AssociationId);
    acts::sign(write, line, association, &matter.tick()).await
}

fn taken(found: &mut Vec<Read>, tick: &Tick) -> Option<Matter> {
    let same = |read: &Read| (read.matter.act, read.matter.case) == (tick.act, tick.case);
    let at = found.iter().position(same)?;
    Some(found.swap_remove(at).matter)
}
