//! The database fails in every way it can (R5, R10; faults 2 to 18): nobody gets 500,
//! everybody gets 503 with `Retry-After`, and what was typed is there, ready to be
//! sent again under its own once-only key.

mod proxy;

use std::time::Duration;

use axum::http::{StatusCode, header};
use tuogou::web::limits::Limits;

use crate::world::{Answer, World};
use proxy::{Line, Proxy};

const TYPED: &str = "希望在2018年底前完成<脱钩>";

struct Clerk {
    world: World,
    cookie: String,
    path: String,
}

impl Clerk {
    /// A clerk before the last section of a survey.
    async fn of(world: World) -> Self {
        let survey = world.association("农产品加工业协会").await;
        Self {
            cookie: world.sign_in("nongye").await,
            path: format!("/associations/{survey}/survey/sections/opinion"),
            world,
        }
    }

    async fn version(&self) -> String {
        let page = self.world.get(&self.cookie, &self.path).await;
        page.value("version")
    }

    async fn save(&self, key: &str) -> Answer {
        self.save_on(&self.version().await, key).await
    }

    async fn save_on(&self, version: &str, key: &str) -> Answer {
        let fields = [
            ("request_id", key),
            ("version", version),
            ("SV-90", TYPED),
            ("done", "no"),
        ];
        self.world.post(&self.cookie, &self.path, &fields).await
    }

    /// 503 with everything typed, and with the layout.
    fn assert_kept(&self, answer: &Answer, key: &str) {
        assert_eq!(
            answer.status,
            StatusCode::SERVICE_UNAVAILABLE,
            "{}",
            answer.body
        );
        assert!(answer.headers.contains_key(header::RETRY_AFTER));
        assert_eq!(answer.value("SV-90"), TYPED);
        let own_key = format!("name=\"request_id\" value=\"{key}\"");
        assert!(answer.body.contains(&own_key), "{}", answer.body);
        assert!(answer.body.contains(&format!("action=\"{}\"", self.path)));
    }

    async fn saved(&self) -> i64 {
        self.world
            .count("select count(*) from act_record where act = 'survey.save'")
            .await
    }
}

#[tokio::test]
async fn a_database_that_is_away_loses_nothing_and_comes_back() {
    let proxy = Proxy::new();
    let world = World::demo().await;
    proxy.lead_to(&world);
    let world = world
        .reached(|options| proxy.options(options))
        .limited(Limits {
            page_time: Duration::from_secs(4),
            ..Limits::default()
        });
    let clerk = Clerk::of(world).await;
    for (line, key) in [
        (Line::Refused, "away-refused-0001"),
        (Line::Closed, "away-closed-00001"),
        (Line::Frozen, "away-frozen-00001"),
    ] {
        // A page first, so that the pool has connections to lose.
        assert_eq!(
            clerk.world.get(&clerk.cookie, "/").await.status,
            StatusCode::OK
        );
        let version = clerk.version().await;
        proxy.set(line);
        let form = clerk.save_on(&version, key).await;
        clerk.assert_kept(&form, key);
        let page = clerk.world.get(&clerk.cookie, &clerk.path).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{line:?}");
        assert!(page.headers.contains_key(header::RETRY_AFTER), "{line:?}");
        assert!(page.body.contains("<h1>"), "{line:?}: a page of ours");
        let public = clerk.world.get("", "/login").await;
        assert_eq!(public.status, StatusCode::SERVICE_UNAVAILABLE, "{line:?}");
        assert_eq!(clerk.world.get("", "/healthz").await.status, StatusCode::OK);
        let ready = clerk.world.get("", "/readyz").await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE, "{line:?}");
        proxy.set(Line::Open);
        // Connections that were lost are noticed and made anew.
        while clerk.world.get(&clerk.cookie, "/").await.status != StatusCode::OK {}
        let before = clerk.saved().await;
        // What the page has kept goes through as it is.
        let answer = clerk.save_on(&version, key).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{line:?}: {}",
            answer.body
        );
        assert_eq!(clerk.saved().await, before + 1);
    }
}

/// The server gives up every record from now on, `times` times in all.
async fn give_up(world: &World, code: &'static str, times: &'static str) {
    let statements = format!(
        "create sequence given_up;
         grant usage on sequence given_up to tuogou_app;
         create function give_up() returns trigger language plpgsql as $$
         begin
             if nextval('given_up') <= {times} then
                 raise exception 'given up' using errcode = '{code}';
             end if;
             return new;
         end $$;
         create trigger give_up before insert on act_record
             for each row execute function give_up();"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(statements))
        .execute(world.owner())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_full_disk_a_lock_or_a_standby_keeps_what_was_typed() {
    for (code, sentence) in [
        ("53100", "磁盘已满"),
        ("25006", "只读"),
        ("55P03", "没有响应"),
        ("57014", "没有响应"),
        ("53300", "没有响应"),
        ("57P01", "没有响应"),
        ("08006", "没有响应"),
        ("40P01", "多人同时办理"),
        ("40001", "多人同时办理"),
    ] {
        let clerk = Clerk::of(World::demo().await).await;
        give_up(&clerk.world, code, "1000").await;
        let before = clerk.saved().await;
        let key = format!("given-up-{code}");
        let answer = clerk.save(&key).await;
        clerk.assert_kept(&answer, &key);
        assert!(answer.body.contains(sentence), "{code}: {}", answer.body);
        assert_eq!(clerk.saved().await, before);
    }
}

#[tokio::test]
async fn who_was_in_anothers_way_is_served_by_a_second_try() {
    for code in ["40P01", "40001"] {
        let clerk = Clerk::of(World::demo().await).await;
        give_up(&clerk.world, code, "1").await;
        let before = clerk.saved().await;
        let answer = clerk.save("second-try-00001").await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{code}: {}",
            answer.body
        );
        assert_eq!(clerk.saved().await, before + 1, "{code}");
    }
}

#[tokio::test]
async fn pages_can_be_read_in_a_read_only_database() {
    let clerk = Clerk::of(World::demo().await).await;
    // Long enough ago that the session's last use would be noted.
    sqlx::query("update session set seen_at = seen_at - interval '5 minutes'")
        .execute(clerk.world.owner())
        .await
        .unwrap();
    let Clerk {
        world,
        cookie,
        path,
    } = clerk;
    let world = world.reached(|options| options.options([("default_transaction_read_only", "on")]));
    let clerk = Clerk {
        world,
        cookie,
        path,
    };
    for path in ["/", "/associations", clerk.path.as_str()] {
        let answer = clerk.world.get(&clerk.cookie, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    }
    let answer = clerk.save("read-only-0000001").await;
    clerk.assert_kept(&answer, "read-only-0000001");
    assert!(answer.body.contains("只读"));
}
