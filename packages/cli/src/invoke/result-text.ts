import { type ResultKind, thrownResult } from '@wit-ts/mapping';
import { shapeOf, type Func, type Type } from '@wit-ts/model';
import { type EndKind, printQuoted, printResult, printWave } from '../wave/print.ts';

/** A stream is read to its end, but no further than this. */
const MAX_ELEMENTS = 1000;

/** What a call or a promise of the runtime gives. */
interface Outcome {
  /** The results behind which the value is, the outermost first. The `err` of each is thrown. */
  readonly results: readonly ResultKind[];
  /** The type of the value, absent if there is none. */
  readonly value: Type | undefined;
}

/**
 * Calls a function and returns what it gives in WAVE; `undefined` if it gives nothing. A stream is read and printed as
 * a list, and a future as its value.
 *
 * @throws what the call throws, unless it is the `err` of a result
 */
export async function resultText(
  { async: isAsync, result }: Pick<Func, 'async' | 'result'>,
  call: () => unknown,
): Promise<string | undefined> {
  const outcome = outcomeOf(result, isAsync);
  // What a synchronous function returns may be a future, which `await` would read.
  return settledText(outcome, async () => (isAsync ? { value: await call() } : { value: call() }));
}

/** JavaScript joins the promise of a call with the future that it returns, and a future with a future in it. */
function outcomeOf(type: Type | undefined, isPromise: boolean): Outcome {
  const results: ResultKind[] = [];
  let value = type;
  for (;;) {
    const result = thrownResult(value);
    if (result !== undefined) {
      results.push(result);
      value = result.ok;
    }
    const shape = value === undefined ? undefined : shapeOf(value);
    if (!isPromise || typeof shape !== 'object' || shape.tag !== 'future') return { results, value };
    value = shape.payload;
  }
}

async function settledText(
  { results, value }: Outcome,
  settle: () => Promise<{ readonly value: unknown }>,
): Promise<string | undefined> {
  let settled: { readonly value: unknown };
  try {
    settled = await settle();
  } catch (error) {
    const [outermost] = results;
    if (outermost === undefined || !isComponentError(error)) throw error;
    // With several results, nothing says whose error it is.
    return results.length === 1
      ? printResult('err', error.payload, outermost)
      : `err(${plainText(error.payload)})`;
  }
  const text = value === undefined ? undefined : await textOf(settled.value, value);
  return results.reduce<string | undefined>((inner) => (inner === undefined ? 'ok' : `ok(${inner})`), text);
}

function isComponentError(error: unknown): error is { readonly payload: unknown } {
  return error instanceof Error && error.name === 'ComponentError' && 'payload' in error;
}

function plainText(payload: unknown): string {
  if (typeof payload === 'string') return printQuoted(payload);
  return typeof payload === 'object' ? '…' : String(payload);
}

/** Prints a value. All streams and futures in it are read at the same time, because one may wait for another. */
async function textOf(value: unknown, type: Type): Promise<string> {
  const texts = new Map<unknown, Promise<string>>();
  printWave(value, type, (end, kind) => {
    texts.set(end, endText(end, kind));
    return '';
  });
  const printed = new Map(
    await Promise.all([...texts].map(async ([end, text]) => [end, await text] as const)),
  );
  return printWave(value, type, (end) => printed.get(end)!);
}

async function endText(end: unknown, { tag, payload }: EndKind): Promise<string> {
  if (tag === 'stream') return streamText(end as AsyncIterable<unknown>, payload);
  const text = await settledText(outcomeOf(payload, true), async () => ({ value: await end }));
  return text ?? '<future>';
}

async function streamText(stream: AsyncIterable<unknown>, type: Type | undefined): Promise<string> {
  const texts: string[] = [];
  let count = 0;
  for await (const item of stream) {
    // A stream of numbers gives them in chunks.
    const elements = ArrayBuffer.isView(item) ? (item as Uint8Array) : [item];
    for (const element of elements) {
      count += 1;
      if (count <= MAX_ELEMENTS && type !== undefined) texts.push(await textOf(element, type));
    }
    if (count > MAX_ELEMENTS) break;
  }
  if (type === undefined)
    return `<stream of ${count > MAX_ELEMENTS ? `more than ${MAX_ELEMENTS}` : count} elements>`;
  return `[${[...texts, ...(count > MAX_ELEMENTS ? ['…'] : [])].join(', ')}]`;
}
