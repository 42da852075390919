//! A stranger shuts nobody out: no place is held while a body drips, and a refusal
//! costs nobody anything and loses nothing that was typed.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use futures::future::join_all;
use futures::stream;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tuogou::web::limits::Limits;

use super::queries::Listening;
use crate::world::{PASSWORD, World};

/// Bodies that drip, as many as there are places.
const DRIPPING: usize = 64;

/// A form that never ends, from an address of this machine.
async fn drip(address: std::net::SocketAddr, from: u8) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, from], 0).into()).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let head = "POST /login HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nusername=a";
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

async fn ask(address: std::net::SocketAddr, sent: String) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(path: &str, cookie: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n")
}

fn sign_in(username: &str) -> String {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("username", username), ("password", PASSWORD)])
        .finish();
    format!(
        "POST /login HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn bodies_that_drip_keep_nobody_out() {
    // Nothing ends by its time here: what is answered is answered beside them.
    let world = World::demo().await.limited(Limits {
        form_time: Duration::from_mins(10),
        // The unoptimised test build is slow; who waits for a place waits for that.
        patience: Duration::from_mins(1),
        grace: Duration::from_secs(5),
        ..Limits::default()
    });
    let cookie = world.sign_in("office").await;
    let address = world.site().await;
    let dripping = join_all((0..DRIPPING).map(|_| drip(address, 1))).await;
    let mut honest = Vec::new();
    for _ in 0..14 {
        for path in ["/associations", "/healthz", "/readyz"] {
            honest.push(ask(address, get(path, &cookie)));
        }
    }
    for username in ["gongxin", "jiaotong", "shangwu"] {
        honest.push(ask(address, sign_in(username)));
    }
    for answer in join_all(honest).await {
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(["200", "303"].contains(&status), "{answer}");
    }
    drop(dripping);
}

/// The status of the first of these that is answered, and the others.
async fn first_answered(dripping: Vec<TcpStream>) -> (String, Vec<TcpStream>) {
    let reading = dripping.into_iter().map(|mut stream| {
        Box::pin(async move {
            let mut start = [0_u8; 12];
            stream.read_exact(&mut start).await.unwrap();
            (String::from_utf8_lossy(&start).into_owned(), stream)
        })
    });
    // Those that are not answered stay open as long as their reading is kept.
    let ((status, stream), _, others) = futures::future::select_all(reading).await;
    std::mem::forget(others);
    (status, vec![stream])
}

#[tokio::test]
async fn a_strangers_bodies_are_few_and_one_address_has_a_share_of_them() {
    let world = World::demo().await.limited(Limits {
        grace: Duration::from_millis(10),
        form_time: Duration::from_mins(10),
        strangers_bodies: 3,
        bodies_of_an_address: 2,
        ..Limits::default()
    });
    let address = world.site().await;
    // Two have the share of an address and wait; the third is answered.
    let here = join_all((0..3).map(|_| drip(address, 1))).await;
    assert_eq!(first_answered(here).await.0, "HTTP/1.1 503");
    // One place is left for two other addresses.
    let others = join_all([drip(address, 2), drip(address, 3)]).await;
    assert_eq!(first_answered(others).await.0, "HTTP/1.1 503");
}

#[tokio::test]
async fn a_refusal_before_the_body_is_one_page_and_asks_the_database_nothing() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    let world = world.limited(Limits {
        people: 0,
        strangers: 0,
        patience: Duration::ZERO,
        ..Limits::default()
    });
    let listening = Listening::begin();
    let mut bodies = Vec::new();
    for (cookie, path) in [
        (cookie.as_str(), "/"),
        ("", "/login"),
        (&cookie, "/associations"),
    ] {
        let answer = world.get(cookie, path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(answer.headers.contains_key(header::RETRY_AFTER), "{path}");
        assert!(answer.body.contains("系统繁忙"), "{path}");
        bodies.push(answer.body);
    }
    let posted = world
        .post(&cookie, "/associations/new", &[("name", "某协会")])
        .await;
    assert_eq!(posted.status, StatusCode::SERVICE_UNAVAILABLE);
    bodies.push(posted.body);
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "drawn once");
    assert!(listening.take().is_empty(), "the database was asked");
    for path in ["/healthz", "/readyz"] {
        assert_eq!(world.get("", path).await.status, StatusCode::OK, "{path}");
    }
    let login = scraper::Html::parse_document(&bodies[0]);
    let css = scraper::Selector::parse("link[rel=stylesheet]").unwrap();
    let css = login.select(&css).next().unwrap().attr("href").unwrap();
    assert_eq!(world.get("", css).await.status, StatusCode::OK, "{css}");
}

/// A form whose body takes the only place before it comes: when it is there, none is left.
fn late_form(world: &World, cookie: &str, path: &str, body: &'static str) -> Request<Body> {
    let places = world.app.places.clone();
    let body = stream::once(async move {
        let place = places.enter(false).await.unwrap();
        std::mem::forget(place);
        Ok::<_, std::convert::Infallible>(Bytes::from_static(body.as_bytes()))
    });
    Request::post(path)
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from_stream(body))
        .unwrap()
}

#[tokio::test]
async fn a_refusal_after_the_body_keeps_what_was_typed() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    let world = world.limited(Limits {
        people: 1,
        patience: Duration::from_millis(1),
        ..Limits::default()
    });
    let typed = "request_id=0123456789abcdef&name=%E6%9F%90%E5%8D%8F%E4%BC%9A%3Cb%3E&uscc=";
    let path = "/associations/new?from=list";
    let answer = world.send(late_form(&world, &cookie, path, typed)).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers.contains_key(header::RETRY_AFTER));
    assert_eq!(answer.value("name"), "某协会<b>");
    let own_key = "name=\"request_id\" value=\"0123456789abcdef\"";
    assert!(answer.body.contains(own_key));
    assert_eq!(answer.texts("ul.typed li"), ["某协会<b>"]);
    assert!(answer.body.contains(&format!("action=\"{path}\"")));
    // The person is still known on the page.
    assert!(answer.body.contains("区工业和信息化局"));
}

#[tokio::test]
async fn the_sign_in_page_keeps_the_name_and_never_the_password() {
    let world = World::demo().await.limited(Limits {
        strangers: 1,
        patience: Duration::from_millis(1),
        ..Limits::default()
    });
    let places = world.app.places.clone();
    let body = stream::once(async move {
        std::mem::forget(places.enter(true).await.unwrap());
        Ok::<_, std::convert::Infallible>(Bytes::from_static(
            b"username=gongxin&password=not-to-be-shown&next=/roster",
        ))
    });
    let request = Request::post("/login")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from_stream(body))
        .unwrap();
    let answer = world.send(request).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.value("username"), "gongxin");
    assert_eq!(answer.value("next"), "/roster");
    assert!(!answer.body.contains("not-to-be-shown"));
}
