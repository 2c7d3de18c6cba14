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
        zh: `结算“${settlement.code}”所依据的账户已重述（${which}）；未付的请按新数字重新核算（gep settlement recompute ${settlement.id} 或 POST /api/v1/settlements/${settlement.id}/recompute；协议或合同的结算在其流程中撤回并重新核算），已付的按更正结算办理（gep settlement impact 或 GET /api/v1/impacts）`,
        en: `figures of settlement "${settlement.code}" were restated (${which}): recompute what is not paid (gep settlement recompute ${settlement.id} or POST /api/v1/settlements/${settlement.id}/recompute; that of an agreement or contract is withdrawn and computed again on its own way); what is paid goes by its correction (gep settlement impact or GET /api/v1/impacts)`,
      },
      { settlement: settlement.id, restatedBy: restated.map(({ id }) => id) },
    );
  }
}

/** No disclosure or account of this id, or none that the actor may see. */
export class RestatementMissing extends DomainError {
  readonly code = 'settlement.restatement-missing';
  readonly kind = 'missing';
  constructor(id: string) {
    super(
      {
        zh: `没有编号为“${id}”的披露或已发布账户，或您无权查看；请核对（gep restatement list 或 GET /api/v1/disclosures）`,
        en: `there is no disclosure or published account "${id}", or none that you may see; check it (gep restatement list or GET /api/v1/disclosures)`,
      },
      { id },
    );
  }
}

/** What was falsified is not trued up: the result is void, and what was paid is recovered. */
export class RestatementFalsified extends DomainError {
  readonly code = 'settlement.restatement-falsified';
  readonly kind = 'conflict';
  constructor(settlement: string, reason: string) {
    super(
      {
        zh: `结算“${settlement}”所依据的数字被认定造假（${reason}），不按多退少补办理；请撤回未付的结算，已付的由有权机关认定后以收回（clawback）结算追回并移送处理（《生态保护补偿条例》第三十一条）`,
        en: `figures of settlement "${settlement}" were found to be falsified (${reason}), so it is not trued up: withdraw what is not paid, have what was paid recovered by a clawback settlement on the finding of the authority, and refer the matter (Regulation on eco-compensation, art. 31)`,
      },
      { settlement, reason },
    );
  }
}

/** Whoever was paid by it is corrected, not computed anew. */
export class NotToRecompute extends DomainError {
  readonly code = 'settlement.not-to-recompute';
  readonly kind = 'conflict';
  constructor(settlement: { readonly id: string; readonly code: string }, reason: 'paid' | 'fresh' | 'withdrawn') {
    const said = {
      paid: {
        zh: `已有支付；已付的由更正结算办理（gep settlement true-up ${settlement.id} 或 POST /api/v1/settlements/${settlement.id}/true-up）`,
        en: `something of it was paid; what is paid is corrected (gep settlement true-up ${settlement.id} or POST /api/v1/settlements/${settlement.id}/true-up)`,
      },
      fresh: {
        zh: '所依据的账户未重述，无须重新核算',
        en: 'none of the accounts that it rests on was restated, so there is nothing to compute anew',
      },
      withdrawn: {
        zh: '已撤回；请查看取代它的结算（gep settlement list 或 GET /api/v1/settlements）',
        en: 'it was withdrawn; look at the one that took its place (gep settlement list or GET /api/v1/settlements)',
      },
    }[reason];
    super(
      { zh: `结算“${settlement.code}”：${said.zh}`, en: `settlement "${settlement.code}": ${said.en}` },
      { settlement: settlement.id, reason },
    );
  }
}
