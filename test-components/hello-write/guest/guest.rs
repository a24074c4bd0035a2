//! Writes `output.txt`, which needs a directory with the right to write.

use std::fs;
use std::io::{Error, ErrorKind};
use std::process::ExitCode;

const PATH: &str = "output.txt";

fn main() -> ExitCode {
    match fs::write(PATH, "Hello from WebAssembly!\n") {
        Ok(()) => {
            println!("done: wrote {PATH}");
            ExitCode::SUCCESS
        }
        Err(error) if is_denied(&error) => {
            eprintln!("permission denied: cannot write {PATH}: {error}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("cannot write {PATH}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns true when the program lacks a grant, and false when the file system has another reason.
fn is_denied(error: &Error) -> bool {
    const PERM: i32 = 63;
    const ROFS: i32 = 69;
    const NOTCAPABLE: i32 = 76;
    match error.raw_os_error() {
        Some(code) => [PERM, ROFS, NOTCAPABLE].contains(&code) || error.kind() == ErrorKind::PermissionDenied,
        // The standard library found no directory for the path, so that it did not ask the host.
        None => true,
    }
}
