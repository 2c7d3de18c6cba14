/** The verbs that compare: what a change comes from, what parts two norms, and GEP beside GDP, as real processes. */
import fs from 'node:fs';
import { folderOfTests, mine, withMine, withoutDatabase } from './cli-place';
import type { Outcome } from './cli-under-test';

const { at, write } = folderOfTests();
const run = (args: readonly string[]): Promise<Outcome> => withoutDatabase(args, at());

describe('change, bridge and indicator', () => {
  const files = ['--norm', 'jinsha-mine-2026', '--before', mine, '--from', '2021', '--to', '2024'];

  it('split the change of the mine to the fen, turn with the years, and tell growth at base prices', async () => {
    interface Change {
      readonly changeFen: string;
      readonly effects: Readonly<Record<string, string>>;
      readonly payable: { readonly fen: string };
      readonly comparable: { readonly baseFen: string; readonly impliedIndex: string };
    }
    const turned = files.map((word) => (word === '2021' ? '2024' : word === '2024' ? '2021' : word));
    const [there, back, text] = await Promise.all([
      run(['change', ...files, '--effects', 'area,supply', '--comparable', '--json']),
      run(['change', ...turned, '--json']),
      run(['change', ...files]),
    ]);
    expect(there).toMatchObject({ code: 0, stderr: '' });
    const { changeFen, effects, payable, comparable } = there.json<Change>();
    const sum = Object.values(effects).reduce((all, fen) => all + BigInt(fen), 0n);
    expect([changeFen, String(sum)]).toEqual(['1144634478', '1144634478']);
    expect(BigInt(payable.fen)).toBe(BigInt(effects.area) + BigInt(effects.supply));
    expect(comparable).toMatchObject({ baseFen: '68213977', impliedIndex: '0.984440855327' });
    for (const [effect, fen] of Object.entries(back.json<Change>().effects))
      expect(BigInt(fen)).toBe(-BigInt(effects[effect]));
    expect(text.stdout).toContain('Left without an effect (fen): 0');
  });

  it('name the switch and the parameter between two norms, and leave nothing', async () => {
    fs.mkdirSync(at('my-mine'));
    write(
      'my-mine/norm.yaml',
      `
id: my-mine
extends: jinsha-mine-2026
title: { zh: 试用, en: Trial }
status: usable
basis: [{ zh: 试用, en: trial }]
switches: [{ code: oxygen, name: { zh: 氧, en: Oxygen }, state: 'off', services: [oxygenRelease], reason: { zh: 不稀缺, en: not scarce } }]
parameters: [{ code: carbonPrice, values: [{ value: 500, from: 2022-01-01, grade: unverified, source: trial }] }]
`,
    );
    const norms = ['--norm', 'jinsha-mine-2026', '--norm', './my-mine'];
    const outcome = await run(['bridge', ...norms, '--observations', mine, '--period', '2024', '--json']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    interface Bridge {
      readonly differenceFen: string;
      readonly steps: readonly { readonly kind: string; readonly code: string; readonly fen: string }[];
    }
    const [{ differenceFen, steps }] = outcome.json<Bridge[]>();
    expect(steps.map(({ kind, code }) => [kind, code])).toEqual([
      ['switchedOff', 'oxygenRelease'],
      ['parameter', 'carbonPrice'],
    ]);
    expect(String(steps.reduce((all, { fen }) => all + BigInt(fen), 0n))).toBe(differenceFen);
  });

  it('set GEP beside GDP, and refuse to add the two', async () => {
    const gdp = ['--fact', 'GDP=52000000 yuan', '--source', 'GDP=a yearbook', '--period', '2024'];
    const [beside, added] = await Promise.all([
      run(['indicator', ...withMine, ...gdp, '--since', '2021', '--json']),
      run(['indicator', ...withMine, ...gdp, '--define', 'sum=GEP + GDP', '--json']),
    ]);
    const [report] =
      beside.json<{ indicators: { code: string; value: string | null }[]; dynamicDegrees: object[] }[]>();
    expect(report.indicators).toContainEqual(
      expect.objectContaining({ code: 'greenGoldIndex', value: '0.2332400875' }),
    );
    expect(report.dynamicDegrees).toHaveLength(5);
    expect(added).toMatchObject({ code: 1, stdout: '' });
    expect(added.stderr).toContain('accounting.gep-is-not-added-to-gdp');
  });
});
