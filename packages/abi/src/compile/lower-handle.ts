import type { Shape } from '../layout/despecialize.ts';
import type { Code } from './text.ts';
import type { Unit } from './unit.ts';

/** Writes the code that lowers a handle, and gives the local with its index. */
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
  code.line(`const ${held} = ${value} == null ? undefined : ${value}[${unit.use('HANDLE')}];`);
  const args = `inst, ${type}, ${value}, ${held}`;
  if (own) {
    code.line(`const ${index} = ${unit.use('lowerOwn')}(${args}, ${unit.moves ? 'moved' : 'undefined'});`);
    return index;
  }
  const general = `${unit.use('lowerBorrow')}(${args}, scope, moved)`;
  if (unit.givesAway) {
    code.line(`const ${index} = ${general};`);
    return index;
  }
  // A method's own object, as good as always: it takes no place in the table.
  const direct = [
    `${held} !== undefined`,
    `${held}.type === ${type}`,
    `${held}.rep !== undefined`,
    `${type}.implementer === inst`,
  ];
  code.line(`const ${index} = ${direct.join(' && ')} ? ${held}.rep : ${general};`);
  return index;
}
