//! Visits everything that a program can be granted: streams, arguments, environment and a directory `/data`. Prints
//! what it found, and writes the text of `/data/input.txt` in upper case to `/data/output.txt`.

use std::io::{self, Read};
use std::process::ExitCode;
use std::{env, fs};

const INPUT: &str = "/data/input.txt";
const OUTPUT: &str = "/data/output.txt";

fn main() -> ExitCode {
    println!("stdout: this line");
    eprintln!("stderr: this line");
    show_input();
    show_arguments();
    show_environment();
    match convert_file() {
        Ok(()) => ExitCode::SUCCESS,
        Err((path, error)) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn show_input() {
    let mut input = String::new();
    match io::stdin().read_to_string(&mut input) {
        Ok(_) => println!("stdin: {} lines, {} bytes", input.lines().count(), input.len()),
        Err(error) => println!("stdin: {error}"),
    }
}

fn show_arguments() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    println!("arguments: {}", arguments.len());
    for (index, argument) in arguments.iter().enumerate() {
        println!("  {}: {argument}", index + 1);
    }
}

fn show_environment() {
    let mut variables: Vec<(String, String)> = env::vars().collect();
    variables.sort();
    println!("environment: {}", variables.len());
    for (name, value) in variables {
        println!("  {name}={value}");
    }
}

/// Writes the upper case of the input file, reads the result back and prints it.
fn convert_file() -> Result<(), (&'static str, io::Error)> {
    let text = fs::read_to_string(INPUT).map_err(|error| (INPUT, error))?;
    println!("read {INPUT}: {}", text.trim_end());
    fs::write(OUTPUT, text.to_uppercase()).map_err(|error| (OUTPUT, error))?;
    let written = fs::read_to_string(OUTPUT).map_err(|error| (OUTPUT, error))?;
    println!("wrote {OUTPUT}: {}", written.trim_end());
    Ok(())
}
