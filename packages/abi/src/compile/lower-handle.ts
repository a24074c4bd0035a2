import type { Shape } from '../layout/despecialize.ts';
import type { Code } from './text.ts';
import type { Unit } from './unit.ts';

/**
 * Writes the code that lowers a handle, and gives the local with its index. Who implements the resource is known when the code
 * is bound, so that the engine drops the branches that are not taken.
 */
export function lowerHandle(
  unit: Unit,
  code: Code,
  shape: Extract<Shape, { tag: 'own' | 'borrow' }>,
  value: string,
): string {
  const type = unit.resource(shape.resource);
  const own = shape.tag === 'own';
  const index = unit.name('h');
  if (unit.trusted) {
    const helper = unit.use(own ? 'lowerOwnRep' : 'lowerBorrowRep');
    code.line(`const ${index} = ${helper}(inst, ${type}, ${value}${own ? '' : ', scope'});`);
    return index;
  }
  const held = unit.name('v');
  // Of null and undefined the platform throws an error, and what the user is told is found out later.
  code.line(`const ${held} = ${value}[${unit.use('HANDLE')}];`);
  const args = `inst, ${type}, ${value}, ${held}`;
  const moved = unit.moves ? 'moved' : 'undefined';
  const hostClass = unit.constant('hostClass', `${type}.hostClass ?? ${unit.use('NoClass')}`);
  const ofHost = `${value} instanceof ${hostClass}`;
  if (own) {
    const general = `${unit.use('lowerOwn')}(${args}, ${moved})`;
    const direct = `${ofHost} ? ${unit.use('lowerOwnRep')}(inst, ${type}, ${value}) : `;
    code.line(`const ${index} = ${unit.moves ? '' : direct}${general};`);
    return index;
  }
  const ways: string[] = [];
  // A method's own object, as good as always: it takes no place in the table.
  if (!unit.givesAway) {
    const isOwn = unit.constant('isOwn', `${type}.implementer === inst`);
    const alive = `${held} !== undefined && ${held}.type === ${type} && ${held}.rep !== undefined`;
    ways.push(`${isOwn} && ${alive} ? ${held}.rep : `);
  }
  if (!unit.moves) {
    ways.push(`${ofHost} ? ${unit.use('lowerBorrowRep')}(inst, ${type}, ${value}, scope) : `);
  }
  ways.push(`${unit.use('lowerBorrow')}(${args}, scope, ${moved})`);
  code.line(`const ${index} = ${ways.join('')};`);
  return index;
}
