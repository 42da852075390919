use super::{Anchor, Anchored, Head};

fn head(seq: i64) -> Head {
    Head {
        seq,
        mac: vec![u8::try_from(seq % 251).unwrap(); 32],
    }
}

/// A file that is gone when the test ends.
struct Place(std::path::PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _gone = std::fs::remove_file(&self.0);
    }
}

fn place(name: &str) -> (Place, std::path::PathBuf) {
    let name = format!("tuogou-anchor-{name}-{}", std::process::id());
    let path = std::env::temp_dir().join(name);
    (Place(path.clone()), path)
}

#[tokio::test]
async fn it_goes_forward_and_never_back() {
    let (_folder, path) = place("forward");
    let anchor = Anchor::new(path.clone());
    assert_eq!(anchor.read().unwrap(), Anchored::Missing);
    anchor.advance(head(7)).await.unwrap();
    anchor.advance(head(5)).await.unwrap();
    assert_eq!(anchor.read().unwrap(), Anchored::At(head(7)));
    // Another process, that knows only of its own commit.
    Anchor::new(path).advance(head(6)).await.unwrap();
    assert_eq!(anchor.read().unwrap(), Anchored::At(head(7)));
    anchor.advance(head(12)).await.unwrap();
    assert_eq!(anchor.read().unwrap(), Anchored::At(head(12)));
}

#[tokio::test]
async fn what_many_commit_at_once_ends_with_the_last() {
    let (_folder, path) = place("many");
    let anchor = Anchor::new(path);
    let all = (1..=60).map(|seq| anchor.advance(head(seq)));
    for done in futures::future::join_all(all).await {
        done.unwrap();
    }
    assert_eq!(anchor.read().unwrap(), Anchored::At(head(60)));
}

#[tokio::test]
async fn evidence_is_not_written_over() {
    let (_folder, path) = place("evidence");
    let anchor = Anchor::new(path);
    anchor.advance(head(9)).await.unwrap();
    anchor.freeze();
    anchor.advance(head(10)).await.unwrap();
    assert_eq!(anchor.read().unwrap(), Anchored::At(head(9)));
}

#[test]
fn another_file_is_told() {
    let (_folder, path) = place("other");
    std::fs::write(&path, "something else\n").unwrap();
    assert!(Anchor::new(path).read().is_err());
}
