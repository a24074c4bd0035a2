import { describe, expect, it } from 'vitest';
import { paintOf, printable } from './paint.ts';
import { render, renderPlain } from './render.ts';
import { SourceFile } from './source.ts';

const HOSTILE = '\u001b[2J\u202e\u0007';

describe('text for a terminal', () => {
  it('is coloured only on demand', () => {
    expect(paintOf(true).red('x')).toBe('\u001b[31mx\u001b[0m');
    expect(paintOf(false).red('x')).toBe('x');
    expect(paintOf(undefined).bold('x')).toBe('x');
  });

  it('keeps line breaks and tabs, and no other control characters', () => {
    expect(printable(`a\tb\nc${HOSTILE}d`)).toBe('a\tb\nc\ufffd[2J\ufffd\ufffdd');
  });

  it('has no control characters from a hostile diagnostic', () => {
    const file = new SourceFile(`a${HOSTILE}.wit`, `world ${HOSTILE}`);
    const span = { file, start: 0, end: 5 };
    const diagnostic = {
      code: 'x',
      severity: 'error',
      message: HOSTILE,
      help: HOSTILE,
      span,
      related: [{ message: HOSTILE, span }],
    } as const;
    for (const text of [render(diagnostic), renderPlain(diagnostic)]) expect(printable(text)).toBe(text);
  });
});
