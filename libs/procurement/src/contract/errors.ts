/** What contracts on increments refuse, and how to mend it. */
import { DomainError, formatYuan, type Bilingual, type Fen } from '@gep/kernel';

const look = (contract: string): string => `gep contract show ${contract} · GET /api/v1/contracts/${contract}`;

/** Terms or facts of a deed that are not as they have to be; all of them at once. */
export class ContractRefused extends DomainError {
  readonly code = 'procurement.contract-refused';
  readonly kind = 'invalid';
  constructor(contract: string, problems: readonly Bilingual[]) {
    const said = (language: 'zh' | 'en') => problems.map((problem) => problem[language]).join('; ');
    super(
      { zh: `合同“${contract}”：${said('zh')}`, en: `contract "${contract}": ${said('en')}` },
      { contract, problems },
    );
  }
}

/** Another contract has the code, or the company has one of the same place and year. */
export class ContractTaken extends DomainError {
  readonly code = 'procurement.contract-taken';
  readonly kind = 'conflict';
  constructor(contract: string, reason: Bilingual) {
    super(
      { zh: `合同“${contract}”未立项：${reason.zh}`, en: `the contract "${contract}" is not opened: ${reason.en}` },
      { contract },
    );
  }
}

/** No such contract, or none that the actor may see. */
export class ContractMissing extends DomainError {
  readonly code = 'procurement.contract-missing';
  readonly kind = 'missing';
  constructor(contract: string) {
    super(
      {
        zh: `没有合同“${contract}”，或它不在您的地域内；请核对代码（gep contract list · GET /api/v1/contracts）`,
        en: `there is no contract "${contract}", or none in your territories; check the code (gep contract list · GET /api/v1/contracts)`,
      },
      { contract },
    );
  }
}

/** What stands cannot lead on: money, objections, measures, papers. */
export class ContractHeld extends DomainError {
  readonly code = 'procurement.contract-held';
  readonly kind = 'conflict';
  constructor(contract: string, reason: Bilingual) {
    super(
      {
        zh: `合同“${contract}”不能这样办理：${reason.zh}。查看：${look(contract)}`,
        en: `this cannot be done on the contract "${contract}": ${reason.en}. See ${look(contract)}`,
      },
      { contract },
    );
  }
}

/** The number is on another invoice already. */
export class InvoiceTaken extends DomainError {
  readonly code = 'procurement.invoice-taken';
  readonly kind = 'conflict';
  constructor(number: string) {
    super(
      {
        zh: `发票号码 ${number} 已用于一张已登记的发票（平台内唯一，可能在您的地域之外）；一张发票只付一次，请核对号码`,
        en: `the invoice number ${number} has been used (it is unique on the platform, perhaps outside your territories); an invoice is paid once, so check the number`,
      },
      { number },
    );
  }
}

/** More than a tenth of the contract would be added to it. */
export class SupplementTooLarge extends DomainError {
  readonly code = 'procurement.supplement-too-large';
  readonly kind = 'conflict';
  constructor(contract: string, { wantedFen, leftFen }: { readonly wantedFen: Fen; readonly leftFen: Fen }) {
    const [wanted, left] = [formatYuan(wantedFen), formatYuan(leftFen > 0n ? leftFen : 0n)];
    super(
      {
        zh: `合同“${contract}”的补充合同合计不得超过原合同金额的百分之十（政府采购法第四十九条），尚可补充 ${left} 元，不能补充 ${wanted} 元；请减少金额，其余列入下一合同`,
        en: `supplements to the contract "${contract}" are at most a tenth of its amount in all (Government Procurement Law art. 49): ${left} yuan are left, not ${wanted}; lower the amount and leave the rest to the next contract`,
      },
      { contract, wantedFen: wantedFen.toString(), leftFen: leftFen.toString() },
    );
  }
}
