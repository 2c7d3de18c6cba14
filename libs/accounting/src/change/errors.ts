/** What change, bridge and comparable prices refuse, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** An attribute to measure condition or weather by that the norm does not have. */
export class LevelAttributeUnknown extends DomainError {
  readonly code = 'accounting.level-attribute-unknown';
  readonly kind = 'invalid';
  constructor(attribute: string, known: readonly string[]) {
    super(
      {
        zh: `规范没有属性“${attribute}”，无法据此区分状况或天气影响；可用：${known.join('、')}`,
        en: `the norm has no attribute "${attribute}" to tell condition or weather by; it has ${known.join(', ')}`,
      },
      { attribute, known },
    );
  }
}

/** One attribute named for condition and for weather: its effect would be counted twice, and taken off supply. */
export class LevelAttributeTwice extends DomainError {
  readonly code = 'accounting.level-attribute-twice';
  readonly kind = 'invalid';
  constructor(attribute: string) {
    super(
      {
        zh: `属性“${attribute}”同时用于状况和天气；请只归入其一`,
        en: `the attribute "${attribute}" stands for condition and for weather; name it for one of them`,
      },
      { attribute },
    );
  }
}

/** Too many accounts below a territory to split its change in one answer. */
export class ChangeTooWide extends DomainError {
  readonly code = 'accounting.change-too-wide';
  readonly kind = 'too-much';
  constructor(territory: string, period: string, most: number) {
    super(
      {
        zh: `${territory} ${period} 由超过 ${most} 个账户汇总而成，一次分解过多；请逐个分解其下级，再相加（效应可直接相加）`,
        en: `${territory} ${period} is added up from more than ${most} accounts, too many to split at once; split the change of its children and add the effects, which sum exactly`,
      },
      { territory, period, most },
    );
  }
}

/** Prices of different years would be added in one total. */
export class MixedPriceBases extends DomainError {
  readonly code = 'accounting.mixed-price-bases';
  readonly kind = 'invalid';
  /** @param byYear what is in the money of each year */
  constructor(territory: string, byYear: ReadonlyMap<string, readonly string[]>) {
    const years = [...byYear].sort(([a], [b]) => (a < b ? -1 : 1));
    const list = (between: string): string =>
      years
        .map(([year, codes]) => `${year} (${codes.slice(0, 8).join(', ')}${codes.length > 8 ? ', …' : ''})`)
        .join(between);
    super(
      {
        zh: `${territory}：同一合计中混有不同年份的价格：${list('；')}；请用有出处的指数把它们换算到基期（gep change --comparable --index 年份=系数 --index-source 出处；接口 GET /api/v1/changes 的 index 和 indexSource）`,
        en: `${territory}: one total would mix prices of different years: ${list('; ')}; move them to the base period by an index with its source (gep change --comparable --index year=factor --index-source text; index and indexSource of GET /api/v1/changes)`,
      },
      { territory, years: Object.fromEntries(years) },
    );
  }
}

/** The base period has no price for something that was counted later. */
export class BasePriceMissing extends DomainError {
  readonly code = 'accounting.base-price-missing';
  readonly kind = 'missing';
  constructor(territory: string, base: string, line: { service: string; type: string | null; item: string | null }) {
    const named = [line.service, line.type, line.item].filter((part) => part !== null).join(' × ');
    const code = line.item ?? line.service;
    super(
      {
        zh: `${territory}：“${named}”在基期 ${base} 没有价格；请补充基期价格，或给出有出处的指数（gep change --comparable --index ${code}=系数 --index-source 出处；接口 GET /api/v1/changes 的 index 和 indexSource）`,
        en: `${territory}: "${named}" has no price in the base period ${base}; add one there, or give an index with its source (gep change --comparable --index ${code}=factor --index-source text; index and indexSource of GET /api/v1/changes)`,
      },
      { territory, base, ...line },
    );
  }
}

/** A quarter cannot be shown at the prices of a year: what is a rate of the year counts for another share of it. */
export class BasePeriodDiffers extends DomainError {
  readonly code = 'accounting.base-period-differs';
  readonly kind = 'invalid';
  constructor(period: string, base: string) {
    super(
      {
        zh: `${period} 与基期 ${base} 长短不同；请选用同样长短的基期`,
        en: `${period} and the base period ${base} are not equally long; choose a base period of the same length`,
      },
      { period, base },
    );
  }
}

/** An index that is no factor above zero, or that nobody can look up. */
export class PriceIndexRefused extends DomainError {
  readonly code = 'accounting.price-index-refused';
  readonly kind = 'invalid';
  constructor(of: string, factor: string, reason: 'factor' | 'source') {
    const said = {
      factor: {
        zh: `系数“${factor}”不是大于零的数；请写作 ${of}=0.93`,
        en: `the factor "${factor}" is not a number above zero; write it as ${of}=0.93`,
      },
      source: {
        zh: '没有注明出处；请用 --index-source（接口为 indexSource）写明',
        en: 'it has no source; give it by --index-source (indexSource of the API)',
      },
    }[reason];
    super(
      { zh: `“${of}”的价格指数不能使用：${said.zh}`, en: `the price index of "${of}" cannot be used: ${said.en}` },
      { of, factor, reason },
    );
  }
}
