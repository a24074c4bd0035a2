import { type BenchmarkRow, type BenchmarkSuite, guestCall } from '../benchmark-suite.ts';
import { resourcesByHand } from '../contenders/by-hand/resources.ts';
import { jco, staticModule, witTs } from '../contenders/make-instance.ts';
import { files } from '../guests/resources-guest.ts';

const rows: readonly BenchmarkRow[] = [
  {
    name: 'new resource, method, drop',
    call: {
      code: `const counter = new guest.counters.Counter(5); last = counter.increment(); counter[Symbol.dispose]();`,
      args: [],
      answer: { value: 5 },
    },
  },
  {
    name: 'method of a resource',
    call: {
      setup: `const counter = new guest.counters.Counter(0);`,
      code: `last = counter.increment();`,
      args: [],
      answer: { value: 0 },
    },
  },
  {
    name: 'two borrows of guest resources passed in',
    call: {
      setup: `const { Counter } = guest.counters; const a = new Counter(40); const b = new Counter(2);`,
      code: `last = Counter.sum(a, b);`,
      args: [],
      answer: { value: 42 },
    },
  },
  {
    name: 'borrow of a host resource, asked and dropped',
    call: guestCall('describe', [new files.File('twelve chars')], { value: 'twelve chars' }),
  },
  {
    name: 'host resource opened, asked and dropped',
    call: guestCall('read', ['twelve chars'], { value: 'twelve chars' }),
  },
];

const imports = { 'test:resources/files': files };

/** Calls that create, pass and drop handles of guest resources and of host resources. */
export const resources: BenchmarkSuite = {
  component: 'resources/built/wat.wasm',
  contenders: {
    'by hand': (component) => resourcesByHand(component, files),
    'wit-ts': witTs(imports),
    static: staticModule(imports),
    jco: jco(imports),
  },
  rows,
  unmeasuredCalls: [],
};
