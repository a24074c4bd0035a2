import { ByteReader } from './byte-reader.ts';
import { decodeTexts, type DecodeTexts } from './decode-texts.ts';
import { rareDecoding } from './rare-decoding.ts';

/** A reader that knows rare definitions, and whose errors explain. */
export class ExplainingReader extends ByteReader {
  override readonly rare = rareDecoding;

  override fault<Code extends keyof DecodeTexts>(
    code: Code,
    offset = this.position,
    ...details: Parameters<DecodeTexts[Code]>
  ): never {
    const text = decodeTexts[code] as (...all: readonly unknown[]) => string;
    this.fail(text(...details), offset);
  }
}
