//! Where requests' heads begin and end in a connection's bytes. Hyper's parser takes
//! a bare LF for a line's end; a proxy before us may not, and then the two see
//! different requests in the same bytes (bad input 54). So a head with a bare LF
//! never reaches it.

/// Most bytes of a head that are kept to find its body's length in; hyper refuses
/// longer heads by its own limit.
const KEPT: usize = 64 * 1024;

/// Follows the bytes of one connection.
#[derive(Debug, Default)]
pub(super) struct Heads {
    at: At,
    head: Vec<u8>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum At {
    /// In a head.
    #[default]
    Head,
    /// In a body of which so many bytes are still to come.
    Body(u64),
    /// Behind a head whose body has no stated length, or that hyper will refuse: the
    /// rest of the connection is hyper's. Nobody's browser sends such bodies.
    Unknown,
}

impl Heads {
    /// Looks at bytes as they arrive; whether they hold a bare LF in a head.
    pub(super) fn refuse(&mut self, mut arrived: &[u8]) -> bool {
        while let Some((&byte, rest)) = arrived.split_first() {
            match self.at {
                At::Unknown => return false,
                At::Body(left) => {
                    let here = usize::try_from(left)
                        .unwrap_or(usize::MAX)
                        .min(arrived.len());
                    arrived = arrived.get(here..).unwrap_or_default();
                    let left = left - u64::try_from(here).unwrap_or(left);
                    self.at = if left == 0 { At::Head } else { At::Body(left) };
                }
                At::Head => {
                    if byte == b'\n' && self.head.last() != Some(&b'\r') {
                        self.at = At::Unknown;
                        return true;
                    }
                    self.head.push(byte);
                    self.look();
                    arrived = rest;
                }
            }
        }
        false
    }

    fn look(&mut self) {
        if self.head.len() > KEPT {
            self.at = At::Unknown;
        } else if self.head.ends_with(b"\r\n\r\n") {
            self.at = body(&self.head);
            self.head.clear();
        }
    }
}

/// What follows a head.
fn body(head: &[u8]) -> At {
    let mut length = 0;
    for line in head.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let (name, value) = line.split_at(colon);
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            return At::Unknown;
        }
        if name.eq_ignore_ascii_case(b"content-length") {
            let value = value.get(1..).unwrap_or_default().trim_ascii();
            let digits = std::str::from_utf8(value).ok();
            match digits.and_then(|digits| digits.parse().ok()) {
                Some(bytes) => length = bytes,
                None => return At::Unknown,
            }
        }
    }
    if length == 0 {
        At::Head
    } else {
        At::Body(length)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The bytes in pieces of these sizes.
    fn refuses(bytes: &[u8], sizes: &[usize]) -> bool {
        let mut heads = Heads::default();
        let mut rest = bytes;
        let mut sizes = sizes.iter().cycle();
        while !rest.is_empty() {
            let size = sizes.next().copied().unwrap_or(1).clamp(1, rest.len());
            let (piece, after) = rest.split_at(size);
            if heads.refuse(piece) {
                return true;
            }
            rest = after;
        }
        false
    }

    #[test]
    fn b54_a_bare_lf_in_a_head_is_refused_and_in_a_body_is_not() {
        let page = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        let form = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\na\nb\n\n";
        for (bytes, refused) in [
            (page.to_owned(), false),
            (form.to_owned(), false),
            (format!("{form}{page}{form}"), false),
            (format!("\r\n{page}"), false),
            ("GET / HTTP/1.1\nHost: a\n\n".to_owned(), true),
            ("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n".to_owned(), true),
            ("\nGET / HTTP/1.1\r\n".to_owned(), true),
            (format!("{form}GET / HTTP/1.1\nHost: a\r\n\r\n"), true),
            (format!("{page}GET / HTTP/1.1\r\nX:\n y\r\n\r\n"), true),
        ] {
            for sizes in [&[1][..], &[3, 1], &[1000]] {
                assert_eq!(refuses(bytes.as_bytes(), sizes), refused, "{bytes:?}");
            }
        }
    }

    proptest! {
        /// However the bytes are cut, and whatever the bodies hold.
        #[test]
        fn bodies_may_hold_anything(
            bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..5),
            sizes in prop::collection::vec(1_usize..50, 1..5),
            broken in any::<bool>(),
        ) {
            let mut bytes = Vec::new();
            for body in &bodies {
                bytes.extend(
                    format!("POST /x HTTP/1.1\r\nHost: a\r\ncontent-length:{}\r\n\r\n", body.len()).bytes(),
                );
                bytes.extend(body);
            }
            if broken {
                bytes.extend(b"GET / HTTP/1.1\nHost: a\r\n\r\n");
            }
            prop_assert_eq!(refuses(&bytes, &sizes), broken);
        }
    }
}
