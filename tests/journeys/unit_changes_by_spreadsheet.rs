//! A register as a spreadsheet names another responsible unit: put right, or handed over with
//! what waits, by whoever may do it on the association's page, and by nobody else.

use axum::http::StatusCode;
use rust_xlsxwriter::Workbook;
use tuogou::progress::counters;

use crate::world::{Answer, World};

use super::spreadsheets_in::{bring, settled};

const REGISTER: &str = "/associations/import";
const CARS: &str = "长春市绿园区汽车维修行业协会";
const LORRIES: &str = "长春市绿园区物流行业协会";
const OLD: &str = "区交通运输局";
const NEW: &str = "区工业和信息化局";
const ONLY: &str = "只有民政局登记经办人和脱钩办负责人可以变更业务主管单位";

/// A register of names and units.
fn sheet(rows: &[(&str, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let head = [("协会名称", "业务主管单位")];
    for (row, (name, unit)) in (0..).zip(head.iter().chain(rows)) {
        sheet.write_string(row, 0, *name).unwrap();
        sheet.write_string(row, 1, *unit).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Uploads a register; its page once it is checked, and where that is.
async fn brought(world: &World, who: &str, rows: &[(&str, &str)]) -> (Answer, String) {
    let (sent, at) = bring(world, who, REGISTER, ("台账.xlsx", &sheet(rows))).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    (settled(world, who, &at).await, at)
}

const ERROR: [(&str, &str); 1] = [("basis.department", "error")];

fn change<'a>(document: &'a str, on: &'a str) -> [(&'static str, &'a str); 3] {
    [
        ("basis.department", "change"),
        ("document.department", document),
        ("changed_on.department", on),
    ]
}

/// Confirms an upload by what is said of the units.
async fn confirmed(world: &World, who: &str, at: &str, said: &[(&str, &str)]) -> Answer {
    let done = world.submit(who, (at, at), said).await;
    settled(world, who, at).await;
    done
}

async fn unit(world: &World, code: &str) -> i64 {
    sqlx::query_scalar("select id from department where code = $1")
        .bind(code)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// Who answers for an association: in the register, by its living primary tie, for its items.
async fn answering(world: &World, id: i64) -> Vec<i64> {
    sqlx::query_scalar(
        "select department_id from association where id = $1
         union all select department_id from tie where association_id = $1 and is_primary and ended_on is null
         union all select distinct department_id from item where association_id = $1",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

/// How many matters of an association lie with a unit.
async fn lying(world: &World, id: i64, unit: i64) -> i64 {
    sqlx::query_scalar("select count(*) from desk where association_id = $1 and department_id = $2")
        .bind(id)
        .bind(unit)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// Unit, first day, whether it has ended: as they follow each other.
async fn periods(world: &World, id: i64) -> Vec<(i64, String, bool)> {
    sqlx::query_as(
        "select department_id, since::text, until is not null from association_unit
         where association_id = $1 order by id",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

/// What was published, and what the cut-off froze, word for word.
async fn published(world: &World) -> String {
    sqlx::query_scalar(
        "select md5(concat(
             (select string_agg(l::text, '|' order by id) from roster_line l),
             (select string_agg(e::text, '|' order by association_id) from roster_entry e),
             (select string_agg(c::text, '|' order by department_id) from roster_cutoff c),
             (select string_agg(b::text, '|' order by id) from roster_base b)))",
    )
    .fetch_one(world.owner())
    .await
    .unwrap()
}

async fn counted(world: &World) {
    let drift = counters::drift(&mut world.db().await, world.scheme()).await;
    let drift = drift.unwrap();
    assert!(drift.is_empty(), "{drift:?}");
    let differences = world.differences().await;
    assert!(differences.is_empty(), "{differences:?}");
}

#[tokio::test]
async fn tc_62_a_sheet_that_names_another_unit_is_asked_once_and_hands_over_what_waits() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let (before, after) = (
        world.sign_in("jiaotong").await,
        world.sign_in("gongxin").await,
    );
    let (old, new) = (
        unit(&world, "jiaotong").await,
        unit(&world, "gongxin").await,
    );
    let id = world.association("汽车维修行业协会").await;
    let other = world.association("物流行业协会").await;
    let (lay, stood) = (lying(&world, id, old).await, published(&world).await);
    assert!(lay > 0, "something waits");
    let rows = [(CARS, NEW), (LORRIES, NEW)];
    let (page, at) = brought(&world, &civil, &rows).await;
    assert_eq!(page.body.matches(&format!("{OLD} → {NEW}")).count(), 2);
    assert!(
        page.body.contains("业务主管单位有改动（2行）"),
        "{}",
        page.body
    );
    assert!(page.body.contains("全部导入（2行）"), "{}", page.body);
    // Nobody says what it is, from a day to come, or by no document: nothing is done.
    for (said, why) in [
        (&[][..], "请选择是更正登记差错还是变更"),
        (
            &change("绿编发〔2018〕15号", "2018-12-30"),
            "变更日期不能晚于今天",
        ),
        (&change("", "2018-11-20"), "请填写文号"),
    ] {
        let refused = confirmed(&world, &civil, &at, said).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        assert!(refused.body.contains(why), "{why}: {}", refused.body);
        assert!(answering(&world, id).await.iter().all(|unit| *unit == old));
    }
    let said = change("绿编发〔2018〕15号", "2018-11-20");
    let done = confirmed(&world, &civil, &at, &said).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = settled(&world, &civil, &at).await;
    assert!(page.body.contains("已导入"), "{}", page.body);

    for id in [id, other] {
        let now = answering(&world, id).await;
        assert!(now.iter().all(|unit| *unit == new), "{now:?}");
        let [(was, _, true), (is, since, false)] = &periods(&world, id).await[..] else {
            panic!("two periods");
        };
        assert_eq!((*was, *is, &**since), (old, new, "2018-11-20"));
    }
    assert_eq!(
        lying(&world, id, old).await,
        0,
        "nothing lies with the old unit"
    );
    assert_eq!(
        lying(&world, id, new).await,
        lay,
        "all of it lies with the new one"
    );
    let path = format!("/associations/{id}");
    let gone = world.get(&before, &path).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let page = world.get(&after, &path).await;
    for told in [
        "历任业务主管单位（2）".to_owned(),
        format!("{NEW}：2018-11-20起（绿编发〔2018〕15号）"),
        "至2018-11-20（登记证书）".to_owned(),
    ] {
        assert!(page.body.contains(&told), "{told}: {}", page.body);
    }
    let history = world.get(&after, &format!("{path}/history")).await;
    let told = "业务主管单位自2018-11-20起变更为区工业和信息化局（绿编发〔2018〕15号）（由《台账.xlsx》第2行导入）";
    assert!(history.body.contains(told), "{}", history.body);
    assert!(history.body.contains("随业务主管单位变更移交"));
    assert_eq!(published(&world).await, stood, "the list and the base stay");
    counted(&world).await;

    // A change that never was is put right: the unit before answers as if it had stayed.
    let (page, at) = brought(&world, &civil, &[(CARS, OLD)]).await;
    assert!(
        page.body.contains(&format!("{NEW} → {OLD}")),
        "{}",
        page.body
    );
    let done = confirmed(&world, &civil, &at, &ERROR).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let [(is, _, false)] = &periods(&world, id).await[..] else {
        panic!("one period");
    };
    assert_eq!(*is, old);
    assert_eq!(lying(&world, id, new).await, 0);
    // It was 联系 before, and sees no more than that.
    let history = format!("{path}/history");
    assert_eq!(world.get(&before, &history).await.status, StatusCode::OK);
    assert_eq!(
        world.get(&after, &history).await.status,
        StatusCode::FORBIDDEN
    );
    counted(&world).await;
}

#[tokio::test]
async fn fz_2_a_wrong_unit_is_put_right_within_its_period() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let (before, after) = (
        world.sign_in("jiaotong").await,
        world.sign_in("gongxin").await,
    );
    let (old, new) = (
        unit(&world, "jiaotong").await,
        unit(&world, "gongxin").await,
    );
    let id = world.association("汽车维修行业协会").await;
    let (lay, stood) = (lying(&world, id, old).await, published(&world).await);
    let (_, at) = brought(&world, &civil, &[(CARS, NEW), (LORRIES, OLD)]).await;
    let done = confirmed(&world, &civil, &at, &ERROR).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let now = answering(&world, id).await;
    assert!(now.iter().all(|unit| *unit == new), "{now:?}");
    assert!(
        periods(&world, id).await.is_empty(),
        "its unit never changed"
    );
    assert_eq!(lying(&world, id, old).await, 0);
    assert_eq!(lying(&world, id, new).await, lay);
    let path = format!("/associations/{id}");
    let gone = world.get(&before, &path).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let page = world.get(&after, &path).await;
    assert!(page.body.contains(&format!("主管 {NEW}")), "{}", page.body);
    assert!(!page.body.contains("历任业务主管单位"), "{}", page.body);
    let history = world.get(&after, &format!("{path}/history")).await;
    let told = "更正登记差错：业务主管单位应为区工业和信息化局，不是区交通运输局（由《台账.xlsx》第2行导入）";
    assert!(history.body.contains(told), "{}", history.body);
    assert!(
        !history.body.contains("更正登记信息"),
        "nothing else was written"
    );
    // The row that says what stands has left no line.
    let other = world.association("物流行业协会").await;
    assert!(
        answering(&world, other)
            .await
            .iter()
            .all(|unit| *unit == old)
    );
    assert_eq!(published(&world).await, stood, "the list and the base stay");
    counted(&world).await;

    // One that has changed hands: its last period is the other unit's, the one before stays.
    let id = world.association("信息服务业协会").await;
    let [first, (_, since, false)] = &periods(&world, id).await[..] else {
        panic!("two periods");
    };
    let (name, mass) = ("长春市绿园区信息服务业协会", "区工商业联合会");
    let (_, at) = brought(&world, &civil, &[(name, mass)]).await;
    let early = change("绿编发〔2018〕9号", "2018-11-01");
    let refused = confirmed(&world, &civil, &at, &early).await;
    let why = format!(
        "{name}（由《台账.xlsx》第2行导入）：现在的业务主管单位自{since}起负责，变更日期不能早于这一天"
    );
    assert!(refused.body.contains(&why), "{}", refused.body);
    let page = world.get(&civil, &format!("/associations/{id}")).await;
    assert!(!page.body.contains("参照执行"), "{}", page.body);
    let done = confirmed(&world, &civil, &at, &ERROR).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let own = unit(&world, "gongshanglian").await;
    let wanted = [first.clone(), (own, since.clone(), false)];
    assert_eq!(periods(&world, id).await, wanted);
    // The scheme applies to that unit's by reference (SC-2).
    let page = world.get(&civil, &format!("/associations/{id}")).await;
    assert!(page.body.contains("参照执行"), "{}", page.body);
    counted(&world).await;
}

#[tokio::test]
async fn tc_62_who_may_not_change_a_unit_on_its_page_may_not_by_a_sheet() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let old = unit(&world, "jiaotong").await;
    // The office's clerk brings registers, and may alter what else they say.
    let clerk = world.sign_in("office").await;
    let (page, _) = brought(&world, &clerk, &[(CARS, NEW), (LORRIES, OLD)]).await;
    for told in [
        format!("B2“{NEW}”：台账中的业务主管单位是{OLD}"),
        ONLY.to_owned(),
    ] {
        assert!(page.body.contains(&told), "{told}: {}", page.body);
    }
    assert!(!page.body.contains("全部导入（"), "{}", page.body);
    // A unit brings its own only.
    let own = world.sign_in("jiaotong").await;
    let (page, _) = brought(&world, &own, &[(CARS, NEW)]).await;
    assert!(
        page.body.contains("不是本单位主管的协会，请删去本行"),
        "{}",
        page.body
    );
    // The office's head may; so may who is civil affairs' clerk too, but not as the office's.
    let head = world.sign_in("office-lead").await;
    let (page, _) = brought(&world, &head, &[(CARS, NEW)]).await;
    assert!(page.body.contains("全部导入（1行）"), "{}", page.body);
    also_civil(&world, "office").await;
    let (page, at) = brought(&world, &clerk, &[(CARS, NEW), (LORRIES, NEW)]).await;
    assert!(page.body.contains("全部导入（2行）"), "{}", page.body);
    let refused = confirmed(&world, &clerk, &at, &ERROR).await;
    let why = format!("没有导入：{CARS}（由《台账.xlsx》第2行导入）：{ONLY}");
    assert!(refused.body.contains(&why), "{}", refused.body);
    // What was shown to civil affairs' clerk is read again under lock by what they may now.
    let civil = world.sign_in("minzheng").await;
    let (page, at) = brought(&world, &civil, &[(LORRIES, NEW), (CARS, NEW)]).await;
    assert!(page.body.contains("全部导入（2行）"), "{}", page.body);
    sqlx::query(
        "update capacity set role = 'office_clerk'
         where account_id = (select id from account where username = 'minzheng')",
    )
    .execute(world.owner())
    .await
    .unwrap();
    let refused = confirmed(&world, &civil, &at, &ERROR).await;
    assert!(refused.status.is_client_error(), "{}", refused.body);
    let page = settled(&world, &civil, &at).await;
    assert!(page.body.contains(ONLY), "{}", page.body);
    assert!(!page.body.contains("全部导入（"), "{}", page.body);
    assert!(answering(&world, id).await.iter().all(|unit| *unit == old));
    assert!(periods(&world, id).await.is_empty());
    counted(&world).await;
}

/// A clerk who is civil affairs' clerk besides.
async fn also_civil(world: &World, username: &str) {
    sqlx::query(
        "insert into capacity (campaign_id, account_id, department_id, role)
         select c.campaign_id, c.account_id, c.department_id, 'civil_reg'
         from capacity c join account a on a.id = c.account_id and a.username = $1",
    )
    .bind(username)
    .execute(world.owner())
    .await
    .unwrap();
}
