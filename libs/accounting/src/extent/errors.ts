/** What the extent account refuses, and how to mend it. */
import { DomainError, type Fraction } from '@gep/kernel';

/** Where a sum and the figure that it should be are apart. */
export interface ImbalancePlace {
  readonly part: string;
  /** Null for the whole area. */
  readonly class: string | null;
  readonly side: 'opening' | 'closing';
  readonly unit: string;
}

/** A row or column of the change matrix does not add up to the figure it belongs to. */
export class ExtentImbalance extends DomainError {
  readonly code = 'accounting.extent-imbalance';
  readonly kind = 'invalid';
  constructor(place: ImbalancePlace, stated: Fraction, summed: Fraction, tolerance: Fraction) {
    const [given, sum, allowed] = [stated, summed, tolerance].map((figure) => figure.toDecimalText(12));
    const difference = summed.minus(stated).toDecimalText(12);
    const { part, unit } = place;
    const side = { opening: { zh: '期初', en: 'opening' }, closing: { zh: '期末', en: 'closing' } }[place.side];
    const of =
      place.class === null ? { zh: '总面积', en: 'total area' } : { zh: `“${place.class}”`, en: `"${place.class}"` };
    super(
      {
        zh: `${part}：${of.zh}的${side.zh}为 ${given} ${unit}，转移各项合计 ${sum} ${unit}，相差 ${difference} ${unit}，超过印刷位数允许的 ${allowed} ${unit}；请更正该类的面积或其转移项，边界变化须列为 boundary 项`,
        en: `${part}: the ${side.en} of ${of.en} is ${given} ${unit}, its transitions add up to ${sum} ${unit}; the difference of ${difference} ${unit} is more than the ${allowed} ${unit} that the printed digits allow; correct the area or the transitions of that class, and list a change of boundary as a boundary transition`,
      },
      { ...place, stated: given, summed: sum, difference, tolerance: allowed },
    );
  }
}

/** A transition names a class that is not in the list of classes. */
export class UnknownExtentClass extends DomainError {
  readonly code = 'accounting.extent-class';
  readonly kind = 'invalid';
  constructor(part: string, name: string, known: readonly string[]) {
    super(
      {
        zh: `${part}：没有类别“${name}”；请改用 ${known.join('、')}，或在 classes 中补充`,
        en: `${part}: there is no class "${name}"; use one of ${known.join(', ')}, or add it to classes`,
      },
      { part, class: name },
    );
  }
}

/** Land enters or leaves the area for another reason than a change of its boundary. */
export class BoundaryCauseNeeded extends DomainError {
  readonly code = 'accounting.extent-boundary';
  readonly kind = 'invalid';
  constructor(part: string, from: string | null, to: string | null, cause: string) {
    const [left, right] = [from ?? 'outside', to ?? 'outside'];
    super(
      {
        zh: `${part}：转移 ${left} → ${right} 的原因写为 ${cause}；与区外之间的转移须写 boundary，区内转移不得写 boundary`,
        en: `${part}: the transition ${left} → ${right} has the cause ${cause}; a transition from or to outside must have the cause boundary, one inside must not`,
      },
      { part, from: left, to: right, cause },
    );
  }
}

/** Parts that cannot be added: they are of other years, units or classes. */
export class ExtentPartsDiffer extends DomainError {
  readonly code = 'accounting.extent-parts';
  readonly kind = 'invalid';
  constructor(parts: readonly string[], what: string) {
    super(
      {
        zh: `${parts.join('、')} 的 ${what} 不同，不能相加；请统一后再汇总，或分别核算`,
        en: `${parts.join(', ')} have different ${what} and cannot be added; make them the same or account them one by one`,
      },
      { parts, what },
    );
  }
}

/** A patch stands twice in one period, so that its change has no one meaning. */
export class PatchTwice extends DomainError {
  readonly code = 'accounting.patch-twice';
  readonly kind = 'invalid';
  constructor(territory: string, period: string, patch: string) {
    super(
      {
        zh: `${territory} ${period}：图斑“${patch}”出现两次，无法与另一期对应；请合并或改名后重新导入`,
        en: `${territory} ${period}: patch "${patch}" stands twice, so it cannot be followed to the other period; merge or rename it and import again`,
      },
      { territory, period, patch },
    );
  }
}
