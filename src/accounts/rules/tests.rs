use super::*;

#[test]
fn weak_passwords_are_told_why() {
    let place = ["lvyuan".to_owned(), "绿园".to_owned()];
    let password_problem = |new: &str, username: &str, old: Option<&str>| {
        super::password_problem(new, username, old, &place)
    };
    for weak in [
        "short",
        "123456789012",
        "abcdefghijkl",
        "aaaaaaaaaaaa",
        "lvyuanqu2018!",
        "xx-jiaotong-2018",
        "我爱绿园我爱绿园我爱绿园",
    ] {
        assert!(password_problem(weak, "jiaotong", None).is_some(), "{weak}");
    }
    assert_eq!(
        password_problem("cinnabar seal 7 papers", "jiaotong", None),
        None
    );
    assert!(
        password_problem(
            "cinnabar seal 7 papers",
            "jiaotong",
            Some("cinnabar seal 7 papers")
        )
        .is_some()
    );
}

#[test]
fn a_name_that_is_missing_is_no_part_of_a_password() {
    assert_eq!(
        password_problem("a first one for 9 papers", "", None, &[]),
        None
    );
}

#[test]
fn capacities_need_the_department_for_them() {
    let finance = vec!["CZ".to_owned()];
    assert!(role_fits(Role::Finance, &finance, false));
    assert!(!role_fits(Role::OfficeLeader, &finance, false));
    assert!(!role_fits(Role::UnitClerk, &finance, false));
    assert!(role_fits(Role::UnitClerk, &finance, true));
}

#[test]
fn letters_of_an_input_method_are_seen() {
    assert!(has_full_width("ｐassword"));
    assert!(has_full_width("two\u{3000}words"));
    assert!(!has_full_width("我爱 papers 7!"));
}
