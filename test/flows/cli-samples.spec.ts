/** `gep compute` on a sample under the general norm: what is unverified is seen in text and in JSON. */
import path from 'node:path';
import { gep, root } from './cli-under-test';

interface Line {
  readonly service: string;
  readonly type: string | null;
  readonly category: string;
  readonly grade: string;
}

it('gives the grade of each line, and how much of the total rests on it', async () => {
  const sample = path.join(root, 'libs/observation/samples/extent.csv');
  const args = ['compute', '--norm', 'cn-terrestrial', '--observations', sample];
  const [json, text] = await Promise.all([gep([...args, '--json']), gep(['--lang', 'en', ...args])]);
  const [{ lines }] = json.json<{ lines: Line[] }[]>();
  const gradesOf = (wanted: string) =>
    new Set(lines.filter(({ service }) => service === wanted).map(({ grade }) => grade));
  expect(gradesOf('waterRetention')).toEqual(new Set(['unverified']));
  expect(gradesOf('so2')).toEqual(new Set(['published']));
  const unverified = lines.filter(({ grade }) => grade === 'unverified').length;
  const [rows, totals] = text.stdout.split(/^Ecosystem type +Area/m);
  expect(rows.match(/ unverified$/gm)).toHaveLength(unverified);
  // Totals of the types, categories and the whole that such a line is in.
  const resting = (key: 'type' | 'category') =>
    new Set(lines.flatMap((line) => (line.grade === 'unverified' ? [line[key]] : []))).size;
  expect(totals.match(/ unverified$/gm)).toHaveLength(resting('type') + resting('category') + 3);
  expect(text.stdout).toMatch(new RegExp(`^unverified +${unverified} +[\\d,.]+ +[\\d.]+$`, 'm'));
});
