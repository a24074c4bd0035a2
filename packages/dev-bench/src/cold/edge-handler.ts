/** The exports of `test-components/edge-handler`, in the JavaScript mapping that all contenders share. */
export interface EdgeHandler {
  handleRequest(request: string): string;
}

interface Metadata {
  readonly id: bigint;
  readonly tags: readonly string[];
}

export const processor = {
  processData: (input: string, meta: Metadata): string => `${input} ${meta.id} ${meta.tags.join('+')}`,
};

export const imports = { 'example:service/processor': processor };

export const request = 'hello edge';
export const answer = 'ok: hello edge 10 hello+edge';
