/** The README tells the author of a norm the truth: its smallest norm is sound, and what it marks as needed is what the schema needs. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadUnits } from './norm.loader';
import { normProperties, requiredKeys } from './norm-schema';
import { parseNorm } from './parse-norm';

const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
const rulebookDir = path.resolve(__dirname, '../../../../rulebook');

it('has a smallest norm that is sound, and from which nothing can be left out', async () => {
  const text = /```yaml\n([^]*?)```/.exec(readme)![1];
  const units = await loadUnits(rulebookDir);
  const checked = (content: string) => parseNorm([{ path: 'norm.yaml', text: content }], units);
  expect(checked(text).problems).toEqual([]);
  const keys = text.match(/^\w+(?=:)/gm)!;
  expect([...keys].sort()).toEqual([...requiredKeys].sort());
  for (const key of keys) {
    const without = text.replace(new RegExp(`^${key}:.*\\n(?:[ -].*\\n)*`, 'm'), '');
    expect(checked(without).norm).toBeUndefined();
  }
});

it('marks the keys and fields that are needed, and no other', () => {
  const rows = [...readme.matchAll(/^\| (\**`\w+`[^|]*) \| (.*?) *\|$/gm)].filter(
    ([, key]) => /`(\w+)`/.exec(key)![1] in normProperties,
  );
  const marked = rows.flatMap(([, keys]) => [...keys.matchAll(/\*\*`(\w+)`\*\*/g)].map(([, key]) => key));
  expect(marked.sort()).toEqual([...requiredKeys].sort());
  const fieldsOf = (key: string): string[] =>
    ((normProperties[key] as { items?: { required?: string[] } }).items?.required ?? []).filter(
      (field) => field !== 'zh' && field !== 'en',
    );
  for (const [, keys, entries] of rows) {
    const [, key] = /`(\w+)`/.exec(keys)!;
    const bold = [...entries.matchAll(/\*\*(\w+)\*\*/g)].map(([, field]) => field);
    const inner = key === 'parameters' ? ['value', 'from', 'grade', 'source'] : [];
    if (key !== 'id') expect([key, ...bold.sort()]).toEqual([key, ...[...fieldsOf(key), ...inner].sort()]);
  }
  expect(rows.map(([, keys]) => /`(\w+)`/.exec(keys)![1])).toEqual(
    expect.arrayContaining(['id', 'parameters', 'services', 'exclusive']),
  );
});
