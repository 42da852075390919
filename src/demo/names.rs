//! Names of the demonstration's people: invented, and no two alike, because the
//! posts register looks for one person in two associations (TC-24).

const FAMILY: [&str; 23] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "高", "林", "罗", "郑", "梁", "谢",
];
const GIVEN: [&str; 29] = [
    "立新", "桂芬", "志强", "秀兰", "建华", "晓梅", "国庆", "丽娜", "永刚", "淑珍", "文博", "雪松",
    "春生", "海燕", "德明", "玉洁", "长林", "艳秋", "宏伟", "静怡", "忠诚", "凤霞", "振东", "冬梅",
    "少华", "云鹏", "亚男", "福来", "思远",
];

/// Somebody's name: the association's number and the place in it (0 to 7).
#[must_use]
pub fn person(number: i64, place: i64) -> String {
    let index = usize::try_from(number.wrapping_mul(8).wrapping_add(place)).unwrap_or_default();
    let pick = |names: &[&'static str]| names.get(index % names.len()).copied().unwrap_or("王");
    // 23 and 29 have no common divisor: no pair comes twice within 667.
    format!("{}{}", pick(&FAMILY), pick(&GIVEN))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn no_two_people_share_a_name() {
        let names: BTreeSet<String> = (0..80)
            .flat_map(|number| (0..8).map(move |place| super::person(number, place)))
            .collect();
        assert_eq!(names.len(), 640);
    }
}
