//! Implementation begins: the plan's step, and with it the checklist that the
//! confirmed survey calls for (domain 7.1) and the register of posts.

use crate::access::{Act, Seen};
use crate::audit::Say;
use crate::database::{Done, Write};
use crate::ids::AssociationId;
use crate::plan::acts::begin_step;
use crate::plan::approvals::{rules as approvals, store as asked};
use crate::plan::rules::Refusal;
use crate::posts;
use crate::progress::acts::items::items;
use crate::progress::acts::{registers, windows};
use crate::progress::rules::deadlines::Steps;
use crate::progress::store::{self, counters};
use crate::survey::store as surveys;

use super::{finding, registering};

/// Begins to carry out an approved plan and makes the checklist with its counters.
pub async fn begin(mut write: Write, association: AssociationId, seen: Seen) -> Done<Refusal> {
    let confirmed = surveys::confirmed(&mut write, association).await?;
    let edition = confirmed.map_or(1, |survey| survey.edition);
    let (step, begun) = begin_step(&mut write, association, &seen).await?;
    let scheme = write.scheme()?;
    let found = asked::lock(&mut write, begun.plan).await?;
    let exceptions = approvals::exceptions(&scheme, &begun.content, &found, begun.on);
    let exceptions = registers::with_delays(&mut write, association, &scheme, exceptions).await?;
    let end = windows::end_on(&mut write, &scheme, begun.written_on).await?;
    let of = (association, begun.written_on);
    let stood = windows::stood_of(&mut write, &scheme, of).await?;
    let steps = Steps::of_plan(&begun.content).ending(end).standing(stood);
    let items = items(&scheme, &begun.survey, (&steps, &exceptions), begun.on);
    let unit = (association, begun.unit);
    let made = store::make(&mut write, unit, &items).await?.len();
    counters::begin(&mut write, association, &scheme).await?;
    counters::recount(&mut write, unit).await?;
    let people = (&begun.survey, edition);
    posts::acts::fill(&mut write, association, people, begun.on).await?;
    registering::follow_all(&mut write, association, Act::PlanBegin).await?;
    finding::arise(&mut write, unit).await?;
    let say = Say::new(format!("启动实施，生成五分离清单{made}项"));
    let told = write.apply(step, say).await?;
    write.finish(told).await
}
