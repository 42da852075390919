//! What pages ask of the desk, each in one statement by an index.

use chrono::NaiveDate;

use crate::access::Role;
use crate::database::Db;
use crate::ids::DepartmentId;

/// A row of the desk with the names that pages say.
#[derive(Debug, Clone)]
pub struct Lying {
    /// What kind of matter it is.
    pub kind: String,
    /// Its key.
    pub case: i64,
    /// Whose it is.
    pub association: Option<i64>,
    /// The association's name.
    pub name: Option<String>,
    /// The responsible unit.
    pub unit: i64,
    /// Its short name.
    pub unit_name: String,
    /// Who has it.
    pub department: i64,
    /// Their short name.
    pub department_name: String,
    /// In which role.
    pub role: Role,
    /// What is to be done, by its stable name.
    pub act: String,
    /// Since when.
    pub since: NaiveDate,
    /// The end of this day.
    pub due_on: Option<NaiveDate>,
    /// How many things of a checklist it is.
    pub count: i32,
    /// 暂停办理.
    pub suspended: bool,
    /// What of it stands in its title: a state, a code, a number, a register.
    pub note: Option<String>,
    /// What of it stands in its address besides its key.
    pub part: Option<String>,
    /// Who it is, where just one person acts there in that role; not asked for a workbench.
    pub person: Option<String>,
}

/// What of a matter stands in its title and address, read by its key: only of the rows
/// that are shown.
macro_rules! select_lying {
    ($from:literal, $person:literal, $tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Lying,
            r#"select k.kind as "kind!", k.case_id as "case!", k.association_id as association, a.name as "name?",
                      k.unit_id as "unit!", u.short_name as "unit_name!", k.department_id as "department!",
                      d.short_name as "department_name!", k.role as "role!: Role", k.act as "act!", k.since as "since!", k.due_on,
                      k.count as "count!", k.suspended as "suspended!",
                      case k.kind
                      when 'survey' then (select case when s.state = 'draft' and s.edition > 1 then 'reopened' else s.state end
                          from survey s where s.campaign_id = k.campaign_id and s.id = k.case_id)
                      when 'plan' then (select p.state from plan p where p.campaign_id = k.campaign_id and p.id = k.case_id)
                      when 'approval' then (select q.code from prior_approval q
                          where q.campaign_id = k.campaign_id and q.id = k.case_id)
                      when 'change' then (select c.number::text from plan_change c
                          where c.campaign_id = k.campaign_id and c.id = k.case_id)
                      when 'condition' then (select c.text from plan_condition c
                          where c.campaign_id = k.campaign_id and c.id = k.case_id)
                      when 'notice' then (select n.number from linked_notice n
                          where n.campaign_id = k.campaign_id and n.id = k.case_id)
                      when 'extension' then (select i.measure || '延期至' || e.wanted from item_extension e
                          join item i on i.campaign_id = e.campaign_id and i.id = e.item_id
                          where e.campaign_id = k.campaign_id and e.id = k.case_id)
                      when 'holding' then (select h.register from holding h
                          where h.campaign_id = k.campaign_id and h.id = k.case_id)
                      when 'roster_request' then (select q.change from roster_request q
                          where q.campaign_id = k.campaign_id and q.id = k.case_id)
                      when 'activity' then (select y.title from activity y
                          where y.campaign_id = k.campaign_id and y.id = k.case_id)
                      when 'post' then (select h.number || ' ' || k.note from post_holder h
                          where h.campaign_id = k.campaign_id and h.id = k.case_id)
                      when 'founding' then (select case when f.failing > 0 then 'failing' end from founding f
                          where f.campaign_id = k.campaign_id and f.association_id = k.case_id)
                      when 'supervision_order' then (select o.number from supervision_order o
                          where o.campaign_id = k.campaign_id and o.id = k.case_id)
                      when 'reminder' then (select count(*)::text from reminder_matter m
                          where m.campaign_id = k.campaign_id and m.reminder_id = k.case_id)
                      when 'recommendation' then (select r.state from recommendation r
                          where r.campaign_id = k.campaign_id and r.department_id = k.case_id)
                      when 'docket' then (select concat_ws(' ', q.process, q.state, q.level, q.title) from docket q
                          where q.campaign_id = k.campaign_id and q.id = k.case_id)
                      when 'item' then f.open end as note,
                      case k.kind
                      when 'extension' then (select e.item_id::text from item_extension e
                          where e.campaign_id = k.campaign_id and e.id = k.case_id)
                      when 'holding' then (select h.object from holding h
                          where h.campaign_id = k.campaign_id and h.id = k.case_id) end as part,
                      "# + $person + r#" as person
               from "# + $from + r#" k
               join department u on u.campaign_id = k.campaign_id and u.id = k.unit_id
               join department d on d.campaign_id = k.campaign_id and d.id = k.department_id
               left join association a on a.campaign_id = k.campaign_id and a.id = k.association_id
               left join lateral (
                   select string_agg(i.measure || '/' || i.id, ' ' order by i.deadline, i.id) as open
                   from item i
                   where k.kind = 'item' and i.campaign_id = k.campaign_id and i.association_id = k.association_id and i.mandatory
                     and case k.act when 'item.save' then i.state in ('open', 'in_progress', 'returned')
                             and i.exemption_asked_on is null
                         when 'item.verify' then i.state = 'reported_done'
                         when 'item.accept' then i.state = 'verified'
                         when 'item.exempt' then i.exemption_asked_on is not null and i.state in ('open', 'in_progress', 'returned')
                         else i.state = 'for_signature' end) f on k.kind = 'item' "# + $tail,
            $($argument),+
        )
    };
}

/// The same with the person where there is just one; the second argument is the day.
macro_rules! select_named {
    ($from:literal, $tail:literal, $($argument:expr),+ $(,)?) => {
        select_lying!(
            $from,
            "(select case when count(distinct c.account_id) = 1 then min(h.display_name) end
              from capacities_on($1, $2) c join account h on h.id = c.account_id and h.disabled_at is null
              where c.department_id = k.department_id and c.role = k.role and c.principal_id is null)",
            $tail,
            $($argument),+
        )
    };
}

pub(super) use {select_lying, select_named};

pub mod pressed;

crate::words! {
    /// A part of a workbench: the rest of the day's order is the rows' own.
    pub enum Share {
        /// Its day is over.
        Late = "late", "已逾期";
        /// Its day is near.
        Soon = "soon", "临期";
        /// Its day is later, or it has none.
        Later = "later", "其他待办";
        /// 暂停办理 (FD-4).
        Resting = "resting", "暂停办理";
    }
}

/// Rows of a desk that the menu counts at most.
pub const MENU_COUNTS: i64 = 1000;

/// Whose workbench.
#[derive(Debug, Clone, Copy)]
pub struct Hands {
    /// The department.
    pub department: DepartmentId,
    /// In which role.
    pub role: Role,
    /// On which day.
    pub today: NaiveDate,
    /// The last of the days of warning.
    pub soon: NaiveDate,
}

impl Hands {
    /// In which share a row of theirs lies.
    #[must_use]
    pub fn share(&self, row: &Lying) -> Share {
        match row.due_on {
            _ if row.suspended => Share::Resting,
            Some(due) if due < self.today => Share::Late,
            Some(due) if due <= self.soon => Share::Soon,
            _ => Share::Later,
        }
    }
}

/// Rows of a share: how many, after how many others.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// The share.
    pub share: Share,
    /// How many rows at most.
    pub rows: i64,
    /// After how many.
    pub after: i64,
}

/// What one role of a department has in hand: of each share some rows, the earliest day
/// first, an association's rows of one day together. Each is read from its place in the
/// index, whatever else lies there.
pub async fn workbench(
    db: &mut Db,
    hands: Hands,
    pieces: &[Piece],
) -> Result<Vec<Lying>, sqlx::Error> {
    let of = |share: Share| pieces.iter().find(|piece| piece.share == share);
    let rows = |share| of(share).map_or(0, |piece| piece.rows);
    let after = |share| of(share).map_or(0, |piece| piece.after);
    select_lying!(
        "(select * from (
              (select * from desk where campaign_id = $1 and department_id = $2 and role = $3 and due_on < $4 and not suspended
                 and (from_on is null or from_on <= $4)
               order by due_on, association_id, kind, case_id, act limit $6 offset $7)
              union all
              (select * from desk where campaign_id = $1 and department_id = $2 and role = $3 and due_on between $4 and $5
                 and not suspended and (from_on is null or from_on <= $4)
               order by due_on, association_id, kind, case_id, act limit $8 offset $9)
              union all
              (select * from (
                   (select * from desk where campaign_id = $1 and department_id = $2 and role = $3 and due_on > $5
                      and not suspended and (from_on is null or from_on <= $4)
                    order by due_on, association_id, kind, case_id, act limit $10::bigint + $11::bigint)
                   union all
                   (select * from desk where campaign_id = $1 and department_id = $2 and role = $3 and due_on is null
                      and not suspended and (from_on is null or from_on <= $4)
                    order by association_id, kind, case_id, act limit $10::bigint + $11::bigint)) later
               order by due_on, association_id, kind, case_id, act limit $10 offset $11)
              union all
              (select * from desk where campaign_id = $1 and department_id = $2 and role = $3 and suspended
                 and (from_on is null or from_on <= $4)
               order by due_on, association_id, kind, case_id, act limit $12 offset $13)) shares)",
        "null::text",
        "order by k.suspended, k.due_on, k.association_id, k.kind, k.case_id, k.act",
        db.campaign(),
        hands.department.0,
        hands.role.key(),
        hands.today,
        hands.soon,
        rows(Share::Late),
        after(Share::Late),
        rows(Share::Soon),
        after(Share::Soon),
        rows(Share::Later),
        after(Share::Later),
        rows(Share::Resting),
        after(Share::Resting),
    )
    .fetch_all(db.connection())
    .await
}

/// Whose matters that lie in others' hands.
#[derive(Debug, Clone, Copy)]
pub struct Elsewhere {
    /// The unit's; none: everybody's.
    pub unit: Option<i64>,
    /// The association's alone.
    pub association: Option<i64>,
    /// Not what lies with this department …
    pub department: i64,
    /// … in this role.
    pub role: Role,
}

/// What lies in others' hands, the earliest day first. A 督办单 is its department's to know of
/// once it is signed.
pub async fn elsewhere(
    db: &mut Db,
    (of, today): (Elsewhere, NaiveDate),
    (rows, after): (i64, i64),
) -> Result<Vec<Lying>, sqlx::Error> {
    select_named!(
        "(select * from desk
          where campaign_id = $1 and ($3::bigint is null or unit_id = $3) and ($4::bigint is null or association_id = $4)
            and not (department_id = $5 and role = $6) and (from_on is null or from_on <= $2)
            and (act <> 'order.sign' or $3::bigint is null and $4::bigint is null)
          order by due_on, association_id, kind, case_id, department_id, role, act limit $7 offset $8)",
        "order by k.due_on, k.association_id, k.kind, k.case_id, k.department_id, k.role, k.act",
        db.campaign(),
        today,
        of.unit,
        of.association,
        of.department,
        of.role.key(),
        rows,
        after,
    )
    .fetch_all(db.connection())
    .await
}

/// How many rows of a workbench there are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sizes {
    /// Late.
    pub late: i64,
    /// Nearly so.
    pub soon: i64,
    /// The others.
    pub later: i64,
    /// Suspended.
    pub resting: i64,
}

impl Sizes {
    /// Of one share.
    #[must_use]
    pub const fn of(self, share: Share) -> i64 {
        match share {
            Share::Late => self.late,
            Share::Soon => self.soon,
            Share::Later => self.later,
            Share::Resting => self.resting,
        }
    }
}

/// How many matters of each kind one role of a department has in hand: the menu counts
/// them. No more are looked at than it can tell.
pub async fn waiting(
    db: &mut Db,
    (department, role): (DepartmentId, Role),
    today: NaiveDate,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select kind as "kind!", count(*) as "count!"
           from (select kind from desk
                 where campaign_id = $1 and department_id = $2 and role = $3 and not suspended
                   and (from_on is null or from_on <= $4) limit $5) mine
           group by kind order by kind"#,
        db.campaign(),
        department.0,
        role.key(),
        today,
        MENU_COUNTS,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.count)).collect())
}

/// Of what the hands are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Everything of an association.
    Association(i64),
    /// A unit's own.
    Unit(i64),
    /// One matter.
    Case(&'static str, i64),
}

/// In whose hands something is on a day: its page says so.
pub async fn in_hands(db: &mut Db, of: Of, today: NaiveDate) -> Result<Vec<Lying>, sqlx::Error> {
    let (association, unit, case) = match of {
        Of::Association(id) => (Some(id), None, None),
        Of::Unit(id) => (None, Some(id), None),
        Of::Case(kind, id) => (None, None, Some((kind, id))),
    };
    select_named!(
        "desk",
        "where k.campaign_id = $1 and (k.from_on is null or k.from_on <= $2)
           and (k.association_id = $3 or k.association_id is null and k.unit_id = $4
                or k.kind = $5 and k.case_id = $6)
         order by k.suspended, k.due_on, k.kind, k.case_id, k.department_id, k.role, k.act",
        db.campaign(),
        today,
        association,
        unit,
        case.map(|(kind, _)| kind),
        case.map(|(_, id)| id),
    )
    .fetch_all(db.connection())
    .await
}
