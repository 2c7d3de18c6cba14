/** Norms over norms: what a base gives, what an overlay replaces; faults at their place in the base or above it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { parameterLookup } from '../lookup/parameter-lookup';
import { base, below, brief, files, head, over, problemsOf, rulebookDir, units } from './base-norm.spec';
import type { NormEdition, NormFile } from './norm';
import { checkNorm, loadNorm, loadNormFiles } from './norm.loader';
import { parseNorm } from './parse-norm';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const valueOf = (norm: NormEdition, code: string, type: string, date: string, places: string[] = []) =>
  parameterLookup(norm, { places, date })(code, { type })?.value.toString();

describe('a norm that extends another', () => {
  it('has all of its base and its own name, status and basis', () => {
    const norm = over('');
    expect(norm).toMatchObject({ id: 'over', title: { en: 'Over' }, base: { id: 'base', edition: below.edition } });
    expect(norm.basis).toEqual([{ zh: '另一依据', en: 'Other basis' }]);
    expect(norm.services).toEqual(below.services);
    expect(norm.edition).not.toBe(below.edition);
    expect(problemsOf('extends: base\n').map(({ path: at }) => at)).toEqual(['id', 'title', 'status', 'basis']);
  });

  it('replaces entries of the same code in their place, and appends new ones', () => {
    const norm = over(`groups:
  - { code: food, name: { zh: 食, en: Food } }
services:
  - { code: dustHeld, category: regulating, group: air, name: { zh: 滞尘, en: Dust }, quantity: held, price: { parameter: cost }, gamma: 0.9 }
  - { code: more, category: regulating, group: food, name: { zh: 多, en: More }, quantity: held, price: { parameter: cost }, gamma: 1 }
`);
    expect(norm.services.map(({ code }) => code)).toEqual(['dustHeld', 'crops', 'more']);
    expect(norm.services[0].gamma).toMatchObject({ value: { numerator: 9n, denominator: 10n } });
    expect(norm.groups.map(({ code }) => code)).toEqual(['air', 'food']);
  });

  it('adds values to a parameter; one of the same type, place and day is replaced', () => {
    const norm = over(`parameters:
  - code: rate
    values:
      - { value: 7, type: forest, from: 2000-01-01, grade: solved, source: Own }
      - { value: 9, type: field, from: 2024-01-01, grade: solved, source: Own }
`);
    const at = (type: string, date: string) => valueOf(norm, 'rate', type, date);
    expect([at('forest', '2010-12-31'), at('field', '2010-12-31')]).toEqual(['7', '1']);
    expect([at('field', '2023-12-31'), at('field', '2024-12-31')]).toEqual(['2', '9']);
    expect(norm.parameters.find(({ code }) => code === 'rate')?.name.en).toBe('Rate');
  });

  it('starts a parameter afresh that it gives in another unit', () => {
    const own = `parameters:
  - { code: cost, name: { zh: 成本, en: Cost }, unit: yuan/kg, values: [{ value: 3, from: 2020-01-01, grade: solved, source: Own }] }
`;
    expect(valueOf(over(own), 'cost', 'forest', '2019-12-31')).toBeUndefined();
    expect(valueOf(over(own), 'cost', 'forest', '2020-12-31')).toBe('3');
  });

  it('holds for its place: values without a place get it, those of the base stay', () => {
    const norm = over(`place: '520523'
parameters:
  - code: cost
    values:
      - { value: 90, from: 2000-01-01, grade: solved, source: Own }
      - { value: 80, from: 2000-01-01, place: 520523-mine, grade: solved, source: Own }
`);
    expect(norm.place).toBe('520523');
    const places = ['520523', '520500', '520000', 'CN'];
    expect(valueOf(norm, 'cost', 'forest', '2024-12-31', places)).toBe('90');
    expect(valueOf(norm, 'cost', 'forest', '2024-12-31', ['520523-mine', ...places])).toBe('80');
    expect(valueOf(norm, 'cost', 'forest', '2024-12-31', ['110000'])).toBe('150');
  });

  it('may stand on a norm that extends a third, and is read again from its files alone', () => {
    const third = `id: third\ntitle: { zh: 三, en: Third }\nstatus: usable\nbasis: [{ zh: 三, en: Third }]\nextends: over\n`;
    const all = [
      { path: 'norm.yaml', text: third },
      { path: 'over/norm.yaml', text: `${head}place: '520000'\n` },
      { path: 'base/norm.yaml', text: base },
    ];
    const { norm, problems } = parseNorm(all, units);
    expect(problems).toEqual([]);
    expect(norm).toMatchObject({ base: { id: 'over', edition: over(`place: '520000'\n`).edition }, place: '520000' });
    expect(parseNorm(JSON.parse(JSON.stringify(norm!.files)) as NormFile[], units).norm?.edition).toBe(norm!.edition);
  });

  it('changes its edition with any value of its base, and not with a comment there', () => {
    const edition = (text: string) => parseNorm(files(head, text), units).norm?.edition;
    expect(edition(`# remark\n${base}`)).toBe(over('').edition);
    expect(edition(base.replace('value: 150', 'value: 151'))).not.toBe(over('').edition);
  });

  it('gives each parameter the values of both, whatever they are', () => {
    const dates = ['2000-01-01', '2010-01-01', '2020-01-01'];
    const rows = fc.uniqueArray(
      fc.record({ from: fc.constantFrom(...dates), type: fc.constantFrom('forest', 'field', undefined) }),
      { selector: ({ from, type }) => `${from} ${type}`, maxLength: 6 },
    );
    const written = (some: { from: string; type?: string }[], shift: number): string =>
      some
        .map(
          ({ from, type }, index) =>
            `      - { value: ${shift + index}, ${type ? `type: ${type}, ` : ''}from: ${from}, grade: solved, source: Own }\n`,
        )
        .join('');
    const property = fc.property(
      rows,
      rows,
      fc.constantFrom('2005-06-30', '2015-06-30', '2025-06-30'),
      (a, b, date) => {
        const parameter = (some: string): string =>
          some === ''
            ? ''
            : `parameters:\n  - code: extra\n    name: { zh: 外, en: Extra }\n    unit: '1'\n    values:\n${some}`;
        const inBase = parameter(written(a, 100)).replace('parameters:\n', '');
        const { norm, problems } = parseNorm(
          files(head + parameter(written(b, 200)), base.replace('parameters:\n', `parameters:\n${inBase}`)),
          units,
        );
        expect(problems).toEqual([]);
        for (const type of ['forest', 'field']) {
          const all = [
            ...a.map((row, index) => ({ ...row, value: 100 + index })),
            ...b.map((row, index) => ({ ...row, value: 200 + index })),
          ];
          const wanted = [type, undefined].flatMap((of) =>
            all
              .filter((row) => row.type === of && row.from <= date)
              .sort((x, y) => (x.from === y.from ? y.value - x.value : x.from < y.from ? 1 : -1)),
          )[0];
          expect(valueOf(norm!, 'extra', type, date)).toBe(wanted?.value.toString());
        }
      },
    );
    fc.assert(property, { seed, verbose: 1, numRuns: 60 });
  });

  it.each([
    ['a base that is not there', head.replace('extends: base', 'extends: basis'), ['norm.yaml:5:10 norm.base-missing']],
    ['itself as base', head.replace('id: over', 'id: base'), ['norm.yaml:5:10 norm.extends-itself']],
    [
      'a parameter no base has',
      `${head}parameters: [{ code: new, values: [{ value: 1, from: 2000-01-01, grade: solved, source: Own }] }]`,
      ['norm.yaml:6:14 norm.missing-key', 'norm.yaml:6:14 norm.missing-key'],
    ],
    ['a place that is none', `${head}place: here`, ['norm.yaml:6:8 norm.malformed']],
    [
      'a service twice in one layer',
      `${head}groups: [{ code: air, name: { zh: 气, en: Air } }, { code: air, name: { zh: 气, en: Air } }]`,
      ['norm.yaml:6:59 norm.duplicate-code'],
    ],
    [
      'a value that goes wrong in the overlay',
      `${head}parameters: [{ code: cost, values: [{ value: 1, type: wood, from: 2000-01-01, grade: solved, source: Own }] }]`,
      ['norm.yaml:6:55 norm.unknown-code'],
    ],
  ])('is refused with %s', (_, own, expected) => {
    expect(problemsOf(own).map(brief)).toEqual(expected);
  });

  it('is told of a misspelt parameter, a comma in a number and a day that is none all at once', () => {
    const problems = problemsOf(`${head}parameters:
  - code: csot
    values: [{ value: 2, from: 2000-01-01, grade: solved, source: Own }]
  - code: cost
    values:
      - value: 8,10
        from: 2020-01-01
        grade: solved
        source: Own
      - { value: 3, from: 2023-06-31, grade: solved, source: Own }
`);
    expect(problems.map(({ line, code, mend }) => `${line} ${code} ${mend.en}`)).toEqual([
      '7 norm.missing-key did you mean "cost"? A new parameter takes name and unit',
      expect.stringMatching(/^11 norm\.malformed /),
      '15 norm.malformed correct the date',
    ]);
  });

  it('is refused for a circle through others, and for a base that is unsound, at the place in the base', () => {
    const circle = parseNorm(files(head, base.replace('currency: yuan', 'currency: yuan\nextends: over')), units);
    expect(circle.problems.map(brief)).toEqual(['base/norm.yaml:6:10 norm.extends-itself']);
    const unsound = parseNorm(files(head, base.replace('gamma: 0.5', 'gamma: 5')), units);
    expect(unsound.problems.map(brief)).toEqual(['base/norm.yaml:30:148 norm.gamma']);
  });
});

describe('loading a norm with a base', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gep-extended-'));
    for (const [name, text] of [
      ['base', base],
      ['over', head],
      ['lost', head.replace('extends: base', 'extends: gone')],
    ]) {
      await mkdir(path.join(folder, name));
      await writeFile(path.join(folder, name, 'norm.yaml'), text);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('takes the files of a base beside it, and of the rulebook', async () => {
    const paths = (await loadNormFiles(path.join(folder, 'over'), rulebookDir)).map((file) => file.path);
    expect(paths).toEqual(['norm.yaml', 'base/norm.yaml']);
    expect((await loadNorm(path.join(folder, 'over'), rulebookDir)).base?.edition).toBe(below.edition);
    await writeFile(path.join(folder, 'over', 'norm.yaml'), head.replace('extends: base', 'extends: cn-terrestrial'));
    const norm = await loadNorm(path.join(folder, 'over'), rulebookDir);
    expect(norm.base?.edition).toBe((await loadNorm('cn-terrestrial', rulebookDir)).edition);
  });

  it('tells of a base that is not there, and of a circle', async () => {
    const lost = await checkNorm(path.join(folder, 'lost'), rulebookDir);
    expect(lost.problems.map(brief)).toEqual(['norm.yaml:5:10 norm.base-missing']);
    await writeFile(
      path.join(folder, 'base', 'norm.yaml'),
      base.replace('currency: yuan', 'currency: yuan\nextends: over'),
    );
    await writeFile(path.join(folder, 'over', 'norm.yaml'), head);
    const circle = await checkNorm(path.join(folder, 'over'), rulebookDir);
    expect(circle.problems.map(brief)).toEqual(['base/norm.yaml:6:10 norm.extends-itself']);
  });
});
