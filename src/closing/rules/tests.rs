//! The table by its rules: the worked example of domain 12.1, and what else a row can say.

use chrono::NaiveDate;
use serde_json::{Value, json};
use sqlx::types::Json;

use super::{Completion, Facts, Said};
use crate::holdings::rules::book::Entry;
use crate::holdings::rules::{Register, State};
use crate::ids::{AssociationId, DepartmentId};
use crate::posts::rules::Holder;
use crate::progress::rules::{Item, ItemState};
use crate::registrations::rules::Kind;
use crate::registry::rules::ExitKind;
use crate::scheme::{Answers, ItemKey, Scheme};

mod registers;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn answers(value: Value) -> Answers {
    serde_json::from_value(value).unwrap()
}

fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

fn row(facts: &Facts) -> Completion {
    Completion::of(facts, &scheme(), day("2018-11-22"))
}

fn text<T: ToString>(said: &Said<T>) -> String {
    match said {
        Said::Is(value) => value.to_string(),
        Said::Instead(words) => words.clone(),
    }
}

fn entry(register: Register, key: &str, facts: Value) -> Entry {
    Entry {
        id: 1,
        association: AssociationId(1),
        register,
        object: key.to_owned(),
        facts: answers(facts),
        state: State::Approved,
        submitted_on: None,
        submitted_by: None,
        decided_on: None,
        decision_document: None,
        decision_note: None,
        return_reason: None,
        version: 1,
    }
}

/// An item that is accepted, with what its facts say of it.
fn item(key: ItemKey, facts: &Value) -> Item {
    let own = facts.get(&key.measure).cloned().unwrap_or(json!({}));
    Item {
        id: 1,
        association: AssociationId(1),
        department: DepartmentId(1),
        track: key.measure.chars().take(2).collect(),
        measure: key.measure,
        object: key.object,
        label: key.label,
        mandatory: true,
        state: ItemState::Accepted,
        deadline: day("2018-12-31"),
        again_on: None,
        note: String::new(),
        facts: Json(answers(own)),
        done_on: Some(day("2018-10-30")),
        reported_on: None,
        reported_by: None,
        resolved_on: Some(day("2018-11-15")),
        resolved_by: None,
        return_reason: None,
        exemption_law: None,
        exemption_article: None,
        exemption_asked_on: None,
        added_later: false,
        due_by: String::new(),
        stood: 0,
        version: 1,
        evidence: 0,
    }
}

fn holder(identity: &str, kind: &str, facts: fn(&mut Holder)) -> Holder {
    let mut holder = Holder {
        identity: identity.to_owned(),
        kind: kind.to_owned(),
        ..Holder::default()
    };
    facts(&mut holder);
    holder
}

/// What the facts of the example's items say.
fn told() -> Value {
    json!({
        "T3-01": { "T3-01-1": "2018-11-03" },
        "T3-03": { "T3-03-3": "2018-10-30" },
        "T4-08": { "T4-08-1": 3, "T4-08-2": 3 },
        "T4-10": { "T4-10-1": 4, "T4-10-2": 4, "T4-10-3": 4, "T4-10-4": 4, "T4-10-5": 4, "T4-10-6": 4 },
        "T4-11": { "T4-11-1": 1 },
        "T5-01": { "T5-01-1": "区委组织部", "T5-01-2": "2018-11-14" },
        "T5-02": { "T5-02-1": "own", "T5-02-2": "绿组〔2018〕7号", "T5-02-3": "2018-11-15" },
    })
}

/// A survey carried out whole, as of 12.1 on 22 November: three items wait.
fn example() -> Facts {
    let text = include_str!("../../scheme/tests/worked_example.json");
    carried_out(serde_json::from_str(text).unwrap())
}

fn carried_out(survey: Answers) -> Facts {
    let keys = scheme().applicable(&survey, day("2018-09-14"));
    let told = told();
    let mut items: Vec<Item> = keys.into_iter().map(|key| item(key, &told)).collect();
    for item in &mut items {
        if item.track == "T6" || matches!(item.measure.as_str(), "T1-02" | "T3-11" | "T3-12") {
            item.state = ItemState::Open;
        }
    }
    Facts {
        id: AssociationId(1),
        sort_key: "qiche".to_owned(),
        name: "长春市绿园区汽车维修行业协会".to_owned(),
        uscc: Some("51220106MJ00001065".to_owned()),
        unit: "区交通运输局".to_owned(),
        exit: None,
        still: false,
        reply: Some(("绿脱钩办〔2018〕3号".to_owned(), day("2018-10-24"))),
        survey: Some(survey),
        items,
        counted: (35, 38),
        entries: vec![
            entry(Register::Asset, "1", json!({ "disposition": "return" })),
            entry(
                Register::Completion,
                "1",
                json!({ "completed_on": "2018-11-06" }),
            ),
        ],
        opened: true,
        holders: vec![
            holder("incumbent", "concurrent", |it| {
                it.resigned_on = Some(day("2018-10-25"));
            }),
            holder("retired_cadre", "concurrent", |it| {
                it.retired_on = Some(day("2016-03-15"));
                it.resigned_on = Some(day("2018-10-26"));
            }),
            holder("retired_cadre", "concurrent", |it| {
                it.retired_on = Some(day("2013-06-30"));
                it.approval_kind = Some("filed".to_owned());
                it.approval_date = Some(day("2018-10-17"));
            }),
            holder("serving", "full", |it| {
                it.choice = Some("leave".to_owned());
                it.placed_on = Some(day("2018-11-12"));
                it.placement_document = Some("绿交干〔2018〕9号".to_owned());
            }),
            holder("institution", "full", |it| {
                it.recovered_on = Some(day("2018-11-09"));
            }),
            holder("member", "concurrent", |_| {}),
        ],
        granted: Vec::new(),
    }
}

/// The items of a measure take this state.
fn put(facts: &mut Facts, measure: &str, state: ItemState) {
    for item in &mut facts.items {
        if item.measure == measure {
            item.state = state;
        }
    }
}

#[test]
fn the_worked_example_reads_as_the_domain_says() {
    let row = row(&example());
    for (column, said, expected) in [
        (
            "批复文号及日期",
            text(&row.reply),
            "绿脱钩办〔2018〕3号，2018-10-24",
        ),
        ("关系解除", text(&row.ties), "2/2"),
        ("代管事业单位处置", text(&row.institutions), "不涉及"),
        ("合署办公分开", text(&row.shared), "不涉及"),
        ("证书换发日期", text(&row.certificate), "未换发"),
        ("行政职能剥离", text(&row.stripped), "1"),
        ("依法保留", text(&row.kept), "不涉及"),
        ("转移", text(&row.handed), "2"),
        (
            "会计制度",
            text(&row.system),
            "民间非营利组织会计制度，2018-11-03起",
        ),
        ("独立账号", text(&row.account), "已开立，2018-10-30"),
        ("拨款取消", text(&row.money), "已取消，2018-10-30"),
        ("清查文号", text(&row.inventory), "绿交清〔2018〕1号"),
        ("国有资产", text(&row.assets), "800000"),
        (
            "国有资产处置",
            text(&row.disposition),
            "收回1项，2018-11-06完成",
        ),
        ("办公用房", text(&row.area), "3850"),
        ("腾退日期", text(&row.vacated), "未腾退"),
        ("应清理/已清理", text(&row.cleared), "4/4"),
        ("去留", text(&row.choice), "0/1"),
        ("劳动合同", text(&row.contracts), "3/3"),
        (
            "社保公积金",
            text(&row.insurance),
            "养老4/4，医疗4/4，公积金4/4",
        ),
        ("编制收回", text(&row.posts_back), "1"),
        (
            "接收单位及日期",
            text(&row.receiver),
            "区委组织部，2018-11-14",
        ),
        (
            "党组织",
            text(&row.party_body),
            "单独组建，绿组〔2018〕7号，2018-11-15",
        ),
        ("外事", text(&row.foreign), "不涉及"),
        ("章程备案日期", text(&row.charter), "未备案"),
        ("五项完成率", text(&row.rate), "92.1%"),
    ] {
        assert_eq!(said, expected, "{column}");
    }
}

#[test]
fn what_the_worked_example_has_open_is_told_with_its_day() {
    let row = row(&example());
    let open: Vec<&str> = row.unfinished.split('；').collect();
    assert_eq!(open.len(), 3, "{open:?}");
    for (said, begins) in open.iter().zip([
        "依法直接登记",
        "占用的行政办公用房清理腾退：",
        "办公场所独立（原则上）",
    ]) {
        assert!(said.starts_with(begins), "{said}");
        assert!(said.ends_with("，2018-12-31"), "{said}");
        assert!(!said.contains("T1-") && !said.contains("T3-"), "{said}");
    }
}

#[test]
fn what_december_brought_is_read_from_the_registers() {
    let mut facts = example();
    for measure in ["T1-02", "T3-11", "T3-12", "T6-01"] {
        put(&mut facts, measure, ItemState::Verified);
    }
    facts.counted = (38, 38);
    facts.granted = vec![
        (Kind::Certificate, day("2018-12-12")),
        (Kind::Charter, day("2018-12-10")),
    ];
    let handed = json!({ "vacated_on": "2018-12-26", "given_up": 3_850 });
    facts.entries.push(entry(Register::Room, "1", handed));
    let row = row(&facts);
    assert_eq!(row.certificate, Said::Is(day("2018-12-12")));
    assert_eq!(row.charter, Said::Is(day("2018-12-10")));
    assert_eq!(row.vacated, Said::Is(day("2018-12-26")));
    assert_eq!(text(&row.rate), "100.0%");
    assert_eq!(row.unfinished, "无");
}

#[test]
fn before_the_plan_is_begun_nothing_is_blank() {
    let mut facts = example();
    facts.items.clear();
    facts.reply = None;
    facts.opened = false;
    facts.holders.clear();
    facts.entries.clear();
    facts.counted = (0, 0);
    let row = row(&facts);
    assert_eq!(text(&row.reply), "未批复");
    for said in [
        text(&row.ties),
        text(&row.certificate),
        text(&row.stripped),
        text(&row.system),
        text(&row.account),
        text(&row.cleared),
        text(&row.contracts),
        text(&row.receiver),
        text(&row.charter),
        text(&row.rate),
        row.unfinished.clone(),
    ] {
        assert_eq!(said, "未启动");
    }
    // What the survey found stands there from the beginning.
    assert_eq!(text(&row.assets), "800000");
    assert_eq!(text(&row.disposition), "待批1项，未完成");
    facts.survey = None;
    let row = Completion::of(&facts, &scheme(), day("2018-11-22"));
    assert_eq!(text(&row.area), "未摸底");
}

#[test]
fn who_left_is_marked_and_has_no_rate() {
    for (kind, said) in [
        (ExitKind::Deregistered, "已注销"),
        (ExitKind::Revoked, "已撤销"),
        (ExitKind::Merged, "已合并"),
    ] {
        let mut facts = example();
        facts.exit = Some(kind);
        put(&mut facts, "T1-02", ItemState::NotApplicable);
        let row = row(&facts);
        assert_eq!(row.name, format!("长春市绿园区汽车维修行业协会（{said}）"));
        assert_eq!(text(&row.certificate), said);
        assert_eq!(text(&row.rate), said);
        assert_eq!(row.unfinished, said);
        // What never was asked for is not ended by that.
        assert_eq!(text(&row.foreign), "不涉及");
        assert_eq!(text(&row.ties), "2/2");
    }
    let mut facts = example();
    facts.still = true;
    assert!(row(&facts).name.ends_with("（暂停办理）"));
}
