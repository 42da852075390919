//! Which tables hang on associations or on units, read from the database itself:
//! a table that a later migration adds is multiplied without a word here.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;

use crate::bench::BenchError;

use super::exceptions;

/// With what a table's rows are multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// With each association.
    Association,
    /// With each group of units.
    Unit,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type as PostgreSQL writes it.
    pub kind: String,
    /// Numbered by the database.
    pub identity: bool,
    /// The table whose number it holds, its own for an identity.
    pub entity: Option<String>,
    /// The table and column that a foreign key names.
    target: Option<(String, String)>,
}

/// A table that is multiplied.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// With what.
    pub reach: Reach,
    /// Its columns in their order.
    pub columns: Vec<Column>,
    /// Columns that lead to the association or the unit it hangs on, and the tables
    /// that they lead to.
    pub parents: Vec<(String, String)>,
}

impl Table {
    /// Whether its rows have a number of their own.
    #[must_use]
    pub fn is_numbered(&self) -> bool {
        self.columns.iter().any(|column| column.identity)
    }
}

type Columns = BTreeMap<String, Vec<Column>>;

/// The tables to multiply, each after those that it hangs on.
pub async fn read(connection: &mut PgConnection) -> Result<Vec<Table>, BenchError> {
    let columns = columns(connection).await?;
    let mut reaches: BTreeMap<String, Reach> = BTreeMap::new();
    reaches.insert("association".to_owned(), Reach::Association);
    for name in exceptions::ONCE_A_GROUP {
        reaches.insert(name.to_owned(), Reach::Unit);
    }
    for reach in [Reach::Association, Reach::Unit] {
        while let Some(name) = next_reached(&columns, &reaches, reach) {
            reaches.insert(name, reach);
        }
    }
    for (name, of_table) in &columns {
        let of_campaign = of_table.iter().any(|column| column.name == "campaign_id");
        if of_campaign
            && !reaches.contains_key(name)
            && !exceptions::AS_IT_IS.contains(&name.as_str())
        {
            return Err(BenchError::UnknownTable(name.clone()));
        }
    }
    Ok(in_order(columns, &reaches))
}

async fn columns(connection: &mut PgConnection) -> Result<Columns, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select c.relname::text as "table_name!", a.attname::text as "name!",
                  format_type(a.atttypid, a.atttypmod) as "kind!", a.attidentity <> '' as "identity!",
                  f.target as "target?", f.target_column as "target_column?"
           from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
           left join lateral (
               select t.relname::text as target, b.attname::text as target_column
               from pg_constraint k
               cross join lateral unnest(k.conkey, k.confkey) u (mine, theirs)
               join pg_class t on t.oid = k.confrelid
               join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.theirs
               where k.contype = 'f' and k.conrelid = c.oid and u.mine = a.attnum and a.attname <> 'campaign_id'
               order by k.oid limit 1
           ) f on true
           where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
           order by c.relname, a.attnum"#,
    )
    .fetch_all(connection)
    .await?;
    let mut columns: Columns = BTreeMap::new();
    for row in rows {
        columns.entry(row.table_name).or_default().push(Column {
            name: row.name,
            kind: row.kind,
            identity: row.identity,
            entity: None,
            target: row.target.zip(row.target_column),
        });
    }
    let known = columns.clone();
    for (table, of_table) in &mut columns {
        for column in of_table {
            column.entity = entity(&known, table, column);
        }
    }
    Ok(columns)
}

/// The table whose number a column holds: by its foreign key, else by its name.
fn entity(columns: &Columns, table: &str, column: &Column) -> Option<String> {
    if column.identity {
        return Some(table.to_owned());
    }
    if let Some((target, name)) = &column.target {
        let found = columns
            .get(target)?
            .iter()
            .find(|each| &each.name == name)?;
        return entity(columns, target, found);
    }
    let by_name = match column.name.as_str() {
        "association_id" => "association",
        "account_id" => "account",
        name if name == "department_id" || name.ends_with("_department") => "department",
        _ => return None,
    };
    (column.kind == "bigint").then(|| by_name.to_owned())
}

/// A table that is not reached yet and leads to one that is.
fn next_reached(
    columns: &Columns,
    reaches: &BTreeMap<String, Reach>,
    reach: Reach,
) -> Option<String> {
    columns.iter().find_map(|(name, of_table)| {
        let free = !reaches.contains_key(name) && !exceptions::AS_IT_IS.contains(&name.as_str());
        let leads = parents(of_table, reaches, reach).next().is_some();
        (free && leads).then(|| name.clone())
    })
}

/// Columns of a table that lead to tables of a reach.
fn parents<'a>(
    columns: &'a [Column],
    reaches: &'a BTreeMap<String, Reach>,
    reach: Reach,
) -> impl Iterator<Item = (String, String)> + 'a {
    columns
        .iter()
        .filter(|column| !column.identity)
        .filter_map(move |column| {
            let entity = column.entity.as_ref()?;
            // Whoever signed something does not own it.
            let leads = entity != "account" && reaches.get(entity) == Some(&reach);
            leads.then(|| (column.name.clone(), entity.clone()))
        })
}

/// Each table after the ones that its columns name.
fn in_order(mut columns: Columns, reaches: &BTreeMap<String, Reach>) -> Vec<Table> {
    let mut order: Vec<Table> = Vec::new();
    let mut placed = BTreeSet::new();
    while placed.len() < reaches.len() {
        let first = exceptions::ONCE_A_GROUP
            .get(placed.len())
            .map(|name| (*name).to_owned());
        let next = reaches.keys().find(|name| {
            let waits = |column: &Column| {
                let named = column
                    .target
                    .as_ref()
                    .map(|(target, _)| target)
                    .or(column.entity.as_ref());
                named.is_some_and(|target| {
                    target != *name && reaches.contains_key(target) && !placed.contains(target)
                })
            };
            // What names anything by its kind comes when all else is there.
            let is_last = columns.get(*name).is_some_and(|of_table| {
                of_table.iter().any(|column| column.name == "subject_kind")
            });
            !placed.contains(*name)
                && (!is_last || placed.len() + 1 == reaches.len())
                && !columns
                    .get(*name)
                    .is_some_and(|of_table| of_table.iter().any(waits))
        });
        // Two tables that name each other cannot be ordered; the foreign keys will say so.
        let next = next
            .or_else(|| reaches.keys().find(|name| !placed.contains(*name)))
            .cloned();
        let Some(name) = first.or(next) else {
            break;
        };
        placed.insert(name.clone());
        if let (Some(of_table), Some(reach)) = (columns.remove(&name), reaches.get(&name)) {
            let parents = parents(&of_table, reaches, *reach)
                .filter(|(_, entity)| *entity != name)
                .collect();
            order.push(Table {
                name,
                reach: *reach,
                columns: of_table,
                parents,
            });
        }
    }
    order
}
