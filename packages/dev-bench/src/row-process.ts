/**
 * Measures one row in a process of its own: `node --expose-gc row-process.ts ROW DIRECTORY MEGAMORPHIC`. Prints the samples as
 * JSON.
 */
import { checkAnswer } from './agree.ts';
import { keepCompany } from './company/keep-company.ts';
import { type ContenderName, contenderNames } from './contenders/contenders.ts';
import { testComponent } from './guest.ts';
import { type Loop, makeLoop, measure } from './measure.ts';
import { companyDirectory, jcoDirectory } from './measure-calls.ts';
import { findRow } from './suites/suites.ts';

const [, , name = '', directory = '', megamorphic] = process.argv;
const { suite, row } = findRow(name);

if (megamorphic === 'true') await keepCompany(companyDirectory(directory));

const component = await testComponent(suite.component);
const loops = new Map<ContenderName, Loop>();
for (const contender of contenderNames) {
  const guest = await suite.contenders[contender](component, jcoDirectory(directory, suite));
  checkAnswer(contender, guest, row.call);
  loops.set(contender, makeLoop(guest, row.call));
}
process.stdout.write(JSON.stringify(Object.fromEntries(measure(loops))));
