/** Returns a byte as it stands in the specification: `0x0d`. */
export function hex(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}
