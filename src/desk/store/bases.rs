//! Associations with their scope, survey, place on the list and plan: what has one row each.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::access::Case as _;
use crate::database::Db;
use crate::desk::rules::{Found, NOTICE_DUE};
use crate::plan::store::Plan;
use crate::scheme::appropriation::{MONEY, paid_in};
use crate::scheme::{Answers, Scheme};
use crate::survey::store::Survey;

/// An association as its desk is computed from it.
pub struct Base {
    /// Its key.
    pub id: i64,
    /// The responsible unit.
    pub unit: i64,
    scope: String,
    proposed_on: Option<NaiveDate>,
    proposed: bool,
    registered_on: Option<NaiveDate>,
    incomplete: bool,
    survey: Option<i64>,
    survey_state: Option<String>,
    survey_since: Option<NaiveDate>,
    survey_again: Option<NaiveDate>,
    listed: bool,
    published_on: Option<NaiveDate>,
    listed_on: Option<NaiveDate>,
    money: Option<Json<Answers>>,
    /// Its plan.
    pub plan: Option<i64>,
    /// The plan's state.
    pub plan_state: Option<String>,
    plan_since: Option<NaiveDate>,
    plan_returned: Option<NaiveDate>,
    pending: i64,
    untold: i64,
    /// Nothing moves but registers (FD-4).
    pub suspended: bool,
    outdated: Option<NaiveDate>,
    founding: Option<bool>,
}

/// The one select of bases.
macro_rules! select_bases {
    ($($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Base,
            r#"select a.id, a.department_id as unit, a.scope, a.scope_proposed is not null as "proposed!", a.registered_on,
                  (a.uscc is null and a.certificate_no is null or a.registered_on is null
                      or '' = any(array[a.registrar, a.domicile, a.legal_representative, a.business_scope, a.member_basis])) as "incomplete!",
                  (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                   where r.campaign_id = a.campaign_id and r.subject_kind = 'association' and r.subject_id = a.id
                     and r.act = 'scope.propose' and a.scope_proposed is not null
                   order by r.id desc limit 1) as proposed_on,
                  s.id as "survey?", s.state as "survey_state?",
                  case s.state when 'submitted' then (s.submitted_at at time zone 'Asia/Shanghai')::date else
                      (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                       where r.campaign_id = s.campaign_id and r.subject_kind = 'survey' and r.subject_id = s.id
                         and r.act = any(case s.state when 'for_signature' then array['survey.pass']
                             when 'returned' then array['survey.return']
                             else array['survey.return', 'survey.take_back', 'survey.back', 'survey.reopen'] end)
                       order by r.id desc limit 1)
                  end as survey_since,
                  (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                   where r.campaign_id = s.campaign_id and r.subject_kind = 'survey' and r.subject_id = s.id
                     and r.act in ('survey.return', 'survey.reopen')
                   order by r.id desc limit 1) as survey_again,
                  coalesce((e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null, false) as "listed!",
                  (select min(b.published_on) from roster_publication b where b.campaign_id = a.campaign_id) as published_on,
                  coalesce((select m.amended_on from roster_amendment m where m.campaign_id = e.campaign_id and m.id = e.added_by),
                           (select b.published_on from roster_publication b
                            where b.campaign_id = e.campaign_id and b.id = e.publication_id)) as listed_on,
                  case when a.scope = 'in' and e.publication_id is null then
                      (select jsonb_build_object($3::text, coalesce(c.answers -> $3::text, '[]'::jsonb)) from survey c
                       where c.campaign_id = a.campaign_id and c.association_id = a.id and c.state = 'confirmed'
                       order by c.edition desc limit 1) end as "money: Json<Answers>",
                  p.id as "plan?", p.state as "plan_state?",
                  case when p.state = 'submitted' then greatest((p.submitted_at at time zone 'Asia/Shanghai')::date, q.decided_on)
                       when p.state = 'under_review' then (p.checked_at at time zone 'Asia/Shanghai')::date
                       when p.state = 'approved' then p.replied_on
                       when p.state = 'for_signature' then p.passed_on
                       when p.state in ('draft', 'returned') then
                           (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                            where r.campaign_id = p.campaign_id and r.subject_kind = 'plan' and r.subject_id = p.id
                              and r.act in ('plan.create', 'plan.return', 'plan.void', 'plan.back', 'plan.recall', 'approval.answer')
                            order by r.id desc limit 1) end as plan_since,
                  case when p.submitted_at is not null and p.state in ('draft', 'for_signature', 'returned') then
                      (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                       where r.campaign_id = p.campaign_id and r.subject_kind = 'plan' and r.subject_id = p.id
                         and r.act in ('plan.return', 'plan.void') order by r.id desc limit 1) end as plan_returned,
                  coalesce(q.pending, 0) as "pending!",
                  (select count(distinct t.department_id) from tie t
                   where t.campaign_id = a.campaign_id and t.association_id = a.id and t.department_id <> a.department_id
                     and t.ended_on is null and not exists (
                         select from linked_notice l where l.campaign_id = t.campaign_id
                            and l.association_id = t.association_id and l.department_id = t.department_id)) as "untold!",
                  exists (select from suspension z where z.campaign_id = a.campaign_id and z.association_id = a.id
                            and z.until_on is null) as "suspended!",
                  case when a.stage in ('implementing', 'five_done') and n.edition > greatest(b.edition, coalesce(v.edition, 0))
                       then n.confirmed_on end as outdated,
                  case when f.association_id is null or f.failing = 0 and f.open > 0 then false
                       when f.failing > 0 then true end as founding
           from association a
           left join lateral (select s.* from survey s where s.campaign_id = a.campaign_id and s.association_id = a.id
                              order by s.edition desc limit 1) s on true
           left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
           left join plan p on p.campaign_id = a.campaign_id and p.association_id = a.id
           left join survey b on b.campaign_id = p.campaign_id and b.id = p.survey_id
           left join lateral (select count(*) filter (where q.state = 'requested') as pending, max(q.decided_on) as decided_on
                              from prior_approval q where q.campaign_id = p.campaign_id and q.plan_id = p.id
                                and p.state in ('submitted', 'under_review')) q on true
           left join lateral (select n.edition, n.confirmed_on from survey n
                              where n.campaign_id = a.campaign_id and n.association_id = a.id and n.state = 'confirmed'
                                and n.edition > 1 order by n.edition desc limit 1) n on true
           left join lateral (select max(v.edition) as edition from checklist_revision v
                              where v.campaign_id = a.campaign_id and v.association_id = a.id) v on n.edition is not null
           left join founding f on f.campaign_id = a.campaign_id and f.association_id = a.id
           where a.campaign_id = $1 and a.id = any($2) and a.exited_on is null
           order by a.id"#,
            $($argument),+
        )
    };
}

/// What is read of living associations.
pub async fn bases(db: &mut Db, ids: &[i64]) -> Result<Vec<Base>, sqlx::Error> {
    select_bases!(db.campaign(), ids, MONEY,)
        .fetch_all(db.connection())
        .await
}

impl Base {
    /// A matter of this association.
    #[must_use]
    pub fn found(&self, kind: &str, (case, state): (i64, &str), since: NaiveDate) -> Found {
        Found {
            kind: kind.to_owned(),
            case,
            association: Some(self.id),
            unit: self.unit,
            asked: None,
            finder: None,
            state: state.to_owned(),
            note: String::new(),
            since,
            due: None,
            from_on: None,
            count: 1,
            complete: false,
            suspended: self.suspended,
        }
    }

    /// What follows from the association's own row, its survey and its plan.
    #[must_use]
    pub fn matters(&self, scheme: &Scheme) -> Vec<Found> {
        let issued = scheme.campaign.parameters.issue_date;
        let first = self.registered_on.map_or(issued, |day| day.max(issued));
        let mut found = Vec::new();
        if self.incomplete {
            found.push(self.found("entry", (self.id, "incomplete"), first));
        }
        if let Some(day) = self.registered_on.filter(|day| *day >= issued) {
            found.extend(self.founded(day));
            return found;
        }
        if self.scope == "undecided" {
            let (state, since) = match self.proposed_on.filter(|_| self.proposed) {
                Some(day) => ("proposed", day),
                None if self.proposed => ("proposed", first),
                None => ("open", first),
            };
            found.push(self.found("scope", (self.id, state), since));
        }
        if self.scope != "out" {
            found.push(self.surveyed(first));
        }
        found.extend(self.planned(first));
        found.extend(self.to_tell(first));
        if let Some(day) = self.outdated {
            found.push(self.found("revision", (self.id, "outdated"), day));
        }
        let years = &scheme.campaign.parameters.appropriation_years;
        let paid = self.money.as_ref();
        let must = self
            .published_on
            .filter(|_| !self.listed && self.plan.is_none());
        if let Some(day) = must
            && paid.is_some_and(|answers| paid_in(answers, years))
        {
            found.push(self.found("amendment", (self.id, "must"), day));
        }
        found
    }

    fn founded(&self, day: NaiveDate) -> Option<Found> {
        let state = match self.founding {
            Some(true) => "failing",
            Some(false) => "open",
            None => return None,
        };
        Some(self.found("founding", (self.id, state), day))
    }

    fn surveyed(&self, first: NaiveDate) -> Found {
        let Some((id, state)) = self.survey.zip(self.survey_state.as_deref()) else {
            return self.found("survey_start", (self.id, "none"), first);
        };
        let since = self.survey_since.unwrap_or(first);
        let mut found = self.found(Survey::KIND, (id, state), since);
        found.due = self.survey_again;
        found
    }

    /// Departments with a tie that were not told, once the association is on the list.
    fn to_tell(&self, first: NaiveDate) -> Option<Found> {
        let ended = matches!(self.plan_state.as_deref(), Some("closed" | "terminated"));
        if !self.listed || ended || self.untold == 0 {
            return None;
        }
        let mut found = self.found(
            NOTICE_DUE,
            (self.id, "none"),
            self.plan_since.or(self.listed_on).unwrap_or(first),
        );
        found.count = self.untold;
        Some(found)
    }

    fn planned(&self, first: NaiveDate) -> Option<Found> {
        let Some((id, state)) = self.plan.zip(self.plan_state.as_deref()) else {
            let since = self.listed_on.unwrap_or(first);
            let start = self.found("plan_start", (self.id, "none"), since);
            return self.listed.then_some(start);
        };
        let since = self.plan_since.unwrap_or(first);
        let mut found = self.found(Plan::KIND, (id, state), since);
        found.due = self.plan_returned;
        // It is the office's to check once the departments have answered.
        found.complete = matches!(state, "submitted" | "under_review") && self.pending == 0;
        Some(found)
    }
}
