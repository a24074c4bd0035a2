import { describe, expect, test } from 'vitest';
import { assert, integer, oneof, property, string, uint8Array } from 'fast-check';
import { networkGrants } from './network-grants.ts';
import { addressText, isPrivateAddress, parseAddress } from './network-addresses.ts';

const net = (...list: string[]) => networkGrants({ net: list });
const http = (...list: string[]) => networkGrants({ http: list });
const listen = (...list: string[]) => networkGrants({ listen: list });

describe('without grants', () => {
  test('nothing may be reached, and nothing is looked up', () => {
    const grants = networkGrants({});
    expect(grants.isEmpty).toBe(true);
    expect(grants.mayConnect('93.184.216.34', 443)).toBe(false);
    expect(grants.mayConnect('93.184.216.34', 443, 'example.org')).toBe(false);
    expect(grants.mayListen('127.0.0.1', 80)).toBe(false);
    expect(grants.mayLookUp('example.org')).toBe(false);
    expect(grants.mayRequest('https://example.org')).toBe(false);
    expect(grants.mayRequestAt('https://example.org', '93.184.216.34')).toBe(false);
  });
});

describe('the grant `net`', () => {
  test('covers one name and one port', () => {
    const grants = net('example.org:443');
    expect(grants.mayConnect('93.184.216.34', 443, 'example.org')).toBe(true);
    expect(grants.mayConnect('93.184.216.34', 80, 'example.org')).toBe(false);
    expect(grants.mayConnect('93.184.216.34', 443, 'www.example.org')).toBe(false);
    expect(grants.mayConnect('93.184.216.34', 443, 'notexample.org')).toBe(false);
    expect(grants.mayConnect('93.184.216.34', 443)).toBe(false);
    expect(grants.mayLookUp('example.org')).toBe(true);
    expect(grants.mayLookUp('example.com')).toBe(false);
  });

  test.each([
    ['EXAMPLE.org:443', 'example.ORG'],
    ['example.org.:443', 'example.org'],
    ['example.org:443', 'example.org.'],
    ['bücher.example:443', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example:443', 'BÜCHER.example'],
  ])('compares names in normal form: %s and %s', (grant, name) => {
    expect(net(grant).mayConnect('93.184.216.34', 443, name)).toBe(true);
  });

  test('covers the names below a name, but not the name, with `*.`', () => {
    const grants = net('*.example.org:*');
    expect(grants.mayLookUp('a.example.org')).toBe(true);
    expect(grants.mayLookUp('a.b.example.org')).toBe(true);
    expect(grants.mayLookUp('example.org')).toBe(false);
    expect(grants.mayLookUp('evilexample.org')).toBe(false);
    expect(grants.mayConnect('93.184.216.34', 1, 'a.example.org')).toBe(true);
  });

  test('covers all hosts with `*`, private ones included', () => {
    const grants = net('*:53');
    expect(grants.mayConnect('10.0.0.1', 53)).toBe(true);
    expect(grants.mayConnect('::1', 53)).toBe(true);
    expect(grants.mayConnect('10.0.0.1', 54)).toBe(false);
  });

  test.each([
    ['127.0.0.1:80', '::ffff:127.0.0.1'],
    ['[::ffff:127.0.0.1]:80', '127.0.0.1'],
    ['127.1:80', '127.0.0.1'],
    ['0x7f000001:80', '127.0.0.1'],
    ['[2001:DB8:0:0::1]:80', '2001:db8::1'],
  ])('compares addresses in normal form: %s and %s', (grant, address) => {
    expect(net(grant).mayConnect(address, 80)).toBe(true);
  });

  // Attempt 49: whoever answers for a name must not choose an address of the host's own network.
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '0.1.2.3',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ])('refuses a granted name that has the private address %s', (address) => {
    expect(net('example.org:80').mayConnect(address, 80, 'example.org')).toBe(false);
    expect(http('http://example.org').mayRequestAt('http://example.org', address)).toBe(false);
    expect(http('http://*.example.org').mayRequestAt('http://a.example.org', address)).toBe(false);
  });

  test.each(['93.184.216.34', '172.32.0.1', '2606:4700::1111', '64:ff9b::5db8:d822', '2002:5db8:d822::'])(
    'lets a granted name have the public address %s',
    (address) => {
      expect(net('example.org:80').mayConnect(address, 80, 'example.org')).toBe(true);
      expect(http('http://example.org').mayRequestAt('http://example.org', address)).toBe(true);
    },
  );

  test('lets a granted name have a private address that is granted, too', () => {
    expect(net('db.internal:5432', '10.0.0.7:5432').mayConnect('10.0.0.7', 5432, 'db.internal')).toBe(true);
    expect(net('db.internal:5432', '10.0.0.7:80').mayConnect('10.0.0.7', 5432, 'db.internal')).toBe(false);
    const both = networkGrants({ http: ['http://api.internal'], net: ['10.0.0.7:80'] });
    expect(both.mayRequestAt('http://api.internal', '10.0.0.7')).toBe(true);
    expect(both.mayRequestAt('http://api.internal', '10.0.0.8')).toBe(false);
    expect(
      http('http://api.internal', 'http://10.0.0.7').mayRequestAt('http://api.internal', '10.0.0.7'),
    ).toBe(true);
  });

  test('takes `localhost` for the loopback addresses, and for no others', () => {
    const grants = net('localhost:80');
    expect(grants.mayConnect('127.0.0.1', 80, 'localhost')).toBe(true);
    expect(grants.mayConnect('::1', 80, 'localhost')).toBe(true);
    expect(grants.mayConnect('10.0.0.1', 80, 'localhost')).toBe(false);
    expect(grants.mayConnect('93.184.216.34', 80, 'localhost')).toBe(false);
    expect(http('http://localhost:3000').mayRequestAt('http://localhost:3000', '127.0.0.1')).toBe(true);
  });

  // Attempt 50: other names of this machine.
  test.each(['0.0.0.0', '::', '::ffff:127.0.0.1', '::1', '127.0.0.2'])(
    'does not take %s for a granted 10.0.0.1 or a granted name',
    (address) => {
      const grants = net('10.0.0.1:*', 'example.org:*', '*.example.org:*');
      expect(grants.mayConnect(address, 80)).toBe(false);
      expect(grants.mayConnect(address, 80, 'example.org')).toBe(false);
    },
  );
});

describe('the grant `listen`', () => {
  test('covers an address and a port', () => {
    const grants = listen('127.0.0.1:8080');
    expect(grants.mayListen('127.0.0.1', 8080)).toBe(true);
    expect(grants.mayListen('::ffff:127.0.0.1', 8080)).toBe(true);
    expect(grants.mayListen('127.0.0.1', 0)).toBe(false);
    // Attempts 50 and 51: an unspecified address is every address of the machine.
    expect(grants.mayListen('0.0.0.0', 8080)).toBe(false);
    expect(grants.mayListen('::', 8080)).toBe(false);
    // A grant to listen is not one to send.
    expect(grants.mayConnect('127.0.0.1', 8080)).toBe(false);
  });

  test('covers what an unspecified address covers', () => {
    expect(listen('0.0.0.0:80').mayListen('10.0.0.1', 80)).toBe(true);
    expect(listen('0.0.0.0:80').mayListen('::', 80)).toBe(false);
    expect(listen('[::]:80').mayListen('0.0.0.0', 80)).toBe(true);
    expect(listen('*:*').mayListen('::', 1)).toBe(true);
    expect(listen('localhost:*').mayListen('::1', 1)).toBe(true);
    expect(listen('localhost:*').mayListen('10.0.0.1', 1)).toBe(false);
  });
});

describe('the grant `http`', () => {
  test('covers whole origins, with the usual port of the scheme', () => {
    const grants = http('https://api.example.org', 'http://10.0.0.1:8080/');
    expect(grants.mayRequest('https://api.example.org')).toBe(true);
    expect(grants.mayRequest('https://API.example.org:443')).toBe(true);
    expect(grants.mayRequest('https://api.example.org:8443')).toBe(false);
    expect(grants.mayRequest('http://api.example.org')).toBe(false);
    expect(grants.mayRequest('https://example.org')).toBe(false);
    expect(grants.mayRequest('http://10.0.0.1:8080')).toBe(true);
    expect(grants.mayRequest('http://10.0.0.1')).toBe(false);
    expect(grants.mayRequestAt('http://10.0.0.1:8080', '10.0.0.1')).toBe(true);
    expect(grants.mayRequestAt('http://10.0.0.1:8080', '10.0.0.2')).toBe(false);
    expect(grants.mayConnect('10.0.0.1', 8080)).toBe(false);
  });

  test('covers every origin with `*`', () => {
    expect(http('*').mayRequest('http://127.0.0.1:1')).toBe(true);
    expect(http('*').mayRequestAt('http://a.example', '127.0.0.1')).toBe(true);
  });

  test('covers every port with `:*`, and the names below one', () => {
    expect(http('https://*.example.org:*').mayRequest('https://a.example.org:1234')).toBe(true);
    expect(http('https://*.example.org').mayRequest('https://example.org')).toBe(false);
  });

  test.each([
    // Attempt 53.
    'http://good.example@evil.example',
    'http://good.example:80:81',
    'http://evil.example#good.example',
    'http://good.example\r\n',
    'http://good.example/x',
    'http://good.example%00',
    'http://good.example\\@evil.example',
    'ftp://good.example',
    'http://',
    'http://[::1',
    '',
  ])('refuses what is not an origin: %j', (origin) => {
    expect(http('http://good.example').mayRequest(origin)).toBe(false);
  });
});

describe('a grant that is wrong', () => {
  test.each([
    [
      { net: ['example.org'] },
      'grants.net[0]: "example.org": the port is missing: write `HOST:PORT`, or `HOST:*`',
    ],
    [
      { net: ['a:1', '::1:80'] },
      'grants.net[1]: "::1:80": write `HOST:PORT`, and an IPv6 address in brackets',
    ],
    [{ net: ['example.org:0'] }, 'grants.net[0]: "example.org:0": `0` is not a port'],
    [{ net: ['example.org:65536'] }, '`65536` is not a port'],
    [{ net: ['a b:80'] }, '`a b` is not a host'],
    [{ net: ['user@a:80'] }, '`user@a` is not a host'],
    [{ net: ['*.10.0.0.1:80'] }, '`*.10.0.0.1` is not a host'],
    [{ net: 'a:80' }, 'grants.net: expected an array of strings, got string'],
    [{ net: [80] }, 'grants.net[0]: expected a string, got number'],
    [
      { listen: ['example.org:80'] },
      'grants.listen[0]: "example.org:80": a program listens on an address of this',
    ],
    [
      { http: ['example.org'] },
      'grants.http[0]: "example.org": an origin starts with `https://` or `http://`',
    ],
    [{ http: ['https://example.org/api'] }, 'an origin has no path: grants are for whole origins'],
    [{ http: ['https://a@example.org'] }, 'an origin has no user name'],
    [{ http: ['https://example.org:http'] }, '`http` is not a port'],
    [{ http: ['https://exa mple.org'] }, 'is not a host'],
  ])('is a TypeError that says what to write: %j', (grants, message) => {
    // Grants come from JavaScript, too.
    const read = (): unknown => networkGrants(grants as object);
    expect(read).toThrow(TypeError);
    expect(read).toThrow(message);
  });
});

describe('addresses', () => {
  const ipv4 = uint8Array({ minLength: 4, maxLength: 4 });
  const ipv6 = uint8Array({ minLength: 16, maxLength: 16 });

  test('have one text, which is read back', () => {
    assert(
      property(oneof(ipv4, ipv6), (bytes) => {
        const read = parseAddress(addressText(bytes));
        expect(read && addressText(read)).toBe(addressText(read ?? bytes));
        if (bytes.length === 4) expect(read).toEqual(bytes);
      }),
    );
  });

  test('are private in IPv6 when the IPv4 address inside is', () => {
    assert(
      property(ipv4, (bytes) => {
        const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        const groups = `${hex.slice(0, 4)}:${hex.slice(4)}`;
        for (const text of [`::ffff:${groups}`, `64:ff9b::${groups}`, `2002:${groups}::`]) {
          const outer = parseAddress(text);
          expect(outer && isPrivateAddress(outer)).toBe(isPrivateAddress(bytes));
        }
      }),
    );
  });

  test('are granted exactly as they are written', () => {
    assert(
      property(oneof(ipv4, ipv6), oneof(ipv4, ipv6), integer({ min: 1, max: 65_535 }), (a, b, port) => {
        const text = addressText(a);
        const grants = net(`${a.length === 4 ? text : `[${text}]`}:${port}`);
        expect(grants.mayConnect(text, port)).toBe(true);
        expect(grants.mayConnect(addressText(b), port)).toBe(addressText(b) === text);
        expect(grants.mayConnect(text, (port % 65_535) + 1)).toBe(false);
      }),
    );
  });

  test('no text makes the checks throw', () => {
    const grants = networkGrants({
      net: ['a.example:1'],
      listen: ['127.0.0.1:1'],
      http: ['http://a.example'],
    });
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(grants.mayConnect(text, 1, text)).toBe(false);
        expect(grants.mayListen(text, 1)).toBe(text === '127.0.0.1');
        expect(grants.mayRequest(`http://${text}`)).toBe(/^a\.example\.?(:80|:)?$/iu.test(text));
        expect(grants.mayRequestAt(text, text)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
