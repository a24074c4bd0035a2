//! Counts the words of a text, and in `/total.txt` of its directory those of all texts.

use std::alloc::{alloc, realloc, Layout};
use std::fs;

fn call(text: &str) -> Result<String, String> {
    let words = text.split_whitespace().count() as u64;
    let total = match fs::read_to_string("/total.txt") {
        Ok(number) => number.trim().parse().unwrap_or(0),
        Err(_) => 0,
    };
    let total = u64::saturating_add(total, words);
    fs::write("/total.txt", total.to_string()).map_err(|error| error.to_string())?;
    Ok(format!("{words} words, {total} in all"))
}

extern "C" {
    fn __wasm_call_ctors();
}

/// Called once, before everything else. Without it, the linker lets every export begin with the constructors, which
/// look for the granted directories; but `cabi_realloc` must not call the host.
#[export_name = "_initialize"]
unsafe extern "C" fn initialize() {
    __wasm_call_ctors();
}

/// `result<string, string>` in memory.
#[repr(C)]
struct Answer {
    is_error: u8,
    text: *mut u8,
    length: usize,
}

/// `call: func(text: string) -> result<string, string>`
#[export_name = "call"]
unsafe extern "C" fn call_export(text: *mut u8, length: usize) -> *mut Answer {
    let text = take_string(text, length);
    let (is_error, text) = match call(&text) {
        Ok(text) => (0, text),
        Err(text) => (1, text),
    };
    let text = text.into_boxed_str().into_boxed_bytes();
    let length = text.len();
    Box::into_raw(Box::new(Answer { is_error, text: Box::into_raw(text) as *mut u8, length }))
}

/// Called by the host when it has read the answer.
#[export_name = "cabi_post_call"]
unsafe extern "C" fn call_end(answer: *mut Answer) {
    let answer = Box::from_raw(answer);
    drop(take_string(answer.text, answer.length));
}

/// Called by the host to put a string into this memory.
#[export_name = "cabi_realloc"]
unsafe extern "C" fn cabi_realloc(old: *mut u8, old_size: usize, align: usize, new_size: usize) -> *mut u8 {
    if new_size == 0 {
        return align as *mut u8;
    }
    if old_size == 0 {
        return alloc(Layout::from_size_align_unchecked(new_size, align));
    }
    realloc(old, Layout::from_size_align_unchecked(old_size, align), new_size)
}

/// Owns a string that `cabi_realloc` made room for. The host promises UTF-8.
unsafe fn take_string(pointer: *mut u8, length: usize) -> String {
    if length == 0 {
        return String::new();
    }
    String::from_utf8_unchecked(Vec::from_raw_parts(pointer, length, length))
}
