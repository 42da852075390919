//! Whose row it is, and how that association's survey stands.

use std::collections::BTreeMap;

use crate::database::{Db, Explain as _};
use crate::ids::AssociationId;
use crate::imports::rules::keys::{CERTIFICATE, CODE, NAME};
use crate::imports::rules::{Line, Problem, Typed};
use crate::registry::names;
use crate::registry::rules::is_new;
use crate::registry::store::{Association, ties};
use crate::scheme::Answers;
use crate::survey::rules::{Refusal, incoming, prefilled};
use crate::survey::store::importing::newest;

use super::register::{Standing, said};
use super::{Against, Seen};

/// The columns that say whose row it is: as the survey calls them, and as the register does.
const KEYS: [(&str, &str); 3] = [
    (NAME, "name"),
    (CODE, "uscc"),
    (CERTIFICATE, "certificate_no"),
];

/// A survey as it stands once the rows before were entered.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is answered; of one that is not begun, what the register knows.
    pub answers: Answers,
    /// Somebody has begun it.
    pub begun: bool,
    /// Why it cannot be changed.
    pub closed: Option<String>,
}

/// The associations that rows name.
pub struct Named(Standing);

impl Named {
    /// Loads them, with the surveys that no row before was about.
    pub async fn load(
        db: &mut Db,
        against: &Against,
        lines: &[Line],
        seen: &mut Seen,
    ) -> Result<Self, sqlx::Error> {
        let keys: Vec<Line> = lines.iter().map(keyed).collect();
        let standing = Standing::load(db, &keys, against.own).await?;
        let known = |each: &&Association| !seen.cases.contains_key(&each.id);
        let new: Vec<&Association> = standing.associations.iter().filter(known).collect();
        let cases = load(db, against, &new).await?;
        seen.cases.extend(cases);
        Ok(Self(standing))
    }

    /// The association of a row.
    pub fn meant(&self, line: &Line) -> Result<&Association, Option<Problem>> {
        let keys = keyed(line).typed;
        if keys.is_empty() {
            let told = KEYS.map(|(column, _)| column);
            let unread = line.problems.iter().any(|each| {
                each.is_error() && (told.contains(&&*each.field) || each.field.contains("_or_"))
            });
            let what = "缺协会名称，请填写协会名称、统一社会信用代码或者登记证号";
            return Err((!unread).then(|| Problem::error(NAME, "", what)));
        }
        let found = self.0.meant(&keys).map_err(|problem| {
            let column = KEYS.iter().find(|(_, own)| *own == problem.field);
            let field = column.map_or(NAME, |(column, _)| column).to_owned();
            Problem { field, ..problem }
        })?;
        found.ok_or_else(|| {
            let shown = KEYS.iter().find_map(|(_, own)| keys.get(*own));
            let shown = shown.map_or("", String::as_str);
            Some(Problem::error(NAME, shown, "本单位没有这个协会"))
        })
    }
}

/// A row by its keys alone, as the register reads them.
fn keyed(line: &Line) -> Line {
    let mut typed = Typed::new();
    for (column, own) in KEYS {
        let given = line.typed.get(column).or_else(|| line.typed.get(own));
        let given = given
            .map(|given| given.trim())
            .filter(|given| !given.is_empty());
        if let Some(given) = given {
            typed.insert(own.to_owned(), given.to_owned());
        }
    }
    Line {
        typed,
        problems: Vec::new(),
        ..*line
    }
}

/// Keys that are not the association's: rows that have slipped.
#[must_use]
pub fn misfits(line: &Line, association: &Association, answers: &Answers) -> Vec<Problem> {
    let keys = keyed(line).typed;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let known = |own: &str| match own {
        "name" => association.name.clone(),
        "uscc" => text(&association.uscc),
        _ => text(&association.certificate_no),
    };
    let fits = |(column, own): &(&str, &str)| {
        let given = names::key(said(&keys, own));
        let answered = names::key(answers.text(column).unwrap_or_default());
        let known = names::key(&known(own));
        let nothing = answered.is_empty() && known.is_empty();
        given.is_empty() || given == known || given == answered || nothing
    };
    let misfits = KEYS.into_iter().filter(|key| !fits(key));
    misfits
        .map(|(column, own)| {
            let known = known(own);
            let what = if known.is_empty() {
                "与摸底调查中该协会的登记不一致，请核对是否错行".to_owned()
            } else {
                format!("与台账中该协会的登记（{known}）不一致，请核对是否错行")
            };
            Problem::error(column, said(&keys, own), what)
        })
        .collect()
}

/// What a row answers besides saying whose it is: a key that the survey lacks is an answer.
#[must_use]
pub fn answers(line: &Line) -> Typed {
    let mut typed = line.typed.clone();
    for (column, own) in KEYS {
        if let Some(given) = typed.remove(own) {
            typed.entry(column.to_owned()).or_insert(given);
        }
    }
    // Whatever is written there means the association's name.
    typed.remove(NAME);
    typed
}

/// The surveys of associations.
pub async fn load(
    db: &mut Db,
    against: &Against,
    associations: &[&Association],
) -> Result<BTreeMap<AssociationId, Case>, sqlx::Error> {
    let ids: Vec<i64> = associations.iter().map(|each| each.id.0).collect();
    let mut cases = BTreeMap::new();
    for survey in newest(db, &ids).await? {
        let closed = incoming::closed(survey.state);
        let case = Case {
            answers: survey.answers.0,
            begun: true,
            closed: closed.map(str::to_owned),
        };
        cases.insert(survey.association, case);
    }
    for association in associations {
        if cases.contains_key(&association.id) {
            continue;
        }
        let ties = ties(db, association.id).await?;
        let unit = against.units.of(association.department);
        let code = unit.map_or("", |unit| unit.code.as_str());
        let new = is_new(&against.scheme.campaign, association.registered_on);
        let case = Case {
            answers: prefilled(association, &ties, code),
            begun: false,
            closed: new.then(|| Refusal::New.explain()),
        };
        cases.insert(association.id, case);
    }
    Ok(cases)
}
