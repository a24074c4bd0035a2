import { equal } from '../../expect.ts';
import type { CaseContext, PlatformNeed } from '../../platform-case.ts';
import { suspendsStacks } from '../../platform-features.ts';
import { cannotWait, handling } from './handlers.ts';
import { slowStream } from './run-granted.ts';
import { wasiGroup } from './wasi-group.ts';

/** Both guests wait for the response in the middle of a function. */
const needs2: PlatformNeed = {
  isThere: suspendsStacks,
  otherwise: (context) => cannotWait(context, '/proxy/outside', granted(context), to(context)),
};

const needs3: PlatformNeed = {
  isThere: suspendsStacks,
  otherwise: async (context) => {
    const { get, errors } = await handling(context, 'http-service', granted(context));
    equal((await get('/outside', to(context))).status, 500);
    if (!/would have to wait for .*, and this platform/u.test(errors[0] ?? ''))
      throw new Error(`another error: ${errors[0]}`);
  },
};

const granted = ({ outside }: CaseContext) => ({ http: [outside] });
const to = ({ outside }: CaseContext) => ({ 'x-to': new URL(outside).host });
const ELSEWHERE = { 'x-to': 'elsewhere.example' };
const REFUSAL =
  'the program asked for `http://elsewhere.example`; no origin grants it; `--http http://elsewhere.example` would';

export const outgoingRequests = wasiGroup('outgoing requests', [
  {
    name: 'an origin that is not granted is refused for 0.2',
    run: async (context) => {
      const { get, refused } = await handling(context, 'http-guest', granted(context));
      const response = await get('/proxy/outside', ELSEWHERE);
      equal([response.status, await response.text()], [502, 'error-code 15']);
      equal(refused, [REFUSAL]);
    },
  },
  {
    name: 'an origin that is not granted is refused for 0.3',
    run: async (context) => {
      const { get, refused } = await handling(context, 'http-service', granted(context));
      equal((await get('/outside', ELSEWHERE)).status, 500);
      equal(refused, [REFUSAL]);
    },
  },
  {
    name: 'GET reaches an origin that is granted, for 0.3',
    needs: needs3,
    run: async (context) => {
      const { get } = await handling(context, 'http-service', granted(context));
      const response = await get('/outside', to(context));
      equal([response.status, await response.text()], [200, 'outside']);
    },
  },
  {
    name: 'POST sends a body that arrives slowly, for 0.2',
    needs: needs2,
    run: async (context) => {
      const { post } = await handling(context, 'http-guest', granted(context));
      const response = await post('/proxy/outside', slowStream(['one ', 'two']), to(context));
      equal([response.status, await response.text()], [200, 'one two']);
    },
  },
  {
    name: 'POST sends a body that arrives slowly, for 0.3',
    needs: needs3,
    run: async (context) => {
      const { post } = await handling(context, 'http-service', granted(context));
      const response = await post('/outside', slowStream(['one ', 'two']), to(context));
      equal([response.status, await response.text()], [200, 'one two']);
    },
  },
]);
