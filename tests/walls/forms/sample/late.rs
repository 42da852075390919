//! The campaign of Lüyuan District, room by room.

use axum::http::StatusCode;

use super::{Stage, at, dockets, handed};

/// All of it; the orders rest on the newcomers.
pub async fn tell(stage: &mut Stage<'_>) {
    talk(stage).await;
    list(stage).await;
    requests(stage).await;
    surveys(stage).await;
    corrections(stage).await;
    plans(stage).await;
    items(stage).await;
    holdings(stage).await;
    entered(stage).await;
    posts(stage).await;
    activities(stage).await;
    newcomers(stage).await;
    orders(stage).await;
    dockets::problems(stage).await;
    handed::signed(stage).await;
    uploads(stage).await;
}

/// Spreadsheets: one that may be confirmed, one that asks.
async fn uploads(stage: &mut Stage<'_>) {
    let new = "协会名称,业务主管单位\n长春市绿园区花艺行业协会,区商务局\n";
    let asks = "协会名称,业务主管单位\n长春市绿园区园林行业协会,区绿化局\n";
    for (name, text) in [("待确认.csv", new), ("待答复.csv", asks)] {
        let page = "/associations/import";
        let cookie = stage.cookie("minzheng").await;
        let file = (name, text.as_bytes());
        let sent = stage.world.hand_in(&cookie, (page, page), file).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let at = sent.location();
        stage.finds("minzheng", at.split('?').next().unwrap_or_default());
    }
}

/// A comment of today, an objection, a tie that appears late, and a notice to its organ.
async fn talk(stage: &mut Stage<'_>) {
    let repair = stage.world.association("汽车维修行业协会").await;
    let comments = at(repair, "comments");
    stage.fill("office", &comments, &[]).await;
    stage.finds("office", comments);
    stage.fill("office", "/roster/objections", &[]).await;
    stage.finds("office", "/roster/objections");
    stage.fill("office", "/phrases", &[]).await;
    stage.finds("office", "/phrases");
    // The others have been ended.
    let trade = stage.department("shangwu").await.to_string();
    let tie = [
        ("department", trade.as_str()),
        ("kind", "liaise"),
        ("basis", "会议纪要"),
        ("started_on", "2018-11-21"),
    ];
    stage.fill("jiaotong", &at(repair, "ties/new"), &tie).await;
    let notices = at(repair, "notices");
    stage.fill("jiaotong", &notices, &[]).await;
    stage.finds("shangwu", notices);
}

/// A unit that was late comes to its recommendation; another one, to which an
/// association was handed, is decided on and waits for the next list.
async fn list(stage: &mut Stage<'_>) {
    let (nongye, jiaoyu) = (
        stage.department("nongye").await,
        stage.department("jiaoyu").await,
    );
    let products = stage.world.association("农产品加工业协会").await;
    let exit = at(products, "exit");
    stage.fill("nongye", &exit, &[]).await;
    let proposal = at(products, "exit/proposal");
    stage.act("nongye-lead", (&exit, &proposal), &[]).await;
    let decision = at(products, "exit/decision");
    stage.act("minzheng", (&exit, &decision), &[]).await;

    let dairy = stage.world.association("奶业协会").await;
    let (survey, confirmation) = (at(dairy, "survey"), at(dairy, "survey/confirmation"));
    stage
        .act("office-lead", (&survey, &confirmation), &[])
        .await;

    // What is still with the office goes to a unit whose list is published.
    let flowers = stage.world.association("花卉协会").await;
    let section = at(flowers, "survey/sections/institution");
    stage.fill("nongye", &section, &[("done", "yes")]).await;
    let (survey, submission) = (at(flowers, "survey"), at(flowers, "survey/submission"));
    stage.act("nongye-lead", (&survey, &submission), &[]).await;
    let unit = stage.department("wenguang").await.to_string();
    stage
        .fill("office-lead", &at(flowers, "unit"), &[("unit", &unit)])
        .await;
    stage.finds("wenguang-lead", survey.clone());
    stage.finds("office-lead", survey);
    stage.finds("office-lead", at(flowers, "survey/return"));

    let livestock = stage.world.association("畜牧业协会").await;
    let unit = jiaoyu.to_string();
    stage
        .fill("office-lead", &at(livestock, "unit"), &[("unit", &unit)])
        .await;
    for (clerk, leader, unit) in [
        ("nongye", "nongye-lead", nongye),
        ("jiaoyu", "jiaoyu-lead", jiaoyu),
    ] {
        let page = format!("/roster/{unit}");
        stage.fill(clerk, &page, &[]).await;
        let submission = format!("{page}/submission");
        stage.act(leader, (&page, &submission), &[]).await;
    }
    stage.finds("nongye-lead", format!("/roster/{nongye}"));
    stage.finds("office-lead", format!("/roster/{nongye}"));
    let page = format!("/roster/{jiaoyu}");
    let approval = format!("{page}/approval");
    stage.act("office-lead", (&page, &approval), &[]).await;
    stage.finds("office-lead", "/roster/publication");
    corrected(stage, &page).await;
}

/// Whose list was decided on could ask for its correction, and another unit does.
async fn corrected(stage: &mut Stage<'_>, page: &str) {
    stage.finds("jiaoyu-lead", page);
    let unit = stage.department("gongshanglian").await;
    let sql = "update recommendation set state = 'approved' where department_id = $1";
    let decided = sqlx::query(sql).bind(unit);
    decided.execute(stage.world.owner()).await.unwrap();
    let page = format!("/roster/{unit}");
    let asking = format!("{page}/correction");
    stage.act("gongshanglian-lead", (&page, &asking), &[]).await;
    stage.finds("office", page);
}

/// An exit and a request to be listed that are written, and a request that is proposed.
async fn requests(stage: &mut Stage<'_>) {
    let energy = stage.world.association("节能环保产业协会").await;
    stage.fill("gongxin", &at(energy, "exit"), &[]).await;
    stage.finds("gongxin-lead", at(energy, "exit"));
    let (listing, files) = (at(energy, "listing"), at(energy, "listing/files"));
    stage.fill("gongxin", &listing, &[]).await;
    stage.act("gongxin", (&listing, &files), &[]).await;
    stage.finds("gongxin", listing.clone());
    stage.finds("gongxin-lead", listing);
    let internet = stage.world.association("上网服务业协会").await;
    let (listing, proposal) = (at(internet, "listing"), at(internet, "listing/proposal"));
    stage.fill("wenguang", &listing, &[]).await;
    stage.act("wenguang-lead", (&listing, &proposal), &[]).await;
    stage.finds("office-lead", listing);
}

/// A survey is opened once more; what it warns of is explained again. Another one is then
/// with its leader.
async fn surveys(stage: &mut Stage<'_>) {
    let repair = stage.world.association("汽车维修行业协会").await;
    let survey = again(stage, repair, "jiaotong").await;
    stage.finds("jiaotong", survey.clone());
    stage.finds("jiaotong-lead", survey);
    let keeping = stage.world.association("家政服务业协会").await;
    let survey = again(stage, keeping, "shangwu").await;
    let passing = at(keeping, "survey/passing");
    stage.act("shangwu", (&survey, &passing), &[]).await;
    stage.finds("shangwu-lead", survey);
}

/// A survey and an item whose correction is asked for.
async fn corrections(stage: &mut Stage<'_>) {
    let drivers = stage.world.association("机动车驾驶员培训协会").await;
    let survey = at(drivers, "survey");
    let sql = "select max(id) from survey where association_id = $1 and state = $2";
    let case = stage.number(sql, drivers, "confirmed").await;
    let asking = at(drivers, &format!("corrections/survey/{case}"));
    stage.act("jiaotong-lead", (&survey, &asking), &[]).await;
    let parts = stage.world.association("汽车零部件行业协会").await;
    let sql = "select id from item where association_id = $1 and state = $2 order by id desc";
    let item = stage.number(sql, parts, "verified").await;
    let page = at(parts, &format!("progress/{item}"));
    let correction = format!("{page}/correction");
    stage.act("gongxin-lead", (&page, &correction), &[]).await;
    for found in [survey, page, "/corrections".to_owned()] {
        stage.finds("office", found);
    }
}

/// A new edition in which nothing is missing.
async fn again(stage: &mut Stage<'_>, association: i64, clerk: &str) -> String {
    let (survey, edition) = (at(association, "survey"), at(association, "survey/edition"));
    stage.act("office-lead", (&survey, &edition), &[]).await;
    let scheme = stage.world.scheme().clone();
    for section in &scheme.survey.sections {
        let page = at(association, &format!("survey/sections/{}", section.code));
        stage.fill(clerk, &page, &[("done", "yes")]).await;
        stage.finds(clerk, page);
    }
    let explanations = at(association, "survey/explanations");
    if stage.offers(clerk, (&survey, &explanations)).await {
        stage.act(clerk, (&survey, &explanations), &[]).await;
    }
    survey
}

/// A plan to write, one to check, one that is approved with two conditions.
async fn plans(stage: &mut Stage<'_>) {
    // What rests is taken up again by the office's head.
    let resting = stage.world.association("餐饮业商会").await;
    stage.finds("office-lead", at(resting, "plan"));
    let plastics = stage.world.association("塑料制品行业协会").await;
    stage.finds("gongxin", at(plastics, "plan"));
    let rail = stage.world.association("轨道客车配套商会").await;
    let sql = "select id from prior_approval where association_id = $1 and state = $2";
    let approval = stage.number(sql, rail, "requested").await;
    let answer = at(rail, &format!("plan/approvals/{approval}"));
    stage.fill("zuzhi", &answer, &[]).await;
    stage.finds("office", at(rail, "plan"));
    stage.finds("gongxin-lead", at(rail, "plan"));
    returned(stage).await;
    handed::plan(stage).await;
    let parts = stage.world.association("汽车零部件行业协会").await;
    let (page, change) = (
        at(parts, "plan/changes?part=PL-5"),
        at(parts, "plan/changes"),
    );
    stage.reviews("gongxin-lead", (&page, &change)).await;

    let logistics = stage.world.association("物流行业协会").await;
    let (reply, sent) = (at(logistics, "plan/reply/new"), at(logistics, "plan/reply"));
    let conditions = [("conditions", "补齐会员大会决议。\n报送新章程草案。")];
    stage.act("office-lead", (&reply, &sent), &conditions).await;
    stage.finds("jiaotong-lead", at(logistics, "plan"));
    let sql = "select id from plan_condition where association_id = $1 and state = $2 order by id";
    let reported = stage.number(sql, logistics, "open").await;
    let condition = at(logistics, &format!("plan/conditions/{reported}"));
    stage.fill("jiaotong-lead", &condition, &[]).await;
    stage.finds("office", condition.clone());
    stage.finds("jiaotong-lead", condition);
    let open = stage.number(sql, logistics, "open").await;
    let condition = at(logistics, &format!("plan/conditions/{open}"));
    stage.finds("jiaotong-lead", condition);
}

/// A plan that was sent back because an approval was refused, which is to be asked for anew.
async fn returned(stage: &mut Stage<'_>) {
    let interiors = stage.world.association("装饰装修行业协会").await;
    let sql = "select id from prior_approval where association_id = $1 and state = $2 order by id";
    let refused = stage.number(sql, interiors, "requested").await;
    let answer = at(interiors, &format!("plan/approvals/{refused}"));
    let verdict = [("verdict", "refuse"), ("conditions", "")];
    stage.fill("zuzhi", &answer, &verdict).await;
    stage.finds("zhujian", at(interiors, "plan"));
}

/// Items to report, to accept, to be kept by law; evidence that is there and that was
/// taken away.
async fn items(stage: &mut Stage<'_>) {
    let machines = stage.world.association("装备制造业协会").await;
    for (measure, taken_away) in [("T5-01", false), ("T5-02", true)] {
        let item = stage.item(machines, measure).await;
        let page = at(machines, &format!("progress/{item}"));
        stage.fill("gongxin", &page, &[]).await;
        let evidence = format!("{page}/evidence");
        stage.act("gongxin", (&page, &evidence), &[]).await;
        if taken_away {
            let sql = "select id from evidence where item_id = $1 and $2 <> '' order by id desc";
            let number = stage.number(sql, item, measure).await;
            let removal = format!("{evidence}/{number}/removal");
            stage.act("gongxin", (&page, &removal), &[]).await;
        }
        stage.finds("gongxin", page.clone());
        stage.finds("gongxin-lead", page);
    }
    handed::items(stage, machines).await;
    stage.finds("office", at(machines, "history"));
    let parts = stage.world.association("汽车零部件行业协会").await;
    let sql = "select id from item where association_id = $1 and state = $2 order by id";
    let verified = stage.number(sql, parts, "verified").await;
    stage.finds("office-lead", at(parts, &format!("progress/{verified}")));
    // A suspended association's is not asked for: 餐饮业商会.
    let builders = stage.world.association("建筑业协会").await;
    let item = stage.item(builders, "T3-12").await;
    stage.finds("zhujian-lead", at(builders, &format!("progress/{item}")));
    let repair = stage.world.association("汽车维修行业协会").await;
    let item = stage.item(repair, "T3-12").await;
    let page = at(repair, &format!("progress/{item}"));
    let exemption = format!("{page}/exemption");
    stage.act("jiaotong-lead", (&page, &exemption), &[]).await;
    stage.finds("office-lead", page);
}

/// Rows of the registers that are written, and that are handed in.
async fn holdings(stage: &mut Stage<'_>) {
    let machines = stage.world.association("装备制造业协会").await;
    let row = at(machines, "assets/asset/1");
    stage.fill("gongxin", &row, &[]).await;
    stage.finds("gongxin-lead", at(machines, "assets"));
    let catering = stage.world.association("餐饮业商会").await;
    let row = at(catering, "assets/asset/1");
    stage.fill("shangwu", &row, &[]).await;
    let assets = at(catering, "assets");
    stage.fill("shangwu-lead", &assets, &[]).await;
    stage.finds("caizheng", row);
    let repair = stage.world.association("汽车维修行业协会").await;
    for (row, decides) in [
        ("room/1", "jiguan"),
        ("delay/1", "jiguan"),
        ("appropriation/1", "caizheng"),
    ] {
        let page = at(repair, &format!("assets/{row}"));
        stage.fill("jiaotong", &page, &[]).await;
        stage.finds(decides, page);
    }
    let assets = at(repair, "assets");
    stage.fill("jiaotong-lead", &assets, &[]).await;
}

/// What civil affairs received and decided on, and what the auditor found.
async fn entered(stage: &mut Stage<'_>) {
    let repair = stage.world.association("汽车维修行业协会").await;
    let register = at(repair, "registrations");
    for kind in ["charter", "certificate", "business"] {
        let new = at(repair, &format!("registrations/new/{kind}"));
        stage.finds("minzheng", new.clone());
        let entry = stage.fill("minzheng", &new, &[]).await;
        stage.finds("minzheng", entry.clone());
        if kind == "charter" {
            let result = format!("{entry}/result");
            stage.act("minzheng", (&entry, &result), &[]).await;
        }
        stage.finds("minzheng", format!("{entry}/correction"));
    }
    stage.finds("minzheng", register);
    let machines = stage.world.association("装备制造业协会").await;
    let new = at(machines, "findings/new");
    let finding = stage.fill("shenji", &new, &[]).await;
    stage.finds("shenji", new);
    stage.finds("shenji", format!("{finding}/correction"));
    stage.finds("shenji", finding);
    stage.finds("shenji", at(machines, "findings"));
}

/// Somebody of an institution's staff, somebody employed who goes, and a register that is
/// declared to be in order.
async fn posts(stage: &mut Stage<'_>) {
    let info = stage.world.association("信息服务业协会").await;
    let new = at(info, "posts/new");
    let institution = [
        ("identity", "institution"),
        ("post", "staff"),
        ("kind", "full"),
    ];
    let person = stage.fill("shangwu", &new, &institution).await;
    stage.finds("shangwu", person);
    let serving = [
        ("identity", "serving"),
        ("post", "secretary"),
        ("kind", "full"),
    ];
    let person = stage.fill("shangwu", &new, &serving).await;
    let choice = format!("{person}/choice");
    stage
        .act("shangwu", (&person, &choice), &[("choice", "leave")])
        .await;
    stage.finds("shangwu", person);
    let beauty = stage.world.association("美容美发业协会").await;
    let (page, opening) = (at(beauty, "posts"), at(beauty, "posts/opening"));
    stage.act("shangwu", (&page, &opening), &[]).await;
    let declaration = at(beauty, "posts/declaration");
    stage.act("shangwu-lead", (&page, &declaration), &[]).await;
    stage.finds("office", page);
}

/// An activity on which the office decides, and one that its unit allowed.
async fn activities(stage: &mut Stage<'_>) {
    let machines = stage.world.association("装备制造业协会").await;
    let new = at(machines, "activities/new");
    for (kind, needs_office, waits_for) in [
        ("investment", "yes", "office-lead"),
        ("event", "no", "gongxin"),
    ] {
        let page = stage.fill("gongxin", &new, &[("kind", kind)]).await;
        let approval = format!("{page}/approval");
        let typed = [("needs_office", needs_office)];
        stage.act("gongxin-lead", (&page, &approval), &typed).await;
        stage.finds(waits_for, page);
    }
}

/// A 督办单 that is signed, beside one that is not; what one could be drafted of; reminders
/// for all.
async fn orders(stage: &mut Stage<'_>) {
    let shangwu = stage.department("shangwu").await;
    let page = format!("/reminders/orders/new?department={shangwu}");
    let draft = stage.act("office", (&page, "/reminders/orders"), &[]).await;
    let signature = format!("{draft}/signature");
    stage.act("office-lead", (&draft, &signature), &[]).await;
    stage.finds("shangwu-lead", draft);
    let sql = "select id from supervision_order where id > $1 and state = $2 order by id";
    let unsigned = stage.number(sql, 0, "draft").await;
    stage.finds("office-lead", format!("/reminders/orders/{unsigned}"));
    let tiyu = stage.department("tiyu").await;
    let preview = format!("/reminders/preview?all=yes&unit={tiyu}");
    stage.act("office", (&preview, "/reminders"), &[]).await;
    stage.finds("office", format!("/reminders/orders/new?department={tiyu}"));
    stage.finds("office", "/reminders/preview?all=yes");
}

/// A new unit, which has no associations and has not said so.
async fn newcomers(stage: &mut Stage<'_>) {
    let unit = [
        ("name", "区体育局"),
        ("short_name", "体育局"),
        ("code", "tiyu"),
    ];
    stage.fill("admin", "/departments/new", &unit).await;
    let unit = stage.department("tiyu").await;
    stage.hire("tiyu-lead", unit, "unit_leader").await;
    stage.finds("tiyu-lead", "/nil-reports");
    stage.finds("admin", format!("/departments/{unit}"));
    stage.finds("tiyu-lead", "/");
}
