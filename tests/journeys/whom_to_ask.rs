//! 通讯录: the office's number, work group and people, for everybody (the scheme's last lines).

use crate::world::World;

#[tokio::test]
async fn everybody_finds_whom_of_the_office_to_ask() {
    let world = World::demo().await;
    for who in ["jiaoyu", "jiaoyu-lead", "xiehui"] {
        let cookie = world.sign_in(who).await;
        let page = world.get(&cookie, "/contacts").await;
        let told = page.texts("main dl dd");
        assert_eq!(told, ["何静、高岩", "89625019", "QQ群 735865286"], "{who}");
    }
}

#[tokio::test]
async fn a_scheme_without_a_number_still_names_the_people() {
    let world = World::national().await;
    let cookie = world.sign_in("jiaoyu").await;
    let page = world.get(&cookie, "/contacts").await;
    let told = page.texts("main dl dd");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_ne!(told[0], "—");
}
