use super::*;
use crate::registry::rules::{Computed, Scope, Stage};

fn standing() -> Association {
    Association {
        id: AssociationId(7),
        name: "长春市绿园区汽车维修行业协会".to_owned(),
        uscc: None,
        uscc_note: None,
        certificate_no: None,
        registered_on: None,
        registrar: String::new(),
        org_type: String::new(),
        domicile: "绿园区和平大街1号".to_owned(),
        legal_representative: String::new(),
        business_scope: String::new(),
        member_basis: String::new(),
        department: DepartmentId(2),
        department_name: "区交通运输局".to_owned(),
        department_kind: "organ".to_owned(),
        civil_service_law: "applies".to_owned(),
        direct_registration: false,
        scope_computed: Computed::Confirm,
        scope: Scope::Undecided,
        scope_reason: None,
        scope_proposed: None,
        by_reference: false,
        stage: Stage::Registered,
        listed: false,
        withdrawn_number: None,
        withdrawn_on: None,
        plan_ended: false,
        has_items: false,
        exit_kind: None,
        exited_on: None,
        merged_into: None,
        merged_name: None,
        version: 1,
    }
}

fn read(standing: &Association, typed: &[(&str, &str)], unit: i64) -> Read {
    let typed = typed.iter();
    let typed = typed.map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
    let against = Against {
        today: "2018-11-21".parse().unwrap(),
        before: Some(standing),
        unit: None,
        note: None,
    };
    let read = check(&typed.collect(), &against).unwrap();
    let unit = Unit {
        id: DepartmentId(unit),
        name: "区工业和信息化局".to_owned(),
    };
    under(read, standing, &unit)
}

#[test]
fn another_unit_is_a_difference_of_its_own() {
    let standing = standing();
    let alone = read(&standing, &[], 3);
    let wanted = Difference {
        field: "department",
        label: "业务主管单位",
        before: "区交通运输局".to_owned(),
        after: "区工业和信息化局".to_owned(),
        period: true,
    };
    assert_eq!(alone.differences, std::slice::from_ref(&wanted));
    let Change::Altered(altered) = alone.change else {
        panic!("{:?}", alone.change);
    };
    assert!(altered.entry.is_none(), "nothing else is written");
    assert_eq!(altered.unit.unwrap().id, DepartmentId(3));

    let both = read(&standing, &[("domicile", "绿园区景阳大路2号")], 3);
    let fields: Vec<&str> = both.differences.iter().map(|each| each.field).collect();
    assert_eq!(fields, ["domicile", "department"]);
    let Change::Altered(altered) = both.change else {
        panic!("{:?}", both.change);
    };
    assert_eq!(altered.entry.unwrap().domicile, "绿园区景阳大路2号");
    assert!(altered.unit.is_some());
}

#[test]
fn a_cell_that_says_no_ticks_nothing() {
    let mut standing = standing();
    let no = read(&standing, &[("direct_registration", "no")], 2);
    assert!(no.differences.is_empty(), "{:?}", no.differences);
    standing.direct_registration = true;
    let changed = read(&standing, &[("direct_registration", "no")], 2);
    let Change::Altered(altered) = changed.change else {
        panic!("{:?}", changed.change);
    };
    assert!(!altered.entry.unwrap().direct_registration);
    let yes = read(&standing, &[("direct_registration", "yes")], 2);
    assert!(yes.differences.is_empty(), "{:?}", yes.differences);
}

#[test]
fn the_unit_that_it_has_changes_nothing() {
    let standing = standing();
    let same = read(&standing, &[], 2);
    assert!(same.differences.is_empty());
    assert!(matches!(same.change, Change::Same(AssociationId(7))));
    let moved = read(&standing, &[("domicile", "绿园区景阳大路2号")], 2);
    let Change::Altered(altered) = moved.change else {
        panic!("{:?}", moved.change);
    };
    assert!(altered.entry.is_some() && altered.unit.is_none());
}
