/**
 * Measures one row in a new process: `node --expose-gc measure-row-process.ts ROW DIRECTORY MEGAMORPHIC`. DIRECTORY
 * contains what jco and wit-ts generated; MEGAMORPHIC is `true` or `false`. Prints the nanoseconds of one call by each
 * contender as JSON, and those of copying the same bytes if the row is compared with that.
 */
import { checkAnswer } from './check-answer.ts';
import { type ContenderName, contenderNames } from './contenders/make-instance.ts';
import { generatedDirectory, warmUpDirectory } from './measure-rows.ts';
import { useWarmUpComponents } from './megamorphic/use-warm-up-components.ts';
import { findRow } from './suites/suites.ts';
import { testComponent } from './test-component.ts';
import { type CallLoop, makeCallLoop, makeCopyLoop, timeInTurns } from './time-in-turns.ts';

const [, , name = '', directory = '', megamorphic] = process.argv;
const { suite, row } = findRow(name);

if (megamorphic === 'true') await useWarmUpComponents(warmUpDirectory(directory));

const component = await testComponent(suite.component);
const loops = new Map<ContenderName | 'copy', CallLoop>();
for (const contender of contenderNames) {
  const guest = await suite.contenders[contender](component, generatedDirectory(directory, suite));
  await checkAnswer(contender, guest, row.call);
  loops.set(contender, makeCallLoop(guest, row.call));
}
if (row.bytes !== undefined) loops.set('copy', makeCopyLoop(row.bytes));
process.stdout.write(JSON.stringify(Object.fromEntries(await timeInTurns(loops))));
