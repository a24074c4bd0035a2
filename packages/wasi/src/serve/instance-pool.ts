import { HttpError } from '../http/http-error.ts';
import type { Caller, AnswerRequest, HttpRequest, HttpResponse } from '../http/message.ts';
import type { Answering, HandlerInstance } from './handler-instance.ts';

/** What a pool may hold. */
interface PoolLimits {
  /** Requests that are answered at once. */
  readonly concurrent: number;
  /** Requests that wait for their turn. */
  readonly queued: number;
  /** Requests until an instance is replaced. */
  readonly requestsPerInstance: number;
  /** Milliseconds for one request. */
  readonly milliseconds: number;
}

interface Member {
  readonly instance: HandlerInstance;
  /** How many requests it has had. */
  uses: number;
  /** How many requests it has now. */
  active: number;
}

/** Milliseconds in which a program may end its work on a request whose caller has gone: nobody waits for it. */
const AFTER_CALLER = 1000;

/** Gives each request an instance, limits how many there are, and replaces those that have failed. */
export class InstancePool {
  readonly #create: () => Promise<HandlerInstance>;
  readonly #limits: PoolLimits;
  readonly #onError: (error: unknown) => void;
  /** Instances that can take another request; those that became free last come last. */
  readonly #free: Member[] = [];
  readonly #queue: (() => void)[] = [];
  readonly #idle: (() => void)[] = [];
  #active = 0;

  constructor(create: () => Promise<HandlerInstance>, limits: PoolLimits, onError: (error: unknown) => void) {
    this.#create = create;
    this.#limits = limits;
    this.#onError = onError;
  }

  /** Answers a request with one of the instances. */
  readonly handle: AnswerRequest = async (request, caller) => {
    if (this.#active >= this.#limits.concurrent) await this.#turn(caller);
    else this.#active += 1;
    let isHandedOver = false;
    try {
      const member = this.#free.pop() ?? { instance: await this.#create(), uses: 0, active: 0 };
      if (caller.isGone) {
        this.#free.push(member);
        throw gone();
      }
      isHandedOver = true;
      return this.#answer(member, request, caller);
    } finally {
      if (!isHandedOver) {
        caller.spent?.(0);
        this.#release();
      }
    }
  };

  /** Makes an instance for the first request. Rejects when none can be made. */
  async prepare(): Promise<void> {
    this.#free.push({ instance: await this.#create(), uses: 0, active: 0 });
  }

  /** Resolves when no request is being answered. */
  async idle(): Promise<void> {
    if (this.#active > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  close(): void {
    for (const { instance } of this.#free.splice(0)) instance.close();
  }

  /** Waits until another request has ended, which leaves its place to this one. */
  async #turn(caller: Caller): Promise<void> {
    // Its listener would not be called any more.
    if (caller.isGone) {
      caller.spent?.(0);
      throw gone();
    }
    if (this.#queue.length >= this.#limits.queued) {
      caller.spent?.(0);
      throw new HttpError({ tag: 'connection-limit-reached' });
    }
    await new Promise<void>((resolve, reject) => {
      this.#queue.push(resolve);
      caller.whenGone(() => {
        const at = this.#queue.indexOf(resolve);
        if (at === -1) return;
        this.#queue.splice(at, 1);
        caller.spent?.(0);
        reject(gone());
      });
    });
  }

  #answer(member: Member, request: HttpRequest, caller: Caller): Promise<HttpResponse> {
    const { instance } = member;
    member.uses += 1;
    member.active += 1;
    const mayBeShared = member.uses < this.#limits.requestsPerInstance;
    if (mayBeShared && member.active < instance.concurrency) this.#free.push(member);
    instance.fuel?.refill();
    const answering = instance.answer(request, caller);
    const late = Promise.withResolvers<never>();
    let hasEnded = false;
    let isAbandoned = false;
    const endLate = (): void => {
      instance.close();
      // A program of 0.3 may have returned a response whose body others write.
      caller.cut?.();
      late.reject(new HttpError({ tag: 'HTTP-response-timeout' }));
    };
    const timers = [setTimeout(endLate, this.#limits.milliseconds)];
    const endAbandoned = (): void => {
      // The instance goes on for other requests.
      if (member.active > 1) return;
      isAbandoned = true;
      endLate();
    };
    caller.whenGone(() => {
      if (!hasEnded) timers.push(setTimeout(endAbandoned, AFTER_CALLER));
    });
    void this.#whenEnded(member, answering, late.promise, () => {
      hasEnded = true;
      for (const timer of timers) clearTimeout(timer);
      caller.spent?.(instance.fuel?.used ?? 0);
      return !isAbandoned;
    });
    return Promise.race([answering.response, late.promise]);
  }

  /** @param noted returns whether a failure is reported: that of a program which nobody waited for is not */
  async #whenEnded(
    member: Member,
    { ended }: Answering,
    late: Promise<never>,
    noted: () => boolean,
  ): Promise<void> {
    const { instance } = member;
    await Promise.race([ended, late]).catch(() => {});
    // Before the instance can have another request.
    const isReported = noted();
    member.active -= 1;
    const at = this.#free.indexOf(member);
    if (instance.failure !== undefined) {
      if (at >= 0) this.#free.splice(at, 1);
      if (isReported) this.#onError(instance.failure);
      if (member.active === 0) instance.close();
    } else if (member.uses >= this.#limits.requestsPerInstance) {
      if (at >= 0) this.#free.splice(at, 1);
      if (member.active === 0) instance.close();
    } else if (at < 0) {
      this.#free.push(member);
    }
    this.#release();
  }

  #release(): void {
    const next = this.#queue.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.#active -= 1;
    if (this.#active === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}

/** Returns the failure of a request whose caller does not wait any more. */
function gone(): HttpError {
  return new HttpError({ tag: 'connection-terminated' });
}
