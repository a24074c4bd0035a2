//! The edge handler in Rust, with the Canonical ABI by hand: no crates, no generated bindings.

use std::alloc::{alloc, realloc, Layout};

#[link(wasm_import_module = "example:service/processor")]
extern "C" {
    /// `process-data: func(input: string, meta: metadata) -> result<string, string>`: the arguments are flat, the
    /// result is too large for that and is stored where the last argument points.
    #[link_name = "process-data"]
    fn process_data(
        input: *const u8,
        input_length: usize,
        id: u64,
        tags: *const Slice,
        tag_count: usize,
        result: *mut ProcessResult,
    );
}

/// A string in memory: where it begins and how many bytes it has.
#[repr(C)]
struct Slice {
    pointer: *const u8,
    length: usize,
}

/// `result<string, string>` in memory: a discriminant, then the payload at the alignment of its widest case.
#[repr(C)]
struct ProcessResult {
    is_err: u8,
    pointer: *mut u8,
    length: usize,
}

/// `handle-request: func(req: string) -> string`
#[export_name = "handle-request"]
unsafe extern "C" fn handle_request(pointer: *mut u8, length: usize) -> *mut Slice {
    let request = take_string(pointer, length);
    let id = request.chars().count() as u64;
    let tags: Vec<Slice> = request
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| Slice { pointer: word.as_ptr(), length: word.len() })
        .collect();

    let mut result = ProcessResult { is_err: 0, pointer: std::ptr::null_mut(), length: 0 };
    process_data(request.as_ptr(), request.len(), id, tags.as_ptr(), tags.len(), &mut result);

    let mut answer = String::from(if result.is_err == 0 { "ok: " } else { "err: " });
    answer.push_str(&take_string(result.pointer, result.length));
    let answer = answer.into_bytes().into_boxed_slice();
    let slice = Slice { length: answer.len(), pointer: Box::into_raw(answer) as *const u8 };
    Box::into_raw(Box::new(slice))
}

/// Called by the host when it has read the answer.
#[export_name = "cabi_post_handle-request"]
unsafe extern "C" fn free_answer(answer: *mut Slice) {
    let answer = Box::from_raw(answer);
    drop(take_string(answer.pointer as *mut u8, answer.length));
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
