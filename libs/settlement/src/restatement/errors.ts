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

/** An account was restated after the settlement took its figures: by E5 nothing more is paid by them. */
export class FiguresRestated extends DomainError {
  readonly code = 'settlement.figures-restated';
  readonly kind = 'conflict';
  constructor(
    settlement: { readonly id: string; readonly code: string },
    restated: readonly { readonly territory: string; readonly period: string; readonly id: string }[],
  ) {
    const which = restated.map(({ territory, period }) => `${territory} ${period}`).join(', ');
    super(
      {
        zh: `结算“${settlement.code}”所依据的账户已重述（${which}）；未付的请按新数字重新核算（gep settlement recompute ${settlement.id} 或 POST /api/v1/settlements/${settlement.id}/recompute），已付的按更正结算办理（gep settlement impact）`,
        en: `figures of settlement "${settlement.code}" were restated (${which}): recompute what is not paid (gep settlement recompute ${settlement.id} or POST /api/v1/settlements/${settlement.id}/recompute); what is paid goes by its correction (gep settlement impact)`,
      },
      { settlement: settlement.id, restatedBy: restated.map(({ id }) => id) },
    );
  }
}
