/**
 * The date for which workers are written: it decides how workerd behaves. Newer versions of workerd take older dates.
 */
export const COMPATIBILITY_DATE = '2026-01-01';
