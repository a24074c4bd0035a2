import { instantiate } from '../../../../../../test-components/bundled/app/src/world.wit';
import address from '../../../../../../test-components/edge-handler/built/rust.wasm?url';

const response = await fetch(address);
const { handleRequest } = await instantiate(await response.bytes(), {
  'example:service/processor': { processData: (input) => input.toUpperCase() },
});
document.body.append(handleRequest('hello'));
