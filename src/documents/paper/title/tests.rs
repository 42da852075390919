//! Titles of real length: names from the register of 2015-2023 (`tests/data/lists`).

use super::super::layout::halves;
use super::title_lines;

const LISTS: &str = include_str!("../../../../tests/data/lists/associations_real.csv");

const TITLES: [&str; 6] = [
    "关于{}与行政机关脱钩实施方案的批复",
    "关于报送《{}与行政机关脱钩实施方案》的请示",
    "{}与行政机关脱钩实施方案",
    "{}与行政机关脱钩情况通报函",
    "关于{}脱钩工作督办事项的督办单",
    "关于{}移出绿园区行业协会商会与行政机关脱钩试点单位名单（第二批）的公告",
];

fn names() -> Vec<String> {
    let rows = LISTS.lines().skip(1);
    let names = rows.filter_map(|row| row.split(',').next());
    names
        .map(|name| name.replace('(', "（").replace(')', "）"))
        .collect()
}

#[test]
fn a_title_is_broken_by_sense() {
    let of = |title: &str, name: &str| title_lines(&title.replace("{}", name));
    let name = "长春市绿园区汽车维修行业协会";
    assert_eq!(
        of(TITLES[0], name),
        [
            "关于长春市绿园区汽车维修行业协会",
            "与行政机关脱钩实施方案的批复"
        ]
    );
    assert_eq!(
        of(TITLES[1], name),
        [
            "关于报送《长春市绿园区汽车维修行业协会",
            "与行政机关脱钩实施方案》的请示"
        ]
    );
    // The longest real name: with 关于 it is longer than a line.
    let name = "湘西土家族苗族自治州老科学技术工作者协会";
    assert_eq!(
        of(TITLES[0], name),
        [
            "关于湘西土家族苗族自治州",
            "老科学技术工作者协会",
            "与行政机关脱钩实施方案的批复"
        ]
    );
    assert_eq!(of(TITLES[2], name), [name, "与行政机关脱钩实施方案"]);
    let name = "常州市计量检测管理（眼镜）行业协会";
    assert_eq!(of(TITLES[2], name), [name, "与行政机关脱钩实施方案"]);
}

#[test]
fn short_titles_and_given_lines_stay() {
    assert_eq!(title_lines("脱钩摸底调查表"), ["脱钩摸底调查表"]);
    assert_eq!(title_lines("关于某事\n的通知\n"), ["关于某事", "的通知"]);
    assert_eq!(title_lines(" "), Vec::<String>::new());
}

#[test]
fn no_real_name_is_torn() {
    let names = names();
    assert!(names.len() > 100);
    for (name, title) in names
        .iter()
        .flat_map(|name| TITLES.map(|title| (name, title)))
    {
        let title = title.replace("{}", name);
        let lines = title_lines(&title);
        assert_eq!(lines.concat(), title);
        for line in &lines {
            assert!(halves(line) <= 40, "{lines:?}");
            assert!(!line.starts_with(['的', '》', '）', '，']), "{lines:?}");
            assert!(!line.ends_with(['《', '（', '第']), "{lines:?}");
        }
        let whole = ["行政机关", "实施方案", "协会", "脱钩"];
        for word in whole {
            let in_lines: usize = lines.iter().map(|line| line.matches(word).count()).sum();
            assert_eq!(in_lines, title.matches(word).count(), "{lines:?}");
        }
        // Two lines where two are enough, one more for the sake of a long name.
        let least = halves(&title).div_ceil(40) as usize;
        assert!(lines.len() <= least + 1, "{lines:?}");
    }
}

#[test]
fn what_has_no_sense_is_broken_all_the_same() {
    let lines = title_lines(&"很".repeat(130));
    assert_eq!(lines.concat().chars().count(), 130);
    assert!(lines.iter().all(|line| halves(line) <= 40));
    let latin = title_lines(&"x".repeat(90));
    assert_eq!(latin.concat().len(), 90);
}
