//! What of a person changed, for the case file: only readers of persons see the values,
//! and the chain has keyed hashes of them.

use chrono::NaiveDate;
use serde_json::Value;

use crate::audit::Say;
use crate::scheme::persons::PEOPLE;
use crate::scheme::survey::Privacy;

use crate::posts::rules::Holder;

type Field = (String, Value);

/// Every field that changed is told, as one of a person.
#[must_use]
pub fn changed(say: Say, before: Option<&Holder>, after: &Holder) -> Say {
    let nobody = Holder::default();
    let was = fields(before.unwrap_or(&nobody), after.number);
    let is = fields(after, after.number);
    was.into_iter()
        .zip(is)
        .fold(say, |say, ((field, before), (_, after))| {
            say.changed_for(Privacy::Personal, &field, before, after)
        })
}

fn day(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Null, |day| day.to_string().into())
}

fn text(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        text.into()
    }
}

fn some(value: Option<&String>) -> Value {
    value.map_or(Value::Null, |value| text(value))
}

fn fields(holder: &Holder, number: i32) -> Vec<Field> {
    let mut fields = asked(holder, number);
    fields.extend(own(holder));
    fields
}

/// What the survey asks too: its columns say what they are called.
fn asked(holder: &Holder, number: i32) -> Vec<Field> {
    let named: [(&str, Value); 15] = [
        ("name", text(&holder.name)),
        ("sex", some(holder.sex.as_ref())),
        ("birth", day(holder.birth)),
        ("id_tail", some(holder.id_tail.as_ref())),
        ("organ", text(&holder.organ)),
        ("rank", text(&holder.rank)),
        ("identity", text(&holder.identity)),
        ("post", text(&holder.post)),
        ("is_officer", holder.is_officer.into()),
        ("is_legal_rep", holder.is_legal_rep.into()),
        ("kind", text(&holder.kind)),
        ("post_start", day(holder.post_start)),
        ("term_no", holder.term_no.into()),
        ("paid", holder.paid.into()),
        ("retired_on", day(holder.retired_on)),
    ];
    let told = named.into_iter();
    told.map(|(column, value)| (format!("{PEOPLE}#{number}.{column}"), value))
        .collect()
}

/// What only the register has.
fn own(holder: &Holder) -> Vec<Field> {
    let yuan = |cents: i64| format!("{}.{:02}元", cents / 100, cents % 100);
    let pay = holder
        .pay_cents
        .map_or(Value::Null, |cents| yuan(cents).into());
    let relevant = holder.relevant.map_or(Value::Null, Value::from);
    let named: [(&str, Value); 26] = [
        ("是否牵头筹备", holder.is_founder.into()),
        ("已任届数", holder.terms_served.into()),
        ("年报酬", pay),
        ("其他社会组织任职数", holder.other_posts.into()),
        ("其他任职情况", text(&holder.other_posts_note)),
        ("与原工作业务或特长是否相关", relevant),
        ("由机关推荐或安排", holder.recommended.into()),
        ("登记或备案仍列其名", holder.still_filed.into()),
        ("备注", text(&holder.notes)),
        ("辞去时限", day(holder.resign_by)),
        ("辞去日期", day(holder.resigned_on)),
        ("辞去依据", text(&holder.evidence)),
        ("去留选择", choice(holder)),
        ("选择日期", day(holder.chosen_on)),
        ("脱离公务员身份日期", day(holder.civil_status_ended_on)),
        ("劳动合同签订日期", day(holder.contract_on)),
        ("安置日期", day(holder.placed_on)),
        ("安置文件", some(holder.placement_document.as_ref())),
        ("收回编制日期", day(holder.recovered_on)),
        ("收回编制文件", some(holder.recovery_document.as_ref())),
        ("养老保险确认日期", day(holder.insured_on)),
        ("养老保险确认文件", some(holder.insurance_document.as_ref())),
        ("审批或备案机关", some(holder.approval_authority.as_ref())),
        ("审批或备案文号", some(holder.approval_number.as_ref())),
        ("审批或备案日期", day(holder.approval_date)),
        ("审批或备案有效期至", day(holder.approval_until)),
    ];
    let told = named.into_iter();
    told.map(|(label, value)| (label.to_owned(), value))
        .collect()
}

fn choice(holder: &Holder) -> Value {
    match holder.choice.as_deref() {
        Some("stay") => "留任".into(),
        Some("leave") => "离任".into(),
        _ => Value::Null,
    }
}
