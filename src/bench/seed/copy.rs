//! The rows of the demonstration, prepared once (`seed_base_…`), and the one statement
//! that multiplies a table: numbers move by a fixed step a copy, so that no foreign
//! key needs a map, and words of the association are told anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, PgConnection};

use super::exceptions;
use super::graph::{Column, Reach, Table};

/// How far the numbers of each table move from copy to copy, and its reach.
type Steps = BTreeMap<String, (i64, Reach)>;

/// What is known of all tables.
pub struct Plan {
    tables: Vec<Table>,
    steps: Steps,
}

impl Plan {
    /// Looks how far the numbers of each table go.
    pub async fn new(
        connection: &mut PgConnection,
        tables: Vec<Table>,
    ) -> Result<Self, sqlx::Error> {
        let mut steps = Steps::new();
        run(connection, "create temp table seed_stride (entity text primary key, stride bigint not null) on commit drop".to_owned()).await?;
        for table in tables.iter().filter(|table| table.is_numbered()) {
            let name = &table.name;
            let sql = format!(
                "insert into seed_stride select '{name}', coalesce(max(id), 0) from {name} returning stride"
            );
            let step: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
                .fetch_one(&mut *connection)
                .await?;
            steps.insert(name.clone(), (step, table.reach));
        }
        Ok(Self { tables, steps })
    }

    /// Prepares the demonstration's rows of all tables, before any is multiplied.
    pub async fn prepare(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        for table in &self.tables {
            run(connection, self.base(table)).await?;
        }
        Ok(())
    }

    /// Multiplies every table.
    pub async fn multiply(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        for table in &self.tables {
            let told = told(connection, table).await?;
            let begun = std::time::Instant::now();
            run(connection, self.insert(table, &told)).await?;
            tracing::debug!(table = table.name, elapsed = ?begun.elapsed(), "multiplied");
            if table.is_numbered() {
                let name = &table.name;
                run(
                    connection,
                    format!("select setval(pg_get_serial_sequence('{name}', 'id'), (select max(id) from {name}))"),
                )
                .await?;
            }
        }
        Ok(())
    }

    /// The demonstration's rows with what they hang on and how their numbers move.
    /// `seed_owner` is the association's number, or a unit's with a minus.
    fn base(&self, table: &Table) -> String {
        let name = &table.name;
        let (root, unit) = owner(table);
        let mut steps = String::new();
        for column in &table.columns {
            let _ = write!(steps, "{}", self.step(table, column));
        }
        let only = exception(&exceptions::ONLY, name).unwrap_or("true");
        format!(
            "create temp table seed_base_{name} on commit drop as
             select t.*, coalesce({root}, -({unit})) as seed_owner, null::int[] as seed_hits{steps}
             from {name} t where {only}"
        )
    }

    /// How far one column's number moves with each copy, none where what it names stays.
    fn step(&self, table: &Table, column: &Column) -> String {
        let name = &column.name;
        if name == "subject_id" && table.columns.iter().any(|each| each.name == "subject_kind") {
            return self.subject_steps();
        }
        let Some((entity, step, _)) = self.moving(column) else {
            return String::new();
        };
        let known = if *entity == table.name {
            format!("t.{name} is not null")
        } else {
            format!("t.{name} in (select id from seed_base_{entity} where seed_owner is not null)")
        };
        format!(", case when {known} then {step}::bigint else 0 end as seed_step_{name}")
    }

    /// The same for what a case-file row is about, which its kind names.
    fn subject_steps(&self) -> String {
        let mut of = [String::new(), String::new()];
        for (entity, (step, reach)) in &self.steps {
            let alias = exceptions::SUBJECTS
                .iter()
                .find(|(_, table)| table == entity);
            let kind = alias
                .filter(|(kind, _)| *kind != "post_register")
                .map_or(entity.as_str(), |(kind, _)| *kind);
            let case = format!(
                " when t.subject_kind = '{kind}' and t.subject_id in (select id from seed_base_{entity} where seed_owner is not null) then {step}::bigint"
            );
            let [with_copy, with_group] = &mut of;
            match reach {
                _ if entity == "act_record" => {}
                Reach::Association => with_copy.push_str(&case),
                Reach::Unit => with_group.push_str(&case),
            }
        }
        let [with_copy, with_group] = of;
        let registers = self.steps.get("association").map_or(0, |(step, _)| *step);
        format!(
            ", case{with_copy} when t.subject_kind = 'post_register' then {registers} else 0 end as seed_subject_c,
               case{with_group} when false then 0 else 0 end as seed_subject_g"
        )
    }

    fn moving<'a>(&self, column: &'a Column) -> Option<(&'a String, i64, Reach)> {
        let entity = column.entity.as_ref()?;
        let (step, reach) = self.steps.get(entity)?;
        Some((entity, *step, *reach))
    }

    fn insert(&self, table: &Table, told: &[String]) -> String {
        let name = &table.name;
        let order = exception(&exceptions::ORDERED, name);
        let columns = table
            .columns
            .iter()
            .filter(|column| order.is_none() || !column.identity);
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for column in columns {
            names.push(column.name.as_str());
            values.push(self.value(table, column, told));
        }
        let (names, values) = (names.join(", "), values.join(", "));
        let join = exception(&exceptions::JOINS, name).unwrap_or_default();
        let rows = exception(&exceptions::ABRIDGED, name)
            .map(|rows| format!("where x.whole or {rows}"))
            .unwrap_or_default();
        let order = order
            .map(|order| format!("order by {order}"))
            .unwrap_or_default();
        format!(
            "insert into {name} ({names}) overriding system value
             select {values} from seed_copy x join seed_base_{name} b on b.seed_owner = x.owner {join} {rows} {order}"
        )
    }

    /// What a copy has in a column.
    fn value(&self, table: &Table, column: &Column, told: &[String]) -> String {
        let name = &column.name;
        let own = exceptions::VALUES
            .iter()
            .find(|(of, each, _)| *of == table.name && each == name);
        if let Some((_, _, value)) = own {
            return (*value).to_owned();
        }
        if name == "subject_id" && table.columns.iter().any(|each| each.name == "subject_kind") {
            return "b.subject_id + x.c * b.seed_subject_c + x.g * b.seed_subject_g".to_owned();
        }
        match self.moving(column) {
            Some((_, _, Reach::Association)) => format!("b.{name} + x.c * b.seed_step_{name}"),
            Some((_, _, Reach::Unit)) => format!("b.{name} + x.g * b.seed_step_{name}"),
            None if told.contains(name) => {
                let kind = &column.kind;
                format!(
                    "case when b.seed_hits is null then b.{name}
                     else pg_temp.retell(b.{name}::text, b.seed_hits, x.old, x.new)::{kind} end"
                )
            }
            None => format!("b.{name}"),
        }
    }

    /// Notes in each prepared row which of its owner's words it holds.
    pub async fn mark_words(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        for table in &self.tables {
            let texts: Vec<String> = texts(table)
                .map(|column| format!("t.{}::text", column.name))
                .collect();
            if texts.is_empty() {
                continue;
            }
            let (name, texts) = (&table.name, texts.join(", "));
            run(
                connection,
                format!(
                    "update seed_base_{name} t set seed_hits = (
                         select array_agg(w.place order by w.place) from seed_word w
                         where w.owner = t.seed_owner and position(w.old in concat_ws(chr(31), {texts})) > 0)"
                ),
            )
            .await?;
        }
        Ok(())
    }
}

/// Columns in which a word may stand.
fn texts(table: &Table) -> impl Iterator<Item = &Column> {
    let own = |column: &Column| {
        exceptions::VALUES
            .iter()
            .any(|(of, each, _)| *of == table.name && *each == column.name)
    };
    table.columns.iter().filter(move |column| {
        matches!(column.kind.as_str(), "text" | "jsonb" | "text[]") && !own(column)
    })
}

/// The columns of a table in which any word of its owner stands.
async fn told(connection: &mut PgConnection, table: &Table) -> Result<Vec<String>, sqlx::Error> {
    let parts: Vec<String> = texts(table)
        .map(|column| {
            let (column, name) = (&column.name, &table.name);
            format!(
                "select '{column}' where exists (select from seed_base_{name} b, unnest(b.seed_hits) h (place)
                     join seed_word w on w.place = h.place
                     where w.owner = b.seed_owner and position(w.old in b.{column}::text) > 0)"
            )
        })
        .collect();
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    sqlx::query_scalar(AssertSqlSafe(parts.join(" union all ")))
        .fetch_all(connection)
        .await
}

/// SQL of the association and of the unit that a row hangs on.
fn owner(table: &Table) -> (String, String) {
    let name = table.name.as_str();
    let up = |column: &str, entity: &str, negative: bool| {
        let (sign, test) = if negative { ("-", "<") } else { ("", ">") };
        format!(
            "(select {sign}p.seed_owner from seed_base_{entity} p where p.id = t.{column} and p.seed_owner {test} 0)"
        )
    };
    let of_parents = |negative: bool| {
        let found: Vec<String> = table
            .parents
            .iter()
            .map(|(column, entity)| up(column, entity, negative))
            .collect();
        if found.is_empty() {
            "null::bigint".to_owned()
        } else {
            format!("coalesce({})", found.join(", "))
        }
    };
    match table.reach {
        Reach::Association if name == "association" => {
            ("t.id".to_owned(), "null::bigint".to_owned())
        }
        Reach::Association => {
            let root = exception(&exceptions::ROOTS, name)
                .map_or_else(|| of_parents(false), str::to_owned);
            let has_unit = table
                .columns
                .iter()
                .any(|column| column.name == "department_id");
            let own = exception(&exceptions::UNITS, name).map(str::to_owned);
            let unit = if let Some(own) = own {
                own
            } else if has_unit {
                up("department_id", "department", true)
            } else {
                "null::bigint".to_owned()
            };
            // With an association, it is the association's row.
            (root, unit)
        }
        Reach::Unit => {
            let unit =
                exception(&exceptions::UNITS, name).map_or_else(|| of_parents(true), str::to_owned);
            ("null::bigint".to_owned(), unit)
        }
    }
}

fn exception(list: &[(&str, &'static str)], table: &str) -> Option<&'static str> {
    list.iter()
        .find(|(name, _)| *name == table)
        .map(|(_, sql)| *sql)
}

/// For statements made of names, which cannot be bound; ours come from the catalogue.
pub async fn run(connection: &mut PgConnection, sql: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await?;
    Ok(())
}
