//! 督办单, requests to amend the list, and associations that leave.

use crate::access::Case as _;
use crate::access::facts::Address;
use crate::database::Db;
use crate::desk::store::reading::Lying;
use crate::exits::store::{self as exits, Exit};
use crate::roster::store::requests::{self, Request};
use crate::timeline::store::orders::{self, Order};

use super::{Read, Reader, Source, matter, of_kind};

pub(super) async fn orders(
    db: &mut Db,
    reader: Reader<'_>,
    rows: &[Lying],
) -> Result<Vec<Read>, sqlx::Error> {
    let (rows, ids) = of_kind(rows, Order::KIND);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let orders = orders::of_ids(db, &ids).await?;
    let read = rows.into_iter().filter_map(|(row, act)| {
        let order = orders.iter().find(|order| order.id == row.case)?;
        let mut matter = matter(reader, (row, act), order.version);
        matter.of = Address {
            order: Some(order.id),
            ..Address::default()
        };
        matter.subject.clone_from(&order.name);
        matter.covers = vec![
            format!("发{}，要求于{}前办结并报告", order.full_name, order.due),
            order.demand.clone(),
        ];
        let source = Source::Order(Box::new(order.clone()));
        Some(Read { matter, source })
    });
    Ok(read.collect())
}

pub(super) async fn requests(
    db: &mut Db,
    reader: Reader<'_>,
    rows: &[Lying],
) -> Result<Vec<Read>, sqlx::Error> {
    let (rows, ids) = of_kind(rows, Request::KIND);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let requests = requests::of_ids(db, &ids).await?;
    let read = rows.into_iter().filter_map(|(row, act)| {
        let request = requests.iter().find(|request| request.id == row.case)?;
        let mut matter = matter(reader, (row, act), request.version);
        matter.covers = vec![
            format!(
                "申请{}脱钩名单，{}",
                request.change.label(),
                request.document
            ),
            format!("理由：{}", request.reason),
        ];
        let source = Source::Request(Box::new(request.clone()));
        Some(Read { matter, source })
    });
    Ok(read.collect())
}

pub(super) async fn exits(
    db: &mut Db,
    reader: Reader<'_>,
    rows: &[Lying],
) -> Result<Vec<Read>, sqlx::Error> {
    let (rows, ids) = of_kind(rows, Exit::KIND);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let exits = exits::of_ids(db, &ids).await?;
    let read = rows.into_iter().filter_map(|(row, act)| {
        let exit = exits.iter().find(|exit| exit.id == row.case)?;
        let mut matter = matter(reader, (row, act), exit.version);
        let into = exit.survivor_name.as_ref();
        let into = into.map_or_else(String::new, |name| format!("，并入{name}"));
        matter.covers = vec![
            format!("建议协会{}{into}，{}", exit.kind.label(), exit.document),
            format!("理由：{}", exit.reason),
        ];
        let source = Source::Exit(Box::new(exit.clone()));
        Some(Read { matter, source })
    });
    Ok(read.collect())
}
