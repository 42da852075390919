//! What is a unit's own: its work group's papers, its recommendation and the request to correct
//! it, a nil report, orders and notices that it was sent, objections that the office has to
//! answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Case as _;
use crate::corrections::store::Correction;
use crate::database::{Db, Under};
use crate::desk::rules::{Found, OBJECTION, RECOMMENDATION};
use crate::ids::DepartmentId;
use crate::roster::acts::bound;
use crate::roster::store::{candidates, recommendation};
use crate::scheme::Scheme;
use crate::timeline::rules::{Window, in_force};
use crate::timeline::store::orders::Order;
use crate::timeline::store::windows;
use crate::workgroups::rules::Part;
use crate::workgroups::store::kept;

struct Own {
    kind: String,
    id: i64,
    unit: i64,
    state: String,
    note: String,
    since: Option<NaiveDate>,
    due: Option<NaiveDate>,
    complete: bool,
}

/// The windows of tasks, by what they measure.
pub(super) async fn windows_of(
    db: &mut Db,
    scheme: &Scheme,
) -> Result<BTreeMap<String, Window>, sqlx::Error> {
    let moved = windows(db).await?;
    let tasks = scheme.timeline.tasks.iter();
    let measured = tasks.filter(|task| !task.measured.is_empty());
    let windows = measured.map(|task| {
        let window = in_force(scheme, task, moved.get(task.code()));
        (task.measured.clone(), window)
    });
    Ok(windows.collect())
}

/// The own matters of some units.
pub(super) async fn matters(
    db: &mut Db,
    units: &[i64],
    (under, windows): (Under<'_>, &BTreeMap<String, Window>),
) -> Result<Vec<Found>, sqlx::Error> {
    let issued = under.scheme.campaign.parameters.issue_date;
    let rows = own(db, units, issued).await?;
    let mut found = Vec::new();
    for row in rows {
        if row.kind == "workgroup" {
            found.extend(parts(db, &row, issued).await?);
        } else if row.kind == RECOMMENDATION && matches!(row.state.as_str(), "draft" | "returned") {
            let complete = recommended(db, row.unit, under.scheme).await?;
            found.push(Found::own(Own { complete, ..row }, issued));
        } else {
            found.push(Found::own(row, issued));
        }
    }
    for matter in &mut found {
        matter.from_on = windows.get(&matter.kind).map(|window| window.from);
    }
    Ok(found)
}

/// Whether a unit's choice can be sent: then it is the leader's to sign.
async fn recommended(db: &mut Db, unit: i64, scheme: &Scheme) -> Result<bool, sqlx::Error> {
    let unit = DepartmentId(unit);
    let begun = recommendation(db, unit).await?;
    let excused = begun.is_some_and(|begun| begun.override_reason.is_some());
    let candidates = candidates(db, unit, &scheme.campaign.parameters).await?;
    let bound = bound(db, scheme).await?;
    Ok(bound.may_submit(&candidates, excused).is_ok())
}

impl Found {
    fn own(row: Own, first: NaiveDate) -> Self {
        Self {
            kind: row.kind,
            case: row.id,
            association: None,
            unit: row.unit,
            asked: None,
            finder: None,
            state: row.state,
            note: row.note,
            since: row.since.unwrap_or(first),
            due: row.due,
            from_on: None,
            count: 1,
            complete: row.complete,
            suspended: false,
        }
    }
}

/// A part that was not reported is to be written, or, where nothing is missing in it, to be
/// reported; one that was, to be read.
async fn parts(db: &mut Db, row: &Own, first: NaiveDate) -> Result<Vec<Found>, sqlx::Error> {
    let kept = kept(db, DepartmentId(row.unit)).await?;
    let parts = Part::ALL.into_iter().filter_map(|part| {
        let report = kept.reports.iter().find(|report| report.part == part);
        let (state, since) = match report {
            Some(report) if report.reported_on.is_some() && report.read_on.is_some() => {
                return None;
            }
            Some(report) if report.reported_on.is_some() => ("reported", report.reported_on),
            Some(report) => ("open", report.returned_on),
            None => ("open", None),
        };
        Some(Found::own(
            Own {
                kind: part.key().to_owned(),
                id: row.unit,
                unit: row.unit,
                state: state.to_owned(),
                note: String::new(),
                since,
                due: None,
                complete: kept.group.content.lacks(part).is_none(),
            },
            first,
        ))
    });
    Ok(parts.collect())
}

async fn own(db: &mut Db, units: &[i64], issued: NaiveDate) -> Result<Vec<Own>, sqlx::Error> {
    sqlx::query_as!(
        Own,
        r#"select 'workgroup' as "kind!", d.id as "id!", d.id as "unit!", 'open' as "state!", '' as "note!",
                  null::date as since, null::date as due, false as "complete!"
           from department d where d.campaign_id = $1 and d.id = any($2) and d.supervises and d.active
           union all
           select 'nil_report', d.id, d.id, 'owed', '', null, null, false
           from department d
           where d.campaign_id = $1 and d.id = any($2) and d.supervises and d.active
             and not exists (select from association a where a.campaign_id = d.campaign_id and a.department_id = d.id
                               and (a.scope = 'in' or a.scope = 'undecided' and a.exited_on is null))
             and not exists (select from nil_report n where n.campaign_id = d.campaign_id and n.department_id = d.id
                               and n.subject = 'survey')
           union all
           select $3, d.id, d.id, coalesce(r.state, 'draft'), '',
                  case when r.state = 'submitted' then (r.submitted_at at time zone 'Asia/Shanghai')::date
                       when r.state = 'approved' then (r.decided_at at time zone 'Asia/Shanghai')::date
                       when r.state in ('draft', 'returned') then
                           (select (c.at at time zone 'Asia/Shanghai')::date from act_record c
                            where c.campaign_id = r.campaign_id and c.subject_kind = 'department' and c.subject_id = d.id
                              and c.act = 'roster.return' order by c.id desc limit 1) end,
                  null, false
           from department d
           left join recommendation r on r.campaign_id = d.campaign_id and r.department_id = d.id
           where d.campaign_id = $1 and d.id = any($2) and d.supervises and d.active
             and r.state is distinct from 'published'
             and exists (select from association a where a.campaign_id = d.campaign_id and a.department_id = d.id
                           and a.scope = 'in' and a.exited_on is null and (a.registered_on < $4) is not false)
           union all
           select $5, o.id, o.department_id, o.state, '',
                  case o.state when 'draft' then o.drafted_on when 'answered' then o.answered_on else o.signed_on end,
                  o.due, o.acknowledged_on is not null
           from supervision_order o
           where o.campaign_id = $1 and o.department_id = any($2) and o.state in ('draft', 'signed', 'answered')
           union all
           select 'reminder', m.id, m.department_id, 'sent', '', m.sent_on, null, false
           from reminder m
           where m.campaign_id = $1 and m.department_id = any($2) and m.acknowledged_on is null
           union all
           select $7, c.id, c.case_id, c.state, '', c.asked_on, null, false
           from correction c
           where c.campaign_id = $1 and c.association_id is null and c.case_id = any($2) and c.state = 'asked'
           union all
           select $6, j.id, d.id, 'open', '', j.received_on, null, false
           from department d
           join roster_objection j on j.campaign_id = d.campaign_id and j.answered_on is null
           where d.campaign_id = $1 and d.id = any($2) and 'OFFICE' = any(d.competences)"#,
        db.campaign(),
        units,
        RECOMMENDATION,
        issued,
        Order::KIND,
        OBJECTION,
        Correction::KIND,
    )
    .fetch_all(db.connection())
    .await
}
