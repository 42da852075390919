//! Parameters changed on record, and colleagues who act for their leaders.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::comments::acts::{self as comments, At};
use crate::ids::AssociationId;
use crate::scheme::parameters;
use crate::settings::acts::{self, Wanted, delegations};
use crate::settings::rules::delegations::Days;
use crate::web::Program;

use super::DemoError;
use super::cast::Cast;
use super::story::{SEEN, went};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap_or_default()
}

async fn change(
    (app, cast): (&Program, &Cast),
    (name, value): (&'static str, Value),
    (on, effective_on): ((u32, u32), NaiveDate),
    reason: &str,
) -> Result<(), DemoError> {
    let who = cast.on("office-lead", on)?;
    let Some(parameter) = parameters::named(name) else {
        return Err(DemoError::Refused(format!("no parameter {name}")));
    };
    let wanted = Wanted {
        parameter,
        values: vec![(name, value)],
        effective_on,
        reason: reason.to_owned(),
    };
    let write = app.write(&who).await?;
    went("parameter", acts::change(write, SEEN, &wanted).await)
}

/// What the office changed before the plans came in.
pub async fn early(app: &Program, cast: &Cast) -> Result<(), DemoError> {
    change(
        (app, cast),
        ("publicity_days", json!(7)),
        ((9, 28), day(10, 8)),
        "国庆假期前后公示时间较短，公示期延长（绿脱钩办〔2018〕6号）",
    )
    .await?;
    let first = Days {
        from: day(10, 8),
        to: day(10, 12),
    };
    delegate(
        (app, cast),
        ("jiaotong-lead", "jiaotong", (10, 8)),
        first,
        "交运函〔2018〕41号",
    )
    .await
}

/// PD-1 sets another age limit from December on (TC-51); a leader is away
/// (TC-63); people talk on the worked example's record.
pub async fn late(app: &Program, cast: &Cast, example: AssociationId) -> Result<(), DemoError> {
    talk(app, cast, example).await?;
    change(
        (app, cast),
        ("age_limit", json!(65)),
        ((11, 19), day(12, 1)),
        "《绿园区行业协会商会负责人任职管理办法》（绿组发〔2018〕22号）",
    )
    .await?;
    let days = Days {
        from: day(11, 19),
        to: day(11, 30),
    };
    delegate(
        (app, cast),
        ("wenguang-lead", "wenguang", (11, 16)),
        days,
        "文广新函〔2018〕16号",
    )
    .await
}

async fn delegate(
    (app, cast): (&Program, &Cast),
    (leader, colleague, on): (&str, &str, (u32, u32)),
    days: Days,
    document: &str,
) -> Result<(), DemoError> {
    let delegate = cast.on(colleague, on)?.actor.account;
    let who = cast.on(leader, on)?;
    let wanted = delegations::Wanted {
        delegate,
        days,
        document: document.to_owned(),
    };
    let write = app.write(&who).await?;
    went("delegation", delegations::delegate(write, &wanted).await)
}

/// Comments: read, unread, and one withdrawn.
async fn talk(app: &Program, cast: &Cast, example: AssociationId) -> Result<(), DemoError> {
    let (unit, rooms) = (cast.department("jiaotong")?, cast.department("jiguan")?);
    let office = cast.department("minzheng")?;
    let said = [
        (
            "office",
            (11, 12),
            "办公用房腾退期限为2018年12月31日，请说明腾退安排。",
            vec![unit],
        ),
        (
            "jiaotong",
            (11, 13),
            "拟于12月20日前腾退完毕，协会新址已签订租赁意向。腾退交接时间请机关事务管理局商定。",
            vec![rooms],
        ),
        ("jiaotong", (11, 14), "此条发错协会。", Vec::new()),
        (
            "xiehui",
            (11, 15),
            "协会已确定新址为春城大街，搬迁后即申请变更住所登记，请指导所需材料。",
            vec![office],
        ),
    ];
    let mut numbers = Vec::new();
    for (username, on, body, asked) in &said {
        let who = cast.on(username, *on)?;
        let write = app.write(&who).await?;
        let written = comments::write(write, example, body, asked).await;
        let comment = went("comment", written)?;
        numbers.push(comment);
        if *username == "jiaotong" && *on == (11, 14) {
            let at = At {
                association: example,
                comment,
            };
            let write = app.write(&who).await?;
            went("withdraw", comments::withdraw(write, at).await)?;
        }
    }
    let who = cast.on("jiaotong", (11, 13))?;
    let first = numbers.first().copied().unwrap_or_default();
    let at = At {
        association: example,
        comment: first,
    };
    let write = app.write(&who).await?;
    went("acknowledge", comments::acknowledge(write, at).await)
}
