//! What cannot be so is told at its field as soon as a section is saved; what was said of a
//! reminder is said of the values that it was about; the office's opinions stand until the
//! survey is sent again.

use axum::http::StatusCode;

use super::survey_from_register_to_confirmation::typed;
use crate::world::{Answer, World};

/// The fields of a section as its page has them, some of them changed.
async fn changed(
    world: &World,
    clerk: &str,
    path: &str,
    changes: &[(&str, &str)],
) -> Vec<(String, String)> {
    let mut fields = typed(&world.get(clerk, path).await);
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

/// Saves a section with some of its fields changed.
pub(super) async fn save(
    world: &World,
    clerk: &str,
    path: &str,
    changes: &[(&str, &str)],
) -> Answer {
    let fields = changed(world, clerk, path, changes).await;
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let saved = world.post(clerk, path, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    saved
}

/// Where an answer leads, without what is told there.
pub(super) fn goes(answer: &Answer) -> String {
    answer.location().split('?').next().unwrap().to_owned()
}

/// What is said of a section on the survey's own page: its note and its state.
fn section(overview: &Answer, title: &str) -> String {
    let rows = overview.texts(".task-list li");
    rows.into_iter().find(|row| row.starts_with(title)).unwrap()
}

#[tokio::test]
async fn what_cannot_be_so_is_told_at_its_field_and_the_section_is_not_filled_in() {
    let world = World::demo().await;
    let id = world.association("花卉协会").await;
    let survey = format!("/associations/{id}/survey");
    let base = format!("{survey}/sections/base");
    let clerk = world.sign_in("nongye").await;
    let wrong = [("SV-02", ""), ("SV-03", ""), ("done", "yes")];
    let saved = save(&world, &clerk, &base, &wrong).await;
    // What was typed is kept, and the page says at once what is wrong in it, at the field.
    assert_eq!(goes(&saved), base);
    let page = world.get(&clerk, &saved.location()).await;
    assert_eq!(page.value("SV-02"), "");
    let told = "没有统一社会信用代码的，请填写登记证号。";
    let at_field = page.texts("#e-SV-03").join("");
    assert!(at_field.contains(told), "{}", page.body);
    assert!(page.body.contains("本部分有1处错误，更正后才算填完"));
    assert!(
        page.texts(".mark-soon")
            .contains(&"有错误，待更正".to_owned())
    );
    // The survey's own page says how many errors stand in which section, first and open.
    let overview = world.get(&clerk, &survey).await;
    let row = section(&overview, "基本信息");
    assert!(
        row.contains("有错误，待更正") && row.contains("错误1处"),
        "{row}"
    );
    assert!(!row.contains("已填完"), "{row}");
    let headings = overview.texts("main h2");
    assert_eq!(headings[0], "错误1处，更正后才能报送", "{headings:?}");
    assert!(overview.body.contains("基本信息1处"));
    assert!(overview.texts(".findings")[0].contains(told));
    assert!(
        overview
            .texts("details .findings")
            .iter()
            .all(|list| !list.contains(told))
    );
    let why = overview.texts(".refused").join(" ");
    assert!(why.contains("还有1处错误或漏填（基本信息1处）"), "{why}");
    // What cannot be so is told of a section that is still being written, too.
    let later = [("done", "no")];
    assert_eq!(goes(&save(&world, &clerk, &base, &later).await), base);
    let row = section(&world.get(&clerk, &survey).await, "基本信息");
    assert!(row.contains("有错误，待更正"), "{row}");
    // Mended, it is filled in.
    let right = [("SV-03", "社证字第0421号"), ("done", "yes")];
    let saved = save(&world, &clerk, &base, &right).await;
    assert_eq!(goes(&saved), survey);
    let overview = world.get(&clerk, &saved.location()).await;
    let row = section(&overview, "基本信息");
    assert!(row.contains("已填完") && !row.contains("错误"), "{row}");
}

#[tokio::test]
async fn what_is_missing_is_told_once_a_section_is_said_to_be_filled_in() {
    let world = World::demo().await;
    let id = world.association("花卉协会").await;
    let survey = format!("/associations/{id}/survey");
    let base = format!("{survey}/sections/base");
    let clerk = world.sign_in("nongye").await;
    let blank = [("SV-18-1", ""), ("done", "no")];
    assert_eq!(goes(&save(&world, &clerk, &base, &blank).await), survey);
    let row = section(&world.get(&clerk, &survey).await, "基本信息");
    assert!(row.contains("填写中"), "{row}");
    let saved = save(&world, &clerk, &base, &[("done", "yes")]).await;
    assert_eq!(goes(&saved), base);
    let page = world.get(&clerk, &base).await;
    assert!(page.texts("#e-SV-18-1").join("").contains("请填写“联系人”"));
    assert!(page.body.contains("本部分有1处漏填"));
    let row = section(&world.get(&clerk, &survey).await, "基本信息");
    assert!(row.contains("有错误，待更正"), "{row}");
}

/// A new edition of the worked example's survey.
async fn reopened(world: &World) -> (i64, String) {
    let id = world.association("汽车维修行业协会").await;
    let survey = format!("/associations/{id}/survey");
    let edition = format!("{survey}/edition");
    let head = world.sign_in("office-lead").await;
    let why = [("reason", "审计发现漏报一名聘用人员")];
    let begun = world.submit(&head, (&survey, &edition), &why).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    (id, survey)
}

/// What was said of a warning, as the database keeps it.
async fn said(world: &World, id: i64, code: &str) -> Option<String> {
    let newest = "select acknowledged ->> $2 from survey where association_id = $1 order by edition desc limit 1";
    let said = sqlx::query_scalar::<_, Option<String>>(newest);
    let said = said.bind(id).bind(code).fetch_one(world.owner()).await;
    said.unwrap()
}

#[tokio::test]
async fn an_explanation_lapses_with_any_value_that_its_rule_reads() {
    let world = World::demo().await;
    let (id, survey) = reopened(&world).await;
    let clerk = world.sign_in("jiaotong").await;
    // Contracts are compared with the register of people, which no other warning on this
    // page is about.
    let of_contracts = "一名聘用人员正在补签劳动合同";
    assert_eq!(
        said(&world, id, "W501").await.as_deref(),
        Some(of_contracts)
    );
    let party = said(&world, id, "W601").await;
    assert!(party.is_some());
    let people = format!("{survey}/sections/personnel");
    let fields = typed(&world.get(&clerk, &people).await);
    let tail = fields
        .iter()
        .find(|(name, _)| name.starts_with("SV-60.") && name.ends_with(".disposition"));
    let (cell, _) = tail.expect("a register of people");
    let saved = save(&world, &clerk, &people, &[(cell, "按规定办理")]).await;
    assert_eq!(goes(&saved), people, "something is to be explained anew");
    let page = world.get(&clerk, &people).await;
    assert!(page.body.contains("保存后在摸底调查首页逐条说明"));
    assert_eq!(said(&world, id, "W501").await, None);
    assert_eq!(said(&world, id, "W601").await, party, "not about people");
    let overview = world.get(&clerk, &survey).await;
    assert!(
        overview
            .body
            .contains("原说明（所依据的填报内容已改变，须重新说明）")
    );
    assert!(overview.body.contains(of_contracts));
    let why = overview.texts(".refused").join(" ");
    assert!(why.contains("条提醒没有说明（人员"), "{why}");
    // Said again, it stands.
    let explanations = format!("{survey}/explanations");
    let anew = [
        ("W501", "补签已完成，待系统登记"),
        ("W502", "社会保险正在转移"),
    ];
    let told = world.submit(&clerk, (&survey, &explanations), &anew).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let overview = world.get(&clerk, &survey).await;
    assert!(!overview.body.contains("原说明（"));
    assert!(overview.body.contains("补签已完成，待系统登记"));
}

#[tokio::test]
async fn the_offices_opinions_stay_until_the_survey_is_sent_again() {
    let world = World::demo().await;
    let id = world.association("花卉协会").await;
    let survey = format!("/associations/{id}/survey");
    let opinion = "资产明细与现场清查不一致，请核对后补充。";
    let clerk = world.sign_in("nongye").await;
    let leader = world.sign_in("nongye-lead").await;
    assert!(world.get(&clerk, &survey).await.body.contains(opinion));
    // Saved, handed over, read by the leader: it was not sent yet.
    save(&world, &clerk, &format!("{survey}/sections/base"), &[]).await;
    let overview = world.get(&clerk, &survey).await;
    assert!(overview.body.contains("填报中，尚未报送"));
    let row = section(&overview, "资产财务");
    assert!(
        row.contains("退回意见1条") && row.contains("有退回意见"),
        "{row}"
    );
    let asked = overview.texts(".remark-list li").join(" ");
    assert!(
        asked.starts_with("资产财务") && asked.contains(opinion),
        "{asked}"
    );
    let passing = format!("{survey}/passing");
    let passed = world.submit(&clerk, (&survey, &passing), &[]).await;
    assert_eq!(passed.status, StatusCode::SEE_OTHER, "{}", passed.body);
    assert!(world.get(&leader, &survey).await.body.contains(opinion));
    let office = world.sign_in("office").await;
    assert!(world.get(&office, &survey).await.body.contains(opinion));
    let submission = format!("{survey}/submission");
    let sent = world.submit(&leader, (&survey, &submission), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    for who in [&clerk, &leader, &office] {
        assert!(!world.get(who, &survey).await.body.contains(opinion));
    }
    // It is answered, also when the survey is taken back.
    let taking = format!("{survey}/taking-back");
    let taken = world.submit(&leader, (&survey, &taking), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    assert!(!world.get(&clerk, &survey).await.body.contains(opinion));
    let finance = format!("{survey}/sections/finance");
    assert!(!world.get(&clerk, &finance).await.body.contains(opinion));
}

#[tokio::test]
async fn a_new_edition_carries_its_sections_as_filled_in() {
    let world = World::demo().await;
    let (_, survey) = reopened(&world).await;
    let clerk = world.sign_in("jiaotong").await;
    let overview = world.get(&clerk, &survey).await;
    let rows = overview.texts(".task-list li");
    assert_eq!(rows.len(), world.scheme().survey.sections.len());
    assert!(rows.iter().all(|row| row.contains("已填完")), "{rows:?}");
    assert!(!overview.body.contains("项不同"), "{}", overview.body);
    assert!(
        overview.texts(".refused").is_empty(),
        "nothing is missing in it"
    );
    let page = world.get(&clerk, &format!("{survey}/difference")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("两版填报内容相同"));
    // Without another edition there is nothing to compare.
    let other = world.association("奶业协会").await;
    let office = world.sign_in("office").await;
    let none = format!("/associations/{other}/survey/difference");
    assert_eq!(
        world.get(&office, &none).await.status,
        StatusCode::NOT_FOUND
    );
}

/// Changes the contact and the name of somebody in the register of people: what they were.
async fn two_changes(world: &World, clerk: &str, survey: &str) -> [String; 2] {
    let base = format!("{survey}/sections/base");
    let contact = world.get(clerk, &base).await.value("SV-18-1");
    save(world, clerk, &base, &[("SV-18-1", "梁晓雯")]).await;
    let people = format!("{survey}/sections/personnel");
    let fields = typed(&world.get(clerk, &people).await);
    let named = fields
        .iter()
        .rfind(|(name, _)| name.starts_with("SV-60.") && name.rsplit('.').next() == Some("name"));
    let (cell, somebody) = named.unwrap();
    save(world, clerk, &people, &[(cell, "钟文秀")]).await;
    [contact, somebody.clone()]
}

#[tokio::test]
async fn a_new_edition_marks_and_shows_what_differs() {
    let world = World::demo().await;
    let (_, survey) = reopened(&world).await;
    let clerk = world.sign_in("jiaotong").await;
    let [before, somebody] = two_changes(&world, &clerk, &survey).await;
    // Marked in the list of sections, at the field, and one by one.
    let row = section(&world.get(&clerk, &survey).await, "基本信息");
    assert!(row.contains("与已确认的第1版有1项不同"), "{row}");
    let at_field = world.get(&clerk, &format!("{survey}/sections/base")).await;
    let noted = at_field.texts("form .notice").join("");
    assert!(
        noted.contains("与已确认的第1版不同") && noted.contains(&before),
        "{noted}"
    );
    let difference = format!("{survey}/difference");
    let page = world.get(&clerk, &difference).await;
    let lines = page.texts("tbody tr");
    let contact = lines.iter().find(|line| line.starts_with("联系人"));
    let contact = contact.expect("the contact differs");
    assert!(
        contact.contains(&before) && contact.contains("梁晓雯"),
        "{contact}"
    );
    let heads = page.texts("thead th");
    assert!(heads.contains(&"第1版".to_owned()) && heads.contains(&"第2版".to_owned()));
    assert!(page.body.contains("钟文秀") && page.body.contains(&somebody));
    // Whoever may read the survey reads it, and of people only that they differ.
    let finance = world.sign_in("caizheng").await;
    let page = world.get(&finance, &difference).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("梁晓雯") && !page.body.contains("钟文秀"));
    assert!(page.body.contains("项个人信息有变更，按权限查看"));
    // The confirmed edition stays readable.
    let old = world
        .get(&finance, &format!("{survey}/answers?edition=1"))
        .await;
    assert_eq!(old.status, StatusCode::OK);
    assert!(old.body.contains("第1版") && !old.body.contains("梁晓雯"));
    let none = world
        .get(&finance, &format!("{survey}/answers?edition=9"))
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
