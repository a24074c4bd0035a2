/** Guests for the tests of the suite, as text. */

/** A command that runs the core code and returns its result: 0 is `ok`, 1 is `err`. */
export const command = (code: string): string => `(component
  (import "wasi:cli/exit@0.3.0" (instance $exit (export "exit" (func (param "status" (result))))))
  (core func $exit (canon lower (func $exit "exit")))
  (core module $m
    (import "" "exit" (func $exit (param i32)))
    (func (export "run") (result i32) ${code}))
  (core instance $i (instantiate $m (with "" (instance (export "exit" (func $exit))))))
  (func $run async (result (result)) (canon lift (core func $i "run")))
  (instance $run (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $run)))`;

/**
 * A command that gets its standard input, does something with the stream `$input`, and returns `ok` when the future
 * `$ended` beside it, or the one that the core code leaves in its place, has a value.
 */
export const standardInput = (code: string): string => `(component
  (import "wasi:cli/types@0.3.0" (instance $types
    (type $cases (enum "io" "illegal-byte-sequence" "pipe"))
    (export "error-code" (type (eq $cases)))))
  (alias export $types "error-code" (type $error-code))
  (import "wasi:cli/stdin@0.3.0" (instance $stdin
    (alias outer 1 $error-code (type $outer))
    (export "error-code" (type $error-code (eq $outer)))
    (export "read-via-stream" (func (result (tuple (stream u8) (future (result (error $error-code)))))))))
  (import "wasi:cli/stdout@0.3.0" (instance $stdout
    (alias outer 1 $error-code (type $outer))
    (export "error-code" (type $error-code (eq $outer)))
    (export "write-via-stream"
      (func (param "data" (stream u8)) (result (future (result (error $error-code))))))))
  (type $bytes (stream u8))
  (type $end (future (result (error $error-code))))
  (core module $Memory (memory (export "memory") 1))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "memory" (core memory $m))
  (core func $read (canon lower (func $stdin "read-via-stream") (memory $m)))
  (core func $write (canon lower (func $stdout "write-via-stream")))
  (core func $drop (canon stream.drop-readable $bytes))
  (core func $wait (canon future.read $end async (memory $m)))
  (core func $set (canon waitable-set.new))
  (core func $join (canon waitable.join))
  (core func $return (canon task.return (result (result))))
  (core module $Guest
    (import "" "memory" (memory 1))
    (import "" "read" (func $read (param i32)))
    (import "" "write" (func $write (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "wait" (func $wait (param i32 i32) (result i32)))
    (import "" "set" (func $set (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "return" (func $return (param i32)))
    (func (export "run") (result i32)
      (local $input i32) (local $ended i32) (local $set i32)
      (call $read (i32.const 0))
      (local.set $input (i32.load (i32.const 0)))
      (local.set $ended (i32.load (i32.const 4)))
      ${code}
      (if (i32.ne (call $wait (local.get $ended) (i32.const 16)) (i32.const -1))
        (then (call $return (i32.load8_u (i32.const 16))) (return (i32.const 0))))
      (local.set $set (call $set))
      (call $join (local.get $ended) (local.get $set))
      (i32.or (i32.shl (local.get $set) (i32.const 4)) (i32.const 2)))
    (func (export "event") (param i32 i32 i32) (result i32)
      (call $return (i32.load8_u (i32.const 16)))
      (i32.const 0)))
  (core instance $guest (instantiate $Guest (with "" (instance
    (export "memory" (memory $m))
    (export "read" (func $read))
    (export "write" (func $write))
    (export "drop" (func $drop))
    (export "wait" (func $wait))
    (export "set" (func $set))
    (export "join" (func $join))
    (export "return" (func $return))))))
  (func $run async (result (result))
    (canon lift (core func $guest "run") async (callback (core func $guest "event"))))
  (instance $run (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $run)))`;

/** A service that answers with the body of the request. */
export const echoService = `(component
  (import "wasi:http/types@0.3.0" (instance $types
    (export "fields" (type $fields (sub resource)))
    (export "request" (type $request (sub resource)))
    (export "response" (type $response (sub resource)))
    (type $cases (variant (case "internal-error" (option string))))
    (export "error-code" (type $error-code (eq $cases)))
    (export "[constructor]fields" (func (result (own $fields))))
    (export "[static]request.consume-body"
      (func (param "this" (own $request)) (param "res" (future (result (error $error-code))))
        (result (tuple (stream u8) (future (result (option (own $fields)) (error $error-code)))))))
    (export "[static]response.new"
      (func (param "headers" (own $fields)) (param "contents" (option (stream u8)))
        (param "trailers" (future (result (option (own $fields)) (error $error-code))))
        (result (tuple (own $response) (future (result (error $error-code)))))))))
  (alias export $types "request" (type $request))
  (alias export $types "response" (type $response))
  (alias export $types "error-code" (type $error-code))
  (type $sent (future (result (error $error-code))))
  (core module $Memory
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
  (core instance $memory (instantiate $Memory))
  (alias core export $memory "memory" (core memory $m))
  (core func $fields (canon lower (func $types "[constructor]fields")))
  (core func $consume (canon lower (func $types "[static]request.consume-body") (memory $m)))
  (core func $new (canon lower (func $types "[static]response.new") (memory $m)))
  (core func $sent (canon future.new $sent))
  (core func $return (canon task.return (result (result (own $response) (error $error-code))) (memory $m)))
  (core module $Guest
    (import "" "memory" (memory 1))
    (import "" "fields" (func $fields (result i32)))
    (import "" "consume" (func $consume (param i32 i32 i32)))
    (import "" "new" (func $new (param i32 i32 i32 i32 i32)))
    (import "" "sent" (func $sent (result i64)))
    (import "" "return" (func $return (param i32 i32 i32 i32 i32)))
    (func (export "handle") (param $request i32) (result i32)
      (call $consume (local.get $request) (i32.wrap_i64 (call $sent)) (i32.const 0))
      (call $new (call $fields) (i32.const 1) (i32.load (i32.const 0)) (i32.load (i32.const 4)) (i32.const 8))
      (call $return (i32.const 0) (i32.load (i32.const 8)) (i32.const 0) (i32.const 0) (i32.const 0))
      (i32.const 0))
    (func (export "event") (param i32 i32 i32) (result i32) unreachable))
  (core instance $guest (instantiate $Guest (with "" (instance
    (export "memory" (memory $m))
    (export "fields" (func $fields))
    (export "consume" (func $consume))
    (export "new" (func $new))
    (export "sent" (func $sent))
    (export "return" (func $return))))))
  (func $handle async (param "request" (own $request)) (result (result (own $response) (error $error-code)))
    (canon lift (core func $guest "handle") async (memory $m) (realloc (core func $memory "realloc"))
      (callback (core func $guest "event"))))
  (instance $handler (export "handle" (func $handle)))
  (export "wasi:http/handler@0.3.0" (instance $handler)))`;
