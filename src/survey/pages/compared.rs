//! How an edition differs from another one, in words, for whoever may read it.

use crate::scheme::{Answers, Question};
use crate::survey::rules::{self, Fate, Line};
use crate::web::changes::{Change, Changes, Words};

/// Most changes that are told beside a field.
const TOLD: usize = 3;

/// How a question is answered otherwise.
pub(super) fn changes(words: &Words<'_>, question: &Question, answers: [&Answers; 2]) -> Changes {
    let mut changes = Changes::default();
    for line in rules::lines(words.scheme, question, answers) {
        changes.tell(change(words, question, &line));
    }
    changes
}

fn change(words: &Words<'_>, question: &Question, line: &Line) -> Option<Change> {
    let values = (&line.before, &line.after);
    let told = words.private(line.privacy, &line.field, values)?;
    let column = told.label.split_once('·').map_or("", |(_, column)| column);
    let label = match line.row {
        None => question.label.clone(),
        Some((at, Fate::Removed)) => {
            let fate = Fate::Removed.label();
            format!("{}原第{at}行（{fate}）：{column}", question.label)
        }
        Some((at, fate)) => format!("{}第{at}行（{}）：{column}", question.label, fate.label()),
    };
    Some(Change {
        label,
        before: filled(told.before),
        after: filled(told.after),
    })
}

fn filled(text: String) -> String {
    if text.is_empty() {
        "—".to_owned()
    } else {
        text
    }
}

/// The same in a sentence, for the field itself.
pub(super) fn sentence(changes: &Changes) -> String {
    let told = changes.shown.iter().take(TOLD);
    let told = told.map(|each| {
        format!(
            "{}，原为“{}”，现为“{}”",
            each.label, each.before, each.after
        )
    });
    let told = told.collect::<Vec<_>>().join("；");
    let all = changes.count();
    if all > TOLD {
        format!("{told}；共{all}处不同")
    } else {
        told
    }
}
