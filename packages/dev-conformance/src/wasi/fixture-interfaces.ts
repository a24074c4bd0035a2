import type { BuiltinsSource } from './fixture-builtins.ts';

/** `tcp-socket` of `wasi:sockets/types`. */
export const tcpSockets: BuiltinsSource = {
  imports: `(import "wasi:sockets/types@0.3.0" (instance $types
    (export "tcp-socket" (type $socket (sub resource)))
    (type $family (enum "ipv4" "ipv6"))
    (export "ip-address-family" (type $ip-address-family (eq $family)))
    (type $cases (variant (case "access-denied") (case "not-supported") (case "invalid-argument")
      (case "out-of-memory") (case "timeout") (case "invalid-state") (case "address-not-bindable")
      (case "address-in-use") (case "remote-unreachable") (case "connection-refused") (case "connection-broken")
      (case "connection-reset") (case "connection-aborted") (case "datagram-too-large") (case "other" (option string))))
    (export "error-code" (type $error-code (eq $cases)))
    (type $bytes4 (tuple u8 u8 u8 u8))
    (export "ipv4-address" (type $ipv4-address (eq $bytes4)))
    (type $record4 (record (field "port" u16) (field "address" $ipv4-address)))
    (export "ipv4-socket-address" (type $ipv4-socket-address (eq $record4)))
    (type $words6 (tuple u16 u16 u16 u16 u16 u16 u16 u16))
    (export "ipv6-address" (type $ipv6-address (eq $words6)))
    (type $record6 (record (field "port" u16) (field "flow-info" u32) (field "address" $ipv6-address)
      (field "scope-id" u32)))
    (export "ipv6-socket-address" (type $ipv6-socket-address (eq $record6)))
    (type $addresses (variant (case "ipv4" $ipv4-socket-address) (case "ipv6" $ipv6-socket-address)))
    (export "ip-socket-address" (type $address (eq $addresses)))
    (type $sockets (stream (own $socket)))
    (export "[static]tcp-socket.create"
      (func (param "address-family" $ip-address-family) (result (result (own $socket) (error $error-code)))))
    (export "[method]tcp-socket.bind"
      (func (param "self" (borrow $socket)) (param "local-address" $address) (result (result (error $error-code)))))
    (export "[method]tcp-socket.connect" (func async
      (param "self" (borrow $socket)) (param "remote-address" $address) (result (result (error $error-code)))))
    (export "[method]tcp-socket.listen"
      (func (param "self" (borrow $socket)) (result (result $sockets (error $error-code)))))
    (export "[method]tcp-socket.send"
      (func (param "self" (borrow $socket)) (param "data" (stream u8))
        (result (future (result (error $error-code))))))
    (export "[method]tcp-socket.receive"
      (func (param "self" (borrow $socket))
        (result (tuple (stream u8) (future (result (error $error-code)))))))
    (export "[method]tcp-socket.get-local-address"
      (func (param "self" (borrow $socket)) (result (result $address (error $error-code)))))))
  (alias export $types "tcp-socket" (type $socket))
  (alias export $types "error-code" (type $error-code))
  (type $sockets (stream (own $socket)))
  (type $bytes (stream u8))
  (type $end (future (result (error $error-code))))`,
  streams: ['sockets', 'bytes'],
  futures: ['end'],
  functions: {
    create: { of: '$types "[static]tcp-socket.create"', params: 2 },
    // The socket, the twelve numbers of an address, and where the result goes.
    bind: { of: '$types "[method]tcp-socket.bind"', params: 14 },
    connect: { of: '$types "[method]tcp-socket.connect"', params: 2, async: true, result: true },
    listen: { of: '$types "[method]tcp-socket.listen"', params: 2 },
    send: { of: '$types "[method]tcp-socket.send"', params: 2, result: true },
    receive: { of: '$types "[method]tcp-socket.receive"', params: 2 },
    'local-address': { of: '$types "[method]tcp-socket.get-local-address"', params: 2 },
  },
};

/** `request` and `response` of `wasi:http/types`, with some cases of its errors, and `wasi:http/client`. */
export const httpClient: BuiltinsSource = {
  imports: `(import "wasi:http/types@0.3.0" (instance $types
    (export "fields" (type $fields (sub resource)))
    (export "request" (type $request (sub resource)))
    (export "response" (type $response (sub resource)))
    (export "request-options" (type $options (sub resource)))
    (type $methods (variant (case "get") (case "post")))
    (export "method" (type $method (eq $methods)))
    (type $cases (variant (case "internal-error" (option string)) (case "HTTP-request-body-size" (option u64))
      (case "HTTP-protocol-error")))
    (export "error-code" (type $error-code (eq $cases)))
    (type $header-cases (variant (case "invalid-syntax") (case "forbidden")))
    (export "header-error" (type $header-error (eq $header-cases)))
    (export "[constructor]fields" (func (result (own $fields))))
    (export "[method]fields.append"
      (func (param "self" (borrow $fields)) (param "name" string) (param "value" (list u8))
        (result (result (error $header-error)))))
    (export "[static]request.new"
      (func (param "headers" (own $fields)) (param "contents" (option (stream u8)))
        (param "trailers" (future (result (option (own $fields)) (error $error-code))))
        (param "options" (option (own $options)))
        (result (tuple (own $request) (future (result (error $error-code)))))))
    (export "[method]request.set-method"
      (func (param "self" (borrow $request)) (param "method" $method) (result (result))))
    (export "[method]request.set-authority"
      (func (param "self" (borrow $request)) (param "authority" (option string)) (result (result))))
    (export "[method]request.set-path-with-query"
      (func (param "self" (borrow $request)) (param "path-with-query" (option string)) (result (result))))
    (export "[method]response.get-status-code" (func (param "self" (borrow $response)) (result u16)))
    (export "[static]response.consume-body"
      (func (param "this" (own $response)) (param "res" (future (result (error $error-code))))
        (result (tuple (stream u8) (future (result (option (own $fields)) (error $error-code)))))))))
  (alias export $types "fields" (type $fields))
  (alias export $types "request" (type $request))
  (alias export $types "response" (type $response))
  (alias export $types "error-code" (type $error-code))
  (import "wasi:http/client@0.3.0" (instance $client
    (alias outer 1 $request (type $outer-request))
    (export "request" (type $request (eq $outer-request)))
    (alias outer 1 $response (type $outer-response))
    (export "response" (type $response (eq $outer-response)))
    (alias outer 1 $error-code (type $outer-error-code))
    (export "error-code" (type $error-code (eq $outer-error-code)))
    (export "send"
      (func async (param "request" (own $request)) (result (result (own $response) (error $error-code)))))))
  (type $bytes (stream u8))
  (type $end (future (result (error $error-code))))
  (type $trailers (future (result (option (own $fields)) (error $error-code))))`,
  streams: ['bytes'],
  futures: ['end', 'trailers'],
  functions: {
    fields: { of: '$types "[constructor]fields"', params: 0, result: true },
    append: { of: '$types "[method]fields.append"', params: 6 },
    request: { of: '$types "[static]request.new"', params: 7 },
    'set-method': { of: '$types "[method]request.set-method"', params: 2, result: true },
    'set-authority': { of: '$types "[method]request.set-authority"', params: 4, result: true },
    'set-path': { of: '$types "[method]request.set-path-with-query"', params: 4, result: true },
    'status-code': { of: '$types "[method]response.get-status-code"', params: 1, result: true },
    'consume-body': { of: '$types "[static]response.consume-body"', params: 3 },
    send: { of: '$client "send"', params: 2, async: true, result: true },
  },
};

/** `read-directory` of `wasi:filesystem/types`. */
export const directories: BuiltinsSource = {
  imports: `(import "wasi:filesystem/types@0.3.0" (instance $types
    (export "descriptor" (type $descriptor (sub resource)))
    (type $codes (variant (case "access") (case "other" (option string))))
    (export "error-code" (type $error-code (eq $codes)))
    (type $types (variant (case "directory") (case "regular-file") (case "other" (option string))))
    (export "descriptor-type" (type $descriptor-type (eq $types)))
    (type $record (record (field "type" $descriptor-type) (field "name" string)))
    (export "directory-entry" (type $directory-entry (eq $record)))
    (export "[method]descriptor.read-directory"
      (func (param "self" (borrow $descriptor))
        (result (tuple (stream $directory-entry) (future (result (error $error-code)))))))))
  (alias export $types "descriptor" (type $descriptor))
  (alias export $types "error-code" (type $error-code))
  (alias export $types "directory-entry" (type $directory-entry))
  (import "wasi:filesystem/preopens@0.3.0" (instance $preopens
    (alias outer 1 $descriptor (type $outer))
    (export "descriptor" (type $descriptor (eq $outer)))
    (export "get-directories" (func (result (list (tuple (own $descriptor) string)))))))
  (type $entries (stream $directory-entry))
  (type $end (future (result (error $error-code))))`,
  streams: ['entries'],
  futures: ['end'],
  functions: {
    directories: { of: '$preopens "get-directories"', params: 1 },
    'read-directory': { of: '$types "[method]descriptor.read-directory"', params: 2 },
  },
};
