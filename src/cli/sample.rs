//! `tuogou sample`: draws again what a round of visits or an audit sample drew (SU-2, AU-1).

use std::process::ExitCode;

use clap::Args;

use crate::oversight::rules::sampling::ordered;

/// What is drawn.
#[derive(Args, Debug)]
pub struct Wanted {
    /// The seed / 种子
    #[arg(long)]
    seed: String,
    /// How many / 抽取数
    #[arg(long)]
    take: usize,
    /// The candidates' numbers; none: lines of the standard input / 候选协会的系统编号
    numbers: Vec<i64>,
}

/// Prints the sample in its order, digest and number.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(wanted: &Wanted) -> ExitCode {
    let mut numbers = wanted.numbers.clone();
    if numbers.is_empty() {
        let lines = std::io::stdin().lines().map_while(Result::ok);
        for line in lines {
            match line.trim().parse() {
                Ok(number) => numbers.push(number),
                Err(_) if line.trim().is_empty() => {}
                Err(_) => return ExitCode::from(2),
            }
        }
    }
    for (digest, number) in ordered(&wanted.seed, &numbers)
        .into_iter()
        .take(wanted.take)
    {
        println!("{digest}  {number}");
    }
    ExitCode::SUCCESS
}
