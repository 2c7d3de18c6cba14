/** What indicators refuse, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** GEP and GDP overlap and measure different things; their sum is not a number of anything. */
export class GepIsNotAddedToGdp extends DomainError {
  readonly code = 'accounting.gep-is-not-added-to-gdp';
  readonly kind = 'invalid';
  constructor(indicator: string, expression: string) {
    super(
      {
        zh: `指标“${indicator}”（${expression}）把 GEP 与 GDP 相加或相减；物质供给与文化服务的一部分已计入 GDP，二者不可相加。请并列展示，或用比值（绿金指数 GEP / GDP）`,
        en: `the indicator "${indicator}" (${expression}) adds or subtracts GEP and GDP; parts of provisioning and cultural services are in GDP already, so the two are never added. Show them side by side, or as a ratio (green-gold index GEP / GDP)`,
      },
      { indicator, expression },
    );
  }
}

/** An indicator that cannot be read: an unknown name, units that do not fit, a slip of the pen. */
export class IndicatorUnreadable extends DomainError {
  readonly code = 'accounting.indicator-unreadable';
  readonly kind = 'invalid';
  constructor(indicator: string, expression: string, reason: Bilingual, names: readonly string[]) {
    super(
      {
        zh: `指标“${indicator}”（${expression}）无法计算：${reason.zh}；可用的名称：${names.join('、')}`,
        en: `the indicator "${indicator}" (${expression}) cannot be computed: ${reason.en}; names are ${names.join(', ')}`,
      },
      { indicator, expression },
    );
  }
}

/** A figure beside the account that is not known, of the wrong kind, or without its source. */
export class IndicatorFactRefused extends DomainError {
  readonly code = 'accounting.indicator-fact-refused';
  readonly kind = 'invalid';
  constructor(
    fact: string,
    reason: 'unknown' | 'unit' | 'number' | 'source',
    facts: Readonly<Record<string, unknown>>,
  ) {
    const said = {
      unknown: { zh: '没有这个名称', en: 'there is no such name' },
      unit: { zh: '单位不符', en: 'its unit does not fit' },
      number: { zh: '不是大于零的数', en: 'it is not a number above zero' },
      source: { zh: '没有注明出处', en: 'it has no source' },
    }[reason];
    super(
      {
        zh: `“${fact}”不能用于指标：${said.zh}；请写作 GDP、population、area、realised 或 possible，附单位和出处`,
        en: `"${fact}" cannot be used for indicators: ${said.en}; give GDP, population, area, realised or possible with a unit and a source`,
      },
      { fact, reason, ...facts },
    );
  }
}

/** Areas are compared with a period that is not before the one shown. */
export class SinceNotEarlier extends DomainError {
  readonly code = 'accounting.since-not-earlier';
  readonly kind = 'invalid';
  constructor(since: string, period: string) {
    super(
      {
        zh: `面积变化的起始核算期 ${since} 不早于 ${period}；请给出更早的核算期（--since，接口为 since）`,
        en: `areas are to be compared since ${since}, which is not before ${period}; give an earlier period (--since, or since of the API)`,
      },
      { since, period },
    );
  }
}
