import { describe, expect, it } from 'vitest';
import { withPlatformTypes } from './platform-types.ts';

describe('withPlatformTypes', () => {
  it('adds an import for each type of the platform, before the source map', () => {
    const text = [
      'export declare function from(source: Blob | Response): WebAssembly.Module;',
      'export interface Resource extends Disposable {}',
      '//# sourceMappingURL=a.d.ts.map',
    ].join('\n');
    expect(withPlatformTypes(text, '../platform')).toEqual({
      text: [
        'export declare function from(source: Blob | Response): WebAssembly.Module;',
        'export interface Resource extends Disposable {}',
        "import type * as WebAssembly from '../platform/web-assembly.js';",
        "import type { Response } from '../platform/fetch.js';",
        "import type { Blob } from '../platform/fetch.js';",
        "import '../platform/disposable.js';",
        '//# sourceMappingURL=a.d.ts.map',
      ].join('\n'),
      used: ['web-assembly', 'fetch', 'disposable'],
    });
  });

  it('adds the globals that streams need, once', () => {
    const text =
      'export interface Stream extends AsyncDisposable, Disposable {\n  read(): ReadableStream<number>;\n}\n';
    expect(withPlatformTypes(text, './platform')).toEqual({
      text: `${text}import './platform/readable-stream.js';\nimport './platform/disposable.js';\n`,
      used: ['readable-stream', 'disposable'],
    });
  });

  it('adds the types of writing to a stream and of answering requests', () => {
    const text = 'export declare function answer(request: Request, log: WritableStream<string>): void;\n';
    expect(withPlatformTypes(text, './platform')).toEqual({
      text: `${text}import type { Request } from './platform/fetch.js';\nimport './platform/writable-stream.js';\n`,
      used: ['fetch', 'writable-stream'],
    });
  });

  it('adds the globals of cancellation, so that a signal that is returned is the one of the program', () => {
    const text = 'export declare function callSignal(): AbortSignal;\n';
    expect(withPlatformTypes(text, './platform')).toEqual({
      text: `${text}import './platform/abort-signal.js';\n`,
      used: ['abort-signal'],
    });
  });

  it('ignores comments and longer names', () => {
    const text = '/** Takes a `Response`. */\n// WebAssembly.Module\nexport type ResponseKind = 1;\n';
    expect(withPlatformTypes(text, './platform')).toEqual({ text, used: [] });
  });
});
