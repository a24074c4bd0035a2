import type { ElementKind } from './element-kind.ts';
import { MOST_AT_ONCE } from './host-buffer.ts';
import type { HostStream } from './stream.ts';

/**
 * Returns a `ReadableStream` that reads a stream of a component whenever it is read itself, and never before. Bytes are
 * a byte stream, whose readers may bring their own buffers.
 */
export function toReadableStream(stream: HostStream, { numbers }: ElementKind): ReadableStream<unknown> {
  // Without a queue, nothing is read ahead.
  const strategy = { highWaterMark: 0 };
  const cancel = (): Promise<void> => stream.cancel();
  const count = numbers === undefined ? 1 : MOST_AT_ONCE;
  if (numbers === Uint8Array && typeof ReadableByteStreamController !== 'undefined')
    return new ReadableStream(
      { type: 'bytes', pull: (controller) => pullBytes(stream, controller), cancel },
      strategy,
    );
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { value, done } = await stream.read(count);
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel,
    },
    strategy,
  );
}

async function pullBytes(stream: HostStream, controller: ReadableByteStreamController): Promise<void> {
  const request = controller.byobRequest;
  const view = request?.view ?? undefined;
  const into = view && new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const { value, done } = await stream.read({ count: into?.length ?? MOST_AT_ONCE, into });
  if (done) {
    controller.close();
    // A reader that brought a buffer gets it back.
    request?.respond(0);
  } else if (into === undefined) controller.enqueue(value as Uint8Array<ArrayBuffer>);
  else request!.respond((value as Uint8Array).length);
}
