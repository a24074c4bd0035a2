import type { MethodNode } from '../ast/ast.ts';
import { relatedAt, type Resolution } from '../resolve/resolution.ts';

/**
 * The methods and static functions of a resource must have different names, and a resource has at most one
 * constructor.
 */
export function checkMethods(methods: readonly MethodNode[], resolution: Resolution): void {
  const seen = new Map<string, MethodNode>();
  for (const method of methods) {
    const isConstructor = method.tag === 'constructor';
    const key = isConstructor ? '' : method.name.name;
    if (key === '' && !isConstructor) continue;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, method);
      continue;
    }
    const message = isConstructor
      ? 'a resource has at most one constructor'
      : `the resource has two functions called \`${key}\``;
    resolution.error(
      isConstructor ? 'duplicate-constructor' : 'duplicate-method',
      method.name.span,
      message,
      {
        related: relatedAt('first defined here', first.name.span),
        help: isConstructor ? 'write a static function instead' : 'rename one of them',
      },
    );
  }
}
