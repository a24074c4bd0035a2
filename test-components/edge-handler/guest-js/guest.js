// The edge handler in JavaScript, compiled together with an engine by componentize-js.

import { processData } from 'example:service/processor';

export function handleRequest(request) {
  const id = BigInt([...request].length);
  const tags = request.split(' ').filter((word) => word !== '');
  try {
    return `ok: ${processData(request, { id, tags })}`;
  } catch (error) {
    return `err: ${error.payload}`;
  }
}
