/** `gep norm show` as a real process: the rules of services, choices between them and ranges of parameters, in words and as JSON. */
import os from 'node:os';
import { withoutDatabase } from './cli-place';
import type { Outcome } from './cli-under-test';

const run = (args: readonly string[]): Promise<Outcome> => withoutDatabase(args, os.tmpdir());

it('shows caps, imports, beneficiaries, switches, ranges and what is left out', async () => {
  const [whole, one, left] = await Promise.all([
    run(['norm', 'show', 'cn-terrestrial', '--json']),
    run(['norm', 'show', 'cn-terrestrial', '--service', 'so2']),
    run(['norm', 'show', 'seea-ea', '--service', 'oxygenRelease', '--json']),
  ]);
  const shown = whole.json<{
    services: { code: string; use: object | null; beneficiaries: object[] }[];
    switches: { code: string; state: string }[];
    exclusive: { code: string; deduct: object | null }[];
    excluded: { service: string; switch: string }[];
    parameters: { code: string; values: { spread: object | null; priceYear: string | null }[] }[];
  }>();
  const so2 = shown.services.find(({ code }) => code === 'so2')!;
  expect(so2).toMatchObject({
    use: { cap: 'so2Emission', users: null, missing: 'uncapped' },
    beneficiaries: [{ group: 'residents', scale: 'region', share: '1' }],
  });
  expect(shown.switches).toContainEqual(expect.objectContaining({ code: 'oxygen', state: 'on' }));
  expect(shown.excluded).toContainEqual(
    expect.objectContaining({ service: 'carbonByBiomass', switch: 'carbonByBiomass' }),
  );
  expect(shown.exclusive).toContainEqual(
    expect.objectContaining({
      code: 'stormWater',
      deduct: { from: 'waterRetention', what: 'floodMitigationVegetation' },
    }),
  );
  const cost = shown.parameters.find(({ code }) => code === 'reservoirCost')!;
  expect(cost.values[0]).toMatchObject({
    spread: { low: '6.11', high: '7.53', distribution: 'triangular' },
    priceYear: '2010',
  });
  // An area times its equivalent factor is no area of land, and its unit says so.
  const landscape = shown.services.find(({ code }) => code === 'landscape');
  expect(landscape).toMatchObject({ quantity: { formula: 'landscapeArea', unit: 'eqhm2' } });
  expect(one.stdout).toMatch(
    /so2 Purification of sulphur dioxide.*at most so2Emission; not reported: no cap.*Residents·region 1/,
  );
  expect(left.code).toBe(1);
  expect((JSON.parse(left.stderr) as { code: string; text: { en: string } }).text.en).toMatch('the switch "oxygen"');
});
