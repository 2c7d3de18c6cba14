/** What the monetary asset account refuses, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** Volume, condition and demand that cannot go together. */
export class ImpossibleChange extends DomainError {
  readonly code = 'accounting.asset-impossible';
  readonly kind = 'conflict';
  constructor(asset: string, service: string, changes: Readonly<Record<'volume' | 'condition' | 'demand', string>>) {
    const { volume, condition, demand } = changes;
    super(
      {
        zh: `资产“${asset}”服务“${service}”：实物量 ${volume}、状况 ${condition}、需求 ${demand} 不可能同时成立；请核对状况与需求的方向`,
        en: `asset "${asset}", service "${service}": volume ${volume}, condition ${condition} and demand ${demand} cannot go together; check the directions of condition and demand`,
      },
      { asset, service, ...changes },
    );
  }
}

/** Volume and condition went different ways, and only demand can tell why. */
export class DemandNeeded extends DomainError {
  readonly code = 'accounting.asset-demand';
  readonly kind = 'missing';
  constructor(asset: string, service: string, volume: string, condition: string) {
    super(
      {
        zh: `资产“${asset}”服务“${service}”：实物量 ${volume} 而状况 ${condition}，须写明需求的方向 demand（up 或 down）`,
        en: `asset "${asset}", service "${service}": volume went ${volume} and condition ${condition}, so the direction of demand (up or down) must be stated`,
      },
      { asset, service, volume, condition },
    );
  }
}

/** Expectations are shorter than the horizon, or there are fewer discount factors than years. */
export class HorizonTooLong extends DomainError {
  readonly code = 'accounting.asset-horizon';
  readonly kind = 'invalid';
  constructor(what: string, years: number, horizon: number) {
    super(
      {
        zh: `${what} 只有 ${years} 年，而核算年限为 ${horizon} 年；请补足，或缩短 horizon，或只写一个数表示各年相同`,
        en: `${what} has ${years} years, the horizon is ${horizon}; add the rest, shorten the horizon, or give a single number for all years`,
      },
      { what, years, horizon },
    );
  }
}

/** An account in current prices without the inflation that would make them real. */
export class RealTermsNeeded extends DomainError {
  readonly code = 'accounting.asset-terms';
  readonly kind = 'invalid';
  constructor() {
    super({
      zh: '价格为名义价格而未给出 inflation；资产价值按不变价核算，请给出年通胀率，或改用不变价并写 terms: real',
      en: 'prices are nominal and no inflation is given; asset values are in real terms: give the yearly inflation, or real prices with terms: real',
    });
  }
}

/** More lines and years than one answer values exactly. */
export class AssetTooLarge extends DomainError {
  readonly code = 'accounting.asset-too-large';
  readonly kind = 'too-much';
  constructor(
    territory: string,
    { lines, years, most }: { readonly lines: number; readonly years: number; readonly most: number },
  ) {
    super(
      {
        zh: `${territory}：账户 ${lines} 行 × ${years} 年超过 ${most}，不能一次估价；请减少年数，或逐个下级估价后相加`,
        en: `${territory}: ${lines} lines × ${years} years are more than ${most}, too many to value at once; ask for fewer years, or for its children one by one, whose values add up`,
      },
      { territory, lines, years, most },
    );
  }
}
