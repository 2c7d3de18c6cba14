/** What dividends refuse, and how to mend it. */
import { DomainError, type Bilingual, type Fen, formatYuan } from '@gep/kernel';

/** No such dividend or line, or none that the actor may see. */
export class DividendMissing extends DomainError {
  readonly code = 'procurement.dividend-missing';
  readonly kind = 'missing';
  constructor(id: string, owner?: string) {
    const [zh, en] = owner === undefined ? ['', ''] : [`中“${owner}”的一行`, `a line of "${owner}" in `];
    super(
      {
        zh: `没有分红 ${id}${zh}，或您无权查看；请核对（gep dividend list 或 GET /api/v1/dividends，本人的见 GET /api/v1/my/dividends）`,
        en: `there is no ${en}dividend ${id}, or none that you may see; check it (gep dividend list or GET /api/v1/dividends, your own: GET /api/v1/my/dividends)`,
      },
      { dividend: id, ...(owner !== undefined && { owner }) },
    );
  }
}

/** The dividend stays as it is: something that it needs is not there, or says otherwise. */
export class DividendRefused extends DomainError {
  readonly code = 'procurement.dividend-refused';
  readonly kind = 'conflict';
  constructor(what: string, reason: Bilingual, facts: object = {}) {
    super(
      { zh: `分红“${what}”未办理：${reason.zh}`, en: `the dividend "${what}" stays as it is: ${reason.en}` },
      { dividend: what, ...facts },
    );
  }
}

/** More income names a settlement than the settlement paid to the company. */
export class IncomeNotPaid extends DomainError {
  readonly code = 'procurement.income-not-paid';
  readonly kind = 'conflict';
  /** @param amounts `amountFen` to be booked now, zero when what was booked is looked at again */
  constructor(
    company: string,
    {
      settlementId,
      ...amounts
    }: {
      readonly settlementId: string;
      readonly amountFen: Fen;
      readonly paidFen: Fen;
      readonly bookedFen: Fen;
    },
  ) {
    const [amount, paid, booked] = [amounts.amountFen, amounts.paidFen, amounts.bookedFen].map(formatYuan);
    const look = `gep settlement show ${settlementId}, GET /api/v1/settlements/${settlementId}`;
    const stands = {
      zh: `结算 ${settlementId} 付给 company:${company} 而未退回的共 ${paid} 元（${look}），以它为来源的收入已记 ${booked} 元`,
      en: `settlement ${settlementId} paid company:${company} ${paid} yuan that did not come back (${look}), and ${booked} yuan of income name it already`,
    };
    super(
      amounts.amountFen > 0n
        ? {
            zh: `收入 ${amount} 元未入账：${stands.zh}；请按实付金额记账，或改写真正支付它的结算`,
            en: `the income of ${amount} yuan is not booked: ${stands.en}; book what was paid, or name the settlement that paid it`,
          }
        : {
            zh: `方案未拟定：${stands.zh}；付款已退回的，请先冲销该收入（gep ledger reverse 或 POST /api/v1/ledger/vouchers/{id}/reversal），再拟方案`,
            en: `nothing is planned: ${stands.en}; where a payment came back, first reverse the income (gep ledger reverse or POST /api/v1/ledger/vouchers/{id}/reversal)`,
          },
      {
        ...{ company, settlement: settlementId, amountFen: amounts.amountFen.toString() },
        ...{ paidFen: amounts.paidFen.toString(), bookedFen: amounts.bookedFen.toString() },
      },
    );
  }
}
