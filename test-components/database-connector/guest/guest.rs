//! A database of one table that is always what was asked for: each word of the query is a row.

use std::alloc::{alloc, realloc, Layout};

/// `record query-result { id: u64, payload: string }` in memory: 16 bytes, aligned to 8.
#[repr(C)]
struct QueryResult {
    id: u64,
    payload: *mut u8,
    payload_length: usize,
}

/// `list<query-result>` in memory: where it begins and how many rows it has.
#[repr(C)]
struct Rows {
    pointer: *mut QueryResult,
    length: usize,
}

/// `execute-query: func(sql: string) -> list<query-result>`
#[export_name = "example:database/queries#execute-query"]
unsafe extern "C" fn execute_query(sql: *mut u8, length: usize) -> *mut Rows {
    let sql = take_string(sql, length);
    let rows: Box<[QueryResult]> = sql
        .split_whitespace()
        .enumerate()
        .map(|(index, word)| {
            let payload: Box<[u8]> = word.as_bytes().into();
            QueryResult {
                id: index as u64 + 1,
                payload_length: payload.len(),
                payload: Box::into_raw(payload) as *mut u8,
            }
        })
        .collect();
    let length = rows.len();
    Box::into_raw(Box::new(Rows { pointer: Box::into_raw(rows) as *mut QueryResult, length }))
}

/// Called by the host when it has read the rows: frees the list, and the strings that its rows point to.
#[export_name = "cabi_post_example:database/queries#execute-query"]
unsafe extern "C" fn free_rows(rows: *mut Rows) {
    let rows = Box::from_raw(rows);
    let list = Box::from_raw(std::ptr::slice_from_raw_parts_mut(rows.pointer, rows.length));
    for row in list.iter() {
        drop(take_string(row.payload, row.payload_length));
    }
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
