use proptest::prelude::*;

use super::samples::{day, item, measure};
use super::*;
use crate::database::Explain as _;

const CLERK: AccountId = AccountId(1);
const LEADER: AccountId = AccountId(2);
const VERIFIER: AccountId = AccountId(3);
const TODAY: &str = "2018-11-06";

fn attempt(item: &Item, deed: &Deed, by: AccountId) -> Result<Item, Refusal> {
    after(
        item,
        &measure(&["终止委托的文件"], true),
        deed,
        (by, day(TODAY)),
    )
}

fn ask(law: &str, article: &str) -> Deed {
    Deed::AskExemption {
        law: law.to_owned(),
        article: article.to_owned(),
    }
}

/// The one fact of the sample's measure.
fn told(day: &str) -> Answers {
    serde_json::from_value(serde_json::json!({ "T2-02-1": day })).unwrap()
}

fn give_back(reason: &str) -> Deed {
    Deed::Return {
        reason: reason.to_owned(),
    }
}

#[test]
fn the_way_of_an_item() {
    let saved = attempt(
        &item(),
        &Deed::Save {
            note: "已发通知".into(),
            facts: told("2018-11-05"),
        },
        CLERK,
    )
    .unwrap();
    assert_eq!(saved.state, ItemState::InProgress);
    assert_eq!(
        attempt(&saved, &Deed::Report, LEADER),
        Err(Refusal::NoEvidence(vec!["终止委托的文件".into()]))
    );
    let reported = attempt(
        &Item {
            evidence: 1,
            ..saved
        },
        &Deed::Report,
        LEADER,
    )
    .unwrap();
    assert_eq!(
        (reported.state, reported.reported_on, reported.reported_by),
        (ItemState::ReportedDone, Some(day(TODAY)), Some(LEADER))
    );
    assert_eq!(
        attempt(&reported, &Deed::Verify, LEADER),
        Err(Refusal::OwnReport)
    );
    let verified = attempt(&reported, &Deed::Verify, VERIFIER).unwrap();
    assert_eq!(verified.resolved_on, Some(day(TODAY)));
    let accepted = attempt(&verified, &Deed::Accept, VERIFIER).unwrap();
    assert_eq!(
        (accepted.state, accepted.resolved_on),
        (ItemState::Accepted, verified.resolved_on)
    );
    assert!(!accepted.open(Act::ItemReturn));
}

#[test]
fn an_item_is_handed_over_when_nothing_is_missing_and_comes_back() {
    let mut ready = item();
    assert_eq!(
        attempt(&ready, &Deed::Pass, CLERK),
        Err(Refusal::NoEvidence(vec!["终止委托的文件".into()]))
    );
    ready.evidence = 1;
    let handed = attempt(&ready, &Deed::Pass, CLERK).unwrap();
    assert_eq!(handed.state, ItemState::ForSignature);
    assert!(!handed.state.resolved());
    let silent = Deed::Back {
        reason: " ".to_owned(),
    };
    assert_eq!(attempt(&handed, &silent, LEADER), Err(Refusal::NoReason));
    let why = Deed::Back {
        reason: "缺盖章".to_owned(),
    };
    let back = attempt(&handed, &why, LEADER).unwrap();
    assert_eq!(back.state, ItemState::InProgress);
    let reported = attempt(&handed, &Deed::Report, LEADER).unwrap();
    let recalled = attempt(&reported, &Deed::Recall, LEADER).unwrap();
    assert_eq!(
        (recalled.state, recalled.reported_on, recalled.reported_by),
        (ItemState::InProgress, None, None)
    );
}

#[test]
fn a_return_takes_report_and_verification_away() {
    let reported = attempt(
        &Item {
            evidence: 1,
            ..item()
        },
        &Deed::Report,
        LEADER,
    )
    .unwrap();
    assert_eq!(
        attempt(&reported, &give_back("  "), VERIFIER),
        Err(Refusal::NoReason)
    );
    let verified = attempt(&reported, &Deed::Verify, VERIFIER).unwrap();
    for before in [reported, verified] {
        let returned = attempt(&before, &give_back("文件无公章"), VERIFIER).unwrap();
        assert_eq!(returned.state, ItemState::Returned);
        assert_eq!((returned.reported_on, returned.resolved_on), (None, None));
        assert_eq!(returned.return_reason.as_deref(), Some("文件无公章"));
        let again = attempt(&returned, &Deed::Report, LEADER).unwrap();
        assert_eq!(again.return_reason, None);
    }
}

#[test]
fn measures_without_evidence_are_reported_without() {
    let none = measure(&[], false);
    assert!(after(&item(), &none, &Deed::Report, (LEADER, day(TODAY))).is_ok());
}

#[test]
fn tc_20_custom_is_no_law() {
    for (law, article, refusal) in [
        ("历来如此", "第三条", Refusal::NoLaw),
        ("法", "第三条", Refusal::NoLaw),
        ("", "第三条", Refusal::NoLaw),
        ("《社会团体登记管理条例》", "有关条款", Refusal::NoArticle),
        ("《社会团体登记管理条例》", "", Refusal::NoArticle),
        ("中华人民共和国统计法", "条", Refusal::NoArticle),
    ] {
        assert_eq!(
            attempt(&item(), &ask(law, article), LEADER),
            Err(refusal),
            "{law} {article}"
        );
    }
    for (law, article) in [
        ("《社会团体登记管理条例》（2016年修订）", "第十二条第二款"),
        ("中华人民共和国道路运输条例", "第8条"),
        (
            "机动车维修管理规定\u{FF08}交通运输部令\u{FF09}",
            "第二十一条",
        ),
    ] {
        let asked = attempt(&item(), &ask(law, article), LEADER).unwrap();
        assert_eq!(
            (asked.state, asked.exemption_asked_on),
            (ItemState::Open, Some(day(TODAY)))
        );
        let exempted = attempt(&asked, &Deed::Exempt, VERIFIER).unwrap();
        assert_eq!(
            (exempted.state, exempted.resolved_on),
            (ItemState::Exempted, Some(day(TODAY)))
        );
    }
}

#[test]
fn nothing_is_exempted_unasked() {
    assert_eq!(
        attempt(&item(), &Deed::Exempt, VERIFIER),
        Err(Refusal::NotAsked)
    );
    assert_eq!(
        attempt(&item(), &give_back("无依据"), VERIFIER),
        Err(Refusal::NotAsked)
    );
    let firm = measure(&[], false);
    let refused = after(
        &item(),
        &firm,
        &ask("中华人民共和国统计法", "第三条"),
        (LEADER, day(TODAY)),
    );
    assert_eq!(refused, Err(Refusal::NotExemptable));
    let asked = attempt(&item(), &ask("中华人民共和国统计法", "第三条"), LEADER).unwrap();
    let returned = attempt(&asked, &give_back("该条未授权协会"), VERIFIER).unwrap();
    assert_eq!(
        (returned.state, returned.exemption_law),
        (ItemState::Returned, None)
    );
}

#[test]
fn tc_48_days_that_cannot_be() {
    let today = day(TODAY);
    for (text, fits) in [
        ("2018-11-06", true),
        ("2018-11-07", false),
        ("2019-01-01", false),
        ("2000-01-01", true),
        ("1999-12-31", false),
    ] {
        assert_eq!(possible(day(text), today).is_ok(), fits, "{text}");
    }
    let deed = Deed::Save {
        note: String::new(),
        facts: told("2018-11-07"),
    };
    assert_eq!(
        attempt(&item(), &deed, CLERK),
        Err(Refusal::ImpossibleDay(day("2018-11-07")))
    );
}

#[test]
fn tc_68_late_evidence_is_kept_and_marked() {
    let open = |state, act| Item::next(state, act) == Some(state);
    for (state, attach, detach) in [
        (ItemState::Open, true, true),
        (ItemState::ReportedDone, true, false),
        (ItemState::Verified, true, true),
        (ItemState::Accepted, true, true),
        (ItemState::Exempted, false, false),
    ] {
        assert_eq!(open(state, Act::EvidenceAttach), attach, "{state:?}");
        assert_eq!(open(state, Act::EvidenceDetach), detach, "{state:?}");
    }
}

#[test]
fn each_step_stands_once() {
    // What is entered on a register says to which state an item follows it.
    let told = |act: Act| act == Act::ItemFollow;
    for (place, one) in STEPS.iter().enumerate() {
        assert!(
            STEPS.iter().skip(place + 1).all(
                |other| (one.0, one.1) != (other.0, other.1) || told(one.1) && one.2 != other.2
            ),
            "{one:?}"
        );
    }
}

#[test]
fn names_of_people_are_for_some_only() {
    let person = Item {
        object: "SV-60#3".into(),
        label: "周某".into(),
        ..item()
    };
    assert_eq!(person.public_label(), "人员表第3人");
    assert_eq!(item().public_label(), "行业统计");
}

fn any_deed() -> impl Strategy<Value = (Deed, AccountId)> {
    let deed = prop_oneof![
        Just(Deed::Save {
            note: "说明".into(),
            facts: Answers::default()
        }),
        Just(Deed::Save {
            note: String::new(),
            facts: told("2018-12-01")
        }),
        Just(Deed::Pass),
        Just(Deed::Back {
            reason: "理由".into()
        }),
        Just(Deed::Back {
            reason: String::new()
        }),
        Just(Deed::Report),
        Just(Deed::Recall),
        Just(Deed::Verify),
        Just(Deed::Accept),
        Just(Deed::Exempt),
        Just(give_back("理由")),
        Just(give_back("")),
        Just(ask("中华人民共和国统计法", "第三条")),
        Just(ask("惯例", "第三条")),
    ];
    (deed, (1_i64..4).prop_map(AccountId))
}

proptest! {
    #[test]
    fn walks_never_leave_the_machine(
        deeds in proptest::collection::vec((any_deed(), 0_i64..2), 0..40),
        exemptable in any::<bool>(),
    ) {
        let measure = measure(&["终止委托的文件"], exemptable);
        let mut now = item();
        for ((deed, by), evidence) in deeds {
            now.evidence = evidence;
            // What is not open in this state, the frame refuses.
            if !now.open(deed.act()) {
                continue;
            }
            let offered = guard(&now, &measure, deed.act(), by).is_ok();
            match after(&now, &measure, &deed, (by, day(TODAY))) {
                Ok(then) => {
                    prop_assert!(offered, "a page would not have offered it");
                    prop_assert_eq!(Some(then.state), Item::next(now.state, deed.act()));
                    prop_assert_eq!(then.version, now.version + 1);
                    prop_assert!(then.state != ItemState::ReportedDone || evidence > 0 || now.state == ItemState::ReportedDone);
                    prop_assert!(then.state != ItemState::Exempted || (exemptable && now.exemption_law.is_some()));
                    now = then;
                }
                Err(refusal) => {
                    prop_assert!(!refusal.explain().is_empty());
                    // What was offered fails only by what was typed.
                    let typed = matches!(refusal, Refusal::NoReason | Refusal::NoLaw | Refusal::NoArticle | Refusal::ImpossibleDay(_));
                    prop_assert_eq!(offered, typed);
                }
            }
            // The database's own check (item_resolved_check).
            prop_assert_eq!(now.resolved_on.is_some(), now.state.resolved());
            prop_assert_eq!(now.reported_on.is_some(), now.reported_by.is_some());
        }
    }
}
