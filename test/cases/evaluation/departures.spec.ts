/** Every worked line of a term of office comes to the fen that it states. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeEffects, type ChangeEffect, type EffectFen } from '@gep/accounting';
import { type AttributedEffect, changeOfFlows, termSegments } from '@gep/evaluation';
import { formatYuan } from '@gep/kernel';
import { parse } from 'yaml';

interface TermCase {
  readonly name: string;
  readonly term: readonly [string, string];
  /** Of the account that the first change starts from, where the term begins within a year. */
  readonly account?: string;
  readonly start: string;
  readonly segments: readonly {
    readonly from: string;
    readonly to: string;
    readonly effects: Readonly<Partial<Record<ChangeEffect, string>>>;
  }[];
  readonly causes: readonly { readonly effect: AttributedEffect; readonly natural?: string; readonly human?: string }[];
  readonly end: string;
  readonly parts: Readonly<Record<string, string>>;
}
const cases = parse(readFileSync(join(__dirname, 'departures.yaml'), 'utf8')) as TermCase[];
const fen = (yuan: string): bigint => BigInt(yuan.replace('.', ''));

it.each(cases)('$name', ({ term: [appointedOn, departedOn], start, account = start, segments, causes, end, parts }) => {
  const planned = termSegments({ appointedOn, departedOn });
  expect(planned.map(({ before, after }) => [before, after])).toEqual(segments.map(({ from, to }) => [from, to]));
  const split = planned.map((segment, at) => {
    const stated = segments[at].effects;
    const effects = Object.fromEntries(changeEffects.map((one) => [one, fen(stated[one] ?? '0.00')])) as EffectFen;
    const changeFen = Object.values(effects).reduce((sum: bigint, one: bigint) => sum + one, 0n);
    return { ...segment, lines: [{ service: 'water', type: 'forest', effects, changeFen }] };
  });
  const evidence = { reason: 'inspected', documentTitle: 'report', documentDigest: 'a'.repeat(64) };
  const { total } = changeOfFlows({
    start: { totalFen: fen(account), byService: { water: fen(account) }, byType: { forest: fen(account) } },
    ...{ revised: [], segments: split },
    declared: causes.map(({ natural = '0', human = '0', effect }) => ({
      ...{ effect, type: null, service: null, natural, human, method: '0', ...evidence },
    })),
  });
  expect([formatYuan(total.startFen), formatYuan(total.endFen)]).toEqual([start, end]);
  expect(Object.fromEntries(Object.entries(total.parts).map(([part, amount]) => [part, formatYuan(amount)]))).toEqual(
    parts,
  );
});
