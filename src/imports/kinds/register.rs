//! Rows of the register.

use std::collections::HashMap;

use crate::database::{Db, Done, Explain as _, Told, Write};
use crate::ids::DepartmentId;
use crate::imports::rules::answers::Basis;
use crate::imports::rules::merging::ROW;
use crate::imports::rules::{Answers, Changed, Checked, Line, Problem, Refusal, Typed, Verdict};
use crate::registry::acts::importing::{self, Bases};
use crate::registry::names;
use crate::registry::rules::incoming::{self, Difference, Read, period_of};
use crate::registry::rules::periods::Because;
use crate::registry::store::Association;
use crate::registry::store::importing::{Keys, keyed, taken};

use super::{Against, Change, Outcome, Seen, hands, units::Meant};

/// The column of the unit.
pub const UNIT: &str = incoming::UNIT.0;
/// A name of a unit that nobody knows yet: asked once for each value.
pub const UNKNOWN_UNIT: &str = "unknown_unit";
/// A check character that does not fit.
pub const CHECK_CHARACTER: &str = "check_character";

/// What stands and may be meant by rows.
pub(super) struct Standing {
    pub(super) associations: Vec<Association>,
    codes: HashMap<String, Vec<usize>>,
    certificates: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
    taken: HashMap<String, i64>,
}

fn code(typed: &Typed) -> String {
    said(typed, "uscc").to_uppercase()
}

pub(super) fn said<'t>(typed: &'t Typed, field: &str) -> &'t str {
    typed.get(field).map_or("", |value| value.trim())
}

impl Standing {
    pub(super) async fn load(
        db: &mut Db,
        lines: &[Line],
        own: Option<DepartmentId>,
    ) -> Result<Self, sqlx::Error> {
        let given = |key: &dyn Fn(&Typed) -> String| -> Vec<String> {
            let keys = lines.iter().map(|line| key(&line.typed));
            keys.filter(|key| !key.is_empty()).collect()
        };
        let rows = lines
            .iter()
            .filter_map(|line| line.typed.get(ROW)?.parse().ok());
        let keys = Keys {
            ids: rows.collect(),
            codes: given(&code),
            certificates: given(&|typed| said(typed, "certificate_no").to_owned()),
            names: given(&|typed| names::key(said(typed, "name"))),
        };
        let associations = keyed(db, &keys, own).await?;
        let taken = taken(db, &keys).await?;
        let mut standing = Self {
            codes: HashMap::new(),
            certificates: HashMap::new(),
            names: HashMap::new(),
            taken: taken.into_iter().map(|(id, key)| (key, id)).collect(),
            associations: Vec::new(),
        };
        for (at, association) in associations.iter().enumerate() {
            let put = |into: &mut HashMap<String, Vec<usize>>, key: String| {
                into.entry(key).or_default().push(at);
            };
            put(&mut standing.names, names::key(&association.name));
            if let Some(code) = &association.uscc {
                put(&mut standing.codes, code.clone());
            }
            if let Some(number) = &association.certificate_no {
                put(&mut standing.certificates, number.clone());
            }
        }
        standing.associations = associations;
        Ok(standing)
    }

    /// The association that a row means: by its code, else its certificate, else its name.
    pub(super) fn meant(&self, typed: &Typed) -> Result<Option<&Association>, Problem> {
        if let Some(row) = typed.get(ROW) {
            let mut all = self.associations.iter();
            return Ok(all.find(|each| each.id.to_string() == *row));
        }
        let name = names::key(said(typed, "name"));
        let by = [
            ("uscc", self.codes.get(&code(typed))),
            (
                "certificate_no",
                self.certificates.get(said(typed, "certificate_no")),
            ),
            ("name", self.names.get(&name)),
        ];
        for (field, found) in by {
            match found.map(Vec::as_slice) {
                None | Some([]) => {}
                Some([one]) => return Ok(self.associations.get(*one)),
                Some(_) => {
                    let what =
                        "台账中有多个协会与本行相符，无法确定是哪一个，请填写统一社会信用代码";
                    return Err(Problem::error(field, said(typed, field), what));
                }
            }
        }
        Ok(None)
    }

    /// Whether a code or a name is another association's.
    fn clash(&self, typed: &Typed, before: Option<&Association>) -> Option<Problem> {
        let keys = [
            ("uscc", code(typed)),
            ("name", names::key(said(typed, "name"))),
        ];
        keys.into_iter().find_map(|(field, key)| {
            let other = self.taken.get(&key).filter(|_| !key.is_empty())?;
            let what = "台账中已有协会用了这个名称或代码，请核对是否重复，或与登记管理机关联系";
            before
                .is_none_or(|before| before.id.0 != *other)
                .then(|| Problem::error(field, said(typed, field), what))
        })
    }
}

/// Checks rows against what stands.
pub async fn check(
    db: &mut Db,
    against: &Against,
    lines: &[Line],
    seen: &mut Seen,
) -> Result<Vec<Outcome>, sqlx::Error> {
    let standing = Standing::load(db, lines, against.own).await?;
    Ok(lines
        .iter()
        .map(|line| of_line(line, against, &standing, seen))
        .collect())
}

fn of_line(line: &Line, against: &Against, standing: &Standing, seen: &mut Seen) -> Outcome {
    let typed = &line.typed;
    let mut found = repeated(line, seen);
    let before = match standing.meant(typed) {
        Ok(before) => before,
        Err(problem) => {
            found.push(problem);
            None
        }
    };
    found.extend(standing.clash(typed, before));
    let unit = match unit(typed, against) {
        Ok(Meant::LeftOut) => return left_out(line),
        Ok(Meant::Unit(unit)) => Some(unit),
        Ok(Meant::Unknown) => None,
        Err(problem) => {
            found.push(problem);
            None
        }
    };
    let note = against.answers.confirmed.get(CHECK_CHARACTER);
    let read = incoming::check(
        typed,
        &incoming::Against {
            today: against.today,
            before,
            unit: unit.or(against.own),
            note: note.map(String::as_str),
        },
    );
    let read = match read {
        Ok(read) => read,
        Err(errors) => {
            let told: Vec<&str> = line
                .problems
                .iter()
                .chain(&found)
                .map(|each| &*each.field)
                .collect();
            let untold = errors.iter().filter(|error| !told.contains(&&*error.name));
            let untold = untold.map(|error| {
                Problem::error(&error.name, said(typed, &error.name), &*error.message)
            });
            let untold: Vec<Problem> = untold.collect();
            found.extend(untold);
            return wrong(line, found);
        }
    };
    let bad = line.problems.iter().chain(&found).any(Problem::is_error);
    if bad {
        return wrong(line, found);
    }
    let named = before.zip(unit);
    let read = match named {
        Some((before, unit)) => incoming::under(read, before, &hands::named(unit, against)),
        None => read,
    };
    good(line, read, found)
}

fn good(line: &Line, read: Read, mut found: Vec<Problem>) -> Outcome {
    let typed = &line.typed;
    if read.check_character {
        let what = "统一社会信用代码的校验位不符，请对照证书核对";
        let problem = Problem::warning("uscc", said(typed, "uscc"), CHECK_CHARACTER, what);
        found.push(problem);
    }
    let (verdict, subject) = match &read.change {
        incoming::Change::New(..) => (Verdict::New, None),
        incoming::Change::Altered(altered) => (Verdict::Changed, Some(altered.before.id.0)),
        incoming::Change::Same(id) => (Verdict::Same, Some(id.0)),
    };
    Outcome {
        checked: Checked {
            number: line.number,
            verdict,
            subject,
            changes: read.differences.into_iter().map(changed).collect(),
            found,
        },
        change: (verdict != Verdict::Same).then_some(Change::Register(read.change)),
    }
}

fn changed(difference: Difference) -> Changed {
    Changed {
        field: difference.field.to_owned(),
        label: difference.label.to_owned(),
        before: difference.before,
        after: difference.after,
        period: difference.period,
    }
}

pub(super) fn wrong(line: &Line, found: Vec<Problem>) -> Outcome {
    Outcome {
        checked: Checked::wrong(line.number, found),
        change: None,
    }
}

fn left_out(line: &Line) -> Outcome {
    Outcome {
        checked: Checked {
            verdict: Verdict::Left,
            ..Checked::wrong(line.number, Vec::new())
        },
        change: None,
    }
}

/// The same code or name in another row of the upload: both are named.
fn repeated(line: &Line, seen: &mut Seen) -> Vec<Problem> {
    let typed = &line.typed;
    let keys = [
        ("uscc", "代码", code(typed)),
        ("name", "名称", names::key(said(typed, "name"))),
    ];
    let given = keys.into_iter().filter(|(.., key)| !key.is_empty());
    given
        .filter_map(|(field, label, key)| {
            let other = seen.note(format!("{field} {key}"), line)?;
            let what = format!("与{other}的{label}重复");
            Some(Problem::error(field, said(typed, field), what))
        })
        .collect()
}

/// The unit that a row names; whoever brings their own need not name it.
fn unit(typed: &Typed, against: &Against) -> Result<Meant, Problem> {
    let name = said(typed, UNIT);
    if name.is_empty() {
        return Ok(against.own.map_or(Meant::Unknown, Meant::Unit));
    }
    let meant = against.units.meant(name);
    match (meant, against.own) {
        (Meant::Unit(unit), Some(own)) if unit != own => {
            let what = "不是本单位主管的协会，请删去本行";
            Err(Problem::error(UNIT, name, what))
        }
        (Meant::Unit(unit), _) if against.units.of(unit).is_none_or(|unit| !unit.supervises) => {
            let what = "这个单位不是业务主管单位，请核对";
            Err(Problem::error(UNIT, name, what))
        }
        (Meant::Unknown, _) => {
            let what = "系统中没有这个单位";
            Err(Problem {
                warning: UNKNOWN_UNIT.to_owned(),
                ..Problem::error(UNIT, name, what)
            })
        }
        (meant, _) => Ok(meant),
    }
}

/// Enters rows. What is written about an association comes first, then its other unit: what the
/// criteria say rests on both.
pub async fn apply(
    write: &mut Write,
    changes: Vec<(Change, String)>,
    answers: &Answers,
) -> Done<Refusal, Vec<Told>> {
    let bases: Bases = answers
        .bases
        .iter()
        .filter_map(|(field, basis)| Some((period_of(field)?, because(basis))))
        .collect();
    let rows: Vec<(incoming::Change, String)> = changes
        .into_iter()
        .filter_map(|(change, from)| match change {
            Change::Register(change) => Some((change, from)),
            Change::Accounts(_) | Change::Survey(..) => None,
        })
        .collect();
    let done = importing::apply(write, &rows, &bases).await;
    let mut tells = done.map_err(|failure| failure.told_by(|why| Refusal::Row(why.explain())))?;
    for (change, from) in &rows {
        if let incoming::Change::Altered(altered) = change {
            let said = answers.bases.get(UNIT);
            tells.extend(hands::hand_over(write, (altered, from), said).await?);
        }
    }
    Ok(tells)
}

fn because(basis: &Basis) -> Because {
    match basis {
        Basis::Error => Because::Error,
        Basis::Change { document, on } => Because::Change {
            on: *on,
            document: document.clone(),
        },
    }
}
