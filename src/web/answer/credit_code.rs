//! Unified social credit codes (GB 32100-2015, domain Appendix A).

/// The 31 characters; I, O, S, V and Z never occur.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Weights of positions 1 to 17: powers of three modulo 31.
const WEIGHTS: [u32; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];

/// What is wrong with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not eighteen characters.
    Length(usize),
    /// A character that never occurs in codes; its position from 1.
    Character(usize, char),
    /// Not a social body (民政 5, 社会团体 1).
    NotSocialBody,
    /// The check character does not fit; some real early codes break it, so this may be confirmed.
    CheckCharacter,
}

impl Fault {
    /// What is wrong and how to mend it.
    #[must_use]
    pub fn explain(self) -> String {
        match self {
            Self::Length(found) => format!("统一社会信用代码应为18位，现有{found}位。"),
            Self::Character(position, found) => format!(
                "第{position}位“{found}”不会出现在统一社会信用代码中（代码不用I、O、S、V、Z），请核对是否应为数字。"
            ),
            Self::NotSocialBody => {
                "社会团体的代码以51开头；52为民办非企业单位，53为基金会，不属于行业协会商会。"
                    .to_owned()
            }
            Self::CheckCharacter => {
                "校验位不符，请核对。证书上确实如此的，请勾选确认并说明。".to_owned()
            }
        }
    }
}

/// Checks a code as typed: no character is ever changed into another.
pub fn check(code: &str) -> Result<(), Fault> {
    let length = code.chars().count();
    if length != 18 {
        return Err(Fault::Length(length));
    }
    let mut values = Vec::with_capacity(18);
    for (index, c) in code.chars().enumerate() {
        let value = ALPHABET.chars().position(|known| known == c);
        values.push(u32::try_from(value.ok_or(Fault::Character(index + 1, c))?).unwrap_or(0));
    }
    if !code.starts_with("51") {
        return Err(Fault::NotSocialBody);
    }
    let last = values.pop();
    if last == Some(check_value(&values)) {
        Ok(())
    } else {
        Err(Fault::CheckCharacter)
    }
}

/// The value of the eighteenth character.
fn check_value(values: &[u32]) -> u32 {
    let sum: u32 = values
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight)
        .sum();
    (31 - sum % 31) % 31
}

/// The six-digit region of a code.
#[must_use]
pub fn region(code: &str) -> Option<&str> {
    code.get(2..8)
}

/// The code with its right check character, for fictitious data.
#[must_use]
pub fn with_check(first_seventeen: &str) -> Option<String> {
    let values: Option<Vec<u32>> = first_seventeen
        .chars()
        .map(|c| {
            ALPHABET
                .chars()
                .position(|known| known == c)
                .and_then(|value| u32::try_from(value).ok())
        })
        .collect();
    let values = values.filter(|values| values.len() == 17)?;
    let check = usize::try_from(check_value(&values)).ok()?;
    Some(format!("{first_seventeen}{}", ALPHABET.chars().nth(check)?))
}
