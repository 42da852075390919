//! Officers and founders (PE-8, PE-10 to PE-12).

use super::*;

#[test]
fn officer_rules_warn_until_adopted_and_bind_then() {
    let head = |id: i64, post: &str| Holder {
        id,
        post: post.to_owned(),
        organ: "绿园汽修公司".to_owned(),
        birth: Some(day("1960-01-02")),
        is_officer: true,
        post_start: Some(day("2010-05-01")),
        terms_served: Some(3),
        ..holder("member")
    };
    let one = head(1, "president");
    let peers = [one.clone(), head(2, "secretary")];
    let other = [Holder {
        association: AssociationId(2),
        ..head(3, "secretary")
    }];
    for (adopted, expected) in [(false, Severity::Warn), (true, Severity::Must)] {
        let limits = Limits {
            adopted,
            ..limits()
        };
        let context = Context {
            today: day("2018-11-22"),
            limits: &limits,
            peers: &peers,
            others: &other,
            cleared_on: None,
        };
        let found = findings(&one, context);
        for code in ["PE-10", "PE-11", "PE-12"] {
            assert_eq!(rule(&found, code), Some(expected), "{code} {adopted}");
        }
    }
}

#[test]
fn a_retired_cadre_who_leads_a_founding_needs_an_approval() {
    let founder = Holder {
        is_founder: true,
        ..cadre("2013-06-30", "1955-05-05")
    };
    let of = |holder: &Holder| rule(&found(holder, &[], "2018-11-22"), "PE-8");
    assert_eq!(of(&founder), Some(Severity::Must));
    // A filing is not enough; an approval is, while it lasts.
    assert_eq!(
        of(&filed(founder.clone(), "2018-10-17")),
        Some(Severity::Must)
    );
    let approved = Holder {
        approval_kind: Some("approved".to_owned()),
        approval_until: Some(day("2018-12-31")),
        ..founder.clone()
    };
    assert_eq!(of(&approved), None);
    let over = Holder {
        approval_until: Some(day("2018-11-21")),
        ..approved
    };
    assert_eq!(of(&over), Some(Severity::Must));
    assert_eq!(of(&cadre("2013-06-30", "1955-05-05")), None);
}
