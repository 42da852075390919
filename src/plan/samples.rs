//! An association with a bit of everything, for the tests of this room.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::scheme::{Answers, Scheme};

use super::draft::rules::derive::{self, Basis};

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap()
}

pub fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

pub fn answers(value: &Value) -> Answers {
    serde_json::from_value(value.clone()).unwrap()
}

/// Two ties, two functions, money of 2018, a computer of the state, a room, and
/// people of the categories A, D, E and F.
pub fn survey() -> Answers {
    answers(&json!({
        "SV-05": "jiaotong", "SV-18-1": "孙某", "SV-92": "周敏",
        "SV-20": [
            { "key": "1", "kind": "supervise", "department": "区交通运输局" },
            { "key": "2", "kind": "liaise", "department": "区工业和信息化局", "basis": "联系函" },
        ],
        "SV-21": false, "SV-23": false, "SV-25": false, "SV-30": "none", "SV-31": false,
        "SV-34": [{ "key": "1", "name": "维修行业统计", "department": "区交通运输局", "manner": "purchase", "measures": "季度报送" }],
        "SV-42": false, "SV-43": false, "SV-44": "organ",
        "SV-46": [{ "key": "1", "year": "2018", "class": "project", "amount": 2_500_000 }],
        "SV-51": [
            { "key": "1", "name": "计算机", "ownership": "state", "disposition": "return" },
            { "key": "2", "name": "展示设备", "ownership": "unclear", "disposition": "pending" },
        ],
        "SV-53": [], "SV-54": true,
        "SV-55": [{ "key": "1", "location": "交通局办公楼", "room_no": "312", "intention": "vacate", "vacate_by": "2018-12-26" }],
        "SV-60": [
            { "key": "1", "name": "孙某", "identity": "member", "post": "president", "kind": "concurrent" },
            { "key": "2", "name": "李某", "identity": "serving", "post": "secretary", "kind": "full" },
            { "key": "3", "name": "张某", "identity": "incumbent", "post": "vice_president", "kind": "concurrent" },
            { "key": "4", "name": "王某", "identity": "retired_cadre", "post": "honorary", "kind": "concurrent", "retired_on": "2016-03-15" },
            { "key": "5", "name": "赵某", "identity": "retired_cadre", "post": "adviser", "kind": "concurrent", "retired_on": "2013-06-30" },
        ],
        "SV-65-1": 0, "SV-70-1": 4, "SV-70-2": 0, "SV-71": false, "SV-82": [], "SV-83": [], "SV-97": ["domicile"],
    }))
}

/// The names of the linked departments.
pub fn linked() -> Vec<String> {
    vec!["区工业和信息化局".to_owned()]
}

/// What the plan says as it is derived on 9 October.
pub fn derived(survey: &Answers) -> Answers {
    derive::content(&Basis {
        scheme: &scheme(),
        survey,
        association: "汽车维修行业协会",
        unit: "区交通运输局",
        linked: &linked(),
        on: day(10, 9),
    })
}

/// The derived plan after a clerk has added what only people know.
pub fn complete() -> Answers {
    let mut content = derived(&survey());
    let more = json!({
        "PL-7-1": "按区级指导目录另行编制",
        "PL-12": [{ "key": "1", "department": "区工业和信息化局", "notice": "通报", "sent_on": "2018-10-09" }],
        "PL-13": [{ "key": "1", "risk": "人员不稳定", "measure": "逐人谈话" }],
        "PL-15-1": true, "PL-15-2": true,
    });
    for (code, value) in more.as_object().unwrap() {
        content.set(code, Some(value.clone()));
    }
    content
}

/// Changes one row of a table.
pub fn with_row(content: &Answers, code: &str, item: &str, more: &Value) -> Answers {
    let mut content = content.clone();
    let rows = content
        .0
        .get_mut(code)
        .and_then(Value::as_array_mut)
        .unwrap();
    let row = rows
        .iter_mut()
        .find(|row| row["item"] == item || item.is_empty())
        .unwrap();
    for (name, value) in more.as_object().unwrap() {
        row[name] = value.clone();
    }
    content
}
