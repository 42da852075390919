//! Invented places: where the copies of an association are, and the units.

use crate::registry::{credit_code, names};

/// First and second characters of places, 60 each: 3,600 names.
const FIRST: &str = "永安兴和长平新东宁福泰瑞康顺德仁义清明秀丰吉昌盛荣华金银玉翠云天龙凤鹤松柏桂梅兰青白红双九大文武向春夏高上下前中北西南晨";
const SECOND: &str = "宁山河川阳林江湖泉岭坪原州城关桥塘港湾溪源谷峰岗台堡寨庄屯店营口津浦洲岛池潭井渡坡沟甸滩崖洞楼阁亭园苑门坊街里集镇沙石浪";
/// What such a place is; with these 28,800 places.
const KINDS: [&str; 8] = ["区", "县", "市", "新区", "开发区", "旗", "镇", "街道"];

/// An association of the demonstration, from which copies are made.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its number.
    pub root: i64,
    /// Its name.
    pub name: String,
    /// Its items are being worked on, and no other association is part of its story.
    pub working: bool,
}

/// The names of one copy.
#[derive(Debug, Clone)]
pub struct Named {
    /// Which copy, from 1.
    pub copy: i64,
    /// What it is a copy of.
    pub root: i64,
    /// All associations are in this copy, with all that people did.
    pub whole: bool,
    /// Name as registered.
    pub name: String,
    /// Credit code with its right check character.
    pub uscc: String,
}

fn pick(characters: &str, index: i64) -> Option<char> {
    let count = i64::try_from(characters.chars().count()).ok()?;
    characters
        .chars()
        .nth(usize::try_from(index.rem_euclid(count)).ok()?)
}

/// Two characters; no two of 3,600 neighbours are alike.
#[must_use]
pub fn place(index: i64) -> String {
    let second = index + index / 60;
    [pick(FIRST, index), pick(SECOND, second)]
        .into_iter()
        .flatten()
        .collect()
}

/// The beginning that all names share: 长春市绿园区.
fn shared(told: &[Told]) -> usize {
    let first: Vec<char> = told
        .first()
        .map(|each| each.name.chars().collect())
        .unwrap_or_default();
    told.iter()
        .map(|each| {
            each.name
                .chars()
                .zip(&first)
                .take_while(|(one, other)| one == *other)
                .count()
        })
        .min()
        .unwrap_or_default()
}

/// Every so many copies all associations are told again; in between those that are
/// worked on, since that is where a campaign of this size stands (performance.md 10).
const WHOLE_EVERY: i64 = 23;

/// Names of so many associations more, copy by copy; the last copy may be a part. The
/// first copy of each group of units is whole.
#[must_use]
pub fn copies(told: &[Told], more: usize, groups: i64) -> Vec<Named> {
    let shared = shared(told);
    let mut named = Vec::new();
    let mut copy = 0;
    while named.len() < more && !told.is_empty() {
        copy += 1;
        let whole =
            copy < groups || copy % WHOLE_EVERY == 0 || told.iter().all(|each| !each.working);
        let kind = usize::try_from(copy / 3_600)
            .ok()
            .and_then(|at| KINDS.get(at % KINDS.len()));
        let place = format!("{}{}", place(copy), kind.unwrap_or(&"区"));
        for each in told.iter().filter(|each| whole || each.working) {
            if named.len() == more {
                break;
            }
            let own: String = each.name.chars().skip(shared).collect();
            let seventeen = format!("51220106MK{:07}", named.len() + 1);
            named.push(Named {
                copy,
                root: each.root,
                whole,
                name: format!("{place}{own}"),
                uscc: credit_code::with_check(&seventeen).unwrap_or_default(),
            });
        }
    }
    named
}

/// Columns of `seed_name`, ready for `unnest`.
#[derive(Debug, Default)]
pub struct Batch {
    /// Copies.
    pub copies: Vec<i64>,
    /// What they are copies of.
    pub roots: Vec<i64>,
    /// Whether their copies are whole.
    pub wholes: Vec<bool>,
    /// Names.
    pub names: Vec<String>,
    /// Normalised names.
    pub keys: Vec<String>,
    /// Pinyin.
    pub sort_keys: Vec<String>,
    /// First letters.
    pub initials: Vec<String>,
    /// Grams, parted by the character 31.
    pub grams: Vec<String>,
    /// Credit codes.
    pub codes: Vec<String>,
}

/// What the register keeps of each name, made by the register's own code.
#[must_use]
pub fn batch(named: &[Named]) -> Batch {
    let mut batch = Batch::default();
    for each in named {
        batch.copies.push(each.copy);
        batch.roots.push(each.root);
        batch.wholes.push(each.whole);
        batch.keys.push(names::key(&each.name));
        batch.sort_keys.push(names::sort_key(&each.name));
        batch.initials.push(names::initials(&each.name));
        batch
            .grams
            .push(names::grams(&each.name, &each.uscc).join("\u{1f}"));
        batch.names.push(each.name.clone());
        batch.codes.push(each.uscc.clone());
    }
    batch
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Told, copies};
    use crate::registry::credit_code;

    #[test]
    fn every_copy_has_a_name_and_a_right_code_of_its_own() {
        let told: Vec<Told> = [
            "长春市绿园区物流行业协会",
            "长春市绿园区家具商会",
            "长春市绿园区建材商会",
        ]
        .into_iter()
        .zip(1..)
        .map(|(name, root)| Told {
            root,
            name: name.to_owned(),
            working: root < 3,
        })
        .collect();
        let named = copies(&told, 20_000, 2);
        assert_eq!(named.len(), 20_000);
        let different: BTreeSet<&str> = named.iter().map(|each| each.name.as_str()).collect();
        assert_eq!(different.len(), 20_000);
        assert!(
            named
                .iter()
                .all(|each| credit_code::check(&each.uscc).is_ok())
        );
        assert!(
            named
                .iter()
                .take(3)
                .all(|each| each.name.ends_with("会") && !each.name.contains("绿园"))
        );
    }
}
