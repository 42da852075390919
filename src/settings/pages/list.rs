//! All parameters of the scheme, in groups.

use askama::Template;

use crate::scheme::calendar;
use crate::scheme::parameters::{CALENDAR, Group, Kind, Parameter, TABLE, Values};
use crate::settings::rules;
use crate::settings::store::{self, Change, Snapshot};
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};

/// The page.
#[derive(Template)]
#[template(path = "settings/list.html")]
pub struct ListPage {
    page: Page,
    groups: Vec<GroupView>,
    versions: Vec<Snapshot>,
    /// Years that dates reach and that have no calendar (FD-5).
    unknown: Option<String>,
}

/// A group of parameters.
pub struct GroupView {
    /// Its name.
    pub label: &'static str,
    /// Its parameters.
    pub rows: Vec<RowView>,
}

/// A parameter in its table.
pub struct RowView {
    /// Its name in the address.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The value in force.
    pub value: String,
    /// The scheme's own value, where it is another.
    pub default: Option<String>,
    /// Where it comes from.
    pub source: &'static str,
    /// What will be in force later.
    pub coming: Vec<String>,
}

/// The parameters that stand in tables: the lower part of a ratio is shown with the upper.
#[must_use]
pub fn groups(values: &Values, defaults: &Values, changes: &[Change]) -> Vec<GroupView> {
    let shown = |group: Group| {
        TABLE
            .iter()
            .chain(CALENDAR)
            .filter(move |each| each.group == group && each.kind != Kind::RatioPart)
    };
    Group::ALL
        .into_iter()
        .map(|group| GroupView {
            label: group.label(),
            rows: shown(group)
                .map(|parameter| row(parameter, values, defaults, changes))
                .collect(),
        })
        .collect()
}

fn row(
    parameter: &'static Parameter,
    values: &Values,
    defaults: &Values,
    changes: &[Change],
) -> RowView {
    let (value, default) = (parameter.show(values), parameter.show(defaults));
    let coming = coming(parameter, values, changes);
    RowView {
        name: parameter.name,
        label: parameter.label,
        default: (default != value).then_some(default),
        value,
        source: parameter.source,
        coming,
    }
}

/// The changes of a parameter in words, each with the value that it brings.
#[must_use]
pub fn coming(parameter: &Parameter, values: &Values, changes: &[Change]) -> Vec<String> {
    let names = rules::names(parameter);
    let mut later: Vec<&Change> = changes
        .iter()
        .filter(|change| names.contains(&change.name.as_str()))
        .collect();
    later.reverse();
    let mut values = values.clone();
    let mut sentences: Vec<String> = Vec::new();
    for (position, change) in later.iter().enumerate() {
        values.insert(change.name.clone(), change.value.clone());
        let last = later
            .get(position + 1)
            .is_none_or(|next| next.effective_on != change.effective_on);
        if last {
            sentences.push(format!(
                "自{}起{}",
                change.effective_on,
                parameter.show(&values)
            ));
        }
    }
    sentences
}

impl View for ListPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, today) = (look.db, look.app.clock.today());
        let mut changes = store::changes(db).await?;
        changes.retain(|change| change.effective_on > today);
        let scheme = &look.app.scheme.campaign;
        Ok(Self {
            page: look.allowed.page("参数设置"),
            groups: groups(&scheme.values(), &scheme.defaults, &changes),
            unknown: calendar::unknown_of(scheme),
            versions: store::snapshots(db).await?,
        })
    }
}
