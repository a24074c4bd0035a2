// An HTTP service in JavaScript: a handler of the `fetch` event, as in a service worker.

const MAX_NUMBERS = 1000;

addEventListener('fetch', (event) => event.respondWith(answer(event.request)));

async function answer(request) {
  const { pathname } = new URL(request.url);
  if (pathname === '/api/health') return onlyWith(request, 'GET') ?? new Response('OK');
  if (pathname === '/api/process') return onlyWith(request, 'POST') ?? process(request);
  return problem(404, 'there is nothing here');
}

/** Returns the response to another method, or undefined. */
function onlyWith(request, method) {
  if (request.method === method) return undefined;
  const response = problem(405, `use ${method}`);
  response.headers.set('allow', method);
  return response;
}

/** Takes `{ "numbers": [1, 2, 3] }` and returns their count, sum and mean. */
async function process(request) {
  let input;
  try {
    input = JSON.parse(await request.text());
  } catch {
    return problem(400, 'the body is not JSON');
  }
  const numbers = input?.numbers;
  if (!Array.isArray(numbers) || numbers.length > MAX_NUMBERS || !numbers.every(Number.isFinite))
    return problem(400, `\`numbers\` is not a list of at most ${MAX_NUMBERS} numbers`);
  const sum = numbers.reduce((total, each) => total + each, 0);
  return json(200, { count: numbers.length, sum, mean: numbers.length === 0 ? null : sum / numbers.length });
}

function problem(status, error) {
  return json(status, { error });
}

function json(status, value) {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });
}
