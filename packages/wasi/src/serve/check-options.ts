import type { HandlerLimits, HandlerOptions } from './options.ts';
import type { ServeOptions } from './serve.ts';

/** Whether a value is in the form of its limit, and this form in words. */
type LimitForm = readonly [fits: (limit: unknown) => boolean, words: string];

const countFrom = (least: number): LimitForm => [
  (limit) => limit === Infinity || (Number.isSafeInteger(limit) && Number(limit) >= least),
  `a whole number from ${least}, or Infinity`,
];

/** The limits that are checked here. The runtime checks `fuel` and `instance`. */
const FORMS: ReadonlyMap<string, LimitForm> = new Map<
  Exclude<keyof HandlerLimits, 'fuel' | 'instance'>,
  LimitForm
>([
  // A timer of more milliseconds would end at once.
  [
    'milliseconds',
    [
      (limit) => typeof limit === 'number' && limit > 0 && limit < 2 ** 31,
      'a number above 0 and of at most 2^31 - 1',
    ],
  ],
  ['bodyBytes', countFrom(0)],
  ['concurrent', countFrom(1)],
  ['queued', countFrom(0)],
  ['concurrentPerInstance', countFrom(1)],
  ['requestsPerInstance', countFrom(1)],
]);

/**
 * Checks the options of a handler, for users whose programs nobody type-checks: a limit that is not a number would not
 * limit, and one of 0 would let every request wait. `Infinity` stands for no limit, except of time.
 *
 * @param where what messages call the object that has the options
 * @throws TypeError with the option, what was expected, and what was given
 */
export function checkHandlerOptions({ instances, limits = {} }: HandlerOptions, where = 'options'): void {
  if (instances !== undefined && instances !== 'request' && instances !== 'pool')
    throw wrong(`${where}.instances`, '`request` or `pool`', instances);
  for (const [name, limit] of Object.entries(limits)) {
    if (name === 'fuel' || name === 'instance' || limit === undefined) continue;
    const form = FORMS.get(name);
    if (form === undefined)
      throw new TypeError(
        `${where}.limits: \`${name}\` is unknown; expected ${[...FORMS.keys(), 'fuel', 'instance'].join(', ')}`,
      );
    const [fits, words] = form;
    if (!fits(limit)) throw wrong(`${where}.limits.${name}`, words, limit);
  }
}

/**
 * Checks the options of a server.
 *
 * @throws TypeError with the option, what was expected, and what was given
 */
export function checkServeOptions(options: ServeOptions): void {
  const { host, port } = options;
  // For Node an empty name means every address of the machine, and the default is to be reached by nobody else.
  if (host !== undefined && (typeof host !== 'string' || host === ''))
    throw wrong(
      'options.host',
      'an address or the name of a host; `0.0.0.0` or `::` for every address',
      host,
    );
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw wrong('options.port', 'a whole number from 0 to 65535', port);
  checkHandlerOptions(options);
}

function wrong(option: string, what: string, got: unknown): TypeError {
  const shown =
    typeof got === 'string' ? JSON.stringify(got) : typeof got === 'object' ? 'an object' : String(got);
  return new TypeError(`${option}: expected ${what}, got ${shown}`);
}
