//! What the foreign keys do not say: the few tables and columns that are multiplied
//! in a way of their own. In the expressions `t` is a row of the demonstration while
//! it is prepared, `b` the prepared row, `x` the copy (`x.c` its number, `x.g` its
//! group of units, `x.old` and `x.new` its words).

/// What case-file rows call a subject, where it is not its table's name.
pub const SUBJECTS: [(&str, &str); 5] = [
    ("approval", "prior_approval"),
    ("condition", "plan_condition"),
    ("exit", "exit_case"),
    ("notice", "linked_notice"),
    ("post_register", "association"),
];

/// Tables of the campaign that stay as they are: the campaign's own settings, the one
/// published list, evidence, sessions, what people keep for themselves; what nobody signed;
/// counters and desks that are made again at the end.
pub const AS_IT_IS: [&str; 42] = [
    "access_refusal",
    "audit_record",
    "batch",
    "desk",
    "desk_day",
    "docket",
    "docket_file",
    "docket_opinion",
    "docket_signed",
    "figure_count",
    "figure_due",
    "figure_standing",
    "figure_track",
    "holding_count",
    "holding_standing",
    "import",
    "import_file",
    "import_line",
    "import_meaning",
    "import_secret",
    "moved_fact",
    "number_series",
    "parameter_change",
    "parameter_snapshot",
    "phrase",
    "private_change",
    "resolved_by_day",
    "roster_objection",
    "roster_objection_file",
    "roster_publication",
    "seeding",
    "session",
    "sign_in_attempt",
    "signature",
    "signature_person",
    "signing",
    "signing_line",
    "signing_look",
    "signing_round",
    "task_count",
    "task_standing",
    "task_window",
];

/// Tables that belong to no unit and are told again for each group of units all the
/// same: the units themselves, their people, and amendments of the list, since one
/// amendment with thousands of associations is nobody's. Prepared first, in this order.
pub const ONCE_A_GROUP: [&str; 3] = ["department", "account", "roster_amendment"];

/// The unit of a row, where no column leads to one.
pub const UNITS: [(&str, &str); 4] = [
    (
        "act_record",
        "(select -p.seed_owner from seed_base_department p
          where p.id = case t.subject_kind when 'department' then t.subject_id else t.department_id end)",
    ),
    ("department", "case when t.supervises then t.id end"),
    (
        "account",
        "(select min(c.department_id) from capacity c join seed_base_department d on d.id = c.department_id
          where c.account_id = t.id and c.role in ('unit_clerk', 'unit_leader') and d.seed_owner is not null)",
    ),
    ("roster_amendment", "(select min(-d.seed_owner) from seed_base_department d)"),
];

/// The association of a row, where no column of it leads to one.
pub const ROOTS: [(&str, &str); 1] = [(
    "file",
    "coalesce(t.association_id, (select min(q.association_id) from roster_request_file f
        join roster_request q on q.campaign_id = f.campaign_id and q.id = f.request_id
        where f.campaign_id = t.campaign_id and f.file_id = t.id))",
)];

/// Rows that are not multiplied although they hang on something that is: the
/// association's own account has one association.
pub const ONLY: [(&str, &str); 1] = [(
    "capacity",
    "t.association_id is null and t.account_id in (select id from seed_base_account where seed_owner is not null)",
)];

/// Tables whose rows are joined with more than their copy.
pub const JOINS: [(&str, &str); 2] = [
    (
        "association",
        "join seed_name n on n.c = x.c and n.root = x.owner",
    ),
    (
        "roster_line",
        "join seed_name n on n.c = x.c and n.root = x.owner",
    ),
];

/// Tables whose rows are numbered in the order of something, not by their copy: who
/// asks for the newest acts must find those of all copies.
pub const ORDERED: [(&str, &str); 1] = [("act_record", "b.at, b.id")];

/// The number of a 督办单 goes on after the last one, without a gap.
macro_rules! serial {
    () => {
        "(select s.last from number_series s where s.campaign_id = b.campaign_id and s.series = 'supervision'
            and s.year = b.year) + row_number() over (order by b.serial is null, x.g, b.serial)"
    };
}

/// The matter of a reminder, by its kind and number: the one of the group's first copy.
const MATTER: &str = "case
    when b.matter ~ '^(item|verify):\\d+$' then split_part(b.matter, ':', 1) || ':'
        || pg_temp.moved('item', split_part(b.matter, ':', 2)::bigint, x.c)
    when b.matter ~ '^[a-z_]+:\\d+$' then split_part(b.matter, ':', 1) || ':'
        || pg_temp.moved(case split_part(b.matter, ':', 1)
               when 'approval' then 'prior_approval' when 'condition' then 'plan_condition'
               when 'notice' then 'linked_notice' when 'extension' then 'item_extension'
               when 'post' then 'post_holder' when 'exit' then 'exit_case' when 'change' then 'plan_change'
               when 'holding' then 'holding' when 'activity' then 'activity' when 'plan' then 'plan'
               when 'correction' then 'correction' when 'roster_request' then 'roster_request'
               else 'association' end, split_part(b.matter, ':', 2)::bigint, x.c)
    else b.matter end";

const HREF: &str = "pg_temp.moved_href(b.href, x.c, x.g)";

const SUBJECT: &str = "coalesce((select n.name from seed_name n
    where n.c = x.c and n.root = substring(b.href from '/associations/(\\d+)')::bigint), b.subject)";

/// Rows that only whole copies have: two thirds of a case file are forms saved and
/// single items reported, one by one.
pub const ABRIDGED: [(&str, &str); 1] = [(
    "act_record",
    "b.act not in ('survey.save', 'plan.save', 'evidence.attach', 'item.report', 'item.verify')",
)];

/// Columns with a value of their own.
pub const VALUES: [(&str, &str, &str); 26] = [
    ("association", "name", "n.name"),
    ("association", "name_key", "n.name_key"),
    ("association", "sort_key", "n.sort_key"),
    ("association", "initials", "n.initials"),
    ("association", "grams", "string_to_array(n.grams, chr(31))"),
    (
        "association",
        "uscc",
        "case when b.uscc is not null then n.uscc end",
    ),
    (
        "association",
        "certificate_no",
        "b.certificate_no || '-' || x.c",
    ),
    ("roster_line", "name", "n.name"),
    (
        "roster_line",
        "uscc",
        "case when b.uscc is not null then n.uscc end",
    ),
    ("roster_line", "unit", "coalesce(x.area, '') || b.unit"),
    (
        "roster_line",
        "serial",
        "b.serial + x.c * (select max(m.serial) from seed_base_roster_line m)",
    ),
    ("department", "code", "b.code || '-' || (x.g + 1)"),
    ("department", "name", "x.area || b.name"),
    ("department", "short_name", "x.area || b.short_name"),
    ("account", "username", "b.username || '-' || (x.g + 1)"),
    (
        "account",
        "display_name",
        "pg_temp.person(b.display_name, x.g)",
    ),
    (
        "plan",
        "reply_serial",
        "substring(pg_temp.retell(b.reply_number, b.seed_hits, x.old, x.new) from '〕(\\d+)号')::int",
    ),
    (
        "roster_amendment",
        "number",
        "b.number + x.g * (select max(m.number) from seed_base_roster_amendment m)",
    ),
    (
        "supervision_order",
        "serial",
        concat!("case when b.serial is not null then ", serial!(), " end"),
    ),
    (
        "supervision_order",
        "number",
        concat!(
            "regexp_replace(b.number, '〕\\d+号', '〕' || (",
            serial!(),
            ") || '号')"
        ),
    ),
    ("reminder_matter", "matter", MATTER),
    ("reminder_matter", "href", HREF),
    ("reminder_matter", "subject", SUBJECT),
    ("supervision_matter", "matter", MATTER),
    ("supervision_matter", "href", HREF),
    ("supervision_matter", "subject", SUBJECT),
];
