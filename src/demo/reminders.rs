//! Reminders and 督办单 as the office sent them: 教育局 has no work group, 农业局 is
//! late with its survey, and two units were reminded yesterday.

use crate::access::Scope;
use crate::timeline::acts::orders;
use crate::timeline::acts::reminders::{self as acts, Wanted};
use crate::timeline::rules::reminders::{DEFAULT_TEXT, merge};
use crate::timeline::store::Situation;
use crate::timeline::store::orders::Draft;
use crate::web::Program;

use super::DemoError;
use super::carrying::Day;
use super::cast::Cast;
use super::story::{SEEN, went};

/// Tells it all.
pub async fn tell(app: &Program, cast: &Cast) -> Result<(), DemoError> {
    remind(app, cast, ("office", (9, 18)), &["jiaoyu", "nongye"]).await?;
    let lead = app.write(&cast.on("jiaoyu-lead", (9, 20))?).await?;
    let first = newest(app, cast, "jiaoyu").await?;
    went("sign for it", acts::acknowledge(lead, first).await)?;

    let jiaoyu = Draft {
        department: cast.department("jiaoyu")?.0,
        demand: "请你单位立即成立脱钩改革工作组，明确联络员，补报时间安排和风险预案。".to_owned(),
        due: cast.day((11, 20))?,
    };
    let clerk = app.write(&cast.on("office", (11, 13))?).await?;
    let order = went("draft", orders::draft(clerk, SEEN, &jiaoyu).await)?;
    let head = app.write(&cast.on("office-lead", (11, 14))?).await?;
    went("sign", orders::sign(head, order, SEEN).await)?;
    let lead = app.write(&cast.on("jiaoyu-lead", (11, 15))?).await?;
    went("receive", orders::acknowledge(lead, order, SEEN).await)?;
    let lead = app.write(&cast.on("jiaoyu-lead", (11, 20))?).await?;
    let answer = "我局无主管的行业协会，原认为不需成立工作组；现已确定分管领导和联络员，正在办理发文，11月23日前报送。";
    went("answer", orders::answer(lead, order, SEEN, answer).await)?;

    remind(app, cast, ("office-2", (11, 21)), &["nongye", "shangwu"]).await?;
    let nongye = Draft {
        department: cast.department("nongye")?.0,
        demand:
            "请你单位明确责任人，逐项补报摸底调查和风险预案；确有困难的，说明原因和下一步安排。"
                .to_owned(),
        due: cast.day((11, 28))?,
    };
    let clerk = app.write(&cast.on("office", (11, 22))?).await?;
    went("draft", orders::draft(clerk, SEEN, &nongye).await)?;
    Ok(())
}

/// Reminds units of all that is late or nearly so with them on a day.
async fn remind(
    app: &Program,
    cast: &Cast,
    (username, day): (&str, Day),
    units: &[&str],
) -> Result<(), DemoError> {
    let who = cast.on(username, day)?;
    let at = (Scope::of(&who.actor), who.today());
    let scheme = app.in_force().await?.scheme;
    let now = Situation::read(&mut app.database.read().await?, &scheme, at).await?;
    let mut wanted = Vec::new();
    for unit in units {
        let unit = cast.department(unit)?.0;
        let own = now.matters.iter().filter(|matter| matter.holder == unit);
        wanted.extend(merge(own).into_iter().map(|(department, matters)| Wanted {
            department,
            body: DEFAULT_TEXT.to_owned(),
            matters: matters.iter().map(|matter| matter.key.clone()).collect(),
        }));
    }
    let sent = acts::send(app.write(&who).await?, SEEN, &wanted);
    went("remind", sent.await)
}

/// The newest notice to a unit.
async fn newest(app: &Program, cast: &Cast, unit: &str) -> Result<i64, DemoError> {
    let department = cast.department(unit)?.0;
    let db = &mut app.database.read().await?;
    let notices = crate::timeline::store::reminders::newest(db).await?;
    let found = notices.iter().find(|each| each.department == department);
    found
        .map(|notice| notice.id)
        .ok_or_else(|| DemoError::Refused("no notice".to_owned()))
}
