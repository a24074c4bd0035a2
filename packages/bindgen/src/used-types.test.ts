import { resolveOrThrow } from '@wit-ts/wit';
import { describe, expect, it } from 'vitest';
import { generate, type GeneratedFile, type Side } from './index.ts';

const WIT = `package t:re@1.0.0;
interface types {
  resource req { headers: func() -> list<string>; }
  resource body;
  variant err { timeout, other(option<string>) }
  type alias = req;
}
interface handler {
  use types.{req, err as error, alias};
  handle: func(r: req) -> result<alias, error>;
}
interface utils {
  use types.{req};
  use handler.{error};
  f: func(r: borrow<req>) -> error;
}
/// Only uses.
interface prelude {
  use types.{req as request, err as %result, body as %map};
  nothing: func(r: %result) -> result<_, list<u8>>;
}
/// Errors have the name of a class of JavaScript, and bytes that of another.
interface shadows {
  use types.{err as error, req as uint8-array};
  g: func() -> result<list<u8>, error>;
  h: func(x: uint8-array) -> result<_, list<u8>>;
  r: func() -> result<_, option<option<u8>>>;
}
world w {
  use types.{req as request, err};
  use handler.{error as handler-error};
  import log: func(e: handler-error) -> result<_, err>;
  import utils;
  import prelude;
  import shadows;
  export handler;
  export run: func() -> result<request, err>;
  export inner: interface { use types.{body}; use handler.{error}; g: func(b: body) -> result<_, error>; }
}
`;

async function generated(side: Side): Promise<readonly GeneratedFile[]> {
  return generate(resolveOrThrow(WIT).resolve, 'w', { side });
}

function contentOf(files: readonly GeneratedFile[], path: string): string {
  return files.find((file) => file.path.startsWith(path))!.content;
}

describe('types that an interface takes by `use`', () => {
  it('are exported from its file under their local names', async () => {
    const files = await generated('host');
    expect(contentOf(files, 'interfaces/t-re-handler')).toContain('export type { Req, Error, Alias };');
    expect(contentOf(files, 'interfaces/t-re-utils')).toContain('export type { Req, Error };');
    expect(contentOf(files, 'interfaces/t-re-prelude')).toContain('export type { Request, Result, Map };');
    expect(contentOf(files, 'interfaces/inner')).toContain('export type { Body, Error };');
    expect(contentOf(files, 'w.ts')).toContain('export type { Request, Err, HandlerError };');
  });
});

describe('documentation of what is thrown', () => {
  it('names types as they are called in the file', async () => {
    const files = await generated('host');
    expect(contentOf(files, 'interfaces/t-re-handler')).toContain('@throws {ComponentError<Error>}');
    expect(contentOf(files, 'w.ts')).toContain('@throws {ComponentError<Err>}');
    const shadows = contentOf(files, 'interfaces/t-re-shadows');
    expect(shadows).toContain('@throws {ComponentError<globalThis.Uint8Array>}');
    expect(shadows).toContain(
      '@throws {ComponentError<{ tag: "none" } | { tag: "some"; val: number | undefined }>}',
    );
  });

  it('names no class that a guest does not have', async () => {
    const files = await generated('guest');
    for (const { content } of files) expect(content).not.toContain('ComponentError');
    expect(contentOf(files, 'interfaces/t-re-prelude')).toContain('@throws {{ payload: Uint8Array }}');
    expect(contentOf(files, 'exports/t-re-handler')).toContain('@throws {Error}');
    expect(contentOf(files, 'w.d.ts')).toContain('@throws {{ payload: Err }}');
  });

  it('names only types that the file has', async () => {
    for (const side of ['host', 'guest'] as const) {
      for (const { path, content } of await generated(side)) {
        for (const [, text = ''] of content.matchAll(/@throws \{(.*)\}$/gmu)) {
          const names =
            text.replaceAll(/globalThis\.\w+|"\w+"|ComponentError/gu, '').match(/\b[A-Z]\w*/gu) ?? [];
          for (const name of names.filter((each) => each !== 'Uint8Array'))
            expect(content, `${path}: ${name}`).toMatch(
              new RegExp(`\\b(?:type|interface|class|import type \\{.*) ${name}\\b`, 'u'),
            );
        }
      }
    }
  });
});
