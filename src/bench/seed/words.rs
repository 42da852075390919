//! The copies, and the words that each tells in its own way: the association's name
//! and code, the numbers of its replies, its unit, its people.

use sqlx::PgConnection;

use super::copy::run;
use super::names::{self, Named, Told};

/// Names that go to the database at a time.
const STEP: usize = 5_000;

/// Functions of the session. People keep their family name; the given name has one of
/// 3,600 pairs, so that nobody is born twice in copies of one person (TC-24).
const FUNCTIONS: &str = r"
create function pg_temp.person(told text, turn bigint) returns text language sql immutable as $$
    select case when turn < 3600 then left(told, 1)
                else substr('王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢', 1 + ((at + turn / 3600) % 23)::int, 1) end
        || substr('立建志国永文春海德玉长艳宏静忠凤振冬少云亚福思明晓丽秀淑雪桂金银学庆红东胜利正光耀祖荣景瑞嘉泽启承世克维传家守敬恒益广兆', 1 + (at / 60)::int, 1)
        || substr('新芬强兰华梅庆娜刚珍博松生燕明洁林秋伟怡诚霞东军鹏男来远辉平波涛敏杰超勇磊洋艳娟丹静莉慧颖琳雪晶宇飞龙斌峰凯亮旭阳萍芳蕾', 1 + (at % 60)::int, 1)
    from (select (abs(hashtext(told)::bigint) + turn * 7) % 3600 as at) chosen
$$;
create function pg_temp.retell(told text, hits int[], old text[], new text[]) returns text
    language plpgsql immutable as $$
declare
    place int;
begin
    foreach place in array hits loop
        told := replace(told, old[place], new[place]);
    end loop;
    return told;
end
$$;
create function pg_temp.moved(of text, number bigint, copy bigint) returns bigint language sql stable as $$
    select number + copy * coalesce((select stride from seed_stride where entity = of), 0)
$$;
create function pg_temp.moved_href(href text, copy bigint, units bigint) returns text language plpgsql stable as $$
declare
    place text[];
    number text;
begin
    foreach place slice 1 in array array[['associations', 'association'], ['progress', 'item'],
        ['approvals', 'prior_approval'], ['conditions', 'plan_condition'], ['posts', 'post_holder'],
        ['activities', 'activity'], ['workgroups', 'department'], ['roster', 'department']] loop
        number := substring(href from '/' || place[1] || '/(\d+)');
        if number is not null then
            href := replace(href, '/' || place[1] || '/' || number, '/' || place[1] || '/'
                || pg_temp.moved(place[2], number::bigint, case when place[2] = 'department' then units else copy end));
        end if;
    end loop;
    return href;
end
$$;
create temp table seed_name (c bigint, root bigint, whole boolean, name text, name_key text, sort_key text, initials text, grams text,
    uscc text, primary key (c, root)) on commit drop;
create temp table seed_area (g bigint primary key, area text not null) on commit drop;
create temp table seed_word (owner bigint, place int, old text, kind text, nth bigint, primary key (owner, place)) on commit drop;
create temp table seed_copy (owner bigint, c bigint, g bigint, whole boolean, area text, old text[], new text[]) on commit drop;
";

/// The words of associations (by their number) and of units (by theirs with a minus),
/// long ones first: a name holds shorter ones.
const WORDS: &str = "
insert into seed_word
select owner, row_number() over (partition by owner order by length(old) desc, old), old, kind, nth
from (select distinct on (owner, old) owner, old, kind, nth from (
    select id as owner, name as old, 'name' as kind, 0::bigint as nth from association
    union all select id, uscc, 'uscc', 0 from association
    union all select p.association_id, r.number, 'reply',
        row_number() over (partition by p.association_id order by substring(r.number from '〕(\\d+)号')::int)
        from plan p join (select id as plan_id, reply_number as number from plan
                          union select plan_id, number from plan_void_reply) r on r.plan_id = p.id
        where r.number is not null
    union all select owner, told, 'unit', 0 from unit
    union all select owner, told, 'colleague', 0 from colleague
    union all select association_id, name, 'person', 0 from post_holder
    union all select s.association_id, p ->> 'name', 'person', 0 from survey s, jsonb_array_elements(s.answers -> 'SV-60') p
    union all select id, legal_representative, 'person', 0 from association) told
    where length(old) > 1
    order by owner, old, kind) once";

/// Every copy with its words; replies go on after the last number, without a gap.
const COPIES: &str = "
insert into seed_copy
select n.root, n.c, n.c % $1, n.whole, r.area, array_agg(w.old order by w.place),
       array_agg(case w.kind
           when 'name' then n.name
           when 'uscc' then n.uscc
           when 'reply' then regexp_replace(w.old, '〕\\d+号', '〕' || (n.last + n.before + w.nth) || '号')
           when 'unit' then coalesce(r.area, '') || w.old
           when 'colleague' then case when n.c % $1 = 0 then w.old else pg_temp.person(w.old, n.c % $1) end
           else pg_temp.person(w.old, n.c) end order by w.place)
from (select m.c, m.root, m.whole, m.name, m.uscc, coalesce(sum(k.replies) over numbered, 0) as before,
             (select coalesce(max(last), 0) from number_series where series = 'reply') as last
      from seed_name m
      left join (select owner, count(*) as replies from seed_word where kind = 'reply' group by owner) k on k.owner = m.root
      window numbered as (order by m.c, m.root rows between unbounded preceding and 1 preceding)) n
join seed_word w on w.owner = n.root
left join seed_area r on r.g = n.c % $1
group by n.root, n.c, n.whole, r.area
order by n.c, n.root";

/// The same for the units of each group.
const UNITS: &str = "
insert into seed_copy
select d.seed_owner, r.g, r.g, true, r.area, array_agg(w.old order by w.place),
       array_agg(case w.kind when 'unit' then r.area || w.old else pg_temp.person(w.old, r.g) end order by w.place)
from seed_base_department d cross join seed_area r join seed_word w on w.owner = d.seed_owner
group by d.seed_owner, r.g, r.area
order by r.g, d.seed_owner";

/// What a session needs to tell anything.
pub async fn begin(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    run(connection, FUNCTIONS.to_owned()).await
}

/// The associations to be copied: those that another one names come first, since the
/// last copy may be a part.
pub async fn told(connection: &mut PgConnection) -> Result<Vec<Told>, sqlx::Error> {
    sqlx::query!(
        r#"select a.id, a.name,
                  a.exited_on is null and exists (select from item i where i.campaign_id = a.campaign_id and i.association_id = a.id)
                      as "working!"
           from association a
           order by exists (select from association m where m.campaign_id = a.campaign_id and m.merged_into = a.id)
               or exists (select from exit_case e where e.campaign_id = a.campaign_id and e.survivor_id = a.id) desc, a.id"#,
    )
    .map(|row| Told {
        root: row.id,
        name: row.name,
        working: row.working,
    })
    .fetch_all(connection)
    .await
}

/// Writes down the copies in so many groups of units with all their words.
pub async fn write(
    connection: &mut PgConnection,
    (named, groups): (&[Named], i64),
) -> Result<(), sqlx::Error> {
    for some in named.chunks(STEP) {
        let batch = names::batch(some);
        sqlx::query(
            "insert into seed_name select * from unnest($1::bigint[], $2::bigint[], $3::boolean[], $4::text[], $5::text[],
                 $6::text[], $7::text[], $8::text[], $9::text[])",
        )
        .bind(batch.copies)
        .bind(batch.roots)
        .bind(batch.wholes)
        .bind(batch.names)
        .bind(batch.keys)
        .bind(batch.sort_keys)
        .bind(batch.initials)
        .bind(batch.grams)
        .bind(batch.codes)
        .execute(&mut *connection)
        .await?;
    }
    for group in 1..groups {
        sqlx::query("insert into seed_area values ($1, $2)")
            .bind(group)
            .bind(names::place(group * 61 + 7))
            .execute(&mut *connection)
            .await?;
    }
    run(connection, with_units(WORDS)).await?;
    sqlx::query(COPIES)
        .bind(groups)
        .execute(&mut *connection)
        .await?;
    run(connection, UNITS.to_owned()).await?;
    run(
        connection,
        "analyze seed_copy; analyze seed_word; analyze seed_name".to_owned(),
    )
    .await
}

/// Units and their people, as words of their associations and of themselves.
fn with_units(sql: &str) -> String {
    let (insert, select) = sql.split_once("select owner").unwrap_or((sql, ""));
    format!(
        "{insert}
         with unit as (
             select a.id as owner, d.name as told from association a join seed_base_department d on d.id = a.department_id
             union all select d.seed_owner, d.name from seed_base_department d where d.seed_owner is not null),
         colleague as (
             select a.id as owner, p.display_name as told
             from association a join seed_base_account p on p.seed_owner = -a.department_id
             union all select p.seed_owner, p.display_name from seed_base_account p where p.seed_owner is not null)
         select owner{select}"
    )
}
