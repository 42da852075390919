//! The template of a kind: its columns from the scheme, filled in with what is known.

use std::collections::BTreeMap;
use std::io::Cursor;

use chrono::NaiveDate;

use crate::access::{Actor, Role};
use crate::accounts::rules::incoming::KINDS;
use crate::accounts::store::people;
use crate::audit::AuditKey;
use crate::database::Db;
use crate::ids::DepartmentId;
use crate::imports::rules::merging::{Ground, ROW, SHEET};
use crate::imports::rules::{Answers, Kind};
use crate::registry::rules::{MEMBER_BASES, entry};
use crate::registry::store::Association;
use crate::registry::store::importing::of_unit;
use crate::scheme::Scheme;
use crate::scheme::tables::{CellKind, Field};
use crate::sheets::forms::{self, Column, Content, Guide, Hidden, Options, Sheet, Stamp};
use crate::web::marks::Marks;

use super::{Against, Sheets, Units, cases, ground, people, questions, register, survey};

/// Associations that a template is filled in with.
const MOST: i64 = 5_000;
/// Widths of columns, in digits.
const WIDTHS: [(CellKind, f64); 5] = [
    (CellKind::Name, 36.0),
    (CellKind::Code, 22.0),
    (CellKind::Long, 40.0),
    (CellKind::Day, 14.0),
    (CellKind::YesNo, 12.0),
];

/// What a template holds, ready to be written.
pub struct Gathered {
    kind: Kind,
    version: u32,
    columns: Vec<Column>,
    options: Vec<Options>,
    rows: Vec<Vec<Content>>,
    /// How the rows of a unit stand, for when the workbook comes back.
    ground: Option<Ground>,
}

/// The rows of a kind, in the columns of these fields.
pub(super) async fn rows(
    db: &mut Db,
    kind: Kind,
    fields: &[&Field],
    against: &Against,
) -> Result<Vec<Vec<Content>>, sqlx::Error> {
    match kind {
        Kind::Register => associations(db, fields, against.own).await,
        Kind::Units => accounts(db, fields, &against.units).await,
        Kind::Survey | Kind::People => surveys(db, kind, fields, against).await,
    }
}

/// Gathers what is known for whoever downloads it.
pub async fn gather(
    db: &mut Db,
    scheme: &std::sync::Arc<Scheme>,
    (kind, actor): (Kind, &Actor),
    marks: &Marks,
) -> Result<Gathered, sqlx::Error> {
    let own = actor.role().is_unit().then(|| actor.department());
    let region = &scheme.campaign.region_name;
    let against = Against {
        units: Units::load(db, region, BTreeMap::new()).await?,
        scheme: std::sync::Arc::clone(scheme),
        today: NaiveDate::MIN,
        own,
        answers: Answers::default(),
        returned: None,
    };
    let table = questions::table(scheme, kind);
    let listed = table.fields.iter();
    let fields: Vec<&Field> = listed.filter(|field| !field.unlisted).collect();
    let choices = Sheets::of(kind, &against);
    let mut options = Vec::new();
    for field in &fields {
        let values = match field.kind {
            CellKind::Unit if kind == Kind::Register => units(&against),
            CellKind::Choice | CellKind::Unit => choices.labels(&field.key),
            _ => continue,
        };
        let name = field.key.clone();
        options.push(Options { name, values });
    }
    let rows = rows(db, kind, &fields, &against).await?;
    let ground = own.filter(|_| kind != Kind::Units).map(|own| {
        let standing = ground::standing(&fields, &choices, &rows);
        ground::of(&standing, (kind, table.version, own.0), marks)
    });
    Ok(Gathered {
        kind,
        ground,
        version: table.version,
        columns: fields.iter().map(|field| column(scheme, field)).collect(),
        options,
        rows,
    })
}

fn units(against: &Against) -> Vec<String> {
    let units = against.units.supervising();
    let own = units.filter(|unit| against.own.is_none_or(|own| own == unit.id));
    own.map(|unit| unit.name.clone()).collect()
}

/// The heading of a column: a question's with its number, by which it is known again.
fn heading(scheme: &Scheme, field: &Field) -> String {
    match scheme.question(&field.key) {
        Some(question) => format!("{} {}", question.code(), field.label),
        None => field.label.clone(),
    }
}

fn column(scheme: &Scheme, field: &Field) -> Column {
    let mut widths = WIDTHS.iter();
    let width = widths.find(|(kind, _)| *kind == field.kind);
    Column {
        heading: heading(scheme, field),
        note: field.note.clone(),
        width: width.map_or(18.0, |(_, width)| *width),
        kind: match field.kind {
            CellKind::Code
            | CellKind::Certificate
            | CellKind::CodeOrCertificate
            | CellKind::Phone => forms::Kind::Code,
            CellKind::Day => forms::Kind::Day,
            CellKind::Money => forms::Kind::Money,
            CellKind::Count => forms::Kind::Count,
            CellKind::Area => forms::Kind::Area,
            CellKind::YesNo => forms::Kind::YesNo,
            CellKind::Choice | CellKind::Unit => forms::Kind::Choice(field.key.clone()),
            CellKind::Long => forms::Kind::Long,
            _ => forms::Kind::Text,
        },
        must: field.must,
        locked: field.key == ROW,
    }
}

fn text(value: &str) -> Content {
    if value.is_empty() {
        Content::Blank
    } else {
        Content::Text(value.to_owned())
    }
}

async fn associations(
    db: &mut Db,
    fields: &[&Field],
    own: Option<DepartmentId>,
) -> Result<Vec<Vec<Content>>, sqlx::Error> {
    let associations = of_unit(db, own, MOST).await?;
    let rows = associations.iter().map(|association| {
        let values: BTreeMap<&str, String> = entry::values(association).into_iter().collect();
        let cell = |field: &&Field| match field.key.as_str() {
            ROW => Content::Text(association.id.to_string()),
            register::UNIT => text(&association.department_name),
            "registered_on" => association
                .registered_on
                .map_or(Content::Blank, Content::Day),
            "member_basis" => {
                let mut bases = MEMBER_BASES.iter();
                let found = bases.find(|(key, ..)| *key == association.member_basis);
                text(found.map_or("", |(_, label, _)| label))
            }
            "direct_registration" => text(if association.direct_registration {
                "是"
            } else {
                "否"
            }),
            key => text(values.get(key).map_or("", String::as_str)),
        };
        fields.iter().map(cell).collect()
    });
    Ok(rows.collect())
}

async fn surveys(
    db: &mut Db,
    kind: Kind,
    fields: &[&Field],
    against: &Against,
) -> Result<Vec<Vec<Content>>, sqlx::Error> {
    let associations = of_unit(db, against.own, MOST).await?;
    let all: Vec<&Association> = associations.iter().collect();
    let cases = cases::load(db, against, &all).await?;
    let with = (associations.as_slice(), &cases);
    Ok(if kind == Kind::Survey {
        survey::rows(fields, against, with)
    } else {
        people::rows(fields, against, with)
    })
}

async fn accounts(
    db: &mut Db,
    fields: &[&Field],
    units: &Units,
) -> Result<Vec<Vec<Content>>, sqlx::Error> {
    let people = people(db).await?;
    let mut rows = Vec::new();
    for unit in units.all() {
        let kind = KINDS.iter().find(|(key, _)| *key == unit.kind);
        let row = |person: &str, username: &str, role: &str| -> Vec<Content> {
            let cell = |field: &&Field| match field.key.as_str() {
                "department" => text(&unit.name),
                "short_name" => text(&unit.short_name),
                "kind" => text(kind.map_or("", |(_, label)| label)),
                "person" => text(person),
                "username" => text(username),
                "role" => text(role),
                _ => Content::Blank,
            };
            fields.iter().map(cell).collect()
        };
        let before = rows.len();
        for person in people.iter().filter(|person| person.disabled_at.is_none()) {
            let held = person.capacities.iter();
            let here = held.filter(|(department, _, role)| {
                *department == unit.id && *role != Role::Association
            });
            for (_, _, role) in here {
                rows.push(row(&person.name, &person.username, role.label()));
            }
        }
        if rows.len() == before {
            rows.push(row("", "", ""));
        }
    }
    Ok(rows)
}

/// The signature of a workbook, under the key outside the database.
#[must_use]
pub fn signature(key: &AuditKey, content: &str) -> String {
    key.mark_of(("workbook", 0, "ground"), content)
}

impl Gathered {
    /// The workbook.
    pub fn write(self, today: NaiveDate, by: &str, key: &AuditKey) -> std::io::Result<Vec<u8>> {
        let lines = if i64::try_from(self.rows.len()).is_ok_and(|rows| rows >= MOST) {
            vec![format!(
                "系统中的内容较多，只填入了前{MOST}行；没有列出的不受影响。"
            )]
        } else {
            vec!["已填入系统中的内容；没有改动的行可以保留，也可以删去。".to_owned()]
        };
        let hidden = self.ground.map(|ground| Hidden {
            name: SHEET.to_owned(),
            rows: ground.sheet(|content| signature(key, content)),
        });
        let book = forms::Book {
            stamp: Stamp {
                kind: self.kind.key().to_owned(),
                version: self.version.to_string(),
            },
            guide: Guide {
                title: format!("{}导入模板", self.kind.label()),
                made_on: today,
                made_by: by.to_owned(),
                lines,
            },
            sheets: vec![Sheet {
                name: self.kind.label().to_owned(),
                columns: self.columns,
                rows: Box::new(self.rows.into_iter()),
            }],
            options: self.options,
            hidden: hidden.into_iter().collect(),
        };
        let mut out = Cursor::new(Vec::new());
        forms::write(book, &mut out)?;
        Ok(out.into_inner())
    }
}
