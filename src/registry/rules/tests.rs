use proptest::prelude::*;

use crate::registry::credit_code::{self, Fault};
use crate::registry::names;
use crate::scheme::Scheme;

use super::*;

fn campaign() -> Campaign {
    Scheme::lvyuan_2018().unwrap().campaign
}

fn facts<'a>(name: &'a str, uscc: Option<&'a str>) -> ScopeFacts<'a> {
    ScopeFacts {
        name,
        uscc,
        registrar: "绿园区民政局",
        org_type: "社会团体",
        member_basis: "same_activity_units",
        department_kind: "organ",
        civil_service_law: "applies",
        registered_on: NaiveDate::from_ymd_opt(2009, 5, 18),
    }
}

const CODE: &str = "51220106MJ00001065";

fn standing(facts: &ScopeFacts<'_>, code: &str) -> Criterion {
    let (_, criteria) = scope(&campaign(), facts);
    criteria
        .into_iter()
        .find(|criterion| criterion.code == code)
        .unwrap()
}

#[test]
fn all_three_criteria_together_put_an_association_in_scope() {
    assert_eq!(
        scope(
            &campaign(),
            &facts("长春市绿园区汽车维修行业协会", Some(CODE))
        )
        .0,
        Computed::In
    );
    assert_eq!(
        scope(&campaign(), &facts("长春市绿园区餐饮同业公会", Some(CODE))).0,
        Computed::Confirm
    );
}

#[test]
fn tc_06_a_learned_society_of_companies_fails_by_its_suffix() {
    let society = facts("绿园区企业管理学会", Some(CODE));
    assert_eq!(standing(&society, "SC-4").standing, Standing::Fail);
    assert_eq!(scope(&campaign(), &society).0, Computed::Out);
}

#[test]
fn tc_07_a_body_in_preparation_has_the_suffix_but_no_registration() {
    let body = facts("绿园区物流协会(筹)", None);
    assert_eq!(standing(&body, "SC-4").standing, Standing::Pass);
    assert_eq!(standing(&body, "SC-5").standing, Standing::Fail);
}

#[test]
fn tc_08_a_code_of_52_is_not_a_social_body() {
    assert_eq!(
        credit_code::check("52220106MJ00001065"),
        Err(Fault::NotSocialBody)
    );
}

#[test]
fn tc_09_another_districts_code_names_the_registrar() {
    let other = facts("长春市汽车行业协会", Some("51220104MJ00001065"));
    assert_eq!(standing(&other, "SC-5").reason, "登记机关非绿园区");
}

#[test]
fn tc_10_a_wrong_check_character_is_told_apart_from_hard_faults() {
    assert_eq!(
        credit_code::check("51220106MJ00001066"),
        Err(Fault::CheckCharacter)
    );
}

#[test]
fn tc_11_letters_that_never_occur_are_refused_with_a_hint() {
    let fault = credit_code::check("5122O106MJ00001065").unwrap_err();
    assert_eq!(fault, Fault::Character(5, 'O'));
    assert!(fault.explain().contains("I、O、S、V、Z"));
}

#[test]
fn tc_14_courts_and_the_federation_of_industry_follow_by_reference() {
    for (kind, law) in [("court", "applies"), ("mass_org", "by_reference")] {
        let tied = ScopeFacts {
            department_kind: kind,
            civil_service_law: law,
            ..facts("绿园区民营企业商会", Some(CODE))
        };
        assert_eq!(scope(&campaign(), &tied).0, Computed::In);
        assert!(by_reference(kind));
    }
    let enterprise = ScopeFacts {
        department_kind: "enterprise",
        civil_service_law: "none",
        ..facts("绿园区商会", Some(CODE))
    };
    assert_eq!(scope(&campaign(), &enterprise).0, Computed::Out);
}

#[test]
fn the_published_codes_of_the_appendix_are_valid() {
    for code in [
        CODE,
        "51220106MJ00001140",
        "51220106MJ0000122T",
        "51220106MJ0000130M",
        "51220106MJ0000149J",
        "51220106MJ0000157D",
    ] {
        assert_eq!(credit_code::check(code), Ok(()), "{code}");
    }
    assert_eq!(
        credit_code::with_check("91512081MA62K0260").as_deref(),
        Some("91512081MA62K0260E")
    );
}

#[test]
fn tc_60_names_that_differ_only_in_typing_are_the_same() {
    let twin = names::key("长春市绿园区(西)汽车协会");
    for typed in [
        "长春市绿园区(西)汽车协会",
        "长春市 绿园区(西)汽车 协会",
        "长春市绿园区〔西〕汽车协会",
        "长春市绿园区【西】汽车协会",
    ] {
        assert_eq!(names::key(typed), twin, "{typed}");
    }
}

#[test]
fn tc_61_initials_and_middle_characters_find_a_name() {
    assert_eq!(
        names::initials("长春市绿园区汽车维修行业协会"),
        "ccslyqqcwxhyxh"
    );
    let grams = names::grams("长春市绿园区汽车维修行业协会", CODE);
    for words in ["汽车", "维", "维修行业", "1065"] {
        assert!(
            names::wanted(words).iter().all(|gram| grams.contains(gram)),
            "{words}"
        );
    }
}

#[test]
fn tc_42_registered_on_the_issue_date_is_new() {
    let day = |d| NaiveDate::from_ymd_opt(2018, 8, d).unwrap();
    assert!(is_new(&campaign(), Some(day(9))));
    assert!(!is_new(&campaign(), Some(day(8))));
}

proptest! {
    #[test]
    fn every_single_wrong_character_is_found(position in 2_usize..18, other in 0_usize..31) {
        let alphabet: Vec<char> = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().collect();
        let mut code: Vec<char> = CODE.chars().collect();
        prop_assume!(code[position] != alphabet[other]);
        code[position] = alphabet[other];
        let code: String = code.into_iter().collect();
        prop_assert_eq!(credit_code::check(&code), Err(Fault::CheckCharacter));
    }
}

#[test]
fn sc_8_a_decision_against_the_criteria_gives_its_reason() {
    let said = |words: &str| Some(words.to_owned());
    let long = "确属行业协会商会，名称沿用旧称";
    for (computed, scope, given, expected) in [
        (Computed::In, Scope::In, None, Ok(BY_CRITERIA)),
        (Computed::In, Scope::In, said("好"), Ok("好")),
        (Computed::Out, Scope::Out, None, Ok(BY_CRITERIA)),
        (Computed::Out, Scope::In, None, Err(Refusal::NoReason)),
        (
            Computed::Confirm,
            Scope::In,
            said("好"),
            Err(Refusal::ShortReason),
        ),
        (Computed::Confirm, Scope::Defer, said(long), Ok(long)),
    ] {
        let found = reason(computed, scope, given);
        assert_eq!(found, expected.map(str::to_owned), "{computed:?} {scope:?}");
    }
}
