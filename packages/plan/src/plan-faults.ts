import { DecodeError } from '@wit-ts/component/binary';
import { faultText } from '@wit-ts/component/elaborate';
import type { PlanTexts } from './plan-texts.ts';

/** Returns the error for a fault, with its message when the texts are loaded. */
export type PlanFault = <Code extends keyof PlanTexts>(
  code: Code,
  offset: number,
  ...details: Parameters<PlanTexts[Code]>
) => DecodeError;

export function planFaults(texts: PlanTexts | undefined): PlanFault {
  return (code, offset, ...details) => new DecodeError(faultText(texts, code, details), offset);
}
