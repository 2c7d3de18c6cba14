/** Every case of this folder, scored by its rule as `gep policy run` does it, comes to the score that it states. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCredit, type CreditRun } from '@gep/credit';
import { ProblemList, readNumber, readTables } from '@gep/observation';
import {
  creditView,
  listPolicies,
  loadPolicy,
  loadUnits,
  parseRule,
  readPolicyRows,
  type PolicyRule,
} from '@gep/rulebook';
import { parse } from 'yaml';

const rulebook = join(__dirname, '../../../rulebook');

interface CreditCase {
  readonly name: string;
  readonly rule?: string;
  readonly ruleText?: string;
  readonly period: string;
  readonly input: string;
  readonly scores?: Readonly<Record<string, string>>;
  readonly grades?: Readonly<Record<string, string>>;
  readonly reasons?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly refused?: string;
}

const { cases } = parse(readFileSync(join(__dirname, 'cases.yaml'), 'utf8'), { schema: 'failsafe' }) as {
  cases: CreditCase[];
};

async function ruleOf({ rule, ruleText }: CreditCase): Promise<PolicyRule> {
  if (rule) return loadPolicy(rule, rulebook);
  const parsed = parseRule({ path: 'rule.yaml', text: ruleText! }, await loadUnits(rulebook));
  expect(parsed.problems).toEqual([]);
  return parsed.rule!;
}

async function run(one: CreditCase): Promise<CreditRun> {
  const rule = await ruleOf(one);
  const [table] = await readTables({ bytes: Buffer.from(one.input), fileName: 'input.csv' }, new ProblemList());
  const options = { numberOf: readNumber, period: one.period };
  const { book, problems } = readPolicyRows(rule, await loadUnits(rulebook), { rows: [...table.rows] }, options);
  expect(problems).toEqual([]);
  return runCredit(rule, book!, one.period);
}

it.each(cases)('$name', async (one) => {
  if (one.refused) return expect(run(one)).rejects.toMatchObject({ code: one.refused });
  const { units } = await run(one);
  const by = <T>(value: (unit: CreditRun['units'][number]) => T) =>
    Object.fromEntries(units.map((unit) => [unit.unit, value(unit)]));
  expect(by(({ score }) => score)).toEqual(one.scores);
  if (one.grades) expect(by(({ grade }) => grade)).toEqual(one.grades);
  if (one.reasons)
    expect(
      by(({ lines }) => Object.fromEntries(lines.map(({ event, reasons }) => [event, reasons.join(' ')]))),
    ).toMatchObject(one.reasons);
});

it('has a case for every rule of credit, and counts what no source names', async () => {
  const ids = (await listPolicies(rulebook)).filter(({ file }) => file.includes('/credit/')).map(({ id }) => id);
  expect(ids.filter((id) => !cases.some(({ rule }) => rule === id))).toEqual([]);
  const counted = async (id: string) =>
    creditView((await loadPolicy(id, rulebook)).credit!).counts.map(({ what, published, named, empty }) => [
      what,
      published,
      named,
      empty,
    ]);
  expect(await counted('lishui-credit')).toEqual([
    ['behaviours', 49, 0, 49],
    ['rewards-and-punishments', 30, 2, 28],
    ['incentives', 35, 2, 33],
  ]);
  expect(await counted('yunhe-wuxi')).toEqual([
    ['positive', 10, 5, 5],
    ['negative', 10, 3, 7],
  ]);
});
