//! Answers of the demonstration's surveys: a typical association with its
//! peculiarities, and the worked example of domain 12.1 exactly.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::scheme::Answers;

use super::names::person;

/// One 万元 in cents.
const WAN: i64 = 1_000_000;

/// Adds `more` to `answers`.
pub fn add(answers: &mut Answers, more: &Value) {
    for (code, value) in more.as_object().into_iter().flatten() {
        answers.set(code, Some(value.clone()));
    }
}

/// A typical association. Traits: `a` appropriation until 2017, `r` a government
/// room, `c` a serving cadre in a concurrent post, `p` a party branch.
#[must_use]
pub fn typical(known: &Answers, number: i64, traits: &str) -> Answers {
    let has = |letter: char| traits.contains(letter);
    let mut answers = known.clone();
    add(&mut answers, &base(number));
    add(&mut answers, &institution());
    add(&mut answers, &finance(number, has('a'), has('r')));
    add(&mut answers, &personnel(known, number, has('c')));
    add(&mut answers, &party(number, has('p')));
    add(&mut answers, &foreign_and_opinion(known, number, has('a')));
    answers
}

fn base(number: i64) -> Value {
    json!({
        "SV-09": 3 * WAN, "SV-10": 30 + number, "SV-11": number % 5, "SV-12": 30 + number + number % 5,
        "SV-14-1": 15, "SV-14-2": 5, "SV-15-1": "2016-04-20", "SV-15-2": 2, "SV-15-3": 4,
        "SV-16": "good", "SV-17": "none", "SV-18-1": person(number, 0), "SV-18-2": "0431-80000000", "SV-19": true,
    })
}

fn institution() -> Value {
    json!({
        "SV-21": false, "SV-23": false, "SV-25": false, "SV-27": false, "SV-28-1": 2, "SV-28-2": 0,
        "SV-29-1": true, "SV-29-2": true, "SV-29-3": true, "SV-29-4": true, "SV-30": "none",
        "SV-31": false, "SV-34": [],
    })
}

fn finance(number: i64, appropriation: bool, room: bool) -> Value {
    let dues = (4 + number % 7) * WAN;
    let granted = if appropriation { 3 * WAN } else { 0 };
    let rows = if appropriation {
        json!([{ "key": "1", "year": "2017", "class": "project", "amount": granted, "budget_unit": "区财政局", "channel": "部门预算" }])
    } else {
        json!([])
    };
    let fixed = 60 * WAN / 100;
    let current = 9 * WAN;
    let mut value = json!({
        "SV-40": "npo", "SV-41-1": true, "SV-41-2": true, "SV-42": true, "SV-42-1": "绿园支行", "SV-42-2": "0760000012345678",
        "SV-43": false, "SV-44": "own",
        "SV-45": [{ "key": "1", "name": person(number, 5), "duty": "accountant", "organ_staff": false }],
        "SV-46": rows,
        "SV-47-0": dues + granted, "SV-47-1": dues, "SV-47-2": 0, "SV-47-3": granted, "SV-47-4": 0, "SV-47-5": 0, "SV-47-6": 0,
        "SV-48-0": dues, "SV-48-1": dues / 2,
        "SV-49-0": current + fixed, "SV-49-1": current, "SV-49-2": 0, "SV-49-3": fixed, "SV-49-4": 0, "SV-49-5": 0,
        "SV-50-0": WAN, "SV-50-1": 0, "SV-50-2": current + fixed - WAN,
        "SV-51": [{ "key": "1", "name": "办公设备", "category": "fixed", "quantity": 6, "original": WAN, "net": fixed, "acquired": "dues", "ownership": "association", "disposition": "keep" }],
        "SV-52": false,
        "SV-53": [{ "key": "1", "base_date": "2018-08-31", "manner": "self", "report_no": "自查表", "surplus": 0, "shortage": 0 }],
        "SV-54": room, "SV-56": if room { "organ" } else { "rent" }, "SV-57": [], "SV-58": [],
    });
    if let (Some(value), true) = (value.as_object_mut(), room) {
        value.insert(
            "SV-55".to_owned(),
            json!([{ "key": "1", "location": "区政府办公楼", "room_no": format!("{}", 200 + number), "owner": "区直机关事务管理局",
                "provision": "free", "area": 2_600, "intention": "vacate", "vacate_by": "2018-12-20" }]),
        );
    }
    value
}

fn personnel(known: &Answers, number: i64, cadre: bool) -> Value {
    let president = known.text("SV-07").unwrap_or("会长");
    let mut people = vec![
        json!({ "key": "1", "name": president, "identity": "member", "post": "president", "is_officer": true, "is_legal_rep": true, "kind": "concurrent", "paid": false }),
        json!({ "key": "2", "name": person(number, 2), "identity": "hired", "post": "staff", "is_officer": false, "kind": "full", "contract": true, "paid": true }),
        json!({ "key": "3", "name": person(number, 3), "identity": "hired", "post": "staff", "is_officer": false, "kind": "full", "contract": true, "paid": true }),
    ];
    if cadre {
        people.push(json!({ "key": "4", "name": person(number, 4), "organ": "业务主管单位副科长", "identity": "incumbent", "post": "vice_president", "is_officer": true, "kind": "concurrent", "paid": false }));
    }
    json!({
        "SV-60": people, "SV-63": 2, "SV-64-1": 2, "SV-64-2": 2, "SV-64-3": 2, "SV-64-4": 2, "SV-64-5": 2, "SV-64-6": 2,
        "SV-65-1": 0, "SV-65-2": 0, "SV-67": false,
    })
}

fn party(number: i64, branch: bool) -> Value {
    if branch {
        json!({
            "SV-70-1": 4, "SV-70-2": 0, "SV-70-3": 4, "SV-71": true, "SV-74": "zuzhi",
            "SV-72": [{ "key": "1", "name": "协会党支部", "kind": "branch", "superior": "业务主管单位机关党委" }],
        })
    } else {
        json!({ "SV-70-1": 1, "SV-70-2": 0, "SV-70-3": 0, "SV-71": false, "SV-73": "党员不足三人", "SV-73-1": person(number, 6), "SV-74": "zuzhi" })
    }
}

fn foreign_and_opinion(known: &Answers, number: i64, first_batch: bool) -> Value {
    json!({
        "SV-80-1": false, "SV-80-2": false, "SV-80-3": false, "SV-80-4": false, "SV-80-5": false,
        "SV-82": [], "SV-83": [], "SV-91": if first_batch { "this_batch" } else { "later" },
        "SV-93": person(number, 7), "SV-95": "2018-09-10",
        "SV-96": known.text("SV-07").unwrap_or_default(),
    })
}

/// Sentences for the warnings that may come up.
#[must_use]
pub fn explanations() -> BTreeMap<String, String> {
    [
        ("W201", "2018年3月已拨2.50万元，拟退回或由财政局书面处理"),
        ("W401", "出纳为机关管理人员，随财务移交一并调整"),
        ("W402", "清查时一并界定"),
        ("W501", "一名聘用人员正在补签劳动合同"),
        ("W502", "社会保险由机关代办，正在转移"),
        ("W503", "正在核实退休日期"),
        ("W504", "按方案一次性清理"),
        ("W601", "党员四人，拟成立党支部"),
    ]
    .into_iter()
    .map(|(code, sentence)| (code.to_owned(), sentence.to_owned()))
    .collect()
}

/// The worked example of domain 12.1: 长春市绿园区汽车维修行业协会.
#[must_use]
pub fn worked_example(known: &Answers) -> Answers {
    let mut answers = known.clone();
    add(&mut answers, &base(0));
    add(&mut answers, &institution());
    add(
        &mut answers,
        &json!({
            "SV-10": 86, "SV-11": 4, "SV-12": 90, "SV-31": true,
            "SV-32": [{ "key": "1", "name": "机动车维修备案初审", "category": "review", "source": "delegated", "basis": "业务主管单位委托书",
                "department": "区交通运输局", "opinion": "strip", "opinion_note": "收回由业务主管单位办理" }],
            "SV-34": [
                { "key": "1", "name": "维修行业统计", "department": "区交通运输局", "manner": "purchase", "fee": false, "measures": "季度报送，年度抽查" },
                { "key": "2", "name": "维修技工培训", "department": "区交通运输局", "manner": "handover", "fee": false, "measures": "年度评估" },
            ],
        }),
    );
    add(&mut answers, &example_finance());
    add(&mut answers, &example_people());
    add(&mut answers, &foreign_and_opinion(known, 0, true));
    add(
        &mut answers,
        &json!({
            "SV-70-1": 4, "SV-70-2": 0, "SV-70-3": 0, "SV-71": false, "SV-73": "党员组织关系分散在原单位", "SV-74": "zuzhi",
            "SV-82": [{ "key": "1", "matter": "社会保险代办", "handled_by": "区交通运输局" }],
            "SV-97": ["domicile"],
        }),
    );
    answers
}

fn example_finance() -> Value {
    let hundredth = WAN / 100;
    json!({
        "SV-40": "npo", "SV-41-1": false, "SV-41-2": true, "SV-42": false, "SV-43": false, "SV-44": "organ",
        "SV-45": [
            { "key": "1", "name": "吴某", "duty": "accountant", "organ_staff": true },
            { "key": "2", "name": "陈某", "duty": "cashier", "organ_staff": false },
        ],
        "SV-46": [
            { "key": "1", "year": "2016", "class": "project", "amount": 5 * WAN, "budget_unit": "区交通运输局", "channel": "部门预算" },
            { "key": "2", "year": "2017", "class": "project", "amount": 5 * WAN, "budget_unit": "区交通运输局", "channel": "部门预算" },
            { "key": "3", "year": "2018", "class": "project", "amount": 250 * hundredth, "budget_unit": "区交通运输局", "channel": "部门预算（2018年3月拨付）" },
        ],
        "SV-47-0": 2_895 * hundredth, "SV-47-1": 1_720 * hundredth, "SV-47-2": 0, "SV-47-3": 500 * hundredth,
        "SV-47-4": 0, "SV-47-5": 640 * hundredth, "SV-47-6": 35 * hundredth,
        "SV-48-0": 2_600 * hundredth, "SV-48-1": 1_500 * hundredth,
        "SV-49-0": 3_415 * hundredth, "SV-49-1": 3_185 * hundredth, "SV-49-2": 0, "SV-49-3": 230 * hundredth, "SV-49-4": 0, "SV-49-5": 0,
        "SV-50-0": 320 * hundredth, "SV-50-1": 0, "SV-50-2": 3_095 * hundredth,
        "SV-51": [
            { "key": "1", "name": "计算机4台", "category": "fixed", "quantity": 4, "original": 200 * hundredth, "net": 80 * hundredth, "acquired": "allocated", "ownership": "state", "disposition": "return" },
            { "key": "2", "name": "办公家具和检测设备", "category": "fixed", "quantity": 12, "original": 300 * hundredth, "net": 150 * hundredth, "acquired": "dues", "ownership": "association", "disposition": "keep" },
        ],
        "SV-52": false,
        "SV-53": [{ "key": "1", "base_date": "2018-08-31", "manner": "self", "report_no": "绿交清〔2018〕1号", "surplus": 0, "shortage": 0 }],
        "SV-54": true,
        "SV-55": [{ "key": "1", "location": "区交通运输局办公楼", "room_no": "312", "owner": "区直机关事务管理局", "provision": "free", "area": 3_850, "staff": 4, "intention": "vacate", "vacate_by": "2018-12-26" }],
        "SV-56": "organ", "SV-57": [], "SV-58": [],
    })
}

fn example_people() -> Value {
    json!({
        "SV-60": [
            { "key": "1", "name": "孙某", "organ": "绿园汽修公司总经理", "identity": "member", "post": "president", "is_officer": true, "is_legal_rep": true, "kind": "concurrent", "paid": false },
            { "key": "2", "name": "李某", "organ": "区交通运输局主任科员", "identity": "serving", "post": "secretary", "is_officer": true, "kind": "full", "paid": true },
            { "key": "3", "name": "陈某", "organ": "区运管所", "identity": "institution", "post": "staff", "is_officer": false, "kind": "full", "paid": true, "contract": true },
            { "key": "4", "name": "刘某", "identity": "hired", "post": "staff", "is_officer": false, "kind": "full", "paid": true, "contract": true },
            { "key": "5", "name": "何某", "identity": "hired", "post": "staff", "is_officer": false, "kind": "full", "paid": true, "contract": false },
            { "key": "6", "name": "张某", "organ": "区交通运输局副局长", "identity": "incumbent", "post": "vice_president", "is_officer": true, "kind": "concurrent", "paid": false },
            { "key": "7", "name": "王某", "organ": "原区交通运输局局长", "identity": "retired_cadre", "post": "honorary", "is_officer": false, "kind": "concurrent", "retired_on": "2016-03-15", "paid": false },
            { "key": "8", "name": "赵某", "organ": "原区经济局局长", "birth": "1949-02-11", "identity": "retired_cadre", "post": "adviser", "is_officer": false, "kind": "concurrent", "retired_on": "2013-06-30", "paid": false },
        ],
        "SV-63": 2, "SV-64-1": 4, "SV-64-2": 4, "SV-64-3": 4, "SV-64-4": 4, "SV-64-5": 4, "SV-64-6": 3,
        "SV-65-1": 1, "SV-65-2": 1, "SV-67": false,
    })
}
