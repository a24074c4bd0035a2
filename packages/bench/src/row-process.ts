/**
 * Measures one row in a process of its own: `node row-process.ts ROW DIRECTORY`. Prints the samples as JSON.
 */
import { checkAnswer } from './agree.ts';
import { type ContenderName, contenderNames, contenders } from './contenders/contenders.ts';
import { host, testComponent } from './guest.ts';
import { type Loop, makeLoop, measure } from './measure.ts';
import { benchGuest } from './measure-calls.ts';
import { rows } from './rows.ts';

const [, , name, directory = ''] = process.argv;
const row = rows.find((candidate) => candidate.name === name);
if (row === undefined) throw new Error(`There is no row named ${name}.`);

const component = await testComponent(benchGuest);
const loops = new Map<ContenderName, Loop>();
for (const contender of contenderNames) {
  const guest = await contenders[contender](component, host, directory);
  checkAnswer(contender, guest, row.call);
  loops.set(contender, makeLoop(guest, row.call));
}
process.stdout.write(JSON.stringify(Object.fromEntries(measure(loops))));
