//! Prints the text of each file that its arguments name, or of `hello.txt` if there are no arguments.

use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let mut paths: Vec<String> = env::args().skip(1).collect();
    if paths.is_empty() {
        paths.push(String::from("hello.txt"));
    }
    let mut code = ExitCode::SUCCESS;
    for path in paths {
        match fs::read_to_string(&path) {
            Ok(text) => println!("WASM Read: {}", text.trim_end()),
            Err(error) => {
                eprintln!("cannot read {path}: {error}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}
