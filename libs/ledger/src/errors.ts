/** What the ledger can be refused for, and how to mend it. */
import { type Bilingual, DomainError, type Fen, formatYuan } from '@gep/kernel';

/** One fault of a voucher, at a posting or at the whole. */
export interface VoucherProblem extends Bilingual {
  /** Counted from 1; absent when it is about the whole. */
  readonly posting?: number;
}

/** The voucher breaks a rule of the book; nothing was posted. */
export class VoucherRefused extends DomainError {
  readonly code = 'ledger.voucher-refused';
  readonly kind = 'invalid';
  constructor(
    businessKey: string,
    readonly problems: readonly VoucherProblem[],
  ) {
    const said = (language: 'zh' | 'en') => problems.map((problem) => problem[language]);
    super(
      {
        zh: `凭证“${businessKey}”未过账：${said('zh').join('；')}`,
        en: `the voucher "${businessKey}" was not posted: ${said('en').join('; ')}`,
      },
      { businessKey, problems },
    );
  }
}

/** An account, or a party of it, does not hold what would be taken from it. */
export class BalanceInsufficient extends DomainError {
  readonly code = 'ledger.balance-insufficient';
  readonly kind = 'conflict';
  constructor(account: string, party: string | null, availableFen: Fen, wantedFen: Fen) {
    const [available, wanted] = [formatYuan(availableFen), formatYuan(wantedFen)];
    const whose = party === null ? account : `${account} / ${party}`;
    super(
      {
        zh: `科目 ${whose} 可用 ${available} 元，不足 ${wanted} 元；请先入账、释放预留，或减少金额（余额见 gep ledger show 或 GET /api/v1/ledger/balances）`,
        en: `account ${whose} has ${available} yuan available, not ${wanted}; receive money, release a reservation, or take less (gep ledger show or GET /api/v1/ledger/balances tell what is there)`,
      },
      { account, party, availableFen: availableFen.toString(), wantedFen: wantedFen.toString() },
    );
  }
}

/** Another deed has this business key. */
export class VoucherDiffers extends DomainError {
  readonly code = 'ledger.voucher-differs';
  readonly kind = 'conflict';
  constructor(businessKey: string, voucherId: string) {
    super(
      {
        zh: `业务键“${businessKey}”已有凭证 ${voucherId}，而内容不同；更正请冲销后另行过账，或使用新的业务键`,
        en: `there is a voucher ${voucherId} with the business key "${businessKey}" and other contents; to correct it, reverse it and post anew, or use another key`,
      },
      { businessKey, voucher: voucherId },
    );
  }
}

/** The day lies in a closed period, and the deed is no correction. */
export class PeriodClosed extends DomainError {
  readonly code = 'ledger.period-closed';
  readonly kind = 'conflict';
  constructor(effectiveDate: string, closedThrough: string) {
    super(
      {
        zh: `账簿已结账至 ${closedThrough}，不能再记 ${effectiveDate} 的账；请记在其后的日期，更正（adjustment、clawback 或冲销）会自动记入未结账的时期并注明所关时期`,
        en: `the book is closed through ${closedThrough}, so nothing is posted on ${effectiveDate}; give a later day, or post a correction (adjustment, clawback or reversal), which goes to the open period and names the day it is about`,
      },
      { effectiveDate, closedThrough },
    );
  }
}

/** The period cannot be closed. */
export class ClosingRefused extends DomainError {
  readonly code = 'ledger.closing-refused';
  readonly kind = 'conflict';
  constructor(period: string, reason: Bilingual) {
    super({ zh: `${period} 未结账：${reason.zh}`, en: `the period ${period} is not closed: ${reason.en}` }, { period });
  }
}

/** No such account, voucher, reservation, fund or source, or none that the actor may see. */
export class LedgerMissing extends DomainError {
  readonly code = 'ledger.missing';
  readonly kind = 'missing';
  constructor(what: Bilingual, id: string) {
    super(
      {
        zh: `没有${what.zh}“${id}”，或您无权查看；请核对（gep fund list、gep ledger show 或 GET /api/v1/funds、/api/v1/ledger/balances 可查）`,
        en: `there is no ${what.en} "${id}", or none that you may see; check it (gep fund list, gep ledger show or GET /api/v1/funds, /api/v1/ledger/balances list what is there)`,
      },
      { id },
    );
  }
}

/** The act does not fit the state of the reservation, or the person who acts. */
export class ReservationRefused extends DomainError {
  readonly code = 'ledger.reservation-refused';
  readonly kind = 'conflict';
  constructor(id: string, reason: Bilingual) {
    super(
      { zh: `预留 ${id} 未变动：${reason.zh}`, en: `the reservation ${id} stays as it is: ${reason.en}` },
      { reservation: id },
    );
  }
}

/** The voucher cannot be reversed. */
export class ReversalRefused extends DomainError {
  readonly code = 'ledger.reversal-refused';
  readonly kind = 'conflict';
  constructor(id: string, reason: Bilingual) {
    super(
      { zh: `凭证 ${id} 未冲销：${reason.zh}`, en: `the voucher ${id} is not reversed: ${reason.en}` },
      { voucher: id },
    );
  }
}

/** More would be clawed back than was paid. */
export class ClawbackExceedsPaid extends DomainError {
  readonly code = 'ledger.clawback-exceeds-paid';
  readonly kind = 'conflict';
  constructor(voucherId: string, party: string, leftFen: Fen, wantedFen: Fen) {
    const [left, wanted] = [formatYuan(leftFen), formatYuan(wantedFen)];
    super(
      {
        zh: `凭证 ${voucherId} 付给“${party}”而尚可追回的为 ${left} 元，不能追回 ${wanted} 元；请减少金额`,
        en: `of what voucher ${voucherId} paid to "${party}", ${left} yuan can still be clawed back, not ${wanted}; ask for less`,
      },
      { voucher: voucherId, party, leftFen: leftFen.toString(), wantedFen: wantedFen.toString() },
    );
  }
}

/** The fund, a claim on it, or one of its sources is not as it has to be. */
export class FundRefused extends DomainError {
  readonly code = 'ledger.fund-refused';
  readonly kind = 'invalid';
  constructor(fund: string, reason: Bilingual) {
    super({ zh: `资金“${fund}”：${reason.zh}`, en: `fund "${fund}": ${reason.en}` }, { fund });
  }
}

/** The act does not fit the state of the proposal, or the person who acts. */
export class ProposalRefused extends DomainError {
  readonly code = 'ledger.proposal-refused';
  readonly kind = 'conflict';
  constructor(id: string, reason: Bilingual) {
    super(
      {
        zh: `提议 ${id} 未变动：${reason.zh}（gep fund proposals 或 GET /api/v1/ledger/proposals 可查）`,
        en: `the proposal ${id} stays as it is: ${reason.en} (gep fund proposals or GET /api/v1/ledger/proposals show it)`,
      },
      { proposal: id },
    );
  }
}

/** The account cannot be opened. */
export class BookAccountRefused extends DomainError {
  readonly code = 'ledger.account-refused';
  readonly kind = 'invalid';
  constructor(account: string, reason: Bilingual) {
    super(
      { zh: `科目“${account}”未开立：${reason.zh}`, en: `the account "${account}" is not opened: ${reason.en}` },
      { account },
    );
  }
}
