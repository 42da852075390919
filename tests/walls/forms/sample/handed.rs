//! What clerks have sent to their leaders for signature.

use super::{Stage, at};

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
    let sql = "select id from item where association_id = $1 and state = $2 and measure like 'T1%' order by id desc";
    for reported in [false, true] {
        let item = stage.number(sql, association, "verified").await;
        let again = "update item set state = 'in_progress', reported_on = null, reported_by = null, resolved_on = null,
                         resolved_by = null, done_on = '2018-11-12' where id = $1";
        sqlx::query(again)
            .bind(item)
            .execute(stage.world.owner())
            .await
            .unwrap();
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
    }
    for who in ["gongxin", "gongxin-lead"] {
        stage.finds(who, at(association, "progress"));
    }
}
