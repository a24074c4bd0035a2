import { instantiate } from '../../../../../../test-components/edge-handler/built/rust.wasm';

const { handleRequest } = await instantiate({
  'example:service/processor': { processData: (input) => input.toUpperCase() },
});
document.body.append(handleRequest('hello'));
