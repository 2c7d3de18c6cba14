/** Computes one payment of a rule for one period: amounts of units, a pool shared out, or awards by rank. */
import { sumFen, type Fraction } from '@gep/kernel';
import { remember, whereOf, type Place } from '../expression/place';
import { EvaluationFault } from '../expression/value';
import type { PaymentEnd, PolicyRule, RulePayment } from '../rule';
import { eachUnit, groupUnits, roundYuan, type Entitlement, type Given } from './entitlement';
import type { PaidLine, PaidPart, PaidPayment, PaymentSide } from './paid';
import { rankUnits } from './rank-units';
import { sharePool } from './share-pool';

type PaymentOf<Kind extends RulePayment['kind']> = Extract<RulePayment, { kind: Kind }>;

/** Computed once for each period. @throws EvaluationFaults, EvaluationFault */
export function paidAt(payment: RulePayment, parties: PolicyRule['parties'], { book, period }: Place): PaidPayment {
  return remember(period, payment, () => {
    const place = { book, period };
    const given =
      payment.kind === 'amount'
        ? payAmounts(payment, place)
        : payment.kind === 'pool'
          ? sharePool(payment, place)
          : payByRank(payment, place);
    const lines = linesOf(payment, parties, place, given.entitled);
    return {
      ...given.pool,
      code: payment.code,
      lines,
      carryFen: given.carryFen,
      totalFen: lines.reduce((sum, { entitledFen }) => sum + entitledFen, 0n),
      byUnit: entitledByUnit(lines),
    };
  });
}

function entitledByUnit(lines: readonly PaidLine[]): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const { unit, entitledFen } of lines) found.set(unit, (found.get(unit) ?? 0n) + entitledFen);
  return found;
}

function payAmounts(payment: PaymentOf<'amount'>, place: Place): Given {
  const entitled = new Map<string, Entitlement>();
  const { amount, when } = payment;
  if (payment.once) {
    if (!when || (when.run(place) as boolean)) entitled.set('', oneAmount(payment, place));
    return { entitled, carryFen: 0n };
  }
  const byRow = amount.scope === 'row' || when?.scope === 'row';
  eachUnit(place, (unit, at) => {
    if (byRow) {
      const rows = unit.rows.map((row) => ({ ...at, row }));
      const counted = rows.filter((one) => !when || (when.run(one) as boolean));
      const parts = counted.map((one): Entitlement & PaidPart => {
        const { row, period, item } = one.row;
        const paid = oneAmount(payment, one);
        return { ...paid, row, period, item, fen: paid.entitledFen };
      });
      if (parts.length === 0) return;
      entitled.set(unit.code, {
        entitledFen: sumFen(parts.map(({ fen }) => fen)),
        parts: parts.map(({ row, period, item, fen }) => ({ row, period, item, fen })),
      });
    } else if (!when || (when.run(at) as boolean)) entitled.set(unit.code, oneAmount(payment, at));
  });
  return { entitled, carryFen: 0n };
}

function oneAmount({ amount, negative, rounding, code }: PaymentOf<'amount'>, place: Place): Entitlement {
  const yuan = amount.run(place) as Fraction;
  const fen = roundYuan(yuan, rounding);
  if (yuan.numerator >= 0n || negative === 'bill') return { entitledFen: fen };
  if (negative === 'nothing') return { entitledFen: 0n, withheldFen: fen };
  throw new EvaluationFault(
    'policy.negative-amount',
    {
      zh: `支付“${code}”算得负值 ${yuan.toExactText(20)} 元，而规则不许`,
      en: `payment "${code}" comes to ${yuan.toExactText(20)} yuan, and the rule refuses negative amounts`,
    },
    { zh: '请核对数据，或在规则中改 negative', en: 'check the figures, or change negative in the rule' },
    whereOf(place),
  );
}

function payByRank(payment: PaymentOf<'bands'>, place: Place): Given {
  const { bands, rounding, unfilled, code } = payment;
  const last = bands.at(-1)!.last;
  const amounts: bigint[] = [];
  for (const { first, last: end, each } of bands) {
    const fen = roundYuan(each.run(place) as Fraction, rounding);
    for (let rank = first; rank <= end; rank += 1) amounts.push(fen);
  }
  const groups = [...groupUnits(payment.within, place)];
  const given = groups.map(([word, units]) => ({ word, ranked: rankUnits(payment, place, amounts, units) }));
  const short = given.find(({ ranked }) => ranked.size < last);
  if (unfilled === 'refuse' && short)
    throw new EvaluationFault(
      'policy.bands-unfilled',
      {
        zh: `“${code}”${short.word}有 ${last} 个名次，只有 ${short.ranked.size} 个合格单位`,
        en: `"${code}" ${short.word} has ${last} ranks and only ${short.ranked.size} eligible units`,
      },
      { zh: '请发布新的分档，或写 unfilled: carry（结转）', en: 'publish other bands, or write unfilled: carry' },
      whereOf(place),
    );
  const each = sumFen(amounts);
  const carries = given.map(({ ranked }) => each - sumFen([...ranked.values()].map(({ entitledFen }) => entitledFen)));
  const byGroup = given.map(({ word }, at) => [word, { poolFen: each, carryFen: carries[at] }] as const);
  return {
    entitled: new Map(given.flatMap(({ ranked }) => [...ranked])),
    carryFen: sumFen(carries),
    pool: {
      poolFen: each * BigInt(given.length),
      ...(payment.within && { groups: Object.fromEntries(byGroup) }),
    },
  };
}

function linesOf(
  payment: RulePayment,
  parties: PolicyRule['parties'],
  place: Place,
  entitled: ReadonlyMap<string, Entitlement>,
): PaidLine[] {
  const lines: PaidLine[] = [];
  const [fromOf, toOf] = [sideOf(payment.from, parties), sideOf(payment.to, parties)];
  const namedByRow = namesByRow(payment);
  const add = (unit: string, at: Place): void => {
    if (namedByRow) return addByEnds(unit, at);
    const advancedFen = payment.advance ? roundYuan(payment.advance.run(at) as Fraction, payment.rounding) : 0n;
    const own = entitled.get(unit);
    // An advance to one who in the end is entitled to nothing is to be given back.
    if (!own && advancedFen === 0n) return;
    const entitledFen = own?.entitledFen ?? 0n;
    const dueFen = advancedFen === 0n ? entitledFen : entitledFen - advancedFen;
    const [from, to] = [fromOf(at), toOf(at)];
    const line = { unit, name: at.unit?.name ?? '', from, to, entitledFen, advancedFen, dueFen };
    const spread = spreadOf(payment, dueFen, at);
    lines.push(isPlain(own) && !spread.instalments ? line : { ...line, ...own, ...spread });
  };
  /** Rows of a unit that name different payers or payees: one line for each pair. */
  const addByEnds = (unit: string, at: Place): void => {
    const pairs = new Map<string, { from: PaymentSide; to: PaymentSide; parts: PaidPart[] }>();
    for (const part of entitled.get(unit)?.parts ?? []) {
      const here = { ...at, row: at.unit!.rows.find(({ row }) => row === part.row) };
      const [from, to] = [fromOf(here), toOf(here)];
      const key = JSON.stringify([from.code, to.code]);
      pairs.set(key, { from, to, parts: [...(pairs.get(key)?.parts ?? []), part] });
    }
    for (const { from, to, parts } of pairs.values()) {
      const fen = sumFen(parts.map((part) => part.fen));
      const line = { unit, name: at.unit!.name, from, to, entitledFen: fen, advancedFen: 0n, dueFen: fen, parts };
      lines.push({ ...line, ...spreadOf(payment, fen, at) });
    }
  };
  if (payment.kind === 'amount' && payment.once) add('', place);
  else eachUnit(place, (unit, at) => add(unit.code, at));
  return lines;
}

const namesByRow = ({ from, to }: RulePayment): boolean =>
  [from, to].some((end) => end.kind === 'column' && end.value.scope === 'row');

/** What says nothing but the amount; there may be a million. */
const isPlain = (own: Entitlement | undefined): boolean =>
  own === undefined || (!own.parts && !own.byFactor && own.rank === undefined && own.withheldFen === undefined);

function sideOf(end: PaymentEnd, parties: PolicyRule['parties']): (place: Place) => PaymentSide {
  if (end.kind === 'units') return ({ unit }) => ({ kind: 'unit', code: unit!.code });
  if (end.kind === 'party') {
    const side = { kind: 'party', code: end.code } as const;
    return () => side;
  }
  return (place) => {
    const code = end.value.run(place) as string;
    if (place.period.byCode.has(code)) return { kind: 'unit', code };
    return { kind: parties.some((party) => party.code === code) ? 'party' : 'named', code };
  };
}

const mostInstalments = 9_999;

function spreadOf({ instalments, code }: RulePayment, fen: bigint, at: Place): { instalments?: bigint[] } {
  if (!instalments) return {};
  const { count, remainder } = instalments;
  const { numerator, denominator } = count.run(at) as Fraction;
  const number = Number(numerator);
  if (denominator === 1n && number >= 1 && number <= mostInstalments)
    return { instalments: instalmentsOf(fen, number, remainder) };
  throw new EvaluationFault(
    'policy.instalments',
    {
      zh: `“${code}”的期数是 ${numerator}${denominator === 1n ? '' : `/${denominator}`}，须是 1 到 ${mostInstalments} 的整数`,
      en: `the number of instalments of "${code}" is ${numerator}${denominator === 1n ? '' : `/${denominator}`}; it must be whole, from 1 to ${mostInstalments}`,
    },
    { zh: '请核对数据或规则中的 instalments', en: 'check the figures, or instalments in the rule' },
    whereOf(at),
  );
}

/** Equal parts in whole fen; what they leave is added to one of them. */
function instalmentsOf(fen: bigint, count: number, remainder: 'first' | 'last'): bigint[] {
  const each = fen / BigInt(count);
  const parts = Array.from({ length: count }, () => each);
  parts[remainder === 'last' ? count - 1 : 0] += fen - each * BigInt(count);
  return parts;
}
