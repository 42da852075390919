//! What arrives at the socket itself: slow, broken and hostile requests (F4, F5;
//! bad inputs 50 to 57), under limits that are small here.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tuogou::web::limits::Limits;

use crate::world::World;

/// Longer than any limit of the program: only a hanging test waits so long.
const PATIENCE: Duration = Duration::from_mins(2);

/// Times that a test can wait for.
fn short() -> Limits {
    Limits {
        grace: Duration::from_millis(20),
        form_time: Duration::from_millis(300),
        head_time: Duration::from_millis(500),
        hang_up_after: Duration::from_millis(200),
        taking: Duration::from_millis(300),
        ..Limits::default()
    }
}

/// Sends bytes and reads until the other side hangs up.
async fn exchange(address: std::net::SocketAddr, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent).await.unwrap();
    let mut answer = Vec::new();
    let hung_up = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
    // A reset is a hanging-up too.
    assert!(hung_up.is_ok(), "the connection is still open");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn f4_a_silent_or_half_told_request_is_hung_up_on() {
    let world = World::demo().await.limited(short());
    let address = world.site().await;
    for sent in [
        "",
        "GET / HT",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    ] {
        // Hyper may say 408 before it hangs up; it never serves the page.
        let answer = exchange(address, sent.as_bytes()).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{sent:?}: {answer}");
    }
}

#[tokio::test]
async fn f5_a_body_that_never_ends_is_answered_and_hung_up_on() {
    let world = World::demo().await.limited(short());
    let address = world.site().await;
    let head = "POST /login HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nusername=a";
    let answer = exchange(address, head.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
}

#[tokio::test]
async fn broken_requests_are_refused_and_the_program_goes_on() {
    let world = World::demo().await.limited(short());
    let address = world.site().await;
    let many = format!(
        "GET / HTTP/1.1\r\nHost: a\r\n{}\r\n",
        "X-A: 1\r\n".repeat(200)
    );
    let large = format!(
        "GET / HTTP/1.1\r\nHost: a\r\nX-A: {}\r\n\r\n",
        "a".repeat(600_000)
    );
    let long = format!(
        "GET / HTTP/1.1\r\nHost: a\r\nX-A: {}\r\n\r\n",
        "a".repeat(17_000)
    );
    let cases: [(&str, &[u8]); 14] = [
        (
            "no host",
            b"GET /login HTTP/1.1\r\nConnection: close\r\n\r\n",
        ),
        (
            "two hosts",
            b"GET /login HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n",
        ),
        (
            "a host that is none",
            b"GET /login HTTP/1.1\r\nHost: a/b@c\r\nConnection: close\r\n\r\n",
        ),
        (
            "two lengths",
            b"POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\naa",
        ),
        (
            "NUL in a header",
            b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: a\0b\r\n\r\n",
        ),
        (
            "folded header",
            b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: a\r\n b\r\n\r\n",
        ),
        (
            "TLS on the plain port",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        ),
        ("HTTP/0.9", b"GET /healthz\r\n\r\n"),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("200 headers", many.as_bytes()),
        ("600 KB of headers", large.as_bytes()),
        ("17 KB of headers", long.as_bytes()),
        (
            "a bare LF",
            b"GET /healthz HTTP/1.1\r\nHost: a\nConnection: close\r\n\r\n",
        ),
        (
            "a bare LF behind a form",
            b"POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\na=\nbGET /healthz HTTP/1.1\nHost: a\n\n",
        ),
    ];
    for (name, sent) in cases {
        let answer = exchange(address, sent).await;
        let last = answer.rfind("HTTP/1.1 ").map_or("", |at| &answer[at..]);
        let status = last.split(' ').nth(1).unwrap_or("closed");
        assert!(
            ["400", "431", "closed"].contains(&status),
            "{name}: {answer}"
        );
    }
    let well = exchange(
        address,
        b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(well.starts_with("HTTP/1.1 200"), "{well}");
}

#[tokio::test]
async fn a_body_that_nobody_reads_is_hung_up_on_as_well() {
    let world = World::demo().await.limited(short());
    let address = world.site().await;
    // Refused for its origin, for its address, for its method: none reads the body.
    for (path, status) in [("/login", "403"), ("/nowhere", "404"), ("/healthz", "405")] {
        let origin = if path == "/login" {
            "cross-site"
        } else {
            "same-origin"
        };
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: {origin}\r\nContent-Length: 100000\r\n\r\na"
        );
        let answer = exchange(address, head.as_bytes()).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{path}: {answer}"
        );
    }
}

#[tokio::test]
async fn who_does_not_take_an_answer_is_hung_up_on() {
    const LARGE: usize = 20 * 1024 * 1024;
    let router = axum::Router::new().fallback(async || vec![b'a'; LARGE]);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (ended, end) = tokio::sync::oneshot::channel::<()>();
    let stop = async move { end.await.unwrap_or(()) };
    let served = tokio::spawn(tuogou::server::serve(router, short(), listener, stop));
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    stream.readable().await.unwrap();
    // The program stops only when its connections have ended, this one too.
    ended.send(()).unwrap();
    tokio::time::timeout(PATIENCE, served)
        .await
        .unwrap()
        .unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(
        rest.len() < LARGE,
        "all {} bytes were given out",
        rest.len()
    );

    // Who takes it slowly and steadily gets it all.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = axum::Router::new().fallback(async || vec![b'a'; LARGE]);
    tokio::spawn(tuogou::server::serve(
        router,
        short(),
        listener,
        std::future::pending(),
    ));
    let all = exchange(
        address,
        b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(all.len() > LARGE);
}
