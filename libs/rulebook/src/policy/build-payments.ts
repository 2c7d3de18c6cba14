/** Builds the payments of a rule: who pays whom, of what kind, and by which expressions. */
import type { NormPath } from '../yaml/problem-log';
import { buildRounding } from './build-rounding';
import type { NamedValue, NumberExpression } from './expression/value';
import type { RawPayment, RawRule } from './raw-rule';
import type { PaymentEnd, PoolFactor, RulePayment } from './rule';
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
  const instalments = count && { count, remainder: raw.remainder ?? ('last' as const) };
  const { code, name } = raw;
  const common = { code, name, from, to, rounding, when, advance, instalments };
  const building = { vocabulary, raw, path };
  const own =
    kind === 'amount'
      ? amountOf(building, from.kind === 'party' && to.kind === 'party')
      : kind === 'pool'
        ? poolOf(building)
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

interface Building {
  readonly vocabulary: RuleVocabulary;
  readonly raw: RawPayment;
  readonly path: NormPath;
}

function money(vocabulary: RuleVocabulary, path: NormPath, text: string | undefined): NumberExpression | undefined {
  return text === undefined ? undefined : vocabulary.number(path, text, 'yuan');
}

function missing({ vocabulary, path }: Building, key: string, why: { zh: string; en: string }): undefined {
  vocabulary.log.add(path, 'policy.missing-key', { zh: `缺少“${key}”`, en: `"${key}" is missing` }, why);
  return undefined;
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

function poolOf(building: Building) {
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

function groupOf(vocabulary: RuleVocabulary, path: NormPath, code: string): NamedValue | undefined {
  const named = vocabulary.find(code, false);
  if (named && typeof named !== 'string' && named.type.kind === 'text' && named.scope === 'unit') return named;
  if (named !== 'faulty')
    vocabulary.log.add(
      path,
      'policy.within',
      { zh: `“${code}”不是按单位的文字列`, en: `"${code}" is no column of words of the units` },
      { zh: '请写 unit: text 的列', en: 'name a column of unit: text' },
    );
  return undefined;
}

/** A weight may have any unit: only ratios count. */
function weightOf(vocabulary: RuleVocabulary, path: NormPath, text: string): NumberExpression | undefined {
  const compiled = vocabulary.compileAt(path, text);
  if (!compiled) return undefined;
  const { type } = compiled;
  return type.kind === 'number' ? { ...compiled, type, text } : vocabulary.number(path, text, '1');
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
