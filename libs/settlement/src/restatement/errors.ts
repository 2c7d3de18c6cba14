/** What restatements and true-ups can be refused for, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** The terms of a draft are not ones that can be carried out. */
export class TrueUpTermsInvalid extends DomainError {
  readonly code = 'settlement.true-up-terms-invalid';
  readonly kind = 'invalid';
  constructor(term: string, given: string, example: string) {
    super(
      {
        zh: `多退少补条款 ${term} 的值“${given}”无效；请写成如 ${example}`,
        en: `the value "${given}" of the true-up term ${term} is not one; write, for example, ${example}`,
      },
      { term, given },
    );
  }
}
