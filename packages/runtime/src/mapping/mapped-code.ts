import { choicesFor } from '@wit-ts/mapping';
import type { Component } from '../compiled-component.ts';
import { FunctionCode, type ValueOptions } from '../function-code.ts';

/** Makes the code of a component's functions under its choices of the mapping, and under limits on their values. */
export function codeOf(
  { engine, parts, mapping }: Pick<Component, 'engine' | 'parts' | 'mapping'>,
  limits: ValueOptions = {},
): FunctionCode {
  return new (parts.tasks?.TaskCode ?? FunctionCode)(engine, (name) => ({
    ...limits,
    mapping: choicesFor(name, mapping),
  }));
}
