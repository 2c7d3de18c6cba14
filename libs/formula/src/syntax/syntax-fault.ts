/** Stops the reading of one expression at the place where it stops making sense; never leaves the parser. */
import { Bilingual } from '@gep/kernel';
import { Span } from './syntax-tree';

export class SyntaxFault extends Error {
  constructor(
    readonly span: Span,
    readonly text: Bilingual,
  ) {
    super(text.en);
  }
}
