/** What credit can be refused for, and how to mend it. */
import { type Bilingual, DomainError, type Facts } from '@gep/kernel';

/** Points, caps and decay of the editions have no common whole scale that stays exact. */
export class CatalogueTooFine extends DomainError {
  readonly code = 'credit.catalogue-too-fine';
  readonly kind = 'invalid';
  constructor(edition: string, mostScale: number, mostPoints: number) {
    super(
      {
        zh: `规则 ${edition.slice(0, 12)} 的分值过细或过大：分值与衰减系数之积至多五位小数（1/${mostScale}），分值至多 ${mostPoints}；请改用较短的小数`,
        en: `points of the rule ${edition.slice(0, 12)} are too fine or too large: points times decay have five decimals at most (1/${mostScale}), points are ${mostPoints} at most; write shorter decimals`,
      },
      { edition, mostScale, mostPoints },
    );
  }
}

/** The list in force on the day has no such item. */
export class BehaviourUnknown extends DomainError {
  readonly code = 'credit.behaviour-unknown';
  readonly kind = 'invalid';
  constructor(behaviour: string, known: readonly string[]) {
    super(
      {
        zh: `当日有效的清单中没有行为“${behaviour}”；清单见 gep credit catalogue 或 GET /api/v1/credit/catalogue：${known.join('、')}`,
        en: `the list in force on the day has no behaviour "${behaviour}"; gep credit catalogue or GET /api/v1/credit/catalogue shows it: ${known.join(', ')}`,
      },
      { behaviour, known },
    );
  }
}

/** Something of the credit record is not there, or not where the person may look. */
export class CreditMissing extends DomainError {
  readonly code = 'credit.missing';
  readonly kind = 'missing';
  constructor(what: Bilingual, wanted: string) {
    super(
      {
        zh: `没有${what.zh}“${wanted}”，或不在您可见的范围内；请核对编号（gep credit subjects，或 GET /api/v1/credit/subjects）`,
        en: `there is no ${what.en} "${wanted}", or not where you may look; check the id (gep credit subjects, or GET /api/v1/credit/subjects)`,
      },
      { wanted },
    );
  }
}

/** The record, its state or the law does not allow what is wished; says what and how to mend it, never who. */
export class CreditRefused extends DomainError {
  readonly code = 'credit.refused';
  readonly kind = 'conflict';
  constructor(why: Bilingual, facts: Facts = {}) {
    super(why, facts);
  }
}

/** What was sent cannot be read as an identifier of its kind; the value itself is never repeated. */
export class IdentifierRefused extends DomainError {
  readonly code = 'credit.identifier-refused';
  readonly kind = 'invalid';
  constructor(field: string, why: Bilingual) {
    super({ zh: `${field}：${why.zh}`, en: `${field}: ${why.en}` }, { field });
  }
}

/** A query without the consent of the subject for this purpose on this day (Credit Reporting Regulation art. 18). */
export class ConsentNeeded extends DomainError {
  readonly code = 'credit.consent-needed';
  readonly kind = 'forbidden';
  constructor(purpose: string) {
    super(
      {
        zh: `没有信息主体对用途“${purpose}”的有效书面同意（征信业管理条例第十八条）；请先由信用管理员登记同意（gep credit consent，或 POST /api/v1/credit/consents）`,
        en: `the subject has given no consent in writing for the purpose "${purpose}" that holds today (Credit Reporting Regulation art. 18); have the credit officer record one (gep credit consent, or POST /api/v1/credit/consents)`,
      },
      { purpose },
    );
  }
}

/** The keys by which identifiers are kept are not there. */
export class CreditKeysMissing extends DomainError {
  readonly code = 'credit.keys-missing';
  readonly kind = 'conflict';
  constructor(keyId?: string) {
    const which = keyId === undefined ? { zh: '', en: '' } : { zh: `（密钥 ${keyId}）`, en: ` (key ${keyId})` };
    super(
      {
        zh: `没有保存个人标识所需的密钥${which.zh}；请设置 GEP_CREDIT_KEYS（见 docs/operations.md）`,
        en: `the keys that identifiers are kept with are not there${which.en}; set GEP_CREDIT_KEYS (docs/operations.md)`,
      },
      { ...(keyId !== undefined && { keyId }) },
    );
  }
}

/** Fewer points than the goods cost. */
export class PointsShort extends DomainError {
  readonly code = 'credit.points-short';
  readonly kind = 'conflict';
  constructor(wanted: bigint, held: bigint) {
    super(
      {
        zh: `需要 ${wanted} 积分，可用 ${held}；积分见 gep credit points 或 GET /api/v1/credit/subjects/{id}/points`,
        en: `${wanted} points are needed and ${held} can be spent; gep credit points or GET /api/v1/credit/subjects/{id}/points shows them`,
      },
      { wanted: wanted.toString(), held: held.toString() },
    );
  }
}

/** What is wrong in a row of a sheet; row 0 is the sheet. */
export interface SheetFault extends Bilingual {
  readonly row: number;
}

/** A sheet of a village with everything that is wrong with it. */
export class VillageSheetRefused extends DomainError {
  readonly code = 'credit.sheet-refused';
  readonly kind = 'invalid';
  constructor(faults: readonly SheetFault[]) {
    const told = (language: 'zh' | 'en', name: (row: number) => string): string =>
      faults
        .slice(0, 20)
        .map((fault) => `${name(fault.row)}${fault[language]}`)
        .join('; ');
    const more = Math.max(faults.length - 20, 0);
    super(
      {
        zh: `评分表有 ${faults.length} 处错误，全部未记录：${told('zh', (row) => (row === 0 ? '' : `第 ${row} 行：`))}${more > 0 ? `；另有 ${more} 处` : ''}`,
        en: `the sheet has ${faults.length} faults, and nothing of it was reported: ${told('en', (row) => (row === 0 ? '' : `row ${row}: `))}${more > 0 ? `; and ${more} more` : ''}`,
      },
      { faults },
    );
  }
}
