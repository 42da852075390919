//! 任职清理 through the web: from the confirmed survey to the declared register.

use axum::http::StatusCode;
use tuogou::ids::AssociationId;
use tuogou::posts::rules::{self, Limits};
use tuogou::posts::{acts, store};

use crate::world::{Answer, World};

/// Fields of a person who is no trouble.
const PERSON: [(&str, &str); 7] = [
    ("version", "0"),
    ("name", "测试员甲"),
    ("identity", "incumbent"),
    ("post", "adviser"),
    ("kind", "concurrent"),
    ("organ", "某局副局长"),
    ("birth", "1968-04-09"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = PERSON.to_vec();
    for (name, value) in changes {
        fields.retain(|(key, _)| key != name);
        fields.push((name, value));
    }
    fields
}

/// Does something on a person's page as the page stands.
pub(super) async fn deed(
    world: &World,
    cookie: &str,
    (page, tail): (&str, &str),
    fields: &[(&str, &str)],
) -> Answer {
    let opened = world.get(cookie, page).await;
    // What is written down is an edit, what is asked and answered a decision.
    let (version, seen) = (opened.value("version"), opened.value("seen"));
    let version = if version.is_empty() { seen } else { version };
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    world.post(cookie, &format!("{page}/{tail}"), &all).await
}

/// Opens the register, as the clerk does from its page.
pub(super) async fn open(world: &World, cookie: &str, base: &str) -> Answer {
    let opening = format!("{base}/opening");
    world.submit(cookie, (base, &opening), &[]).await
}

/// What a declaration of the register as it stands would carry, whether its page offers
/// one or not.
pub(super) async fn declared(world: &World, id: i64) -> String {
    let app = world.app.in_force().await.unwrap();
    let limits = Limits::of(&app.scheme.campaign.parameters);
    let (id, db) = (AssociationId(id), &mut world.db().await);
    let register = store::register(db, id).await.unwrap().unwrap();
    let holders = store::holders(db, id).await.unwrap();
    let cleared = register.cleared_on.map(|on| (id, on));
    let day = (&limits, world.app.clock.today());
    let judged = acts::judged(db, &holders, cleared, day).await.unwrap();
    rules::declared(register.version, &judged).text()
}

/// Enters a person; the address of their page.
pub(super) async fn enter(
    world: &World,
    cookie: &str,
    base: &str,
    changes: &[(&str, &str)],
) -> String {
    let sent = world
        .post(cookie, &format!("{base}/new"), &with(changes))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let location = sent.location();
    location.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_register_is_opened_mended_cleared_and_declared() {
    let world = World::demo().await;
    let id: i64 = sqlx::query_scalar(
        "select a.id from association a join survey s on s.association_id = a.id and s.state = 'confirmed'
         join department d on d.id = a.department_id
         where d.code = 'shangwu' and a.exit_kind is null
           and not exists (select from post_register r where r.association_id = a.id) limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let base = format!("/associations/{id}/posts");
    let clerk = world.sign_in("shangwu").await;
    let leader = world.sign_in("shangwu-lead").await;
    let refused = world.post(&leader, &format!("{base}/opening"), &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let opened = open(&world, &clerk, &base).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);

    // Rubbish: every message at once, every value kept.
    let bad = with(&[
        ("name", ""),
        ("birth", "明天"),
        ("retired_on", "2030-01-01"),
        ("id_tail", "12"),
    ]);
    let answer = world.post(&clerk, &format!("{base}/new"), &bad).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in [
        "请填写姓名",
        "日期不能晚于今天",
        "身份证末四位",
        "明天",
        "某局副局长",
    ] {
        assert!(answer.body.contains(told), "{told}");
    }
    let page = enter(&world, &clerk, &base, &[]).await;
    let seen = world.get(&clerk, &page).await;
    assert!(seen.body.contains("PE-1") && seen.body.contains("PE-16"));

    // Red rows remain: the leader is told, and cannot declare past the page.
    let ledger = world.get(&leader, &base).await;
    assert!(ledger.body.contains("有须处理的事项") && !ledger.body.contains("/declaration"));
    let declaration = format!("{base}/declaration");
    let forced = declared(&world, id).await;
    let answer = world
        .post(&leader, &declaration, &[("seen", &forced)])
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let told = answer.texts(".error-summary p").join("");
    assert!(told.contains("仍有须处理的事项") && !told.contains("测试员甲"));

    // A resignation needs its evidence; what was typed stays.
    let half = [("resigned_on", "2018-11-20")];
    let answer = deed(&world, &clerk, (&page, "resignation"), &half).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("请填写辞职书") && answer.body.contains("2018-11-20"));
    let whole = [("resigned_on", "2018-11-20"), ("evidence", "辞职书")];
    let stale = [("version", "0"), whole[0], whole[1]];
    let answer = world
        .post(&clerk, &format!("{page}/resignation"), &stale)
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let answer = deed(&world, &clerk, (&page, "resignation"), &whole).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);

    // Those of the survey go too.
    let others: Vec<i64> = sqlx::query_scalar(
        "select id from post_holder where association_id = $1 and resigned_on is null
         and identity in ('incumbent', 'off_post', 'serving', 'retired_cadre')",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap();
    for other in others {
        let page = format!("{base}/{other}");
        let answer = deed(&world, &clerk, (&page, "resignation"), &whole).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }

    // Nothing is left: the leader declares.
    let left = world.get(&leader, &base).await;
    assert!(
        !left.body.contains("有须处理的事项"),
        "{:?}",
        left.texts("tbody td .mark")
    );
    // Not on an older list: somebody was entered since.
    let older = world.sealed(&leader, &base, &declaration).await;
    let older: Vec<(&str, &str)> = older
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    let hired = [
        ("name", "测试员庚"),
        ("identity", "hired"),
        ("post", "staff"),
    ];
    enter(&world, &clerk, &base, &hired).await;
    let unseen = world.post(&leader, &declaration, &older).await;
    assert_eq!(unseen.status, StatusCode::CONFLICT);
    assert!(unseen.body.contains("已被他人修改"), "{}", unseen.body);
    let answer = world.submit(&leader, (&base, &declaration), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(
        world
            .get(&leader, &base)
            .await
            .body
            .contains("已由业务主管单位负责人报送")
    );
}

#[tokio::test]
async fn tc_25_a_choice_counts_when_it_is_carried_out() {
    let world = World::demo().await;
    let id = world.association("农资流通商会").await;
    let base = format!("/associations/{id}/posts");
    let clerk = world.sign_in("nongye").await;
    let serving = [("identity", "serving"), ("kind", "full"), ("post", "staff")];
    let page = enter(&world, &clerk, &base, &serving).await;
    assert!(
        world
            .get(&clerk, &page)
            .await
            .body
            .contains("本人尚未选择去留")
    );
    assert!(
        world
            .get(&clerk, "/")
            .await
            .body
            .contains("登记本人去留选择")
    );
    let none = deed(
        &world,
        &clerk,
        (&page, "placement"),
        &[("placed_on", "2018-11-20"), ("placement_document", "文1号")],
    )
    .await;
    assert_eq!(none.status, StatusCode::CONFLICT);
    let leave = [("choice", "leave"), ("chosen_on", "2018-11-19")];
    let answer = deed(&world, &clerk, (&page, "choice"), &leave).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(
        world
            .get(&clerk, &page)
            .await
            .body
            .contains("所在机关尚未出具安置文件")
    );
    let early = [("placed_on", "2018-11-18"), ("placement_document", "文1号")];
    let answer = deed(&world, &clerk, (&page, "placement"), &early).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let place = [("placed_on", "2018-11-20"), ("placement_document", "文1号")];
    let answer = deed(&world, &clerk, (&page, "placement"), &place).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(world.get(&clerk, &page).await.body.contains("已离开并安置"));
}

#[tokio::test]
async fn only_the_departments_of_cadres_approve_what_was_asked() {
    let world = World::demo().await;
    let id = world.association("节能环保产业协会").await;
    let base = format!("/associations/{id}/posts");
    let clerk = world.sign_in("gongxin").await;
    let leader = world.sign_in("gongxin-lead").await;
    let organisation = world.sign_in("zuzhi").await;
    let cadre = [("identity", "retired_cadre"), ("retired_on", "2014-05-31")];
    let page = enter(&world, &clerk, &base, &cadre).await;
    assert!(world.get(&clerk, &page).await.body.contains("PE-3"));
    let ask = deed(&world, &clerk, (&page, "request"), &[]).await;
    assert_eq!(ask.status, StatusCode::FORBIDDEN);
    let ask = deed(&world, &leader, (&page, "request"), &[]).await;
    assert_eq!(ask.status, StatusCode::SEE_OTHER, "{}", ask.body);
    let bench = world.get(&organisation, "/").await;
    assert!(bench.body.contains("审批或备案任职") && !bench.body.contains("测试员甲"));

    let paper = [
        ("approval_kind", "filed"),
        ("approval_number", "绿组干备〔2018〕33号"),
        ("approval_date", "2018-11-22"),
    ];
    // 403 where the association is theirs to know of, 404 where it is not (contract.md).
    for (other, status) in [
        ("gongxin", StatusCode::FORBIDDEN),
        ("gongxin-lead", StatusCode::FORBIDDEN),
        ("office-lead", StatusCode::FORBIDDEN),
        ("minzheng", StatusCode::FORBIDDEN),
        ("bianban", StatusCode::FORBIDDEN),
        ("shenji", StatusCode::FORBIDDEN),
        ("shangwu", StatusCode::NOT_FOUND),
        ("xiehui", StatusCode::NOT_FOUND),
    ] {
        let cookie = world.sign_in(other).await;
        let mut form = vec![("version", "1")];
        form.extend(paper);
        let sent = world
            .post(&cookie, &format!("{page}/approval"), &form)
            .await;
        assert_eq!(sent.status, status, "{other}");
    }
    let sent = deed(&world, &organisation, (&page, "approval"), &paper[..1]).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = deed(&world, &organisation, (&page, "approval"), &paper).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert!(
        world
            .get(&clerk, &page)
            .await
            .body
            .contains("绿组干备〔2018〕33号")
    );

    // Within three years a filing is not enough.
    let young = [
        ("name", "测试员乙"),
        ("identity", "retired_cadre"),
        ("retired_on", "2017-05-31"),
    ];
    let page = enter(&world, &clerk, &base, &young).await;
    let sent = deed(&world, &organisation, (&page, "approval"), &paper).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(sent.body.contains("2020-05-31"), "{}", sent.body);
}

#[tokio::test]
async fn each_step_waits_on_the_desk_of_who_must_take_it() {
    let world = World::demo().await;
    let id = world.association("农资流通商会").await;
    let base = format!("/associations/{id}/posts");
    let clerk = world.sign_in("nongye").await;
    let leader = world.sign_in("nongye-lead").await;
    let office = world.sign_in("office").await;
    // A day before the end of the five separations.
    world
        .app
        .clock
        .move_to("2018-11-19T09:00:00".parse().unwrap());
    let serving = [("identity", "serving"), ("kind", "full"), ("post", "staff")];
    enter(&world, &clerk, &base, &serving).await;
    let cadre = [
        ("name", "测试员丁"),
        ("identity", "retired_cadre"),
        ("retired_on", "2014-05-31"),
    ];
    let page = enter(&world, &clerk, &base, &cadre).await;
    let desk = async |cookie: &str| world.get(cookie, "/").await.body;
    let (choose, ask) = ("登记本人去留选择", "报请审批、备案或者辞去");
    assert!(desk(&clerk).await.contains(choose) && !desk(&clerk).await.contains(ask));
    assert!(desk(&leader).await.contains(ask) && !desk(&leader).await.contains(choose));
    let late = "select count(*) from desk where kind = 'post' and note = 'choose' and due_on < '2018-11-22'";
    let asked = deed(&world, &leader, (&page, "request"), &[]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert!(!desk(&leader).await.contains(ask));

    // The end of the five separations is over: the office's clerk presses.
    world
        .app
        .clock
        .move_to("2018-11-22T09:00:00".parse().unwrap());
    let pressed = desk(&office).await;
    assert!(world.count(late).await > 0 && pressed.contains("各方逾期"));
    assert!(!pressed.contains("测试员甲"));
}

#[tokio::test]
async fn the_districts_own_rules_turn_red_from_their_day_on() {
    let world = World::demo().await;
    let id = world.association("农资流通商会").await;
    let base = format!("/associations/{id}/posts");
    let clerk = world.sign_in("nongye").await;
    let officer = [
        ("name", "测试员戊"),
        ("identity", "member"),
        ("post", "president"),
        ("is_officer", "yes"),
        ("post_start", "2013-06-01"),
    ];
    let page = enter(&world, &clerk, &base, &officer).await;
    let change = [
        ("version", "0"),
        ("value", "yes"),
        ("effective_on", "2018-12-01"),
        (
            "reason",
            "《绿园区行业协会商会主要负责人任职管理办法》（绿组发〔2018〕23号）",
        ),
    ];
    let parameter = "/settings/officer_rules_adopted";
    for (other, status) in [
        ("office", StatusCode::FORBIDDEN),
        ("nongye-lead", StatusCode::FORBIDDEN),
        ("zuzhi", StatusCode::FORBIDDEN),
        ("minzheng-lead", StatusCode::FORBIDDEN),
        ("admin", StatusCode::FORBIDDEN),
    ] {
        let cookie = world.sign_in(other).await;
        let sent = world.post(&cookie, parameter, &change).await;
        assert_eq!(sent.status, status, "{other}");
    }
    let head = world.sign_in("office-lead").await;
    let preview = format!("{parameter}/affected?value=yes&effective_on=2018-12-01");
    assert!(world.get(&head, &preview).await.body.contains("测试员戊"));
    let sent = world.post(&head, parameter, &change).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert!(world.get(&head, parameter).await.body.contains("尚未生效"));
    let list = world.get(&head, &format!("{parameter}/affected")).await;
    assert!(list.body.contains("由否改为是，自2018-12-01起执行") && list.body.contains("测试员戊"));

    // To look at on the day before, to put right from the day on.
    let tags = async || -> Vec<String> { world.get(&clerk, &page).await.texts("tbody td .mark") };
    for (at, tag, blocked) in [
        ("2018-11-22T09:00:00", "提醒", false),
        ("2018-11-30T23:59:59", "提醒", false),
        ("2018-12-01T00:00:00", "须处理", true),
    ] {
        world.app.clock.move_to(at.parse().unwrap());
        assert_eq!(tags().await, vec![tag.to_owned()], "{at}");
        let body = world.get(&clerk, &base).await.body;
        let own = format!("{base}/");
        assert!(body.contains(&own), "{at}");
        let overview = world.get(&clerk, "/posts?light=must").await;
        assert_eq!(overview.body.contains("测试员戊"), blocked, "{at}");
    }
}
