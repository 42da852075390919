//! What clerks have sent to their leaders for signature, and what was signed with others.

use scraper::Selector;

use super::{Stage, at};
use crate::world::Answer;

/// A plan that the clerk may send to the leader for signature, and one that lies there.
pub(super) async fn plan(stage: &mut Stage<'_>) {
    let online = stage.world.association("电子商务协会").await;
    stage.finds("shangwu", at(online, "plan"));
    let furniture = stage.world.association("家具商会").await;
    let (plan, approvals) = (at(furniture, "plan"), at(furniture, "plan/approvals"));
    stage.act("shangwu", (&plan, &approvals), &[]).await;
    let passing = at(furniture, "plan/passing");
    stage.act("shangwu", (&plan, &passing), &[]).await;
    stage.finds("shangwu-lead", plan);
}

/// Two items of a checklist that were handed to the leader, of whom one is reported; others
/// could be handed over with them.
pub(super) async fn items(stage: &mut Stage<'_>, association: i64) {
    for reported in [false, true] {
        let item = again(stage, association).await;
        let page = at(association, &format!("progress/{item}"));
        let passing = format!("{page}/passing");
        stage.act("gongxin", (&page, &passing), &[]).await;
        if reported {
            let report = format!("{page}/report");
            // What belongs to other buttons stays empty.
            let typed = [("back", ""), ("law", ""), ("article", "")];
            stage.act("gongxin-lead", (&page, &report), &typed).await;
        }
        stage.finds("gongxin-lead", page);
        // The leader reports what was handed over, with others or alone.
        let together = format!("progress/together?picked={item}");
        if !reported {
            stage.finds("gongxin-lead", at(association, &together));
        }
    }
    // One more that could be handed over with others.
    let item = again(stage, association).await;
    let together = format!("progress/together?picked={item}");
    stage.finds("gongxin", at(association, &together));
}

/// An item that was done, with its papers, and is to be handed over once more.
async fn again(stage: &Stage<'_>, association: i64) -> i64 {
    let sql = "select id from item where association_id = $1 and state = $2 and measure like 'T1%' order by id desc";
    let item = stage.number(sql, association, "verified").await;
    let again = "update item set state = 'in_progress', reported_on = null, reported_by = null, resolved_on = null,
                     resolved_by = null, done_on = '2018-11-12' where id = $1";
    sqlx::query(again)
        .bind(item)
        .execute(stage.world.owner())
        .await
        .unwrap();
    item
}

/// The last box of the page of what waits for a signature by which an acceptance is ticked.
fn last_box(answer: &Answer) -> String {
    let rows = Selector::parse("main tbody tr").unwrap();
    let boxes = Selector::parse("input[name='ticked'][value^='item.accept:']").unwrap();
    let tree = answer.page();
    // Those of one association are wanted as they are by other pages of the sample.
    let others = tree.select(&rows).filter(|row| {
        let mut text = row.text();
        !text.any(|text| text.contains("汽车零部件"))
    });
    let ticked = others.filter_map(|row| row.select(&boxes).next());
    let ticked = ticked.filter_map(|ticked| ticked.attr("value"));
    let ticked = ticked.map(str::to_owned).next_back();
    ticked.unwrap_or_else(|| panic!("nothing can be ticked: {}", answer.body))
}

/// What the office's head signs of all that waits at once: one acceptance, which then has its
/// line on the page of what became of that round. Others still wait.
pub(super) async fn signed(stage: &mut Stage<'_>) {
    let head = "office-lead";
    let cookie = stage.cookie(head).await;
    let answer = stage.world.get(&cookie, "/signing").await;
    let ticked = last_box(&answer);
    let typed = [("ticked", ticked.as_str())];
    let round = stage.act(head, ("/signing", "/signing"), &typed).await;
    stage.finds(head, "/signing");
    stage.finds(head, round);
}
