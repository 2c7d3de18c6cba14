/** The examples of the guide for rules, as they stand there, decide what the guide says that they decide. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatYuan } from '@gep/kernel';
import { ProblemList, readNumber, readTables } from '@gep/observation';
import { decide, loadUnits, parseRule, readPolicyRows } from '@gep/rulebook';

const root = path.join(__dirname, '../..');
const guide = readFileSync(path.join(root, 'docs/how-to-write-a-rule.md'), 'utf8');
const blocks = [...guide.matchAll(/^```(\w+) file=(\S+)(?: rule=(\S+) (\w+)=(\S+))?\n([\s\S]*?)^```$/gm)];
const rules = new Map(blocks.filter(([, kind]) => kind === 'yaml').map((block) => [block[2], block[6]]));
const inputs = blocks.filter(([, kind]) => kind === 'csv');

it('has examples', () => expect([rules.size, inputs.length]).toEqual([2, 2]));

it.each(inputs.map(([, , file, rule, payment, amounts, text]) => ({ file, rule, payment, amounts, text })))(
  '$file by $rule',
  async ({ rule: name, payment, amounts, text }) => {
    const units = await loadUnits(path.join(root, 'rulebook'));
    const { rule, problems } = parseRule({ path: name, text: rules.get(name)! }, units);
    expect(problems).toEqual([]);
    const [table] = await readTables({ bytes: Buffer.from(text), fileName: 'input.csv' }, new ProblemList());
    const read = readPolicyRows(rule!, units, table, { numberOf: readNumber });
    expect(read.problems).toEqual([]);
    const { payments } = decide(rule!, read.book!, read.book!.periods.at(-1)!.period);
    const found = payments.find(({ code }) => code === payment)!.lines;
    expect(found.map(({ unit, entitledFen }) => `${unit}:${formatYuan(entitledFen)}`).sort()).toEqual(
      amounts.split(',').sort(),
    );
  },
);
