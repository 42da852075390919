//! What the registers say, column by column.

use super::*;

#[test]
fn functions_kept_by_law_are_counted_apart() {
    for (state, stripped, kept) in [
        (ItemState::Accepted, "1", "不涉及"),
        (ItemState::Exempted, "0", "1"),
        (ItemState::ReportedDone, "0", "不涉及"),
    ] {
        let mut facts = example();
        put(&mut facts, "T2-02", state);
        let row = row(&facts);
        assert_eq!(text(&row.stripped), stripped, "{state:?}");
        assert_eq!(text(&row.kept), kept, "{state:?}");
    }
}

#[test]
fn an_account_that_it_had_before_is_no_gap() {
    let mut facts = example();
    let mut survey = facts.survey.take().unwrap();
    survey.set("SV-42", Some(json!(true)));
    assert_eq!(text(&row(&carried_out(survey)).account), "原有");
    let mut facts = example();
    put(&mut facts, "T3-03", ItemState::InProgress);
    assert_eq!(text(&row(&facts).account), "未开立");
}

#[test]
fn assets_say_what_is_approved_and_what_is_carried_out() {
    let with = |entries: Vec<Entry>| {
        let mut facts = example();
        let assets = json!([
            { "key": "1", "name": "计算机", "net": 800_000, "ownership": "state" },
            { "key": "2", "name": "检测设备", "net": 1_500_000, "ownership": "unclear" },
        ]);
        facts.survey.as_mut().unwrap().set("SV-51", Some(assets));
        facts.entries = entries;
        let row = row(&facts);
        (text(&row.assets), text(&row.disposition))
    };
    let provisional = || {
        entry(
            Register::Ownership,
            "2",
            json!({ "ownership": "provisional" }),
        )
    };
    let disposed = |key, how| entry(Register::Asset, key, json!({ "disposition": how }));
    let done = |key, on| entry(Register::Completion, key, json!({ "completed_on": on }));
    let mut sent = disposed("1", "return");
    sent.state = State::Submitted;
    for (entries, assets, disposition) in [
        (vec![], "800000", "待批1项，未完成"),
        (vec![sent], "800000", "待批1项，未完成"),
        (
            vec![provisional(), disposed("1", "return")],
            "2300000",
            "收回1项、待批1项，未完成",
        ),
        (
            vec![
                provisional(),
                disposed("1", "return"),
                disposed("2", "free"),
                done("1", "2018-11-06"),
            ],
            "2300000",
            "收回1项、无偿使用1项，完成1项",
        ),
        (
            vec![
                provisional(),
                disposed("1", "return"),
                disposed("2", "free"),
                done("1", "2018-11-06"),
                done("2", "2018-11-09"),
            ],
            "2300000",
            "收回1项、无偿使用1项，2018-11-09完成",
        ),
    ] {
        let (net, how) = with(entries);
        assert_eq!((net.as_str(), how.as_str()), (assets, disposition));
    }
}

#[test]
fn a_room_is_handed_back_delayed_or_leased() {
    let delay = |state| {
        let mut delay = entry(Register::Delay, "1", json!({ "until": "2019-06-30" }));
        delay.state = state;
        delay
    };
    let leased = json!({ "vacated_on": "2018-12-20", "given_up": 0, "lease": "绿管租〔2018〕1号" });
    for (state, recorded, said) in [
        (ItemState::Open, vec![], "未腾退"),
        (ItemState::Open, vec![delay(State::Submitted)], "未腾退"),
        (
            ItemState::Open,
            vec![delay(State::Approved)],
            "延期至2019-06-30",
        ),
        (
            ItemState::Verified,
            vec![entry(Register::Room, "1", leased)],
            "按规定租用",
        ),
    ] {
        let mut facts = example();
        put(&mut facts, "T3-11", state);
        facts.entries.extend(recorded);
        assert_eq!(text(&row(&facts).vacated), said);
    }
}

#[test]
fn a_choice_that_is_not_carried_out_is_pending() {
    type Told = fn(&mut Holder);
    let cases: [(Told, &str, &str); 3] = [
        (
            |it| it.choice = Some("leave".to_owned()),
            "0/0，待办1",
            "4/3",
        ),
        (
            |it| {
                it.choice = Some("stay".to_owned());
                it.civil_status_ended_on = Some(day("2018-11-01"));
                it.contract_on = Some(day("2018-11-02"));
            },
            "1/0",
            "4/4",
        ),
        (|it| it.resigned_on = Some(day("2018-11-01")), "0/1", "4/4"),
    ];
    for (told, choice, cleared) in cases {
        let mut facts = example();
        facts.holders.retain(|holder| holder.identity != "serving");
        facts.holders.push(holder("serving", "full", told));
        let row = row(&facts);
        assert_eq!(text(&row.choice), choice);
        assert_eq!(text(&row.cleared), cleared);
    }
}

#[test]
fn numbers_come_from_the_survey_until_the_item_has_them() {
    let mut facts = example();
    for item in &mut facts.items {
        if matches!(item.measure.as_str(), "T4-08" | "T4-10") {
            item.state = ItemState::Open;
            item.facts = Json::default();
        }
    }
    let row = row(&facts);
    assert_eq!(text(&row.contracts), "3/2");
    assert_eq!(text(&row.insurance), "养老4/4，医疗4/4，公积金4/3");
}

#[test]
fn what_is_open_is_told_by_its_number_and_names_nobody() {
    let mut facts = example();
    put(&mut facts, "T2-05", ItemState::Returned);
    put(&mut facts, "T4-07", ItemState::InProgress);
    let unfinished = row(&facts).unfinished;
    let two = "按程序移交适合由协会承担的职能（2项），2018-12-31";
    assert!(unfinished.contains(two), "{unfinished}");
    assert!(unfinished.contains("人员表第6人"), "{unfinished}");
    assert!(!unfinished.contains("张某"), "{unfinished}");
}

#[test]
fn tc_31_the_rate_is_whole_only_when_everything_is_done() {
    for (counted, said) in [
        ((2_999, 3_000), "99.9%"),
        ((38, 38), "100.0%"),
        ((0, 0), "无需办理"),
    ] {
        let mut facts = example();
        facts.counted = counted;
        assert_eq!(text(&row(&facts).rate), said);
    }
}

#[test]
fn institutions_and_shared_offices_are_told_one_by_one() {
    let mut survey = example().survey.unwrap();
    survey.set("SV-23", Some(json!(true)));
    let managed = json!([
        { "key": "1", "name": "维修检测站", "posts": 3, "staff": 2, "disposition": "merge" },
        { "key": "2", "name": "培训中心", "posts": 5, "staff": 5, "disposition": "transfer" },
    ]);
    survey.set("SV-24", Some(managed));
    survey.set("SV-25", Some(json!(true)));
    let shared = json!([{ "key": "1", "unit": "区运管所", "contents": ["premises"] }]);
    survey.set("SV-26", Some(shared));
    let mut facts = carried_out(survey);
    for item in &mut facts.items {
        if item.measure == "T1-07" {
            item.facts = Json(answers(json!({ "T1-07-1": "2018-11-01" })));
        }
    }
    put(&mut facts, "T1-08", ItemState::Open);
    let row = row(&facts);
    assert_eq!(
        text(&row.institutions),
        "维修检测站：并入，2018-11-01注销；培训中心：划转，未完成"
    );
    assert_eq!(text(&row.shared), "区运管所：2018-10-30分开");
}
