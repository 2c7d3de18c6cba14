/** What the register of companies refuses, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

const look: Bilingual = {
  zh: '查看：gep company show · GET /api/v1/companies/{code}',
  en: 'see gep company show · GET /api/v1/companies/{code}',
};

/** Particulars of a company, or a right of it, are not as they have to be. */
export class CompanyRefused extends DomainError {
  readonly code = 'procurement.company-refused';
  readonly kind = 'invalid';
  constructor(company: string, problems: readonly Bilingual[]) {
    const said = (language: 'zh' | 'en') => problems.map((problem) => problem[language]).join('; ');
    super(
      { zh: `公司“${company}”未登记：${said('zh')}`, en: `the company "${company}" is not recorded: ${said('en')}` },
      { company, problems },
    );
  }
}

/** Another company has the code. */
export class CompanyCodeTaken extends DomainError {
  readonly code = 'procurement.company-code-taken';
  readonly kind = 'conflict';
  constructor(company: string) {
    super(
      {
        zh: `代码“${company}”已被使用（平台内唯一，可能在您的地域之外）；变更信息请用 gep company amend 或 POST /api/v1/companies/${company}/versions，新公司请换代码`,
        en: `the code "${company}" is taken (it is unique on the platform, perhaps outside your territories); for a change use gep company amend or POST /api/v1/companies/${company}/versions, for a new company another code`,
      },
      { company },
    );
  }
}

/** No such company, or none that the actor may see. */
export class CompanyMissing extends DomainError {
  readonly code = 'procurement.company-missing';
  readonly kind = 'missing';
  constructor(company: string) {
    super(
      {
        zh: `没有公司“${company}”，或它不在您的地域内；请核对代码（gep company list · GET /api/v1/companies）`,
        en: `there is no company "${company}", or none in your territories; check the code (gep company list · GET /api/v1/companies)`,
      },
      { company },
    );
  }
}

/** Somebody else sells the same land in the same time: a gain is sold once. */
export class SaleRightTaken extends DomainError {
  readonly code = 'procurement.sale-right-taken';
  readonly kind = 'conflict';
  constructor(place: string, holder: string, until: string | null) {
    super(
      {
        zh: `${place} 的出售权已属公司“${holder}”（至 ${until ?? '未定'}）；同一增益只能出售一次，请先终止该权利（gep company end-right · POST /api/v1/companies/{code}/rights/{id}/end）。${look.zh}`,
        en: `the right to sell of ${place} belongs to the company "${holder}" (until ${until ?? 'no known end'}); a gain is sold once, so end that right first (gep company end-right · POST /api/v1/companies/{code}/rights/{id}/end). ${look.en}`,
      },
      { place, holder, until },
    );
  }
}

/** The company has no right to sell there on that day, or is not active. */
export class CompanyMayNotSell extends DomainError {
  readonly code = 'procurement.company-may-not-sell';
  readonly kind = 'conflict';
  constructor(company: string, reason: Bilingual) {
    super(
      {
        zh: `公司“${company}”不能出售：${reason.zh}。${look.zh}`,
        en: `the company "${company}" cannot sell: ${reason.en}; ${look.en}`,
      },
      { company },
    );
  }
}

/** There is no such right, or it has come to its end. */
export class SaleRightMissing extends DomainError {
  readonly code = 'procurement.sale-right-missing';
  readonly kind = 'missing';
  constructor(right: string) {
    super(
      {
        zh: `没有仍有效的出售权 ${right}，或它不在您的地域内。${look.zh}`,
        en: `there is no right to sell ${right} that still holds, or none in your territories; ${look.en}`,
      },
      { right },
    );
  }
}

/** A deed is placed on a day that is not a day, lies ahead, or before what came before it. */
export class DeedDayRefused extends DomainError {
  readonly code = 'procurement.deed-day-refused';
  readonly kind = 'invalid';
  constructor(day: string, reason: Bilingual) {
    super({ zh: `日期 ${day} 不能用：${reason.zh}`, en: `the day ${day} cannot be used: ${reason.en}` }, { day });
  }
}
