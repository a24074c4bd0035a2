/// <reference types="vite/client" />
import { answers } from './answers.ts';
import address from './app.wasm?url';

const response = await fetch(address);
const lines = await answers('hello', new Uint8Array(await response.arrayBuffer()));
document.querySelector('#answers')?.append(lines.join('\n'));
console.log(JSON.stringify(lines));
