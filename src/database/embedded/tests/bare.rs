//! A machine without PostgreSQL's programs.

use std::path::{Path, PathBuf};

use super::super::{Embedded, EmbeddedError, Failure, Options, Sources, find};
use super::{Folder, ask, make};

/// Neither PATH nor any other place has the programs: as `PG_BIN_DIR` names an
/// empty folder.
fn bare(folder: &Folder, fetch: bool) -> Options {
    let empty = folder.0.join("empty");
    make(&empty);
    Options {
        programs: Sources {
            installed: Some(empty),
            brought: None,
            fetch,
        },
        ..folder.options()
    }
}

/// Whether the distribution's packages cannot be had here, rather than wrongly used.
fn is_cut_off(error: &EmbeddedError) -> bool {
    match error {
        // No apt, or nothing but old versions.
        EmbeddedError::NoPrograms => true,
        EmbeddedError::NotBrought { failure, .. } => match failure {
            Failure::Unreachable(_) | Failure::Stalled { .. } | Failure::NoTimeZones => true,
            failure => failure.to_string().contains("Failed to fetch"),
        },
        _ => false,
    }
}

#[tokio::test]
async fn a_bare_machine_gets_the_distributions_programs() {
    let folder = Folder::new();
    let options = bare(&folder, true);
    let embedded = match Embedded::start(&options).await {
        Ok(embedded) => embedded,
        Err(error) if is_cut_off(&error) => {
            eprintln!("NOT TESTED: the distribution's packages are not to be had here: {error}");
            return;
        }
        Err(error) => panic!("{error}"),
    };
    assert!(embedded.describe().contains("data/postgres/programs"));
    assert_eq!(ask(&embedded, "postgres", "show timezone").await, "UTC");
    let sorted = "select string_agg(word, ' ' order by word collate \"zh-x-icu\") \
                  from (values ('绿园'), ('长春')) as words (word)";
    assert!(!ask(&embedded, "postgres", sorted).await.is_empty());
    // Where queries would be compiled if LLVM were there.
    let dear = "set jit_above_cost = 0; select count(*)::text from generate_series(1, 9)";
    let mut connection = sqlx::ConnectOptions::connect(&embedded.connect_options("postgres"))
        .await
        .unwrap();
    sqlx::Executor::execute(&mut connection, dear)
        .await
        .unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    embedded.stop().await;

    // They stay, so a machine that has lost its network starts again.
    let again = bare(&folder, false);
    Embedded::start(&again).await.unwrap().stop().await;
}

#[tokio::test]
async fn nothing_is_brought_against_the_operators_will() {
    let folder = Folder::new();
    let options = bare(&folder, false);
    let refused = Embedded::start(&options).await.unwrap_err();
    assert!(matches!(refused, EmbeddedError::NoPrograms), "{refused}");
    assert!(refused.is_missing_set_up());
    assert!(!options.root.join("programs").exists());
}

#[test]
fn a_failure_tells_what_to_install_too() {
    let error = EmbeddedError::NotBrought {
        missing: Box::new(EmbeddedError::NoPrograms),
        failure: Failure::Unreachable("W: Failed to fetch http://mirror.example".to_owned()),
    };
    assert!(error.is_missing_set_up());
    let text = error.to_string();
    assert!(text.contains("apt-get install postgresql"), "{text}");
    assert!(text.contains("mirror.example"), "{text}");
}

#[test]
fn unpacked_programs_find_their_libraries() {
    let folder = Folder::new();
    let tree = folder.0.join("15");
    let bin = find::bin(&tree, 15);
    make(&tree.join("usr/lib/x86_64-linux-gnu"));
    make(&bin);
    let libraries = find::libraries(&bin).unwrap();
    let first: Vec<PathBuf> = std::env::split_paths(&libraries).take(2).collect();
    assert_eq!(
        first,
        [tree.join("usr/lib/x86_64-linux-gnu"), tree.join("usr/lib")]
    );
    // The machine's own need no help.
    assert_eq!(
        find::libraries(Path::new("/usr/lib/postgresql/15/bin")),
        None
    );
    assert_eq!(find::libraries(Path::new("/opt/postgresql/bin")), None);
}
