import type { Guest, Host } from '../guest.ts';

/** Everyone's way to call the guest. `directory` holds what jco generated in this run. */
export const contenders = {
  'by hand': async (component: Uint8Array<ArrayBuffer>, host: Host): Promise<Guest> => {
    const { byHand } = await import('./by-hand.ts');
    return byHand(component, host);
  },
  /** As a user has it: a component's bytes and an import object, nothing generated beforehand. */
  'wit-ts': async (component: Uint8Array<ArrayBuffer>, host: Host): Promise<Guest> => {
    const { instantiate } = await import('@wit-ts/runtime');
    return instantiate<Guest>(component, { 'bench:guest/host': { ...host } });
  },
  jco: async (_: Uint8Array<ArrayBuffer>, host: Host, directory: string): Promise<Guest> => {
    const { importTranspiled } = await import('./jco-generated.ts');
    const { instantiate } = await importTranspiled<Guest>(directory);
    return instantiate({ 'bench:guest/host': { ...host } });
  },
};

export type ContenderName = keyof typeof contenders;

export const contenderNames: readonly ContenderName[] = ['by hand', 'wit-ts', 'jco'];
