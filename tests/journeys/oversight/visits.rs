//! A round of visits: what is drawn can be drawn again, what is decided is what was shown,
//! corrections come back as problems (SU-1 to SU-4).

use axum::http::StatusCode;
use tuogou::oversight::rules::sampling::ordered;

use super::{At, done, made, refused};
use crate::world::World;

const ROUND: [(&str, &str); 6] = [
    ("round_title", "第二轮督导"),
    ("round_from", "2018-11-23"),
    ("round_to", "2018-11-30"),
    ("round_team", "脱钩办、民政局、发改局"),
    ("round_count", "3"),
    ("round_seed", "20181123"),
];

#[tokio::test]
async fn a_round_is_drawn_decided_and_visited_and_its_corrections_become_problems() {
    let world = World::demo().await;
    let clerk = world.sign_in("office").await;
    let page = "/dockets/new/visit_round";
    let round = At {
        world: &world,
        id: made(&world.submit(&clerk, (page, page), &ROUND).await),
    };
    done(&round.go("office", "sending", &[]).await);
    let list: serde_json::Value =
        sqlx::query_scalar("select figures from docket_signed where docket_id = $1")
            .bind(round.id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    let rows = list[0]["rows"].as_array().unwrap().clone();
    // All red ones, and of the others the first three by their digests.
    let red: Vec<i64> = sqlx::query_scalar(
        "select distinct p.association_id from association_progress p
         join figure_standing s on s.association_id = p.association_id and s.listed
         join association a on a.id = p.association_id and a.exited_on is null
         where p.next_deadline < '2018-11-22'
           and not exists (select from suspension z where z.association_id = p.association_id and z.until_on is null)
         order by 1",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let rest: Vec<i64> = sqlx::query_scalar(
        "select s.association_id from figure_standing s join association a on a.id = s.association_id
         where s.listed and a.exited_on is null and s.association_id <> all($1) order by 1",
    )
    .bind(&red)
    .fetch_all(world.owner())
    .await
    .unwrap();
    let drawn: Vec<i64> = ordered("20181123", &rest)
        .into_iter()
        .take(3)
        .map(|(_, id)| id)
        .collect();
    let should: Vec<i64> = red.iter().copied().chain(drawn).collect();
    let number = |row: &serde_json::Value| row[0].as_str().unwrap().parse::<i64>().unwrap();
    assert_eq!(rows.iter().map(number).collect::<Vec<_>>(), should);

    // The clerk who wrote it does not decide it; what is decided is what was shown.
    assert!(!round.offers("office", "acceptance").await);
    done(&round.go("office-lead", "acceptance", &[]).await);
    let opened: Vec<i64> =
        sqlx::query_scalar("select association_id from docket where parent_id = $1 order by id")
            .bind(round.id)
            .fetch_all(world.owner())
            .await
            .unwrap();
    assert_eq!(opened, should);

    let visit =
        sqlx::query_scalar("select id from docket where parent_id = $1 order by id limit 1")
            .bind(round.id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    let visit = At {
        world: &world,
        id: visit,
    };
    // Nobody but those who visit and decide reads it before it is signed.
    let unit: String = sqlx::query_scalar(
        "select u.code from docket d join department u on u.id = d.department_id where d.id = $1",
    )
    .bind(visit.id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let own = world.sign_in(&unit).await;
    assert_eq!(
        world.get(&own, &visit.page()).await.status,
        StatusCode::NOT_FOUND
    );
    let told = [
        ("visit_reason", "late"),
        ("visit_on", "2018-11-22"),
        ("visit_team", "脱钩办、民政局、发改局"),
        ("visit_t3", "台账与实物不一致。"),
        ("visit_originals.1.item", "批复原件"),
        ("visit_originals.1.true", "yes"),
        ("visit_corrections.1.what", "补登投影仪1台"),
        ("visit_corrections.1.owner", unit.as_str()),
        ("visit_corrections.1.due", "2018-12-07"),
    ];
    done(&visit.write("office", &told).await);
    let photo = photographed(&world, &visit).await;
    assert_eq!(world.get(&own, &photo).await.status, StatusCode::NOT_FOUND);
    done(&visit.go("office", "sending", &[]).await);
    done(&visit.go("office-lead", "acceptance", &[]).await);
    let problem =
        sqlx::query_scalar("select id from docket where parent_id = $1 and process = 'problem'")
            .bind(visit.id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    let problem = At {
        world: &world,
        id: problem,
    };
    assert_eq!(problem.state().await, "handling");
    done(
        &problem
            .go(&unit, "finish", &[("problem_result", "已补登。")])
            .await,
    );
    // Closed by the office, which found it.
    done(
        &problem
            .go("office", "closing", &[("problem_closing", "已核对。")])
            .await,
    );
    assert_eq!(world.get(&own, &visit.page()).await.status, StatusCode::OK);
    let head = world.sign_in("office-lead").await;
    let covered = world.get(&head, "/visits").await;
    assert!(covered.body.contains("督导覆盖"), "{}", covered.body);
}

#[tokio::test]
async fn a_round_that_ends_before_it_begins_and_a_visit_to_come_are_refused() {
    let world = World::demo().await;
    let clerk = world.sign_in("office").await;
    let page = "/dockets/new/visit_round";
    let mut told = ROUND;
    told[2] = ("round_to", "2018-11-20");
    let round = At {
        world: &world,
        id: made(&world.submit(&clerk, (page, page), &told).await),
    };
    let early = round.go("office", "sending", &[]).await;
    refused(&early, StatusCode::CONFLICT, "不能早于2018-11-23");
    // A visit to one association, by name; an unknown one is told at its field.
    let page = "/dockets/new/visit";
    let mut told = vec![("association", "没有这个协会"), ("visit_reason", "other")];
    let unknown = world.submit(&clerk, (page, page), &told).await;
    refused(
        &unknown,
        StatusCode::UNPROCESSABLE_ENTITY,
        "没有查到这个协会",
    );
    told[0].1 = "长春市绿园区餐饮业商会";
    made(&world.submit(&clerk, (page, page), &told).await);
}

/// A photograph is handed in and stands on the visit's page; its address.
async fn photographed(world: &World, visit: &At<'_>) -> String {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::new(30, 20);
    picture
        .write_to(&mut file, image::ImageFormat::Png)
        .unwrap();
    let office = world.sign_in("office").await;
    let page = visit.page();
    let to = format!("{page}/files");
    let sent = world
        .hand_in(&office, (&page, &to), ("现场.png", file.get_ref()))
        .await;
    done(&sent);
    let shown = world.get(&office, &page).await;
    let found = shown.page();
    let links = scraper::Selector::parse("ul.files a").unwrap();
    let link = found.select(&links).next().unwrap();
    let href = link.value().attr("href").unwrap().to_owned();
    let file = world.get(&office, &href).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.headers.get("content-type").unwrap(), "image/png");
    // What is no picture is not taken for one.
    let sent = world
        .hand_in(
            &office,
            (&page, &to),
            ("现场.png", b"\x89PNG\r\n\x1a\nrubbish"),
        )
        .await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    href
}
