//! `TUOGOU_TRUSTED_PROXIES`: whose word on the client's address is believed.

use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

use ipnet::IpNet;

/// Addresses and networks of proxies; none unless set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Arc<[IpNet]>);

/// An entry that is neither an address nor a network.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "“{0}” is neither an address (127.0.0.1) nor a network (10.1.0.0/16, fd00::/8); separate several by commas / “{0}”不是IP地址或网段，多个之间请用逗号分隔"
)]
pub struct NotAProxy(String);

impl TrustedProxies {
    /// Whether an address is one of theirs.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for TrustedProxies {
    type Err = NotAProxy;

    fn from_str(text: &str) -> Result<Self, NotAProxy> {
        text.split([',', '，'])
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(|entry| network(entry).ok_or_else(|| NotAProxy(entry.to_owned())))
            .collect::<Result<Arc<[IpNet]>, NotAProxy>>()
            .map(Self)
    }
}

/// An address stands for itself alone. Peers are compared as IPv4 where they are it.
fn network(entry: &str) -> Option<IpNet> {
    let address = entry.parse::<IpAddr>().ok().map(|one| one.to_canonical());
    address.map(IpNet::from).or_else(|| entry.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_networks_are_read() {
        let proxies: TrustedProxies = "127.0.0.1, 10.1.0.0/16,fd00::/8，::ffff:192.0.2.1"
            .parse()
            .unwrap();
        for theirs in ["127.0.0.1", "10.1.255.3", "fd00::1", "192.0.2.1"] {
            assert!(proxies.contains(theirs.parse().unwrap()), "{theirs}");
        }
        for others in ["127.0.0.2", "10.2.0.1", "fe80::1", "::1"] {
            assert!(!proxies.contains(others.parse().unwrap()), "{others}");
        }
        assert_eq!("".parse(), Ok(TrustedProxies::default()));
    }

    #[test]
    fn what_is_neither_is_named() {
        for wrong in ["proxy.example", "10.1.0.0/33", "10.1", "127.0.0.1:80", "*"] {
            let text = format!("127.0.0.1, {wrong}");
            let error = text.parse::<TrustedProxies>().unwrap_err();
            assert_eq!(error, NotAProxy(wrong.to_owned()));
            assert!(error.to_string().contains("不是IP地址或网段"));
        }
    }
}
