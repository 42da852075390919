//! A title broken by sense into lines (回行词意完整): 2号 in lines of at most twenty characters,
//! in the shape of a trapezoid or a lozenge (GB/T 9704-2012, 7.3.1).

use super::layout::TITLE;

/// What a line costs by itself: the fewer lines the better.
const LINE: u32 = 30;
/// What an hourglass costs for each character by which its waist is narrower.
const HOURGLASS: u32 = 4;
/// A line of less than this many characters looks lost.
const SHORT: u32 = 5;
/// A break that nobody would make.
const NEVER: u32 = 10_000;
/// A break of which nothing is known: it may go through a word.
const UNKNOWN: u32 = 70;
/// What a break within the name of a document, or within brackets, costs besides.
const NAMED: u32 = 6;

/// Words that are not broken.
const WHOLE: &[&str] = &[
    "关于",
    "行政机关",
    "行业协会",
    "行业商会",
    "协会商会",
    "实施方案",
    "脱钩",
    "试点单位",
    "工作者",
    "企业家",
    "完成情况",
    "摸底调查",
    "调查表",
    "情况表",
    "汇总表",
    "名单",
    "通知",
    "通报",
    "公告",
    "批复",
    "请示",
    "报告",
    "意见",
    "督办单",
    "协会",
    "商会",
    "学会",
    "公会",
    "联合会",
    "促进会",
    "研究会",
    "办公室",
    "委员会",
];

/// Words before which a line may end.
const BEGINS: &[&str] = &["实施方案", "完成情况", "脱钩", "行业协会"];

/// A title in lines of at most twenty characters. Line breaks in it are kept.
#[must_use]
pub fn title_lines(title: &str) -> Vec<String> {
    let lines = title.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(broken).collect()
}

/// Lines of one stretch, the cheapest way.
fn broken(title: &str) -> Vec<String> {
    let signs: Vec<char> = title.chars().collect();
    let costs: Vec<u32> = (0..=signs.len()).map(|at| cost(&signs, at)).collect();
    let mut ways = vec![Way::default()];
    for end in 1..=signs.len() {
        ways.push(cheapest(&signs, &costs, &ways, end));
    }
    let mut ends = Vec::new();
    let mut at = signs.len();
    while at > 0 {
        ends.push(at);
        at = ways.get(at).map_or(0, |way| way.from);
    }
    let mut from = 0;
    let lines = ends.into_iter().rev().map(|end| {
        let line = signs.iter().skip(from).take(end - from).collect::<String>();
        from = end;
        line.trim().to_owned()
    });
    lines.collect()
}

/// The cheapest way to end a line here.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    cost: u32,
    /// Where its last line begins.
    from: usize,
    /// The length of its last line; none before the first.
    last: Option<u32>,
    /// By how much its last line is shorter than the one before.
    falls: u32,
}

fn cheapest(signs: &[char], costs: &[u32], ways: &[Way], end: usize) -> Way {
    let mut best: Option<Way> = None;
    let mut halves = 0;
    let widest = u32::try_from(TITLE * 2).unwrap_or(u32::MAX);
    for from in (0..end).rev() {
        halves += signs
            .get(from)
            .map_or(0, |sign| if sign.is_ascii() { 1 } else { 2 });
        if halves > widest && best.is_some() {
            break;
        }
        let Some(before) = ways.get(from) else { break };
        let way = before.then(from, halves.div_ceil(2), price(costs, end));
        if best.is_none_or(|found| way.cost < found.cost) {
            best = Some(way);
        }
    }
    best.unwrap_or_default()
}

fn price(costs: &[u32], at: usize) -> u32 {
    costs.get(at).copied().unwrap_or(NEVER)
}

impl Way {
    /// Goes on with a line of this length that ends with a break of this price.
    fn then(self, from: usize, length: u32, price: u32) -> Self {
        let last = self.last.unwrap_or(length);
        let (falls, grows) = (last.saturating_sub(length), length.saturating_sub(last));
        let hourglass = self.falls.min(grows) * HOURGLASS;
        let short = SHORT.saturating_sub(length) * 8;
        Self {
            cost: self.cost + LINE + price + falls + grows + hourglass + short,
            from,
            last: Some(length),
            falls,
        }
    }
}

/// What it costs to break before the sign at `at`.
fn cost(signs: &[char], at: usize) -> u32 {
    let (Some(before), Some(after)) = (
        at.checked_sub(1).and_then(|at| signs.get(at)),
        signs.get(at),
    ) else {
        return 0;
    };
    if !apart(*before, *after) || within_a_word(signs, at) {
        return NEVER;
    }
    let named = if named(signs, at) { NAMED } else { 0 };
    named + sense(signs, at, *before, *after)
}

/// How well the sense allows a break.
fn sense(signs: &[char], at: usize, before: char, after: char) -> u32 {
    let rest: String = signs.iter().skip(at).take(5).collect();
    let about = signs.iter().skip(at.saturating_sub(2)).take(2).copied();
    match (before, after) {
        _ if rest == "与行政机关" => 0,
        _ if about.eq("关于".chars()) => NEVER / 2,
        ('会', '与' | '和' | '及') => 1,
        (_, '《' | '〈') | ('、' | '，' | '；' | '：' | '》', _) => 3,
        ('的' | '）', _) => 6,
        _ if BEGINS.iter().any(|word| rest.starts_with(word)) => 8,
        ('省' | '市' | '州' | '盟' | '区' | '县' | '旗', _) | (_, '（') => 9,
        _ => UNKNOWN,
    }
}

/// Whether two signs may stand in different lines at all.
fn apart(before: char, after: char) -> bool {
    let closes = "的，。、；：？）》〉”’】〕〗)]}";
    let opens = "（《〈“‘【〔〖([{";
    let one = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
    let unit = before.is_ascii_digit() && "年月日号第个万".contains(after);
    !closes.contains(after) && !opens.contains(before) && !one && !unit && before != '第'
}

/// Whether a break here would go through a word.
fn within_a_word(signs: &[char], at: usize) -> bool {
    WHOLE.iter().any(|word| {
        let length = word.chars().count();
        (1..length).any(|into| {
            let from = at.checked_sub(into);
            from.is_some_and(|from| {
                signs
                    .iter()
                    .skip(from)
                    .take(length)
                    .copied()
                    .eq(word.chars())
            })
        })
    })
}

/// Whether a break here would go through the name of a document or the brackets of a name.
fn named(signs: &[char], at: usize) -> bool {
    let depth = signs.iter().take(at).fold(0_i32, |depth, sign| match sign {
        '《' | '（' | '〈' => depth + 1,
        '》' | '）' | '〉' => depth - 1,
        _ => depth,
    });
    depth > 0
}

#[cfg(test)]
mod tests;
