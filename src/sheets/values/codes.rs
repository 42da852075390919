//! Credit codes and certificate numbers. No character is ever changed into another.

use super::outcome::{Form, Outcome, Warning, Wrong};
use super::words;
use crate::web::answer::credit_code::{self, Fault};
use crate::web::answer::text::half_width;

/// Digits that a workbook keeps of a number.
const KEPT: usize = 15;
/// How a code is kept whole.
const AS_TEXT: &str = "请将该列设为文本格式后，重新填写18位代码";

/// A credit code.
pub(super) fn code(text: &str) -> Outcome {
    let folded = half_width(text).trim().to_ascii_uppercase();
    if is_scientific(&folded) {
        return Wrong::new(text, "是科学计数法的数字，位数已经丢失", AS_TEXT).into();
    }
    if folded.contains(['-', '–', '—', '_', '.']) || folded.contains(char::is_whitespace) {
        return Wrong::new(
            text,
            "代码中间有连字符或空格",
            "应为连续的18位统一社会信用代码",
        )
        .into();
    }
    match credit_code::check(&folded) {
        Ok(()) => Outcome::is(folded),
        Err(Fault::CheckCharacter) => Outcome::is(folded).warn_if(true, Warning::CheckCharacter),
        Err(fault) => {
            let explained = fault.explain();
            let expected = "应为证书上18位的统一社会信用代码";
            Wrong::new(text, explained.trim_end_matches('。'), expected).into()
        }
    }
}

/// A number in a column of codes: its last digits may be lost, whatever they are.
pub(super) fn number(number: &str) -> Outcome {
    Wrong::new(number, "是数字，位数可能已经丢失", AS_TEXT).into()
}

/// The number of a certificate.
pub(super) fn certificate(text: &str) -> Outcome {
    if is_scientific(&half_width(text).to_ascii_uppercase()) {
        let expected = "请将该列设为文本格式后，重新填写登记证号";
        return Wrong::new(text, "是科学计数法的数字，位数已经丢失", expected).into();
    }
    words::line(text, 40)
}

/// A number in a column of certificate numbers.
pub(super) fn certificate_number(number: &str) -> Outcome {
    let whole = number.bytes().all(|byte| byte.is_ascii_digit());
    if !whole || number.len() >= KEPT {
        return Wrong::new(
            number,
            "是数字，位数可能已经丢失",
            "请将该列设为文本格式后，重新填写信用代码或登记证号",
        )
        .into();
    }
    Outcome::is(number)
        .of_form(Form::Certificate)
        .warn_if(true, Warning::CertificateAsNumber)
}

/// What stands in a column for both, by its form.
pub(super) fn either(text: &str) -> Outcome {
    if looks_like_code(text) {
        code(text).of_form(Form::Code)
    } else {
        certificate(text).of_form(Form::Certificate)
    }
}

/// Eighteen letters and digits, or nearly as many that begin as codes do: somebody meant a
/// code, and is told what is wrong with it.
fn looks_like_code(text: &str) -> bool {
    let folded: String = half_width(text)
        .chars()
        .filter(|c| *c != '-' && !c.is_whitespace())
        .collect();
    let begins = ["51", "52", "53", "91", "5I", "5L"]
        .iter()
        .any(|begin| folded.to_ascii_uppercase().starts_with(begin));
    let plain = folded.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain && (folded.len() == 18 || (begins && (16..=20).contains(&folded.len())))
}

/// 5.12E+17.
fn is_scientific(folded: &str) -> bool {
    let Some((mantissa, exponent)) = folded.split_once('E') else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    mantissa
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && mantissa.starts_with(|c: char| c.is_ascii_digit())
        && exponent.strip_prefix(['+', '-']).is_some_and(digits)
}
