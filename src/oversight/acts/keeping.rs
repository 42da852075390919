//! What a docket's row keeps of its answers, by what the scheme says of each question.

use serde_json::json;

use crate::accounts::store::departments;
use crate::database::{Db, Done};
use crate::oversight::rules::{Level, Refusal, codes, worded};
use crate::oversight::store::Kept;
use crate::scheme::processes::Process;
use crate::scheme::{Answers, Scheme};

/// What the row keeps of these answers. Codes among them are written with their words.
pub(super) async fn keeping(
    db: &mut Db,
    scheme: &Scheme,
    (process, answers): (&Process, &mut Answers),
) -> Done<Refusal, Kept> {
    let mut kept = Kept::default();
    for question in &process.questions {
        let code = question.code();
        let Some(text) = answers.text(code).map(str::to_owned) else {
            continue;
        };
        match question.keeps.as_str() {
            "title" => kept.title = Some(text),
            "level" => kept.level = Level::from_key(&text),
            "due" => kept.due_on = answers.date(code),
            "from" => kept.from_on = answers.date(code),
            "handler" => {
                let all = departments(db).await?;
                let chosen = all.into_iter().find(|each| each.code == text);
                kept.handler = chosen.map(|each| each.id.0);
            }
            "concerns" => {
                let named = codes(&text);
                if let Some(unknown) = named.iter().find(|code| !is_known(scheme, code)) {
                    return Err(Refusal::UnknownCode(unknown.clone()).into());
                }
                answers.set(code, Some(json!(worded(scheme, &named))));
                kept.concerns = Some(named);
            }
            _ => {}
        }
    }
    Ok(kept)
}

/// Whether something of the survey, the checklist or the plan has the code.
fn is_known(scheme: &Scheme, code: &str) -> bool {
    scheme.question(code).is_some() || scheme.measure(code).is_some() || scheme.part(code).is_some()
}
