//! Plans: the office's head replies, the unit's leader begins.

use crate::access::{Act, Case as _};
use crate::clock::stamp;
use crate::database::{Db, Explain as _};
use crate::desk::store::reading::Lying;
use crate::plan::store::{self, Plan};
use crate::signing::rules::Check;

use super::{Read, Reader, Source, matter, of_kind};

pub(super) async fn of(
    db: &mut Db,
    reader: Reader<'_>,
    rows: &[Lying],
) -> Result<Vec<Read>, sqlx::Error> {
    let (rows, ids) = of_kind(rows, Plan::KIND);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let plans = store::of_ids(db, &ids).await?;
    let read = rows.into_iter().filter_map(|(row, act)| {
        let plan = plans.iter().find(|plan| plan.id == row.case)?;
        let mut matter = matter(reader, (row, act), plan.version);
        matter.covers = covers(plan, act);
        matter.checks = checks(plan, act);
        let source = Source::Plan(Box::new(plan.clone()));
        Some(Read { matter, source })
    });
    Ok(read.collect())
}

fn covers(plan: &Plan, act: Act) -> Vec<String> {
    if act == Act::PlanBegin {
        let number = plan.reply_number.as_deref().unwrap_or_default();
        let conditions = plan.conditions.len();
        return vec![
            format!("按批复{number}启动实施，生成五分离清单和任职清理台账"),
            format!("批复条件{conditions}条"),
        ];
    }
    let number = plan.request_number.as_deref().unwrap_or_default();
    let mut lines = vec![format!(
        "同意实施方案（第{}次报送，{number}），批复文本编号签发，不另加条件",
        plan.round
    )];
    if let (Some(who), Some(at)) = (&plan.submitted_name, plan.submitted_at) {
        lines.push(format!("{who}于{}报送", stamp(at)));
    }
    lines
}

fn checks(plan: &Plan, act: Act) -> Vec<Check> {
    let mut checks = Vec::new();
    if let Some(why) = plan.stands_still(act) {
        checks.push(Check::error(why.explain()));
    }
    if plan.outdated {
        checks.push(Check::warning("方案报送后摸底调查又确认了新的一版"));
    }
    if !plan.unnotified.is_empty() {
        let names = plan.unnotified.join("、");
        checks.push(Check::warning(format!("尚未向{names}发出通报")));
    }
    checks
}
