/** What the cold starts need of `test-components/edge-handler`, whichever language its guest is written in. */
export interface EdgeHandler {
  handleRequest(request: string): string;
}

export interface Metadata {
  readonly id: bigint;
  readonly tags: readonly string[];
}

export const processor = {
  processData: (input: string, meta: Metadata): string => `${input} ${meta.id} ${meta.tags.join('+')}`,
};

export const imports = { 'example:service/processor': processor };

export const request = 'hello edge';
export const answer = 'ok: hello edge 10 hello+edge';
