// The smallest server with the answer that the guest gives to `/hello`.
import { createServer } from 'node:http';

createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 6 });
  response.end('hello\n');
}).listen(Number(process.argv[2]), '127.0.0.1');
