/** Returns nanoseconds in a readable unit: `5.10 ns`, `12.3 µs`, `1.20 ms`. */
export function duration(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${threeDigits(nanoseconds)} ns`;
  if (nanoseconds < 1e6) return `${threeDigits(nanoseconds / 1e3)} µs`;
  return `${threeDigits(nanoseconds / 1e6)} ms`;
}

/** Returns a ratio with two decimal places: `1.07×`. */
export function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}

function threeDigits(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
