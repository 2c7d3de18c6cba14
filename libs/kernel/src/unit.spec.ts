/** Units: the real units.yaml, exact conversions, expressions of the field, and refusal of what is not a unit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { Fraction } from './fraction';
import {
  combineDimensions,
  conversionFactor,
  dimensionless,
  DuplicateUnit,
  formatDimension,
  IncompatibleUnits,
  sameDimension,
  UnitTable,
  UnknownUnit,
  type UnitDefinition,
} from './unit';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`unit.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 200 });

const file = readFileSync(join(__dirname, '../../../rulebook/units.yaml'), 'utf8');
const { units: definitions } = parse(file) as { units: UnitDefinition[] };
const units = new UnitTable(definitions);
const factor = (from: string, to: string) => conversionFactor(units.parse(from), units.parse(to)).toString();

describe('units.yaml', () => {
  it.each([
    ['亩', 'hm2', '1/15'],
    ['mu', 'm2', '2000/3'],
    ['公顷', '亩', '15'],
    ['km2', 'ha', '100'],
    ['mm', 'm', '1/1000'],
    ['t', 'kg', '1000'],
    ['万吨', 't', '10000'],
    ['万元', 'fen', '1000000'],
    ['10^4 yuan', '元', '10000'],
    ['10⁴ yuan', 'yuan', '10000'],
    ['10⁸ yuan', '万元', '10000'],
    ['万t', 't', '10000'],
    ['亿m³', 'm3', '100000000'],
    ['t/万m3', 'kg/m3', '1/10'],
    ['亿m3/a', '万m3/a', '10000'],
    ['百万元', 'yuan', '1000000'],
    ['10^6 t', '万吨', '100'],
    ['kWh', 'kJ', '3600'],
    ['kW·h', 'MJ', '18/5'],
    ['GJ', 'kWh', '2500/9'],
    ['TJ', 'GJ', '1000'],
    ['kcal', 'kJ', '523/125'],
    ['万斤', 't', '5'],
    ['万枝', '个', '10000'],
    ['%', '1', '1/100'],
    ['d', 'h', '24'],
  ])('1 %s = %s · %s', (from, to, expected) => {
    expect(factor(from, to)).toBe(expected);
  });

  it('never converts days into years', () => {
    expect(() => factor('d', 'a')).toThrow(IncompatibleUnits);
    expect(() => factor('t/d', 't/a')).toThrow(IncompatibleUnits);
  });

  it('converts there and back exactly, and through a third unit', () => {
    const texts = definitions.flatMap(({ code, aliases = [] }) => [code, ...aliases]);
    const pairs = fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...texts), fc.constantFrom(...texts));
    fc.assert(
      fc.property(pairs, (names) => {
        const [a, b, c] = names.map((name) => units.parse(name));
        fc.pre(sameDimension(a.dimension, b.dimension));
        expect(conversionFactor(a, b).times(conversionFactor(b, a))).toEqual(Fraction.one);
        if (sameDimension(b.dimension, c.dimension))
          expect(conversionFactor(a, b).times(conversionFactor(b, c))).toEqual(conversionFactor(a, c));
      }),
    );
  });

  it('keeps the text that was written', () => {
    expect(units.parse('公顷').text).toBe('公顷');
    expect(units.parse('t/(hm2*a)').text).toBe('t/(hm2*a)');
  });
});

describe('unit expressions', () => {
  it.each([
    ['MJ*mm/(hm2*h*a)', 'length·mass·time^-3·year^-1'],
    ['t*hm2*h/(hm2*MJ*mm)', 'length^-3·time^3'],
    ['t/(hm2*a)', 'length^-2·mass·year^-1'],
    ['mm/a', 'length·year^-1'],
    ['yuan/m3', 'length^-3·money'],
    ['kJ/kWh', '1'],
    ['1', '1'],
    ['1/a', 'year^-1'],
    ['m^-2', 'length^-2'],
  ])('%s has dimension %s', (text, expected) => {
    expect(formatDimension(units.parse(text).dimension)).toBe(expected);
  });

  it.each([
    ['m²', 'm2'],
    ['hm^2', 'hm2'],
    ['MJ·mm·hm⁻²·h⁻¹·a⁻¹', 'MJ*mm/(hm2*h*a)'],
    ['元／（亩）', 'yuan/mu'],
    ['t / ( hm2 * a )', 't/(hm2*a)'],
    ['㎡', 'm2'],
    ['t/hm2/a', 't/(hm2*a)'],
  ])('%s is the same as %s', (text, same) => {
    expect(factor(text, same)).toBe('1');
  });

  it('a soil loss in R·K·LS cancels to t/(hm2*a)', () => {
    const erosivity = units.parse('MJ*mm/(hm2*h*a)');
    const erodibility = units.parse('t*hm2*h/(hm2*MJ*mm)');
    const product = combineDimensions(erosivity.dimension, erodibility.dimension, 1);
    expect(sameDimension(product, units.parse('t/(hm2*a)').dimension)).toBe(true);
  });

  it.each([
    '',
    ' ',
    'furlong',
    '10 m',
    'm/',
    '(m',
    'm)',
    'm**2',
    '104 yuan',
    '亩亩',
    '万',
    '10^4',
    '万furlong',
    'm999999999',
    '1 m',
    '()',
  ])('refuses %j', (text) => {
    expect(() => units.parse(text)).toThrow(UnknownUnit);
  });

  it('refuses a hostile text at once, without a deep stack', () => {
    expect(() => units.parse('('.repeat(1_000_000))).toThrow(UnknownUnit);
  });
});

describe('a table of units', () => {
  it('refuses one name for two units, and a definition by an unknown one', () => {
    const metre = { code: 'm', base: 'length' };
    expect(() => new UnitTable([metre, { code: 'x', is: '2 m', aliases: ['m'] }])).toThrow(DuplicateUnit);
    expect(() => new UnitTable([metre, { code: 'm', is: '2 m' }])).toThrow(DuplicateUnit);
    expect(() => new UnitTable([{ code: 'km', is: '1000 m' }, metre])).toThrow(UnknownUnit);
    expect(() => new UnitTable([metre, { code: 'x', is: 'm' }])).toThrow(UnknownUnit);
  });

  it('says in both languages what is wrong', () => {
    const refusal = new IncompatibleUnits(units.parse('t'), units.parse('hm2'));
    expect(refusal.text.en).toBe('"t" (mass) cannot be converted to "hm2" (length^2)');
    expect(refusal.text.zh).toContain('不能换算');
    expect(dimensionless.factor).toEqual(Fraction.one);
  });
});
