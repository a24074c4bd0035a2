/** A component that did not give its thread back, so that the thread was ended with all requests that it had. */
export class StuckError extends Error {
  override readonly name = 'StuckError';
  readonly milliseconds: number;
  /** The requests that the thread had begun: one of them is the reason. The paths may be cut. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];

  constructor(milliseconds: number, count: number, requests: StuckError['requests']) {
    const shown = requests.slice(0, MOST_SHOWN).map(({ method, path }) => `\`${method} ${path}\``);
    const more = count > shown.length ? `${shown.length > 0 ? ' and ' : ''}${count - shown.length} more` : '';
    super(
      `the component ran for ${milliseconds} ms without coming back, and its thread was ended with ` +
        (count === 0 ? 'no request' : `the requests that it had: ${shown.join(', ')}${more}`) +
        '; `limits.fuel` ends one request alone',
    );
    this.milliseconds = milliseconds;
    this.requests = requests;
  }
}

const MOST_SHOWN = 8;
