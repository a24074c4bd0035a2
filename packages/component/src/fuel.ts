/** Counting of the work of core modules, for hosts that bound or bill it. */
export { FUEL_MODULE } from './fuel/added-globals.ts';
export { meterModule } from './fuel/meter-module.ts';
