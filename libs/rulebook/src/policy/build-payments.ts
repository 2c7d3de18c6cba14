/** Builds the payments of a rule: who pays whom, of what kind, and by which expressions. */
import type { NormPath } from '../yaml/problem-log';
import { buildPool } from './build-pool';
import { buildRounding } from './build-rounding';
import { groupOf, missing, money, weightOf, type Building } from './payment-parts';
import type { RawPayment, RawRule } from './raw-rule';
import type { PaymentEnd, RulePayment } from './rule';
import type { RuleVocabulary } from './rule-vocabulary';

type Kind = RulePayment['kind'];

/** Keys that belong to one kind; the first says that it is this kind. */
const keysOf: Readonly<Record<Kind, readonly (keyof RawPayment)[]>> = {
  amount: ['amount', 'negative'],
  pool: [
    'pool',
    'within',
    'groups',
    'weight',
    'factors',
    'floor',
    'cap',
    'leftover',
    'zeroWeights',
    'floorsBeyond',
    'capsBelow',
  ],
  bands: ['bands', 'within', 'by', 'ties', 'unfilled'],
};
const kinds = Object.keys(keysOf) as Kind[];

export function buildPayment(
  vocabulary: RuleVocabulary,
  raw: RawPayment,
  at: number,
  rule: RawRule,
): RulePayment | undefined {
  const { log } = vocabulary;
  const before = log.problems.length;
  const path = ['payments', at];
  const kind = kindOf(vocabulary, raw, path);
  const [from, to] = [
    end(vocabulary, raw.from, [...path, 'from'], rule),
    end(vocabulary, raw.to, [...path, 'to'], rule),
  ];
  const rounding = buildRounding(vocabulary, [...path, 'rounding'], raw.rounding ?? {}, rule.rounding ?? {});
  if (!kind || !from || !to || !rounding) return undefined;
  refuseEnds(vocabulary, kind, from, to, path);
  const when = raw.when === undefined ? undefined : vocabulary.condition([...path, 'when'], raw.when);
  const advance = money(vocabulary, [...path, 'advance'], raw.advance);
  const instalments = instalmentsOf({ vocabulary, raw, path });
  const { code, name } = raw;
  const common = { code, name, from, to, rounding, when, advance, instalments };
  const building = { vocabulary, raw, path };
  const own =
    kind === 'amount'
      ? amountOf(building, from.kind === 'party' && to.kind === 'party')
      : kind === 'pool'
        ? buildPool(building)
        : bandsOf(building);
  const byRow = [from, to].some((one) => one.kind === 'column' && one.value.scope === 'row');
  if (byRow && own?.kind === 'amount' && ((own.amount.scope !== 'row' && when?.scope !== 'row') || advance))
    log.add(
      path,
      'policy.payment-ends',
      {
        zh: '付款方或收款方按行写明，而金额（或预付）不是按行的',
        en: 'payer or payee is named row by row, but the amount (or the advance) is not one of rows',
      },
      {
        zh: '金额请用行的列计算，不写 advance；或把该列设为 per: unit',
        en: 'let the amount read columns of rows and leave out advance, or give the column per: unit',
      },
    );
  return own && log.problems.length === before ? { ...common, ...own } : undefined;
}

/** How many parts: a number, or what a unit says. */
function instalmentsOf({ vocabulary, raw, path }: Building): RulePayment['instalments'] {
  const { log } = vocabulary;
  const count =
    raw.instalments === undefined ? undefined : vocabulary.number([...path, 'instalments'], raw.instalments, '1');
  if (count && count.scope === 'row')
    log.add(
      [...path, 'instalments'],
      'policy.payment-scope',
      {
        zh: '期数按单位只有一个，而此式按行各有一个值',
        en: 'a unit has one number of instalments, but this has a value for each row',
      },
      { zh: '请写 highest(…)，或把该列设为 per: unit', en: 'write highest(…), or give the column per: unit' },
    );
  if (count?.constant && (count.constant.denominator !== 1n || count.constant.numerator < 1n))
    log.add(
      [...path, 'instalments'],
      'policy.malformed',
      { zh: `期数 ${raw.instalments} 不是正整数`, en: `${raw.instalments} is no number of instalments` },
      { zh: '写一个正整数，或给出正整数的列', en: 'write a whole number above zero, or the column that has it' },
    );
  return count && { count, remainder: raw.remainder ?? ('last' as const) };
}

function kindOf({ log }: RuleVocabulary, raw: RawPayment, path: NormPath): Kind | undefined {
  const said = kinds.filter((kind) => raw[keysOf[kind][0]] !== undefined);
  if (said.length !== 1) {
    log.add(
      path,
      'policy.payment-kind',
      {
        zh: `支付须恰有 amount、pool、bands 之一，此处有 ${said.length} 个`,
        en: `a payment has exactly one of amount, pool and bands, here are ${said.length}`,
      },
      {
        zh: '按单位计算用 amount，按权重分配用 pool，按名次分档用 bands',
        en: 'amount computes for each unit, pool shares out by weights, bands pays by rank',
      },
    );
    return undefined;
  }
  const [kind] = said;
  for (const other of kinds.filter((one) => one !== kind))
    for (const key of keysOf[other].filter((one) => !keysOf[kind].includes(one)))
      if (raw[key] !== undefined)
        log.add(
          [...path, key],
          'policy.unknown-key',
          { zh: `${kind} 支付没有“${key}”`, en: `a payment by ${kind} has no "${key}"` },
          { zh: `请删去它；它属于 ${other}`, en: `remove it; it belongs to ${other}` },
        );
  return kind;
}

function end(vocabulary: RuleVocabulary, code: string, path: NormPath, rule: RawRule): PaymentEnd | undefined {
  if (code === 'units') return { kind: 'units' };
  const parties = (rule.parties ?? []).map((party) => party.code);
  if (parties.includes(code)) return { kind: 'party', code };
  const named = vocabulary.find(code, false);
  if (named && typeof named !== 'string' && named.type.kind === 'text') return { kind: 'column', value: named };
  if (named !== 'faulty')
    vocabulary.log.unknown(path, { zh: '付款方或收款方', en: 'payer or payee' }, code, ['units', ...parties]);
  return undefined;
}

function refuseEnds({ log }: RuleVocabulary, kind: Kind, from: PaymentEnd, to: PaymentEnd, path: NormPath): void {
  const units = [from, to].filter((one) => one.kind === 'units').length;
  if (
    units === 2 ||
    (kind !== 'amount' && units !== 1) ||
    (kind !== 'amount' && from.kind !== 'party' && to.kind !== 'party')
  )
    log.add(
      path,
      'policy.payment-ends',
      kind === 'amount'
        ? { zh: '付款方与收款方不能都是 units', en: 'payer and payee cannot both be units' }
        : {
            zh: `${kind} 支付的一方须是 units，另一方须是 parties 中的一方`,
            en: `of a payment by ${kind} one side is units, and the other a party of the rule`,
          },
      { zh: '请在 parties 中写明另一方', en: 'name the other side among the parties' },
    );
}

function amountOf(building: Building, once: boolean) {
  const { vocabulary, raw, path } = building;
  const amount = money(vocabulary, [...path, 'amount'], raw.amount);
  if (raw.negative === undefined)
    return missing(building, 'negative', {
      zh: '负值怎么办没有默认：bill（反向支付）、nothing（记零）或 refuse（拒绝）',
      en: 'what a negative amount means has no default: bill (it is paid the other way), nothing (zero) or refuse',
    });
  if (!amount) return undefined;
  if (once && amount.scope !== 'total')
    vocabulary.log.add(
      [...path, 'amount'],
      'policy.payment-scope',
      {
        zh: '两方之间只有一笔，而此式按单位各有一个值',
        en: 'between two parties there is one amount, but this expression has a value for each unit',
      },
      { zh: '请写 sum(…)，或把一方改为 units', en: 'write sum(…), or make one side units' },
    );
  return { kind: 'amount' as const, amount, once, negative: raw.negative };
}

function bandsOf(building: Building) {
  const { vocabulary, raw, path } = building;
  if (raw.by === undefined)
    return missing(building, 'by', {
      zh: '请写按什么排名，例如 by: score',
      en: 'say what ranks, for example by: score',
    });
  const orders = [raw.by].flat();
  const by = orders.flatMap(
    (text, index) =>
      weightOf(vocabulary, typeof raw.by === 'string' ? [...path, 'by'] : [...path, 'by', index], text) ?? [],
  );
  const bands = raw.bands!.flatMap(({ ranks, each }, index) => {
    const [first, last = first] = ranks.split('-').map(Number);
    const amount = money(vocabulary, [...path, 'bands', index, 'each'], each);
    const follows = index === 0 ? 1 : Number(raw.bands![index - 1].ranks.split('-').at(-1)) + 1;
    if (first !== follows || last < first)
      vocabulary.log.add(
        [...path, 'bands', index, 'ranks'],
        'policy.bands',
        { zh: `名次 ${ranks} 须从 ${follows} 起，依次相接`, en: `ranks ${ranks} must begin at ${follows} and go up` },
        { zh: '各档名次须相接、不重叠', en: 'bands follow each other without gap or overlap' },
      );
    return amount ? [{ first, last, each: amount }] : [];
  });
  if (by.length < orders.length || bands.length < raw.bands!.length) return undefined;
  const within = raw.within === undefined ? undefined : groupOf(vocabulary, [...path, 'within'], raw.within);
  return {
    kind: 'bands' as const,
    within,
    by,
    bands,
    ties: raw.ties ?? 'share',
    unfilled: raw.unfilled ?? 'carry',
  } as const;
}
