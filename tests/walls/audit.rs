//! The evidence: append-only, chained, in the same transaction as the change.

use tuogou::audit::chain::{Verdict, verify};

use crate::world::World;

async fn verdict(world: &World) -> Verdict {
    verify(
        world.db().await.connection(),
        world.app.database.audit_key(),
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn the_demonstrations_chain_is_whole() {
    let world = World::demo().await;
    let Verdict::Whole(count) = verdict(&world).await else {
        panic!("broken")
    };
    assert!(count > 500, "{count}");
}

#[tokio::test]
async fn the_program_may_neither_change_nor_remove_records() {
    let world = World::demo().await;
    for sql in [
        "update audit_record set act = 'x'",
        "delete from audit_record",
        "truncate audit_record",
        "update audit_head set seq = 0",
    ] {
        let mut tally = world.app.database.tally().await.unwrap();
        let error = sqlx::query(sql).execute(&mut *tally).await.unwrap_err();
        assert!(
            error.to_string().contains("permission denied"),
            "{sql}: {error}"
        );
    }
    // Not even the owner, past the trigger.
    for sql in [
        "update audit_record set act = 'x'",
        "delete from audit_record",
        "truncate audit_record",
    ] {
        assert!(
            sqlx::query(sql).execute(world.owner()).await.is_err(),
            "{sql}"
        );
    }
}

#[tokio::test]
async fn every_kind_of_tampering_is_found_and_named() {
    let tampering: [&'static str; 6] = [
        "update audit_record set payload = replace(payload, '2018', '2019') where seq = 20",
        "update audit_record set act = 'plan.approve' where seq = 20",
        "update audit_record set account_id = coalesce(account_id, 0) + 1 where seq = 20",
        "delete from audit_record where seq = 20",
        "update audit_record set mac = decode(repeat('00', 32), 'hex') where seq = 20",
        "delete from audit_record where seq > 20",
    ];
    for sql in tampering {
        let world = World::demo().await;
        sqlx::query("alter table audit_record disable trigger user")
            .execute(world.owner())
            .await
            .unwrap();
        sqlx::query(sql).execute(world.owner()).await.unwrap();
        let Verdict::Broken { seq, .. } = verdict(&world).await else {
            panic!("{sql} was not found")
        };
        assert!((20..=21).contains(&seq), "{sql}: {seq}");
    }
}

#[tokio::test]
async fn without_its_record_nothing_changes() {
    let world = World::demo().await;
    let cookie = world.sign_in("minzheng").await;
    sqlx::query("revoke insert on audit_record from tuogou_app")
        .execute(world.owner())
        .await
        .unwrap();
    let before = world.count("select count(*) from association").await;
    let fields = [
        ("request_id", "0123456789abcdef"),
        ("name", "长春市绿园区测试行业协会"),
        ("uscc", ""),
        ("uscc_note", ""),
        ("certificate_no", "绿社证1号"),
        ("registered_on", "2010-01-01"),
        ("registrar", "绿园区民政局"),
        ("department", "9"),
        ("kind", "supervise"),
        ("member_basis", "same_activity_units"),
        ("legal_representative", "某人"),
        ("domicile", "某路"),
        ("business_scope", "某业务"),
    ];
    let answer = world.post(&cookie, "/associations/new", &fields).await;
    assert!(answer.status.is_server_error());
    assert!(
        !answer.body.contains("permission"),
        "an error page tells no source text"
    );
    assert_eq!(
        world.count("select count(*) from association").await,
        before
    );
}
