//! SQL: every case of some associations and units in a state in which a signature
//! stands, with what its content is made of, in one statement.

use chrono::NaiveDate;
use serde_json::Value;
use sqlx::types::Json;

use crate::database::{Db, lock_desks};
use crate::holdings::rules::TABLES;
use crate::signatures::rules::Group;

/// A case as it stands, with what its contents are made of. A plan is there in whatever
/// state, since its approvals are read by what it says.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// `Case::KIND` of it.
    pub(super) subject: String,
    /// Its key.
    pub(super) id: i64,
    /// Whose it is.
    pub(super) association: Option<i64>,
    /// Whose, where it is a unit's own.
    pub(super) unit: Option<i64>,
    /// Its state.
    pub(super) state: String,
    /// What of it: the approval and its competence, the measure, the register, the part,
    /// the number.
    pub(super) note: String,
    /// When it was signed, where the case says so.
    pub(super) on: Option<NaiveDate>,
    /// What the contents are made of.
    pub(super) content: Json<Value>,
}

/// What is to be looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach {
    pub(super) associations: Vec<i64>,
    pub(super) units: Vec<i64>,
    pub(super) groups: Vec<Group>,
}

impl Reach {
    fn with(&self, group: Group) -> bool {
        self.groups.contains(&group)
    }
}

/// Locks what is bound and voided: the lock is that of the desk, which is written afterwards.
pub(super) async fn lock(db: &mut Db, reach: &Reach) -> Result<(), sqlx::Error> {
    lock_desks(db, &reach.associations, &reach.units).await
}

/// The one statement, for the associations $2 and units $3; $4 to $8 say of which groups,
/// $9 to $11 are the survey's tables of assets, appropriations and rooms.
macro_rules! select_found {
    ($($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Found,
            r#"select 'survey' as "subject!", s.id as "id!", s.association_id as "association?", null::bigint as "unit?",
                  s.state as "state!", s.edition::text as "note!",
                  coalesce(case when s.state = 'confirmed' then s.confirmed_on end,
                           (s.submitted_at at time zone 'Asia/Shanghai')::date) as "on?",
                  jsonb_build_object('answers', s.answers, 'acknowledged', s.acknowledged,
                      'newest', not exists (select from survey n where n.campaign_id = s.campaign_id
                                              and n.association_id = s.association_id and n.edition > s.edition))
                      as "content!: Json<Value>"
           from survey s
           where $4 and s.campaign_id = $1 and s.association_id = any($2) and s.state in ('submitted', 'confirmed')
           union all
           select 'plan', p.id, p.association_id, null, p.state, '',
                  coalesce(p.replied_on, (p.submitted_at at time zone 'Asia/Shanghai')::date),
                  jsonb_build_object('plan', p.content, 'survey', s.answers, 'edition', s.edition,
                      'request', p.request_number, 'number', p.reply_number, 'text', p.reply_text,
                      'conditions', to_jsonb(p.conditions))
           from plan p join survey s on s.campaign_id = p.campaign_id and s.id = p.survey_id
           where $5 and p.campaign_id = $1 and p.association_id = any($2)
           union all
           select 'approval', q.id, q.association_id, null, q.state, q.code || '/' || q.competence, q.decided_on,
                  coalesce((select jsonb_build_object('change', c.number, 'plan', c.content) from plan_change c
                            where q.code = 'change' and c.campaign_id = q.campaign_id and c.plan_id = q.plan_id
                            order by c.number desc limit 1), '{}')
           from plan p join prior_approval q on q.campaign_id = p.campaign_id and q.plan_id = p.id
           where $5 and p.campaign_id = $1 and p.association_id = any($2)
             and q.state in ('approved', 'approved_with_conditions')
           union all
           select 'condition', c.id, c.association_id, null, c.state, c.number::text, c.confirmed_on,
                  jsonb_build_object('text', c.text, 'due', c.due, 'note', c.note, 'document', c.document_number)
           from plan p join plan_condition c on c.campaign_id = p.campaign_id and c.plan_id = p.id
           where $5 and p.campaign_id = $1 and p.association_id = any($2) and c.state = 'confirmed'
           union all
           select 'post_holder', h.id, h.association_id, null, h.approval_kind, h.number::text, h.approval_date,
                  jsonb_build_object('name', h.name, 'birth', h.birth, 'id_tail', h.id_tail, 'organ', h.organ,
                      'rank', h.rank, 'identity', h.identity, 'post', h.post, 'kind', h.kind,
                      'post_start', h.post_start, 'term_no', h.term_no, 'retired_on', h.retired_on)
           from post_holder h
           where $6 and h.campaign_id = $1 and h.association_id = any($2) and h.approval_kind in ('approved', 'filed')
           union all
           select 'holding', h.id, h.association_id, null, h.state, h.register,
                  case h.state when 'approved' then h.decided_on else h.submitted_on end,
                  jsonb_build_object('facts', h.facts,
                      'ownership', (select o.facts -> 'ownership' from holding o
                                    where o.campaign_id = h.campaign_id and o.association_id = h.association_id
                                      and o.register = 'ownership' and o.object = h.object and h.register = 'asset'),
                      'row', (select r from survey s, jsonb_array_elements(coalesce(s.answers -> case h.register
                                  when 'asset' then $9 when 'appropriation' then $10 else $11 end, '[]')) r
                              where s.campaign_id = h.campaign_id and s.association_id = h.association_id
                                and s.state = 'confirmed' and r ->> 'key' = h.object
                              order by s.edition desc limit 1))
           from holding h
           where $6 and h.campaign_id = $1 and h.association_id = any($2) and h.state in ('submitted', 'approved')
             and h.register in ('asset', 'appropriation', 'room', 'delay')
           union all
           select 'item', i.id, i.association_id, null, i.state, i.measure, i.resolved_on,
                  jsonb_build_object('label', i.label, 'note', i.note, 'facts', i.facts, 'done_on', i.done_on, 'law', i.exemption_law,
                      'article', i.exemption_article,
                      'evidence', (select jsonb_agg(jsonb_build_object('key', v.id::text, 'kind', v.kind,
                                              'number', v.document_number, 'date', v.document_date,
                                              'issuer', v.issuer, 'file', v.file_id::text)
                                              || case when v.date_note is null then '{}'
                                                      else jsonb_build_object('note', v.date_note) end order by v.id)
                                   from evidence v
                                   where v.campaign_id = i.campaign_id and v.item_id = i.id and not v.after_verification))
           from item i
           where $7 and i.campaign_id = $1 and i.association_id = any($2) and i.state in ('verified', 'accepted', 'exempted')
           union all
           select 'department', w.department_id, null, w.department_id, 'read', r.part, r.read_on,
                  case r.part
                      when 'group' then jsonb_build_object('leader', w.leader, 'leader_post', w.leader_post, 'members', w.members)
                      when 'liaison' then jsonb_build_object('liaison_name', w.liaison_name,
                          'liaison_phone', w.liaison_phone, 'liaison_joined', w.liaison_joined)
                      when 'timetable' then jsonb_build_object('timetable', w.timetable)
                      else jsonb_build_object('risks', w.risks) end
           from workgroup_part r
           join workgroup w on w.campaign_id = r.campaign_id and w.department_id = r.department_id
           where $8 and r.campaign_id = $1 and r.department_id = any($3) and r.read_on is not null
           union all
           select 'supervision_order', o.id, null, o.department_id, o.state, coalesce(o.number, ''),
                  case o.state when 'closed' then o.closed_on else o.signed_on end,
                  jsonb_build_object('demand', o.demand, 'due', o.due, 'answer', o.answer,
                      'matters', (select jsonb_agg(jsonb_build_object('key', m.matter, 'title', m.title,
                                             'subject', m.subject, 'deadline', m.deadline) order by m.matter)
                                  from supervision_matter m
                                  where m.campaign_id = o.campaign_id and m.order_id = o.id))
           from supervision_order o
           where $8 and o.campaign_id = $1 and o.department_id = any($3) and o.state in ('signed', 'answered', 'closed')"#,
            $($argument),+
        )
    };
}

/// The cases in a state in which a signature stands.
pub(super) async fn found(db: &mut Db, reach: &Reach) -> Result<Vec<Found>, sqlx::Error> {
    let [assets, money, rooms] = TABLES;
    select_found!(
        db.campaign(),
        &reach.associations,
        &reach.units,
        reach.with(Group::Surveys),
        reach.with(Group::Plans),
        reach.with(Group::Registers),
        reach.with(Group::Items),
        reach.with(Group::Units),
        assets,
        money,
        rooms,
    )
    .fetch_all(db.connection())
    .await
}
