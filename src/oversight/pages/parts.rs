//! Pieces of a docket's page: its facts, its answers with what differs from the edition before,
//! its tables, what may be done.

use std::collections::BTreeSet;

use crate::access::{Act, Case as _};
use crate::oversight::rules::figures::Counted;
use crate::oversight::store::Docket;
use crate::paths;
use crate::scheme::processes::{Process, Step};
use crate::scheme::{Answers, Choice, Question};
use crate::web::answer::questions::{self, FieldView, ShownAnswer};
use crate::web::guide;
use crate::web::table::{Cell, Head, Kind, Table};
use crate::web::{Allowed, Form};
use crate::words::Mark;

use super::deeds::{address, remark};

/// A fact of the row: label, words, where they lead.
pub(super) type Fact = (&'static str, String, Option<String>);

/// What the row says of itself.
pub(super) fn facts(
    allowed: &Allowed,
    process: &Process,
    (docket, known): (&Docket, &[i64]),
) -> Vec<Fact> {
    let day = |day: chrono::NaiveDate| day.to_string();
    let facts = allowed.facts().docket.as_ref();
    let association = facts.is_some_and(|facts| facts.association);
    let mut found: Vec<Fact> = vec![("编号", docket.number.to_string(), None)];
    if let (Some(id), Some(name)) = (docket.association, &docket.association_name) {
        let href = paths::registry::ASSOCIATION.at(id);
        let href = association.then_some(href);
        found.push(("协会", name.clone(), href));
    }
    found.push(("责任单位", docket.unit.clone(), None));
    let mut add = |label, words: Option<String>| {
        found.extend(words.map(|words| (label, words, None)));
    };
    add("承办单位", docket.handler_name.clone());
    add(
        "提出单位",
        docket
            .finder_name
            .clone()
            .filter(|name| *name != docket.unit),
    );
    add("开始日期", Some(day(docket.opened_on)));
    add("时限", docket.due_on.map(day));
    add("报送日期", docket.signed_on.map(day));
    add("办结日期", docket.settled_on.map(day));
    if docket.edition > 1 || docket.replaced_by.is_some() {
        add("版次", Some(format!("第{}版", docket.edition)));
    }
    add("依据", Some(format!("方案{}", process.basis)));
    if !docket.link.is_empty() {
        let named = guide::at(&docket.link).map_or("来源", |page| page.name);
        let opens = match paths::oversight::docket_in(&docket.link) {
            Some(other) => known.contains(&other),
            None => {
                allowed.opens(&docket.link)
                    && (association || !paths::oversight::is_below(&docket.link))
            }
        };
        let href = opens.then(|| docket.link.clone());
        found.push(("来源", named.to_owned(), href));
    }
    if let Some(parent) = docket.parent.filter(|id| known.contains(id)) {
        let href = paths::oversight::DOCKET.at(parent);
        found.push(("由来", "查看".to_owned(), Some(href)));
    }
    found
}

/// An answer, and what stood there in the edition before.
pub(super) struct Told {
    pub(super) shown: ShownAnswer,
    pub(super) before: Option<String>,
}

/// The answers: what was answered, and what is asked when it is written.
pub(super) fn answers(
    process: &Process,
    (answers, before): (&Answers, Option<&Answers>),
    departments: &[Choice],
) -> Vec<Told> {
    let written: BTreeSet<&str> = process.written().map(Question::code).collect();
    let meant = process.questions.iter().filter(|question| {
        let code = question.code();
        let said = answers.has(code) || written.contains(code) && question.shown(answers);
        said && code != process.picks && question.keeps != "policy"
    });
    let meant: Vec<Question> = meant.cloned().collect();
    let shown = questions::shown(&meant, answers, departments);
    let was = before.map(|before| questions::shown(&meant, before, departments));
    shown
        .into_iter()
        .enumerate()
        .map(|(place, shown)| {
            let was = was.as_ref().and_then(|was| was.get(place));
            let differs = was.filter(|was| was.text != shown.text || was.rows != shown.rows);
            let before = differs.map(|was| match was.text.as_str() {
                "" => "未填写".to_owned(),
                text => text.to_owned(),
            });
            Told { shown, before }
        })
        .collect()
}

/// Answers that are drawn as one list, and what stood in the last of them in the edition before.
pub(super) struct Group {
    pub(super) shown: Vec<ShownAnswer>,
    pub(super) before: Option<String>,
}

/// Answers in their order, as lists as long as they can be: a table stands where it was asked, and
/// what stood there before stands below what it is about.
pub(super) fn grouped(told: Vec<Told>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for each in told {
        let label = &each.shown.label;
        let before = each.before.map(|was| format!("“{label}”：{was}"));
        let alone = !each.shown.rows.is_empty();
        let open = groups.last_mut().filter(|group| {
            let table = group.shown.iter().any(|shown| !shown.rows.is_empty());
            !alone && !table && group.before.is_none()
        });
        match open {
            Some(group) => {
                group.shown.push(each.shown);
                group.before = before;
            }
            None => groups.push(Group {
                shown: vec![each.shown],
                before,
            }),
        }
    }
    groups
}

/// A counted table as it is drawn; cells that differ from the edition before are marked.
pub(super) fn table(counted: &Counted, before: Option<&Counted>) -> Table {
    let differing: BTreeSet<(usize, usize)> = before
        .map(|before| counted.differing(before).into_iter().collect())
        .unwrap_or_default();
    let heads = counted.heads.iter().enumerate().map(|(place, label)| {
        let head = Head::new(label, if place == 0 { Kind::Words } else { Kind::Short });
        if place == 0 { head.head() } else { head }
    });
    let rows = counted.rows.iter().enumerate().map(|(number, row)| {
        let cells = row.iter().enumerate().map(|(column, text)| {
            if differing.contains(&(number, column)) {
                return Cell::Mark(Mark::Soon, format!("{text}（有改动）"));
            }
            Cell::plain(text)
        });
        cells.collect()
    });
    Table {
        caption: counted.title.clone(),
        heads: heads.collect(),
        rows: rows.collect(),
        stacked: false,
    }
}

/// A step that is open to the reader.
pub(super) struct Offer {
    pub(super) act: Act,
    pub(super) label: String,
    pub(super) address: String,
    pub(super) kind: &'static str,
    pub(super) fields: Vec<FieldView>,
    /// Parts in which something may be sent back: field and label.
    pub(super) parts: Vec<(String, String)>,
    /// Why it cannot be done yet.
    pub(super) refusal: Option<String>,
}

const fn kind(act: Act) -> &'static str {
    match act {
        Act::DocketSign | Act::DocketDecide | Act::DocketAccept | Act::DocketClose => "official",
        Act::DocketReturn | Act::DocketWithdraw => "danger",
        Act::DocketRaise | Act::DocketRevise => "",
        _ => "primary",
    }
}

/// What the reader may do with the docket as it is.
pub(super) fn offers(
    (allowed, form): (&Allowed, &Form),
    (process, docket): (&Process, &Docket),
    (departments, lacking): (&[Choice], &[String]),
) -> Vec<Offer> {
    let (state, level) = (docket.state.key(), docket.level.key());
    let open = process.open(state, level).filter_map(|step: &Step| {
        let act = Act::from_name(&step.act)?;
        let address = address(act, docket.id)?;
        let may = allowed.may(act) && docket.open(act);
        let revised = act == Act::DocketRevise && docket.replaced_by.is_some();
        (may && !revised).then_some((step, act, address))
    });
    open.map(|(step, act, address)| {
        let asked = process.asked(step);
        let passes = matches!(act, Act::DocketSend | Act::DocketSign) && docket.state.is_written();
        let parts = process.written().filter(|_| step.by_part);
        let parts = parts.map(|question| (remark(question.code()), question.label.clone()));
        Offer {
            act,
            label: step.label.clone(),
            address,
            kind: kind(act),
            fields: questions::fields(&asked, form, departments),
            parts: parts.collect(),
            refusal: (passes && !lacking.is_empty())
                .then(|| format!("还没有填写：{}。", lacking.join("、"))),
        }
    })
    .collect()
}
