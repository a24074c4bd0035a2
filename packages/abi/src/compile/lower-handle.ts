import type { Shape } from '@wit-ts/model/layout';
import type { Code } from './source-text.ts';
import type { FactorySource } from './factory-source.ts';

/**
 * Writes the code that lowers a handle, and returns the local with its index. The implementer of the resource is
 * known when the code is bound, so the JavaScript engine drops the branches that are never taken.
 */
export function lowerHandleCode(
  factory: FactorySource,
  code: Code,
  shape: Extract<Shape, { tag: 'own' | 'borrow' }>,
  value: string,
): string {
  const type = factory.resource(shape.resource);
  const own = shape.tag === 'own';
  if (factory.trusted) {
    const helper = factory.use(own ? 'lowerOwnRep' : 'lowerBorrowRep');
    return factory.local(code, `${helper}(inst, ${type}, ${value}${own ? '' : ', scope'})`, 'h');
  }
  // For null and undefined the platform throws an error; the message for the user is made later.
  const held = factory.local(code, `${value}[${factory.use('HANDLE')}]`);
  const args = `inst, ${type}, ${value}, ${held}`;
  const moved = factory.moves ? 'moved' : 'undefined';
  const hostClass = factory.constant('hostClass', `${type}.hostClass ?? ${factory.use('NoClass')}`);
  const ofHost = `${value} instanceof ${hostClass}`;
  if (own) {
    const general = `${factory.use('lowerOwn')}(${args}, ${moved})`;
    const direct = `${ofHost} ? ${factory.use('lowerOwnRep')}(inst, ${type}, ${value}) : `;
    return factory.local(code, `${factory.moves ? '' : direct}${general}`, 'h');
  }
  const ways: string[] = [];
  // Usually a method's own object. It needs no entry in the table.
  if (!factory.givesAway) {
    const isOwn = factory.constant('isOwn', `${type}.implementer === inst`);
    const alive = `${held} !== undefined && ${held}.type === ${type} && ${held}.rep !== undefined`;
    ways.push(`${isOwn} && ${alive} ? ${held}.rep : `);
  }
  if (!factory.moves) {
    ways.push(`${ofHost} ? ${factory.use('lowerBorrowRep')}(inst, ${type}, ${value}, scope) : `);
  }
  ways.push(`${factory.use('lowerBorrow')}(${args}, scope, ${moved})`);
  return factory.local(code, ways.join(''), 'h');
}
