import { compile, type Component } from '@wit-ts/runtime';
import type { Grants } from '../../grants.ts';
import type { ByteSink } from '../../system/byte-streams.ts';
import { errorData } from '../../worker/posted-errors.ts';
import { reportedTo } from '../../worker/reported-calls.ts';
import { RingSink } from '../../worker/ring-streams.ts';
import type { HostThread } from '../../worker/serve-host.ts';
import { SharedRing } from '../../worker/shared-ring.ts';
import { WakeUps } from '../../worker/wake-ups.ts';
import { type NodeServer, serveNode } from '../serve-node.ts';
import type { AccessEntry } from '../serve.ts';
import { AccessReports } from './access-reports.ts';
import { RequestTable } from './request-table.ts';
import type { FromThread, PostedComponent, ThreadCommand, ThreadSetup, ToThread } from './thread-messages.ts';

/** How often a thread notes that it has come back to its event loop, in milliseconds. */
const BEAT = 100;

/** In a thread of a server: does what the thread of the host asks for. */
export function runServerThread(host: HostThread<ToThread, FromThread>): void {
  const thread = new ServerThreadHost(host);
  host.listen((message) => {
    if (message === 'wake') {
      thread.wakeUps.wake();
      return;
    }
    const { id, command } = message;
    thread.next(command).then(
      () => host.post({ tag: 'done', id }),
      (error: unknown) => host.post({ tag: 'done', id, error: errorData(error) }),
    );
  });
}

class ServerThreadHost {
  readonly wakeUps = new WakeUps();
  readonly #host: HostThread<ToThread, FromThread>;
  #last: Promise<void> = Promise.resolve();
  #server: NodeServer | undefined;
  #access: AccessReports | undefined;
  #prepared: { commit(): void; discard(): void } | undefined;

  constructor(host: HostThread<ToThread, FromThread>) {
    this.#host = host;
  }

  /** Does what a command says after those before it. Only `close` does not wait for them. */
  next(command: ThreadCommand): Promise<void> {
    if (command.tag === 'close') return this.#do(command);
    const done = this.#last.then(() => this.#do(command));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #do(command: ThreadCommand): Promise<void> {
    switch (command.tag) {
      case 'start':
        return this.#start(command.setup);
      case 'prepare':
        this.#prepared = await this.#server?.prepare(await compiled(command.component));
        return;
      case 'commit':
        this.#prepared?.commit();
        this.#prepared = undefined;
        return;
      case 'discard':
        this.#prepared?.discard();
        this.#prepared = undefined;
        return;
      case 'close':
        await this.#server?.close(command.milliseconds);
        this.#access?.flush();
    }
  }

  async #start(setup: ThreadSetup): Promise<void> {
    const { component, options, reports, host, port, sharesPort } = setup;
    const table = new RequestTable(setup.table);
    setInterval(() => table.beat(), BEAT).unref();
    const post = (entries: AccessEntry[]): void => this.#host.post({ tag: 'requests', entries });
    this.#access = new AccessReports(table, reports.requests ? post : undefined);
    this.#server = await serveNode(await compiled(component), this.#grants(setup), {
      ...options,
      host,
      port,
      reusePort: sharesPort,
      onBegin: this.#access.begin,
      onError: (error) => this.#host.post({ tag: 'error', error: errorData(error) }),
    });
  }

  #grants({ grants, rings, reports, reportedCalls }: ThreadSetup): Grants {
    return {
      ...grants,
      ...(rings.stdout && { stdout: this.#sink(rings.stdout) }),
      ...(rings.stderr && { stderr: this.#sink(rings.stderr) }),
      ...(reportedCalls && { onCall: reportedTo(this.#host, reportedCalls) }),
      ...(reports.refusals && { onRefused: (refusal) => this.#host.post({ tag: 'refused', refusal }) }),
    };
  }

  /** An output that all instances of the thread share, and that none of them closes. */
  #sink(memory: SharedArrayBuffer): ByteSink {
    const ring = new SharedRing(memory, () => this.#host.post({ tag: 'wake' }));
    const sink = new RingSink(ring, this.wakeUps);
    sink.close = () => undefined;
    return sink;
  }
}

async function compiled({ source, limits }: PostedComponent): Promise<Component> {
  return compile(source, limits === undefined ? {} : { limits });
}
