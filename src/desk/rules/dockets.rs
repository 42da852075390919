//! Who has a docket, what they do with it and by when: the scheme's word (`processes.toml`).

use chrono::NaiveDate;

use crate::access::{Act, Role};
use crate::scheme::calendar::workdays_after;
use crate::scheme::processes::{Process, Step};

use super::{Found, Judge, OFFICE, Row, role_of};

impl Judge<'_> {
    /// The pairs of hands in which a docket lies; its note is its process and its level.
    pub(super) fn of_docket(&self, matter: &Found) -> Vec<Row> {
        let (code, level) = matter
            .note
            .split_once(' ')
            .unwrap_or((&matter.note, "normal"));
        let Some(process) = self.scheme.process(code) else {
            return Vec::new();
        };
        let state = matter.state.as_str();
        let open = process.open(state, level);
        let due = open.filter(|step| is_due(process, step, (matter, level)));
        let rows = due.flat_map(|step| {
            let act = Act::from_name(&step.act);
            let day = self.day(matter, &step.due);
            let hands = step.by.iter().flat_map(|party| self.party(matter, party));
            hands.filter_map(move |(department, role)| {
                Some(Row {
                    kind: matter.kind.clone(),
                    case: matter.case,
                    association: matter.association,
                    unit: matter.unit,
                    department,
                    role,
                    act: act?.name().to_owned(),
                    since: matter.since,
                    from_on: None,
                    due_on: day,
                    count: 1,
                    suspended: false,
                    note: String::new(),
                })
            })
        });
        rows.collect()
    }

    /// The departments and roles of a party.
    fn party(&self, matter: &Found, party: &str) -> Vec<(i64, Role)> {
        let offices = self.offices;
        let of =
            |department: Option<i64>| department.map_or_else(Vec::new, |id| offices.all_roles(id));
        match party {
            "owner" => of(Some(matter.unit)),
            "lead" => {
                let mut roles = of(Some(matter.unit));
                roles.retain(|(_, role)| role.is_specialist());
                roles
            }
            "handler" => of(matter.asked),
            "finder" if matter.finder.is_none() => self.of_competence(OFFICE, Role::OfficeClerk),
            "finder" => of(matter.finder),
            party => match Role::from_key(party) {
                Some(role) if role.is_unit() => vec![(matter.unit, role)],
                Some(role) if role.is_office() => self.of_competence(OFFICE, role),
                Some(role) => {
                    let known = role_of(role.code()).unwrap_or(role);
                    self.of_competence(role.code(), known)
                }
                None => Vec::new(),
            },
        }
    }

    /// By when. What came back is due some working days after that, if not later anyway.
    fn day(&self, matter: &Found, due: &str) -> Option<NaiveDate> {
        let campaign = self.campaign(matter);
        let from = |days: i64| workdays_after(campaign, matter.since, days);
        let day = match due {
            "" => None,
            "docket" => matter.due,
            due => match due.strip_prefix('+') {
                Some(days) => days.parse().ok().map(from),
                None => self.scheme.day(due),
            },
        }?;
        if matter.state == "returned" {
            return Some(day.max(from(campaign.parameters.resubmit_workdays)));
        }
        Some(day)
    }
}

/// Whether somebody is waited for to go this step. A clerk writes until nothing is missing;
/// then it is the leader's to sign.
fn is_due(process: &Process, step: &Step, (matter, level): (&Found, &str)) -> bool {
    if step.todo.is_empty() || step.quiet.contains(&matter.state) {
        return false;
    }
    let signed = process
        .step(Act::DocketSign.name(), &matter.state, level)
        .is_some();
    match Act::from_name(&step.act) {
        Some(Act::DocketSave) if signed => !matter.complete,
        Some(Act::DocketSign) => matter.complete,
        _ => true,
    }
}
