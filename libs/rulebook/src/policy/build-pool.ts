/** Builds a payment that shares out a pool: weights or factors, groups, bounds, and what happens where they do not fit. */
import { Fraction } from '@gep/kernel';
import { sumFractions } from './expression/exact-numbers';
import { groupOf, missing, money, weightOf, type Building } from './payment-parts';
import type { PoolFactor } from './rule';

export function buildPool(building: Building) {
  const { vocabulary, raw, path } = building;
  const pool = money(vocabulary, [...path, 'pool'], raw.pool);
  if ((raw.weight === undefined) === (raw.factors === undefined))
    return missing(building, 'weight', {
      zh: '请写 weight（一个权重）或 factors（几个因素）之一',
      en: 'give either weight, or factors when there are several',
    });
  if (raw.factors && (raw.floor !== undefined || raw.cap !== undefined))
    vocabulary.log.add(
      [...path, raw.floor === undefined ? 'cap' : 'floor'],
      'policy.bounds-of-factors',
      { zh: '上下限与 factors 不能并用', en: 'floor and cap do not go with factors' },
      {
        zh: '请把各因素合成一个 weight 公式，例如 0.7 * a / sum(a) + 0.3 * b / sum(b)',
        en: 'make one weight of them, such as 0.7 * a / sum(a) + 0.3 * b / sum(b)',
      },
    );
  const written = raw.factors ?? [{ code: raw.code, name: undefined, share: '1', weight: raw.weight! }];
  const factors = written.flatMap((factor, index): PoolFactor[] => {
    const at = raw.factors ? [...path, 'factors', index] : path;
    const share = vocabulary.number([...at, 'share'], factor.share, '1');
    const weight = weightOf(vocabulary, [...at, 'weight'], factor.weight);
    return share && weight ? [{ code: factor.code, name: factor.name, share, weight }] : [];
  });
  refuseShares(building, factors);
  const [floor, cap] = [money(vocabulary, [...path, 'floor'], raw.floor), money(vocabulary, [...path, 'cap'], raw.cap)];
  const within = raw.within === undefined ? undefined : groupOf(vocabulary, [...path, 'within'], raw.within);
  const groups = raw.groups === undefined ? undefined : weightOf(vocabulary, [...path, 'groups'], raw.groups);
  if (raw.groups !== undefined && raw.within === undefined)
    return missing(building, 'within', {
      zh: 'groups 在各组之间分总额，分组的文字列写在 within',
      en: 'groups shares the pool among groups; name the column of words that groups in within',
    });
  if (pool && pool.scope !== 'total' && (pool.scope === 'row' || raw.within === undefined || groups))
    vocabulary.log.add(
      [...path, 'pool'],
      'policy.payment-scope',
      {
        zh: '总额只有一个，而此式按单位各有一个值',
        en: 'there is one pool, but this expression has a value for each unit',
      },
      groups
        ? {
            zh: 'groups 分的是一个总额：请写 sum(…) 或 per: total 的列；各组自有总额的不写 groups',
            en: 'groups shares one pool: write sum(…) or a column per: total; where each group has a pool of its own leave groups out',
          }
        : {
            zh: '请写 sum(…)，或把该列设为 per: total；各组各有总额时写 within',
            en: 'write sum(…), or give the column per: total; when each group has a pool of its own, say within',
          },
    );
  if (!pool || factors.length < written.length) return undefined;
  const { leftover = 'largest-remainder', zeroWeights = 'refuse', floorsBeyond = 'refuse', capsBelow = 'carry' } = raw;
  const policy = { leftover, zeroWeights, floorsBeyond, capsBelow } as const;
  return { kind: 'pool' as const, pool, within, groups, factors, floor, cap, ...policy };
}

/** Shares that are written as numbers are summed when the rule is checked; others when it decides. */
function refuseShares({ vocabulary, raw, path }: Building, factors: readonly PoolFactor[]): void {
  const shares = factors.flatMap(({ share }) => share.constant ?? []);
  if (!raw.factors || shares.length < raw.factors.length) return;
  const whole = sumFractions(shares);
  if (whole.equals(Fraction.one) && shares.every(({ numerator }) => numerator >= 0n)) return;
  vocabulary.log.add(
    [...path, 'factors'],
    'policy.factor-shares',
    {
      zh: `各因素的份额合计为 ${whole.toExactText()}，应为 1，且不为负`,
      en: `the shares of the factors sum to ${whole.toExactText()}; they must sum to 1 and not be negative`,
    },
    { zh: '请改正 share，例如 70%、20%、10%', en: 'correct the shares, such as 70%, 20% and 10%' },
  );
}
