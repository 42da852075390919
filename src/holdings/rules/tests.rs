//! Registers by their rules.

use crate::words::Mark;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::balance::Balance;
use super::book::{Anomaly, Book, Entry};
use super::*;
use crate::access::Case as _;
use crate::ids::AssociationId;
use crate::scheme::{Answers, Scheme};

fn answers(value: Value) -> Answers {
    serde_json::from_value(value).unwrap()
}

fn entry(register: Register, object: &str, facts: Value, state: State) -> Entry {
    Entry {
        id: 1,
        association: AssociationId(1),
        register,
        object: object.to_owned(),
        facts: answers(facts),
        state,
        submitted_on: None,
        submitted_by: None,
        decided_on: None,
        decision_document: None,
        decision_note: None,
        return_reason: None,
        version: 1,
    }
}

/// Asks something of the registers of a survey with these entries.
fn with<T>(survey: Value, entries: &[Entry], ask: impl FnOnce(&Book<'_>) -> T) -> T {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let (survey, plan) = (answers(survey), Answers::default());
    ask(&Book {
        scheme: &scheme,
        survey: &survey,
        plan: &plan,
        entries,
    })
}

fn money(year: &str, class: &str) -> Value {
    json!({ "SV-46": [{ "key": "1", "year": year, "class": class, "amount": 2_500_000 }] })
}

fn anomaly(survey: Value, entries: &[Entry]) -> Option<Anomaly> {
    with(survey, entries, |book| {
        book.anomaly(&book.row(Register::Appropriation, "1").unwrap())
    })
}

#[test]
fn tc_15_money_for_diverted_staff_is_no_anomaly() {
    assert_eq!(anomaly(money("2018", "diverted"), &[]), None);
    assert_eq!(anomaly(money("2018", "retiree"), &[]), None);
    assert_eq!(anomaly(money("2017", "project"), &[]), None);
    assert_eq!(
        anomaly(money("2018", "project"), &[]),
        Some(Anomaly::Direct)
    );
    assert_eq!(anomaly(money("2018", "basic"), &[]), Some(Anomaly::Direct));
}

#[test]
fn tc_16_bought_services_need_their_contract() {
    let survey = money("2018", "purchase");
    // Not an appropriation: it puts nobody on the list.
    let told = answers(survey.clone());
    assert!(!crate::scheme::appropriation::paid_in(&told, &[2017, 2018]));
    assert_eq!(anomaly(survey.clone(), &[]), Some(Anomaly::NoContract));
    let contract = |state| {
        entry(
            Register::Appropriation,
            "1",
            json!({ "handling": "contract", "handled_on": "2018-03-05", "document": "合同1号" }),
            state,
        )
    };
    let standing = |entries: &[Entry]| {
        with(survey.clone(), entries, |book| {
            standing::of(
                book,
                Register::Appropriation,
                &book.row(Register::Appropriation, "1").unwrap(),
            )
            .mark
        })
    };
    let unmet = |entries: &[Entry], decided| {
        with(survey.clone(), entries, |book| {
            duties::unmet(book, "T3-06", "", decided)
        })
    };
    // What the unit writes clears nothing until 财政局 has verified it.
    for (state, mark) in [
        (State::Draft, Mark::Late),
        (State::Submitted, Mark::Going),
        (State::Returned, Mark::Late),
    ] {
        let recorded = [contract(state)];
        assert_eq!(
            anomaly(survey.clone(), &recorded),
            Some(Anomaly::Unverified)
        );
        assert_eq!(standing(&recorded), mark);
        assert_eq!(unmet(&recorded, false), None);
        assert!(unmet(&recorded, true).unwrap().contains("财政局核实"));
    }
    let verified = [contract(State::Approved)];
    assert_eq!(anomaly(survey.clone(), &verified), None);
    assert_eq!(standing(&verified), Mark::Done);
    assert_eq!(unmet(&verified, true), None);
}

#[test]
fn t3_06_waits_until_the_anomaly_is_handled() {
    let unmet = |entries: &[Entry], decided| {
        with(money("2018", "project"), entries, |book| {
            duties::unmet(book, "T3-06", "", decided)
        })
    };
    assert!(unmet(&[], false).unwrap().contains("尚未登记退回或说明"));
    let repaid = |state| {
        entry(
            Register::Appropriation,
            "1",
            json!({ "handling": "repaid", "handled_on": "2018-10-30", "document": "缴款书" }),
            state,
        )
    };
    assert_eq!(unmet(&[repaid(State::Submitted)], false), None);
    assert!(
        unmet(&[repaid(State::Submitted)], true)
            .unwrap()
            .contains("财政局")
    );
    assert_eq!(unmet(&[repaid(State::Approved)], true), None);
}

#[test]
fn tc_20_custom_keeps_no_function() {
    let survey = |article: &str| {
        json!({ "SV-31": true, "SV-32": [{ "key": "1", "name": "年检初审", "source": "law", "opinion": "keep_by_law",
            "basis": "《某条例》", "article": article }] })
    };
    for (article, words) in [("第十二条", "依法保留"), (" ", "待剥离")] {
        let standing = with(survey(article), &[], |book| {
            standing::of(
                book,
                Register::Function,
                &book.row(Register::Function, "1").unwrap(),
            )
        });
        assert_eq!(standing.words, words);
    }
    let unmet = with(survey(""), &[], |book| {
        duties::unmet(book, "T2-02", "SV-32#1", false)
    });
    assert!(unmet.is_some());
}

fn room(asked: bool) -> Value {
    json!({ "SV-54": asked, "SV-55": [{ "key": "1", "location": "办公楼", "room_no": "312", "area": 3_850 }] })
}

#[test]
fn tc_34_a_room_of_ones_own_is_no_government_room() {
    assert!(with(room(false), &[], |book| book
        .rows(Register::Room)
        .is_empty()));
    assert_eq!(
        with(room(false), &[], |book| figures::counted(book).len()),
        0
    );
    assert_eq!(
        with(room(true), &[], |book| book.rows(Register::Room).len()),
        1
    );
    let scheme = Scheme::lvyuan_2018().unwrap();
    let items = scheme.applicable(&answers(room(false)), "2018-09-14".parse().unwrap());
    assert!(!items.iter().any(|item| item.measure == "T3-11"));
}

#[test]
fn tc_33_a_delay_counts_once_it_is_approved() {
    let words = |state| {
        let delay = entry(
            Register::Delay,
            "1",
            json!({ "until": "2019-06-30", "reason": "装修" }),
            state,
        );
        with(room(true), &[delay], |book| {
            standing::of(
                book,
                Register::Room,
                &book.row(Register::Room, "1").unwrap(),
            )
            .words
        })
    };
    assert_eq!(words(State::Draft), "待腾退");
    assert_eq!(words(State::Submitted), "待腾退");
    assert_eq!(words(State::Approved), "经批准延期至2019-06-30");
}

#[test]
fn another_area_than_the_occupied_one_is_explained() {
    let handed = |facts: Value| {
        let entry = entry(Register::Room, "1", facts, State::Submitted);
        with(room(true), &[entry], |book| {
            book.acceptable(&book.row(Register::Room, "1").unwrap())
        })
    };
    assert_eq!(handed(json!({ "given_up": 3_850 })), Ok(()));
    assert_eq!(
        handed(json!({ "given_up": 3_849 })),
        Err(Refusal::AreaDiffers("办公楼 312".to_owned(), 1))
    );
    assert_eq!(
        handed(json!({ "given_up": 3_849, "difference": "按实测" })),
        Ok(())
    );
    assert_eq!(handed(json!({ "given_up": 0, "lease": "租1号" })), Ok(()));
}

fn asset(ownership: &str) -> Value {
    json!({ "SV-51": [{ "key": "1", "name": "计算机", "net": 8_000_000, "ownership": ownership, "category": "fixed" }] })
}

#[test]
fn tc_45_one_asset_in_doubt_keeps_ownership_open() {
    let unmet = |entries: &[Entry]| {
        with(asset("unclear"), entries, |book| {
            duties::unmet(book, "T3-09", "", true)
        })
    };
    assert!(unmet(&[]).unwrap().contains("计算机"));
    let determined = entry(
        Register::Ownership,
        "1",
        json!({ "ownership": "state", "document": "绿财资1号", "determined_on": "2018-11-01" }),
        State::Draft,
    );
    assert_eq!(unmet(&[determined]), None);
    assert_eq!(
        with(asset("unclear"), &[], |book| {
            book.closable(&book.row(Register::Asset, "1").unwrap())
        }),
        Err(Refusal::Unclear("计算机".to_owned()))
    );
}

#[test]
fn tc_46_a_cent_that_is_missing_is_explained() {
    let closable = |facts: Value| {
        let entry = entry(Register::Asset, "1", facts, State::Draft);
        with(asset("state"), &[entry], |book| {
            book.closable(&book.row(Register::Asset, "1").unwrap())
        })
    };
    assert_eq!(closable(json!({ "returned": 8_000_000 })), Ok(()));
    assert_eq!(
        closable(json!({ "returned": 5_000_000, "used": 2_000_000, "written_off": 1_000_000 })),
        Ok(())
    );
    for returned in [7_999_999, 7_990_000, 8_000_001] {
        let difference = 8_000_000 - returned;
        assert_eq!(
            closable(json!({ "returned": returned })),
            Err(Refusal::Unbalanced("计算机".to_owned(), difference))
        );
        assert_eq!(
            closable(json!({ "returned": returned, "difference": "尾差，已调账" })),
            Ok(())
        );
    }
    assert_eq!(exact(1), "0.000001");
    assert_eq!(exact(10_000), "0.01");
    assert_eq!(exact(-8_000_001), "-8.000001");
}

#[test]
fn t3_10_ends_with_approval_and_completion() {
    let facts = json!({ "disposition": "return", "returned": 8_000_000 });
    let unmet = |entries: &[Entry], decided| {
        with(asset("state"), entries, |book| {
            duties::unmet(book, "T3-10", "SV-51#1", decided)
        })
    };
    let recorded = entry(Register::Asset, "1", facts.clone(), State::Submitted);
    assert!(unmet(&[], false).is_some());
    assert_eq!(unmet(std::slice::from_ref(&recorded), false), None);
    assert!(unmet(&[recorded], true).unwrap().contains("批准"));
    let approved = entry(Register::Asset, "1", facts, State::Approved);
    assert!(
        unmet(std::slice::from_ref(&approved), true)
            .unwrap()
            .contains("完成")
    );
    let completed = entry(
        Register::Completion,
        "1",
        json!({ "completed_on": "2018-11-06", "paper": "清单" }),
        State::Draft,
    );
    assert_eq!(unmet(&[approved, completed], true), None);
}

#[test]
fn who_decides_on_what() {
    for register in Register::ALL {
        assert_eq!(
            register.decision().is_some(),
            !register.deciders().is_empty()
        );
        assert_eq!(Register::from_key(register.key()), Some(register));
        assert!(!fields::fields(register).is_empty());
    }
    assert_eq!(Entry::next(State::Approved, Act::AssetRecord), None);
    assert_eq!(Entry::next(State::Submitted, Act::AssetRecord), None);
    assert_eq!(Entry::next(State::Draft, Act::DispositionApprove), None);
}

proptest! {
    /// What there was is what is accounted for, to the cent, and only then.
    #[test]
    fn the_balance_is_in_cents(
        returned in 0_i64..1_000_000_000, used in 0_i64..1_000_000_000,
        written_off in 0_i64..1_000_000_000, kept in 0_i64..1_000_000_000, off in -3_i64..=3,
    ) {
        let before = returned + used + written_off + kept + off;
        let facts = answers(json!({ "returned": returned, "used": used, "written_off": written_off, "kept": kept }));
        let balance = Balance::of(before, &facts);
        prop_assert_eq!(balance.difference(), off);
        prop_assert_eq!(balance.plus(balance).difference(), 2 * off);
        let entry = entry(Register::Asset, "1", serde_json::to_value(&facts).unwrap(), State::Draft);
        let survey = json!({ "SV-51": [{ "key": "1", "name": "设备", "net": before, "ownership": "state" }] });
        let closed = with_scheme(&survey, &[entry]);
        prop_assert_eq!(closed, off == 0);
    }
}

/// Whether the one asset can be closed; the scheme is read once.
fn with_scheme(survey: &Value, entries: &[Entry]) -> bool {
    static SCHEME: std::sync::LazyLock<Scheme> =
        std::sync::LazyLock::new(|| Scheme::lvyuan_2018().unwrap());
    let (survey, plan) = (answers(survey.clone()), Answers::default());
    let book = Book {
        scheme: &SCHEME,
        survey: &survey,
        plan: &plan,
        entries,
    };
    book.closable(&book.row(Register::Asset, "1").unwrap())
        .is_ok()
}
