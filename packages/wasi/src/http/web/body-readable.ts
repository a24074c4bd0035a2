import type { MessageBody } from '../message.ts';
import type { BodyStart } from '../response-start.ts';

const CHUNK = 65_536;

/**
 * Returns the body of a message as a stream, after its start. It is read when the reader of the stream asks.
 *
 * @param cut makes the stream fail when it is aborted, also while its reader waits
 */
export function bodyReadable(
  body: MessageBody,
  start?: BodyStart,
  cut?: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { source } = body;
  const begun = [...(start?.chunks ?? [])];
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        cut?.addEventListener('abort', () => {
          controller.error(incomplete());
          source.close();
          body.settle?.(cut.reason);
        });
      },
      async pull(controller) {
        try {
          for (;;) {
            const chunk = begun.shift() ?? source.read(CHUNK);
            if (chunk === undefined) {
              // A body whose trailers failed is not complete, although a stream has no trailers.
              await body.trailers();
              if (cut?.aborted === true) return;
              body.settle?.();
              controller.close();
              return;
            }
            if (chunk.length > 0) {
              controller.enqueue(chunk);
              return;
            }
            await source.ready();
          }
        } catch (error) {
          body.settle?.(error);
          controller.error(incomplete());
        }
      },
      cancel(reason: unknown) {
        source.close();
        body.settle?.(reason ?? new Error('the reader of the response left'));
      },
    },
    { highWaterMark: 0 },
  );
}

function incomplete(): TypeError {
  return new TypeError('the response is not complete');
}
