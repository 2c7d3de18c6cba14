/** Every case of this folder, decided by its rule as `gep policy run` does it, comes to the fen that it states. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError, formatYuan } from '@gep/kernel';
import { readNumber, ProblemList, readTables } from '@gep/observation';
import {
  decide,
  listPolicies,
  loadPolicy,
  loadUnits,
  parseRule,
  readPolicyRows,
  type Decision,
  type PolicyRule,
} from '@gep/rulebook';
import { parse } from 'yaml';

const rulebook = join(__dirname, '../../../rulebook');

/** Amounts in yuan with two decimals, by unit; a payment between two parties under "-". */
type Amounts = Readonly<Record<string, string>>;

interface PolicyCase {
  readonly name: string;
  /** Of the rulebook; or the text of a rule. */
  readonly rule?: string;
  readonly ruleText?: string;
  readonly period?: string;
  readonly totals?: Readonly<Record<string, string>>;
  readonly input: string;
  readonly paid?: Readonly<Record<string, Amounts>>;
  readonly due?: Readonly<Record<string, Amounts>>;
  readonly carried?: Amounts;
  readonly total?: Amounts;
  readonly instalments?: Readonly<Record<string, readonly string[]>>;
  readonly balances?: Amounts;
  readonly shown?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Codes of what stands in the way. */
  readonly refused?: readonly string[];
  /** Code of the refusal of the whole. */
  readonly refusal?: string;
}

const files = readdirSync(__dirname).filter((name) => name.endsWith('.yaml'));
const cases = files.flatMap((file) => {
  const { cases: own } = parse(readFileSync(join(__dirname, file), 'utf8'), { schema: 'failsafe' }) as {
    cases: PolicyCase[];
  };
  return own.map((one) => ({ ...one, title: `${file}: ${one.name}` }));
});

async function ruleOf({ rule, ruleText }: PolicyCase): Promise<PolicyRule> {
  if (rule) return loadPolicy(rule, rulebook);
  const parsed = parseRule({ path: 'rule.yaml', text: ruleText! }, await loadUnits(rulebook));
  expect(parsed.problems).toEqual([]);
  return parsed.rule!;
}

async function run(one: PolicyCase): Promise<Decision> {
  const rule = await ruleOf(one);
  const bytes = Buffer.from(one.input);
  const [table] = await readTables({ bytes, fileName: 'input.csv' }, new ProblemList());
  const { period, totals } = one;
  const options = { numberOf: readNumber, period, totals };
  const { book, problems } = readPolicyRows(rule, await loadUnits(rulebook), { rows: [...table.rows] }, options);
  expect(problems).toEqual([]);
  return decide(rule, book!, rule.period === 'none' ? '' : (period ?? book!.periods.at(-1)!.period));
}

const wanted = (amounts: Amounts | undefined, found: ReadonlyMap<string, string>): Record<string, string | undefined> =>
  Object.fromEntries(Object.keys(amounts ?? {}).map((key) => [key, found.get(key)]));

it.each(cases)('$title', async (one) => {
  if (one.refusal) {
    await expect(run(one)).rejects.toMatchObject({ code: one.refusal });
    return;
  }
  if (one.refused) {
    const refusal = (await run(one).catch((error: unknown) => error)) as DomainError;
    expect(refusal).toBeInstanceOf(DomainError);
    const faults = (refusal.facts['faults'] ?? []) as { code: string }[];
    expect(faults.map(({ code }) => code)).toEqual(one.refused);
    return;
  }
  const decision = await run(one);
  for (const { left, right } of decision.proofs) expect(left).toBe(right);
  for (const { code, lines, carryFen, totalFen } of decision.payments) {
    const amounts = new Map(lines.map((line) => [line.unit || '-', formatYuan(line.entitledFen)]));
    expect({ [code]: wanted(one.paid?.[code], amounts) }).toEqual({ [code]: one.paid?.[code] ?? {} });
    const dues = new Map(lines.map((line) => [line.unit || '-', formatYuan(line.dueFen)]));
    expect({ [code]: wanted(one.due?.[code], dues) }).toEqual({ [code]: one.due?.[code] ?? {} });
    for (const [unit, parts] of Object.entries(one.instalments ?? {}))
      expect(lines.find((line) => line.unit === unit)?.instalments?.map(formatYuan)).toEqual(parts);
    if (one.carried?.[code]) expect([code, formatYuan(carryFen)]).toEqual([code, one.carried[code]]);
    if (one.total?.[code]) expect([code, formatYuan(totalFen)]).toEqual([code, one.total[code]]);
  }
  const known = new Set(decision.payments.map(({ code }) => code));
  for (const code of Object.keys({ ...one.paid, ...one.due, ...one.carried, ...one.total }))
    expect(known).toContain(code);
  const balances = new Map(decision.balances.map(({ code, entitledFen }) => [code, formatYuan(entitledFen)]));
  expect(wanted(one.balances, balances)).toEqual(one.balances ?? {});
  for (const [unit, values] of Object.entries(one.shown ?? {})) {
    const found = decision.shown.find((shown) => shown.unit === unit)?.values ?? [];
    expect(Object.fromEntries(found.map(({ code, value }) => [code, value]))).toMatchObject(values);
  }
});

it('has a case for every rule of the rulebook', async () => {
  const tried = new Set(cases.map(({ rule }) => rule));
  // Rules of credit have theirs beside.
  const rules = (await listPolicies(rulebook)).filter(({ file }) => !file.includes('/credit/')).map(({ id }) => id);
  expect(rules.filter((id) => !tried.has(id))).toEqual([]);
});
