import type { BenchmarkSuite } from '../benchmark-suite.ts';
import { asyncGuestByHand } from '../contenders/by-hand/concurrency/async-guest.ts';
import { jco, staticModule, witTs } from '../contenders/make-instance.ts';
import { makeAsyncHost } from '../guests/async-guest.ts';

export const asyncHost = makeAsyncHost();

const imports = { 'bench:tasks/host': { ...asyncHost } };

/** The contenders of the suites that measure `async-bench`. */
export const asyncContenders: BenchmarkSuite['contenders'] = {
  'by hand': (component) => asyncGuestByHand(component, asyncHost),
  'wit-ts': witTs(imports),
  static: staticModule(imports),
  jco: jco(imports),
};
