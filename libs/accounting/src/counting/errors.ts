/** What is refused when supplies are counted, and how to mend it. */
import { DomainError, formatYuan, type Bilingual, type Fen } from '@gep/kernel';

interface CountedAt {
  readonly territory: string;
  readonly period: string;
}

/** A quantity below zero where the norm has no rule for it, or the rule to refuse. */
export class NegativeQuantity extends DomainError {
  readonly code = 'accounting.negative-quantity';
  readonly kind = 'invalid';
  constructor({ territory, period }: CountedAt, service: string, type: string | null, quantity: number) {
    // What a double has beyond twelve digits is noise.
    const shown = Number(quantity.toPrecision(12));
    super(
      {
        zh: `${territory} ${period}：服务“${service}”（${type ?? '全域'}）的实物量为 ${shown}，小于零；请检查观测，或在规范中为该服务写明 negative: zero（记零）或 keep（保留）`,
        en: `${territory} ${period}: the quantity of "${service}" (${type ?? 'whole territory'}) is ${shown}, below zero; check the observations, or let the norm say negative: zero or keep for this service`,
      },
      { territory, period, service, type, quantity },
    );
  }
}

/** More comes from outside than there is. */
export class ImportsBeyondSupply extends DomainError {
  readonly code = 'accounting.imports-beyond-supply';
  readonly kind = 'invalid';
  constructor(
    { territory, period }: CountedAt,
    service: string,
    statistic: string,
    imported: number,
    supplied: number,
  ) {
    super(
      {
        zh: `${territory} ${period}：服务“${service}”的区外来量（统计“${statistic}”）${imported} 大于总量 ${supplied}；请核对两者的口径和单位`,
        en: `${territory} ${period}: "${service}" has imports of ${imported} (statistic "${statistic}"), more than its quantity ${supplied}; check what the two cover and their units`,
      },
      { territory, period, service, statistic, imported, supplied },
    );
  }
}

/** A statistic that bounds a service, or is deducted from it, was not reported. */
export class UseStatisticMissing extends DomainError {
  readonly code = 'accounting.use-statistic-missing';
  readonly kind = 'invalid';
  constructor({ territory, period }: CountedAt, service: string, statistic: string) {
    super(
      {
        zh: `${territory} ${period}：核算“${service}”需要统计“${statistic}”，但没有填报；请填报（没有则填 0）后重新导入，或在规范中写明 missing`,
        en: `${territory} ${period}: "${service}" needs the statistic "${statistic}", which was not reported; report it (0 if there is none) and import again, or let the norm say what holds when it is missing`,
      },
      { territory, period, service, statistic },
    );
  }
}

/** Services that count the same thing both have a value. */
export class DoubleCounted extends DomainError {
  readonly code = 'accounting.double-counted';
  readonly kind = 'conflict';
  constructor(
    { territory, period }: CountedAt,
    group: { readonly code: string; readonly reason: { readonly zh: string; readonly en: string } },
    services: readonly { readonly service: string; readonly name: Bilingual; readonly valueFen: Fen }[],
    norm: string,
  ) {
    const values = (language: keyof Bilingual): string[] =>
      services.map(({ service, name, valueFen }) => `${name[language]} (${service}) ${formatYuan(valueFen)}`);
    const last = services[services.length - 1].service;
    const off = `switches: [{ code: ${last}Off, state: 'off', services: [${last}], … }]`;
    super(
      {
        zh: `${territory} ${period}：互斥组“${group.code}”中的服务重复计量：${values('zh')
          .map((value) => `${value} 元`)
          .join(
            '、',
          )}；原因：${group.reason.zh}；请只填报其中一项，或在规范（或扩展“${norm}”的规范）的 switches 中关闭其一，例如 ${off}`,
        en: `${territory} ${period}: services of the group "${group.code}" count the same thing: ${values('en')
          .map((value) => `${value} yuan`)
          .join(
            ', ',
          )}; reason: ${group.reason.en}; report only one of them, or switch one of them off in the switches of the norm, or of a norm that extends "${norm}": ${off}`,
      },
      {
        territory,
        period,
        group: group.code,
        services: services.map(({ service, valueFen }) => ({ service, valueFen: valueFen.toString() })),
      },
    );
  }
}

/** An overlay of a norm is asked for an account of a territory that it does not hold for. */
export class NormHoldsElsewhere extends DomainError {
  readonly code = 'accounting.norm-holds-elsewhere';
  readonly kind = 'conflict';
  constructor({ territory, period }: CountedAt, norm: string, place: string, base: string | undefined) {
    super(
      {
        zh: `${territory} ${period}：规范“${norm}”只适用于 ${place} 及其下级；请换用${base ? `“${base}”` : '适用的规范'}`,
        en: `${territory} ${period}: norm "${norm}" holds for ${place} and what is in it only; use ${base ? `"${base}"` : 'a norm that holds here'}`,
      },
      { territory, period, norm, place },
    );
  }
}
