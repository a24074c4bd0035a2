import { paintOf, printableLine } from '@wit-ts/diagnostics';
import { processOutput } from '@wit-ts/wasi/node';
import { callText, type Grants, type WasiCall } from '@wit-ts/wasi/run';
import type { CommandContext } from '../command-context.ts';
import { escapeControls } from '../output-text.ts';
import type { GrantFlags } from './grants-of.ts';

/**
 * Returns grants with which each call of a program is printed on standard error: a line of text, or with `--json` of
 * JSON. What the program itself writes there may end within a line, so its end is noted.
 */
export function tracedGrants(context: CommandContext, flags: GrantFlags, grants: Grants): Grants {
  const { stderr } = context.io;
  const paint = paintOf(context.color(stderr));
  const own = grants.stderr === 'inherit' ? new NotedOutput() : undefined;
  return {
    ...grants,
    ...(own && { stderr: own }),
    onCall(given) {
      if (own?.isWithinLine === true) stderr.write('\n');
      if (own !== undefined) own.isWithinLine = false;
      const call = asWritten(given, flags);
      if (context.json) {
        stderr.write(`${escapeControls(JSON.stringify({ call: { ...call, grant: call.grant?.text } }))}\n`);
        return;
      }
      const line = printableLine(`trace: ${callText(call)}`);
      context.error(call.refusal === undefined ? paint.dim(line) : paint.red(line));
    },
  };
}

type Output = ReturnType<typeof processOutput>;

/** The standard error of the process, which knows whether what was written ends within a line. */
class NotedOutput implements Output {
  isWithinLine = false;
  readonly #output = processOutput('stderr', () => undefined);

  get isTerminal(): boolean {
    return this.#output.isTerminal;
  }

  capacity(): number {
    return this.#output.capacity();
  }

  write(bytes: Uint8Array): void {
    this.#output.write(bytes);
    if (bytes.length > 0) this.isWithinLine = bytes.at(-1) !== 0x0a;
  }

  ready(): Promise<void> {
    return this.#output.ready();
  }

  block(milliseconds: number): boolean {
    return this.#output.block?.(milliseconds) ?? false;
  }

  flush(): Promise<void> {
    return this.#output.flush();
  }

  close(): void {
    this.#output.close();
  }
}

/** Names a grant as the user wrote its flag. */
function asWritten(call: WasiCall, flags: GrantFlags): WasiCall {
  const { name, index } = call.grant ?? {};
  if (index === undefined || flags.inheritNetwork === true) return call;
  const [flag, list] =
    name === 'dirs'
      ? ['dir', flags.dir]
      : name === 'net' || name === 'listen' || name === 'http'
        ? [name, flags[name]]
        : [];
  const written = list?.[index];
  if (call.grant === undefined || written === undefined) return call;
  return { ...call, grant: { ...call.grant, text: `--${flag} ${written}` } };
}
