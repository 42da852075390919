//! Every page as the roles that see it.

use crate::world::World;

use super::person::{Person, Site};

/// Who looks at which pages; `{example}` is the worked example, `{draft}` a
/// survey under way, `{sent}` one that waits for the office.
pub const TOUR: &[(&str, &[&str])] = &[
    (
        "admin",
        &[
            "/",
            "/accounts",
            "/accounts/new",
            "/accounts/2",
            "/departments",
            "/departments/new",
            "/audit",
            "/password",
        ],
    ),
    (
        "office",
        &[
            "/",
            "/associations",
            "/associations/{sent}/survey",
            "/associations/{sent}/survey/return",
            "/associations/{reading}/plan",
            "/phrases",
            "/dashboard",
            "/audit",
        ],
    ),
    (
        "office-lead",
        &[
            "/signing",
            "/",
            "/associations/{sent}/scope",
            "/associations/{sent}/survey",
            "/settings",
            "/settings/age_limit",
            "/settings/age_limit/affected",
            "/settings/officer_rules_adopted/affected?value=yes&effective_on=2018-12-01",
            "/settings/days_off",
            "/settings/implement_due",
            "/settings/versions/1",
            "/delegations",
            "/delegations/new",
            "/statistics",
            "/exits",
            "/corrections",
            "/roster",
            "/roster/preview",
            "/roster/amendments/new",
            "/roster/objections",
            "/associations?status=exited",
            "/associations/{exited}",
            "/associations/{exited}/exit",
            "/associations/{exited}/progress",
            "/associations/{revised}/progress/revision",
            "/associations/{revised}/survey",
            "/associations/{revised}/survey/difference",
            "/associations/{changing}/plan",
            "/associations/{changing}/plan/change-rejection",
            "/associations/{example}/plan/suspension",
            "/associations/{example}/plan/voiding",
        ],
    ),
    (
        "minzheng-lead",
        &[
            "/",
            "/dashboard",
            "/associations/{example}",
            "/nothing-there",
        ],
    ),
    (
        "caizheng",
        &[
            "/",
            "/dashboard",
            "/associations/{example}/survey/answers",
            "/associations/{example}/functions",
            "/associations/{example}/assets",
            "/associations/{example}/assets/asset/1",
            "/assets",
            "/assets/room-all",
            "/associations/{example}/assets/appropriation/3",
        ],
    ),
    (
        "gongxin",
        &[
            "/",
            "/dashboard",
            "/dashboard/tracks",
            "/statistics",
            "/associations/{example}/notices",
        ],
    ),
    (
        "minzheng",
        &[
            "/",
            "/exits",
            "/associations/{leaving}/exit",
            "/associations/{new}",
            "/associations/{new}/founding",
            "/associations/{example}/unit",
            "/associations/{example}/registrations",
            "/associations/{example}/registrations/new/charter",
        ],
    ),
    ("shangwu", &["/associations/{sent_to}/exit", "/roster"]),
    (
        "nongye",
        &[
            "/",
            "/associations/new",
            "/associations/{draft}",
            "/associations/{draft}/edit",
            "/associations/{draft}/ties/new",
            "/associations/{draft}/scope/proposal",
            "/associations/{draft}/survey",
            "/associations/{draft}/survey/sections/base",
            "/associations/{draft}/survey/sections/institution",
            "/associations/{draft}/survey/sections/function",
            "/associations/{draft}/survey/sections/finance",
            "/associations/{draft}/survey/sections/personnel",
            "/associations/{draft}/survey/sections/opinion",
            "/associations/{draft}/history",
        ],
    ),
    (
        "jiaotong",
        &[
            "/roster",
            "/approvals",
            "/associations/{example}/plan",
            "/associations/{example}/activities",
            "/associations/{example}/activities/new",
            "/timeline",
            "/associations/{example}/plan/reply",
            "/associations/{example}/progress",
            "/associations/{example}/comments",
            "/associations/{example}/history",
            "/associations/{example}/progress?track=T3",
            "/posts",
            "/associations/{example}/posts",
            "/associations/{example}/posts/new",
            "/associations/{example}/posts/{zhao}",
            "/associations/{example}/posts/{zhao}/edit",
            "/associations/{example}/notices",
            "/associations/{example}/functions/transfer/1",
            "/associations/{example}/assets/delay/1",
            "/associations/{example}/assets/room/1",
        ],
    ),
    (
        "jiaotong-lead",
        &[
            "/signing",
            "/associations/{example}/plan/changes?part=PL-4&part=PL-5",
            "/associations/{example}/plan/conditions/1",
        ],
    ),
    (
        "office-2",
        &[
            "/timeline",
            "/timeline/PH-11",
            "/reminders",
            "/reminders?degree=grave",
            "/reminders/preview?all=yes",
            "/reminders/1",
            "/reminders/orders/1",
            "/reminders/orders/2",
            "/workgroups",
            "/changes?since=2018-11-01",
            "/roster",
            "/approvals",
            "/associations?light=late",
            "/associations?track=T1",
        ],
    ),
    (
        "xiehui",
        &[
            "/",
            "/associations",
            "/associations/{example}",
            "/associations/{example}/survey",
        ],
    ),
    ("wenguang", &["/", "/capacity", "/delegations"]),
    ("nongye-lead", &["/", "/reminders/2"]),
    ("jiaoyu-lead", &["/", "/reminders/orders/1"]),
    ("jiguan", &["/", "/associations/{example}/assets/room/1"]),
    (
        "zuzhi",
        &[
            "/",
            "/posts?light=must",
            "/associations/{example}/posts/{zhao}",
        ],
    ),
    ("shenji", &["/posts", "/associations/{example}/posts"]),
    (
        "observer",
        &["/", "/dashboard", "/statistics", "/public/roster"],
    ),
];

/// The ids behind the placeholders of [`TOUR`].
pub struct Addresses(Vec<(&'static str, String)>);

impl Addresses {
    /// A path of the tour as it is on this site.
    pub fn at(&self, path: &str) -> String {
        self.0
            .iter()
            .fold(path.to_owned(), |path, (placeholder, id)| {
                path.replace(placeholder, id)
            })
    }
}

/// Looks up the placeholders in a world.
pub async fn addresses(world: &World) -> Addresses {
    let mut named = Vec::new();
    for (placeholder, name) in [
        ("{example}", "汽车维修行业协会"),
        ("{draft}", "农产品加工业协会"),
        ("{sent}", "奶业协会"),
        ("{exited}", "房地产中介行业协会"),
        ("{revised}", "建筑业协会"),
        ("{leaving}", "美容美发业协会"),
        ("{new}", "跨境电商商会"),
        ("{sent_to}", "洗染业协会"),
        ("{changing}", "信息服务业协会"),
        ("{reading}", "物流行业协会"),
    ] {
        named.push((placeholder, world.association(name).await.to_string()));
    }
    let zhao: i64 = sqlx::query_scalar("select id from post_holder where name = '赵某'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    named.push(("{zhao}", zhao.to_string()));
    Addresses(named)
}

#[tokio::test]
async fn every_page_is_fit_to_be_seen() {
    let site = Site::open().await;
    let named = addresses(&site.world).await;
    let mut wrong = Vec::new();
    for (username, paths) in TOUR.iter().copied() {
        let Some(person) = Person::sign_in(&site, username).await else {
            return;
        };
        for path in paths {
            let path = named.at(path);
            person.open(&path).await;
            let name = format!("{username}{}", path.replace(['/', '?', '=', '&'], "_"));
            wrong.extend(person.look(&name).await);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
