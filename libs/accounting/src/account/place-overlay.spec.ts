/** The sample of a county's overlay: its dated values count in its own account only, and a wrong place or day is refused. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFile, chunkDigest, observationDigest, vocabularyOf } from '@gep/observation';
import { checkNorm, loadNorm, type NormEdition } from '@gep/rulebook';
import { NormHoldsElsewhere } from '../counting/errors';
import { computeAccount } from './compute-account';
import type { ObservedPeriod } from './observed-period';

const root = join(__dirname, '../../../..');
const rulebook = join(root, 'rulebook');
const sample = join(root, 'libs/rulebook/samples/invented-county');
let own: NormEdition;
let national: NormEdition;

async function observe(norm: NormEdition, change: (text: string) => string): Promise<ObservedPeriod> {
  const text = change(readFileSync(join(root, 'libs/observation/samples/extent.csv'), 'utf8'));
  const { accepted } = await checkFile([{ fileName: 'extent.csv', bytes: Buffer.from(text) }], vocabularyOf(norm));
  const [{ territory, period, chunk, statistics }] = accepted;
  const digest = observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows: 0 });
  return { territory, period, places: [territory, '990100', '990000', 'CN'], chunks: [chunk], statistics, digest };
}
const line = (norm: NormEdition, observed: ObservedPeriod, service: string, type: string) =>
  computeAccount(norm, observed).lines.find((each) => each.service === service && each.type === type)!;

beforeAll(async () => {
  [own, national] = await Promise.all([loadNorm(sample, rulebook), loadNorm('cn-terrestrial', rulebook)]);
});

it('prices 2023 and 2024 by the value of the last day of each, and keeps everything else', async () => {
  const [earlier, later] = await Promise.all([
    observe(own, (text) => text.replaceAll(',2024,', ',2023,')),
    observe(own, (text) => text),
  ]);
  const type = 'broadleafForest';
  expect([line(own, earlier, 'carbonFixation', type).price, line(own, later, 'carbonFixation', type).price]).toEqual([
    '60',
    '80',
  ]);
  expect(line(national, later, 'carbonFixation', type).price).toBe('380');
  // 0.031 of the rain runs off from 2024 on, the national 0.0133 or 0.0267 before.
  const rate = (norm: NormEdition, observed: ObservedPeriod) =>
    line(norm, observed, 'waterRetention', type).quantity / 1200.5 / 10;
  expect(rate(own, later)).toBeCloseTo(1126.7 * (1 - 0.031) - 640, 9);
  expect(rate(own, earlier)).toBeCloseTo(rate(national, earlier), 9);
  expect(line(own, later, 'so2', type)).toEqual(line(national, later, 'so2', type));
});

it('is refused for another county, with the norm that holds there', async () => {
  const elsewhere = await observe(own, (text) => text.replaceAll('990101', '990102'));
  expect(() => computeAccount(own, elsewhere)).toThrow(NormHoldsElsewhere);
  expect(() => computeAccount(own, elsewhere)).toThrow(/holds for 990101 and what is in it only; use "cn-terrestrial"/);
});

it('another set of practice factors is an overlay without a place; built land earns nothing by it', async () => {
  const set = await loadNorm(join(root, 'libs/rulebook/samples/practice-set-b'), rulebook);
  const observed = await observe(set, (text) => text);
  const kept = (norm: NormEdition, type: string) => line(norm, observed, 'sedimentReduction', type)?.quantity;
  const cover = Number(
    national.parameters
      .find(({ code }) => code === 'usualCoverFactor')!
      .values.find(({ type }) => type === 'cropland')!
      .value.toDecimalText(),
  );
  expect(kept(set, 'cropland') / kept(national, 'cropland')).toBeCloseTo((1 - cover * 0.47) / (1 - cover * 0.4), 12);
  expect(kept(set, 'broadleafForest')).toBe(kept(national, 'broadleafForest'));
  expect(kept(set, 'builtUp')).toBeUndefined();
});

it('leaf habit moves the runoff of a patch between the coefficients of evergreen and deciduous', async () => {
  const modelled = await loadNorm('cn-terrestrial-modelled', rulebook);
  const modelledText = readFileSync(join(root, 'libs/observation/samples/modelled.csv'), 'utf8');
  const runoffAt = async (share: string): Promise<number> => {
    const observed = await observe(modelled, () =>
      modelledText.replace(/(slopeLength,)/, `evergreenShare,$1`).replace(/^(9901.*?)$/gm, (row) => {
        const cells = row.split(',');
        cells.splice(17, 0, cells[2] === 'broadleafForest' ? share : '');
        return cells.join(',');
      }),
    );
    const { quantity, supplied } = line(modelled, observed, 'waterRetention', 'broadleafForest');
    // Storm water is deducted after the balance.
    const whole = (supplied ?? quantity) / 1200.5 / 10;
    return (620 - 430 - whole - (140 - 45)) / 620;
  };
  const [evergreen, deciduous, unknown] = await Promise.all(['1', '0', ''].map(runoffAt));
  expect(evergreen - deciduous).toBeCloseTo(0.0134, 9);
  expect(unknown - deciduous).toBeCloseTo(0.0067, 9);
  expect([evergreen, deciduous].map((each) => Math.round(each * 1e6) / 1e6)).toEqual([0.0267, 0.0133]);
});

describe('a mistake in it', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'gep-overlay-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['a place that is none', "place: '990101'", 'place: county', /"county" is not a territory code/],
    [
      'a value of a place elsewhere',
      'source: an invented price list of 2020',
      "source: x\n        place: '990202'",
      /of 990202, but the norm holds for 990101/,
    ],
    ['a day that is none', 'from: 2024-07-01', 'from: 2024-06-31', /2024-06-31 is not a day of the calendar/],
    ['two values from one day', 'from: 2024-07-01', 'from: 2020-01-01', /from 2020-01-01 stands already on line \d+/],
    [
      'a parameter that is not known',
      'code: runoffCoefficient',
      'code: runofCoefficient',
      /"name" is missing, and no base has this parameter/,
    ],
    ['a type that is not known', 'mixedForest', 'mixedForrest', /mixedForrest/],
  ])('%s is named with its line and mend', async (_, old, wrong, says) => {
    cpSync(sample, folder, { recursive: true });
    const file = join(folder, 'norm.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(old);
    writeFileSync(file, text.replace(old, wrong));
    const { norm, problems } = await checkNorm(folder, rulebook);
    expect(norm).toBeUndefined();
    const [problem] = problems.filter((each) => says.test(each.text.en));
    expect(problem).toMatchObject({
      file: 'norm.yaml',
      mend: { zh: expect.stringMatching(/./), en: expect.stringMatching(/./) },
    });
    expect(problem.line).toBeGreaterThan(1);
  });

  it('a value of a part of the county, or of what it lies in, is none', async () => {
    for (const place of ['990101001', '990100', '990101-invented-site', 'CN']) {
      cpSync(sample, folder, { recursive: true });
      const file = join(folder, 'norm.yaml');
      const text = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        text.replace('source: an invented price list of 2020', `source: x\n        place: '${place}'`),
      );
      expect([place, (await checkNorm(folder, rulebook)).problems]).toEqual([place, []]);
    }
  });
});
