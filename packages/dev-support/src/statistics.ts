/** Returns the sample at a share of the sorted samples: 0 gives the smallest, 0.5 the median, 1 the largest. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)]!;
}

/** Returns the middle one of the sorted samples; of an even number, the larger of the two in the middle. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** Returns the geometric mean, which is the right mean for ratios: 2 and ½ give 1. */
export function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
