;; A program of WASI preview 1 that ends in the way that its first argument names by its first letter: `e` exits with
;; code 33, `t` traps, `r` recurses without end, `l` loops, `g` grows its memory, `c` copies its input. It tries to catch
;; everything. The exit code is 1 when it caught something, and 0 when it came to its end.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)

  (func $recurse (param $depth i32) (result i32)
    (i32.add (call $recurse (i32.add (local.get $depth) (i32.const 1))) (i32.const 1)))

  ;; Writes the time to memory that was not there before. Traps when the host does not see it.
  (func $grow
    (if (i32.ne (memory.grow (i32.const 1)) (i32.const 1)) (then (unreachable)))
    (if (call $clock_time_get (i32.const 1) (i64.const 1) (i32.const 65536)) (then (unreachable)))
    (if (i64.eqz (i64.load (i32.const 65536))) (then (unreachable))))

  ;; Copies the standard input to the standard output.
  (func $copy
    (loop $more
      (i32.store (i32.const 256) (i32.const 512))
      (i32.store (i32.const 260) (i32.const 16))
      (if (call $fd_read (i32.const 0) (i32.const 256) (i32.const 1) (i32.const 260)) (then (unreachable)))
      (if (i32.eqz (i32.load (i32.const 260))) (then (return)))
      (if (call $fd_write (i32.const 1) (i32.const 256) (i32.const 1) (i32.const 264)) (then (unreachable)))
      (br $more)))

  (func $end (param $letter i32)
    (if (i32.eq (local.get $letter) (i32.const 0x65)) (then (call $proc_exit (i32.const 33))))
    (if (i32.eq (local.get $letter) (i32.const 0x74)) (then (unreachable)))
    (if (i32.eq (local.get $letter) (i32.const 0x72)) (then (drop (call $recurse (i32.const 0)))))
    (if (i32.eq (local.get $letter) (i32.const 0x6c)) (then (loop $forever (br $forever))))
    (if (i32.eq (local.get $letter) (i32.const 0x67)) (then (call $grow)))
    (if (i32.eq (local.get $letter) (i32.const 0x63)) (then (call $copy))))

  (func (export "_start")
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $args_get (i32.const 64) (i32.const 128)))
    (block $caught
      (try_table (catch_all $caught)
        (call $end (i32.load8_u (i32.load (i32.const 68)))))
      (return))
    (call $proc_exit (i32.const 1))))
