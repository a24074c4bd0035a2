import type { Color, Settings } from '../../guests/bench-guest.ts';
import type { GuestMemory } from './guest-memory.ts';

/**
 * The size of `record settings` in memory. An option is a discriminant byte, followed by the value at its alignment.
 * Offsets: name 0, retries 12, timeout 24, verbose 40, parent 48, level 64, access 65, color 68.
 */
export const SETTINGS_SIZE = 80;

export function lowerSettings(guest: GuestMemory, settings: Settings, at: number): void {
  const { name, retries, timeout, verbose, parent, level, access } = settings;
  if (name !== undefined) {
    guest.lowerString(name);
    const { u32 } = guest.refresh();
    u32[(at + 4) >>> 2] = guest.pointer;
    u32[(at + 8) >>> 2] = guest.length;
  }
  const { u8, u32, f64, u64 } = guest.refresh();
  u8[at] = name === undefined ? 0 : 1;
  if (retries === undefined) u8[at + 12] = 0;
  else {
    u8[at + 12] = 1;
    u32[(at + 16) >>> 2] = retries;
  }
  if (timeout === undefined) u8[at + 24] = 0;
  else {
    u8[at + 24] = 1;
    f64[(at + 32) >>> 3] = timeout;
  }
  if (verbose === undefined) u8[at + 40] = 0;
  else {
    u8[at + 40] = 1;
    u8[at + 41] = verbose ? 1 : 0;
  }
  if (parent === undefined) u8[at + 48] = 0;
  else {
    u8[at + 48] = 1;
    u64[(at + 56) >>> 3] = parent;
  }
  u8[at + 64] = level === 'quiet' ? 0 : level === 'normal' ? 1 : 2;
  u8[at + 65] = (access.read ? 1 : 0) | (access.write ? 2 : 0) | (access.admin ? 4 : 0);
  lowerColor(guest, settings.color, at + 68);
}

function lowerColor(guest: GuestMemory, color: Color, at: number): void {
  switch (color.tag) {
    case 'none':
      guest.views.u8[at] = 0;
      break;
    case 'named': {
      guest.lowerString(color.val);
      const { u8, u32 } = guest.refresh();
      u8[at] = 1;
      u32[(at + 4) >>> 2] = guest.pointer;
      u32[(at + 8) >>> 2] = guest.length;
      break;
    }
    case 'rgb': {
      const { u8 } = guest.views;
      const { val } = color;
      u8[at] = 2;
      u8[at + 4] = val[0];
      u8[at + 5] = val[1];
      u8[at + 6] = val[2];
    }
  }
}

const levels = ['quiet', 'normal', 'loud'] as const;

export function liftSettings(guest: GuestMemory, at: number): Settings {
  const { u8, u32, f64, u64 } = guest.views;
  const access = u8[at + 65]!;
  const level = levels[u8[at + 64]!];
  if (level === undefined) throw new RangeError('the guest returned a `level` with an invalid discriminant');
  return {
    name: u8[at] === 0 ? undefined : guest.liftString(u32[(at + 4) >>> 2]!, u32[(at + 8) >>> 2]!),
    retries: u8[at + 12] === 0 ? undefined : u32[(at + 16) >>> 2]!,
    timeout: u8[at + 24] === 0 ? undefined : f64[(at + 32) >>> 3]!,
    verbose: u8[at + 40] === 0 ? undefined : u8[at + 41] !== 0,
    parent: u8[at + 48] === 0 ? undefined : u64[(at + 56) >>> 3]!,
    level,
    access: { read: (access & 1) !== 0, write: (access & 2) !== 0, admin: (access & 4) !== 0 },
    color: liftColor(guest, at + 68),
  };
}

function liftColor(guest: GuestMemory, at: number): Color {
  const { u8, u32 } = guest.views;
  switch (u8[at]) {
    case 0:
      return { tag: 'none' };
    case 1:
      return { tag: 'named', val: guest.liftString(u32[(at + 4) >>> 2]!, u32[(at + 8) >>> 2]!) };
    case 2:
      return { tag: 'rgb', val: [u8[at + 4]!, u8[at + 5]!, u8[at + 6]!] };
    default:
      throw new RangeError('the guest returned a `color` with an invalid discriminant');
  }
}
