//! A table that goes on from page to page is one table in a file.

use super::{Cell, Kind, Table};

fn page() -> Table {
    let heads = [("名称", Kind::Words), ("序号", Kind::Serial)];
    let row = |name: &str| vec![Cell::plain(name), 1_i64.into()];
    Table::told("协会", &heads, vec![row("甲"), row("乙")])
}

fn numbers(table: &Table) -> Vec<Option<&Cell>> {
    table.rows.iter().map(|row| row.get(1)).collect()
}

#[test]
fn the_rows_of_a_page_that_goes_on_are_counted_after_those_before() {
    let second = page().counted_after(50);
    let on = [Cell::Count(51), Cell::Count(52)];
    assert_eq!(numbers(&second), [on.first(), on.last()]);
    let mut unnumbered = page();
    unnumbered.heads.pop();
    let as_it_was = unnumbered.rows.clone();
    assert_eq!(unnumbered.counted_after(50).rows, as_it_was);
}
