/** The examples of the guide for rules, as they stand there, decide what the guide says that they decide. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatYuan } from '@gep/kernel';
import { ProblemList, readNumber, readTables } from '@gep/observation';
import { decide, loadUnits, parseRule, readPolicyRows } from '@gep/rulebook';

const root = path.join(__dirname, '../..');
const guide = readFileSync(path.join(root, 'docs/how-to-write-a-rule.md'), 'utf8');
const blocks = [...guide.matchAll(/^```(\w+) file=(\S+)(?: rule=(\S+) (.+))?\n([\s\S]*?)^```$/gm)];
const rules = new Map(blocks.filter(([, kind]) => kind === 'yaml').map((block) => [block[2], block[5]]));
const inputs = blocks.filter(([, kind]) => kind === 'csv');

it('has examples', () => expect([rules.size, inputs.length]).toEqual([3, 3]));

/** `award=甲:1.00,乙:0.00 grade=…` */
const expected = (wanted: string) =>
  wanted.split(' ').map((one) => {
    const [code, list] = one.split('=');
    return { code, list: list.split(',').sort() };
  });

it.each(inputs.map(([, , file, rule, wanted, text]) => ({ file, rule, wanted, text })))(
  '$file by $rule',
  async ({ rule: name, wanted, text }) => {
    const units = await loadUnits(path.join(root, 'rulebook'));
    const { rule, problems } = parseRule({ path: name, text: rules.get(name)! }, units);
    expect(problems).toEqual([]);
    const [table] = await readTables({ bytes: Buffer.from(text), fileName: 'input.csv' }, new ProblemList());
    const read = readPolicyRows(rule!, units, table, { numberOf: readNumber });
    expect(read.problems).toEqual([]);
    const { payments, shown } = decide(rule!, read.book!, read.book!.periods.at(-1)!.period);
    for (const { code, list } of expected(wanted)) {
      const lines = payments.find((one) => one.code === code)?.lines;
      const found = lines
        ? lines.map(({ unit, entitledFen }) => `${unit}:${formatYuan(entitledFen)}`)
        : shown.flatMap(({ unit, values }) =>
            values.filter((one) => one.code === code).map(({ value }) => `${unit}:${value}`),
          );
      expect(found.sort()).toEqual(list);
    }
  },
);
