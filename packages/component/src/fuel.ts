/** Counting of the work of core modules, for hosts that bound or bill it. */
export { FUEL_MODULE } from './core/reserved-names.ts';
export { meterModule } from './fuel/meter-module.ts';
