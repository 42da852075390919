//! What was published stays as it was said (domain 7.10): the list keeps its text, its figures
//! are of one moment, and what changes since stands beside it and enters by number.

use axum::http::StatusCode;

use super::two_people_on_one_form::sent;
use crate::world::{Answer, World};

const MOVED: &str = "信息服务业协会";
const UNIT: &str = "区工业和信息化局";

/// The row of a name in a table of a page.
fn row(page: &Answer, label: &str, name: &str) -> Option<String> {
    let rows = page.texts(&format!("[aria-label='{label}'] tbody tr"));
    rows.into_iter().find(|row| row.contains(name))
}

/// The dates that a later list is proposed, as its page fills them in (FD-1).
pub(super) async fn proposed(world: &World, head: &str) -> Vec<(&'static str, String)> {
    let page = world.get(head, "/roster/publication").await;
    let dates = [
        "plan_submit_due",
        "plan_approve_due",
        "midterm_due",
        "implement_due",
        "summary_due",
        "evaluation_due",
        "final_report_due",
        "registration_due",
        "batch_final_day",
    ];
    dates.map(|name| (name, page.value(name))).to_vec()
}

/// Opens the edit form of an association and sends it with some fields typed over.
async fn edit(world: &World, cookie: &str, id: i64, typed: &[(&str, &str)]) -> Answer {
    let path = format!("/associations/{id}/edit");
    let page = world.get(cookie, &path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let mut fields = sent(&page, &path);
    fields.retain(|(name, _)| !typed.iter().any(|(known, _)| known == name));
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend(typed);
    world.post(cookie, &path, &fields).await
}

async fn name_of(world: &World, id: i64) -> String {
    sqlx::query_scalar("select name from association where id = $1")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn it_stands_under_the_unit_of_the_published_day() {
    let world = World::demo().await;
    let page = world.get("", "/public/roster").await;
    let line = row(&page, "发布时的名单", MOVED).unwrap();
    assert!(line.contains(UNIT), "{line}");
    assert!(
        line.contains("自2018-11-15起业务主管单位变更为区商务局"),
        "{line}"
    );
    assert!(line.contains("2018年第1号"), "{line}");
    // 序号 is the row's own, whoever is put on or taken off later.
    let rows = page.texts("[aria-label='发布时的名单'] tbody tr td:first-child");
    let numbers: Vec<String> = (1..=rows.len()).map(|number| number.to_string()).collect();
    assert_eq!(rows, numbers);
    // Why it is on the list is for the internal version only.
    assert!(!page.body.contains("入选原因") && !page.body.contains("必报"));
    let office = world.sign_in("office").await;
    let inside = world.get(&office, "/roster").await;
    let line = row(&inside, "发布时的名单", "汽车维修行业协会").unwrap();
    assert!(line.contains("必报：涉及财政拨款"), "{line}");
}

#[tokio::test]
async fn a_renamed_association_is_found_by_its_old_name_and_the_list_does_not_move() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let old = name_of(&world, id).await;
    let new = "长春市绿园区机动车维修与检测行业协会";
    let clerk = world.sign_in("jiaotong").await;
    // A changed name asks what it is.
    let asked = edit(&world, &clerk, id, &[("name", new)]).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        asked.body.contains("请选择是更正登记差错还是变更"),
        "{}",
        asked.body
    );
    let change = [("name", new), ("basis", "change")];
    let asked = edit(&world, &clerk, id, &change).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.body.contains("变更的，请填写文号。"));
    assert!(asked.body.contains("变更的，请填写变更日期。"));
    let change = [
        ("name", new),
        ("basis", "change"),
        ("document", "绿民许准〔2018〕31号"),
        ("changed_on", "2018-11-19"),
    ];
    let done = edit(&world, &clerk, id, &change).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // The register says since when; search finds the former name and says so.
    let shown = world.get(&clerk, &format!("/associations/{id}")).await;
    assert!(shown.body.contains("曾用名"), "{}", shown.body);
    let period = row(&shown, "登记事项的变更", &old).unwrap();
    assert!(period.contains("2018-11-19"), "{period}");
    let words: String = form_urlencoded::byte_serialize("汽车维修行业".as_bytes()).collect();
    let found = world.get(&clerk, &format!("/associations?q={words}")).await;
    let listed = found.texts("tbody tr");
    assert!(
        listed
            .iter()
            .any(|row| row.contains(new) && row.contains(&format!("曾用：{old}"))),
        "{listed:?}"
    );
    // History tells the value before and after.
    let history = world
        .get(&clerk, &format!("/associations/{id}/history"))
        .await;
    assert!(
        history
            .body
            .contains("变更协会名称：自2018-11-19起（绿民许准〔2018〕31号）")
    );
    let told = history.texts("ul.diff li");
    let told = told.iter().find(|line| line.starts_with("协会名称"));
    let told = told.unwrap();
    assert!(told.contains(&old) && told.contains(new), "{told}");
    // The published list stays; the change stands beside it with its day.
    let page = world.get("", "/public/roster").await;
    let line = row(&page, "发布时的名单", &old).unwrap();
    let beside = format!("自2018-11-19起名称变更为{new}");
    assert!(line.contains(&beside), "{line}");
    assert!(row(&page, "现行名单", new).unwrap().contains(&old));
    // It enters the list by a numbered amendment.
    let head = world.sign_in("office-lead").await;
    let (form, path) = ("/roster/amendments/new", "/roster/amendments");
    let typed = [
        ("corrected", id.to_string()),
        ("reason", "协会更名，按登记更正".to_owned()),
    ];
    let typed = typed
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let amended = world.submit(&head, (form, path), &typed).await;
    assert_eq!(amended.status, StatusCode::SEE_OTHER, "{}", amended.body);
    let page = world.get("", "/public/roster").await;
    let line = row(&page, "增补、调整、撤出、更正", new).unwrap();
    assert!(line.contains("更正第3号"), "{line}");
    let line = row(&page, "发布时的名单", &old).unwrap();
    assert!(line.contains("名单文字已更正（第3号"), "{line}");
    let line = row(&page, "现行名单", new).unwrap();
    assert!(!line.contains(&old) && line.contains("更正第3号"), "{line}");
    // What reads as the register does is not put right again.
    let form = world.get(&head, form).await;
    assert!(form.body.contains("名单文字与登记一致") || !form.body.contains(&old));
}

#[tokio::test]
async fn an_error_put_right_begins_no_period() {
    let world = World::demo().await;
    let id = world.association("物流行业协会").await;
    let clerk = world.sign_in("jiaotong").await;
    let fields = [("domicile", "绿园区西安大路5688号"), ("basis", "error")];
    let done = edit(&world, &clerk, id, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let periods = "select count(*) from association_period where field = 'domicile'";
    assert_eq!(world.count(periods).await, 0);
    let history = world
        .get(&clerk, &format!("/associations/{id}/history"))
        .await;
    assert!(history.body.contains("更正登记差错：住所"));
    let told = history.texts("ul.diff li");
    assert!(told.iter().any(|line| line.contains("5688号")), "{told:?}");
}

/// The links of a unit's row: what they say and where they lead.
fn links(page: &Answer, unit: &str) -> Vec<(String, String)> {
    let tree = page.page();
    let select = |text: &str| scraper::Selector::parse(text).unwrap();
    let rows = select("[aria-label='各单位推荐情况'] tbody tr");
    let row = tree
        .select(&rows)
        .find(|row| row.text().collect::<String>().trim().starts_with(unit))
        .unwrap();
    row.select(&select("td.num a"))
        .map(|link| {
            let text: String = link.text().collect();
            let number = text.rsplit(' ').next().unwrap_or_default().to_owned();
            let address = link.value().attr("href").unwrap_or_default().to_owned();
            (number, address)
        })
        .collect()
}

#[tokio::test]
async fn the_figures_of_the_list_are_of_its_cut_off_and_lead_to_their_rows() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/roster").await;
    // One word, one figure: ΣB of the cut-off, the requirement and the recommendation of it.
    let sums: (i64, i64, i64) =
        sqlx::query_as("select sum(base), sum(required), sum(recommended) from roster_cutoff")
            .fetch_one(world.owner())
            .await
            .unwrap();
    let terms = page.texts(".sum-line > span");
    assert!(terms[0].starts_with("名单发布时在管"), "{terms:?}");
    let values: Vec<i64> = page
        .texts(".sum-line b")
        .iter()
        .map(|value| value.parse().unwrap())
        .collect();
    let [base, required, _, recommended, listed, ..] = values[..] else {
        panic!("{values:?}")
    };
    assert_eq!((base, required, recommended), sums);
    let rows = page.texts("[aria-label='发布时的名单'] tbody tr").len();
    assert_eq!(listed, i64::try_from(rows).unwrap());
    assert!(sums.2 >= sums.1, "of one moment: {sums:?}");
    // 工信局 has handed one over since: its base stays 9, what it has today has another word.
    let links = links(&page, "工信局");
    assert_eq!(links[0].0, "9");
    for (number, address) in &links {
        let path = address.split('#').next().unwrap();
        let opened = world.get(&office, path).await;
        let label = match address.as_str() {
            address if address.ends_with("#base") => "[aria-label='名单发布时在管的协会'] tbody tr",
            address if address.ends_with("#published") => "[aria-label='发布时的名单'] tbody tr",
            _ => "table.ledger tbody tr",
        };
        let rows = opened.texts(label).len().to_string();
        assert_eq!(&rows, number, "{address}");
    }
    // 未报 is not 0 (TC-54).
    let rows = page.texts("[aria-label='各单位推荐情况'] tbody tr");
    let late = rows.iter().find(|row| row.starts_with("农业局")).unwrap();
    assert!(late.contains("未报"), "{late}");
    assert!(page.body.contains("另有1个单位未报"));
}

#[tokio::test]
async fn tc_54_nothing_is_published_without_a_word_on_each_unit_that_is_missing() {
    let world = World::demo().await;
    // 工商联 was decided on; 农业局 has not recommended; a unit has neither an association
    // nor a nil report.
    for sql in [
        "update recommendation set state = 'approved' where department_id =
             (select id from department where code = 'gongshanglian')",
        "update roster_entry e set publication_id = null from association a, department d
         where a.id = e.association_id and d.id = a.department_id and d.code = 'gongshanglian'",
        "insert into department (campaign_id, code, name, short_name, kind, civil_service_law, competences, supervises)
         select campaign_id, 'kepu', '区科学技术协会', '科协', 'mass_org', 'by_reference', '{}', true
         from department where code = 'gongshanglian'",
    ] {
        sqlx::query(sql).execute(world.owner()).await.unwrap();
    }
    world.made_anew().await;
    let head = world.sign_in("office-lead").await;
    let path = "/roster/publication";
    let page = world.get(&head, path).await;
    // What is published, and who is missing, stands above the button.
    let rows = page.texts("[aria-label='将发布的名单'] tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(page.body.contains("农业局") && page.body.contains("没有推荐名单，也没有零报告"));
    let title = ("title", "脱钩名单（第二批）");
    let refused = world.submit(&head, (path, path), &[title]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains("该单位未报，例外先行发布的，请写明理由。")
    );
    let missing: Vec<(i64, String)> = sqlx::query_as(
        "select id, 'exception.' || id from department where code in ('nongye', 'kepu') order by id",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let mut typed = vec![title];
    for (_, field) in &missing {
        typed.push((field.as_str(), "该单位机构调整，下月补报"));
    }
    let dates = proposed(&world, &head).await;
    typed.extend(dates.iter().map(|(name, day)| (*name, day.as_str())));
    let first = &missing.first().unwrap().1;
    let one = typed.iter().copied().filter(|(name, _)| name != first);
    let one: Vec<(&str, &str)> = one.collect();
    let one = world.submit(&head, (path, path), &one).await;
    assert_eq!(one.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = world.submit(&head, (path, path), &typed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // The decision names each; their bases are 未报.
    let opinion: String = sqlx::query_scalar(
        "select opinion from act_record where act = 'roster.publish' and subject_kind = 'roster' order by id desc limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    for unit in ["农业局", "科协"] {
        assert!(opinion.contains(&format!("例外：{unit}未报")), "{opinion}");
    }
    let bases = "select count(*) from roster_cutoff c join department d on d.id = c.department_id
                 where d.code in ('nongye', 'kepu') and c.base is null";
    assert_eq!(world.count(bases).await, 2);
}

#[tokio::test]
async fn a_long_list_is_paged_by_key_and_never_cut() {
    let world = World::demo().await;
    let page = world.get("", "/public/roster").await;
    let total = page.texts("[aria-label='发布时的名单'] tbody tr").len();
    // As many more rows as make three pages.
    let more = "insert into roster_line (campaign_id, publication_id, serial, change, association_id, department_id, name,
                    unit, batch)
                select l.campaign_id, l.publication_id, 1000 + n, 'published', l.association_id, l.department_id,
                    '补充协会' || n, l.unit, l.batch
                from (select * from roster_line where publication_id is not null order by id limit 1) l,
                     generate_series(1, 100) n order by n";
    sqlx::query(more).execute(world.owner()).await.unwrap();
    let count = "update roster_publication p set lines = (select count(*) from roster_line l where l.publication_id = p.id)";
    sqlx::query(count).execute(world.owner()).await.unwrap();
    let (mut path, mut found) = (Some("/public/roster".to_owned()), 0);
    while let Some(next) = path.take() {
        let page = world.get("", &next).await;
        assert!(
            page.body
                .contains(&format!("发布时的名单（{}）", total + 100))
        );
        let rows = page.texts("[aria-label='发布时的名单'] tbody tr");
        assert!(rows.len() <= 50);
        found += rows.len();
        let tree = page.page();
        let link = scraper::Selector::parse("a[rel='next'][href*='published=']").unwrap();
        let link = tree.select(&link).next();
        path = link
            .and_then(|link| link.value().attr("href"))
            .map(str::to_owned);
    }
    assert_eq!(found, total + 100);
}

#[tokio::test]
async fn a_department_that_is_renamed_keeps_its_name_on_the_list() {
    let world = World::demo().await;
    let admin = world.sign_in("admin").await;
    let unit: i64 = sqlx::query_scalar("select id from department where code = 'jiaotong'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let path = format!("/departments/{unit}");
    let mut typed = vec![("name", "区交通运输和公路局"), ("short_name", "交通局")];
    let asked = world.submit(&admin, (&path, &path), &typed).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.body.contains("请选择是更正登记差错还是变更"));
    typed.extend([
        ("basis", "change"),
        ("document", "绿编发〔2018〕20号"),
        ("changed_on", "2018-11-18"),
    ]);
    let done = world.submit(&admin, (&path, &path), &typed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let list = world.get(&admin, "/departments").await;
    assert!(list.body.contains("曾用名：区交通运输局"), "{}", list.body);
    let page = world.get("", "/public/roster").await;
    let line = row(&page, "发布时的名单", "汽车维修行业协会").unwrap();
    assert!(line.contains("区交通运输局"), "{line}");
    let beside = "自2018-11-18起单位更名为区交通运输和公路局";
    assert!(line.contains(beside), "{line}");
}
