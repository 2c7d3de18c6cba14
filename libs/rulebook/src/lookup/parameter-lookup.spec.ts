/** Which value holds: nearest place, then type, then date; against a plain reading of the rule over random tables. */
import * as fc from 'fast-check';
import { Fraction, UnitTable } from '@gep/kernel';
import type { NormParameterValue, ParameterDefinition } from '../norm/norm';
import { attributeFallbacks } from './attribute-fallbacks';
import { parameterLookup } from './parameter-lookup';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const units = new UnitTable([
  { code: 'm', base: 'length' },
  { code: 'mm', is: '1/1000 m' },
]);
const value = (number: number, from: string, type?: string, place?: string): NormParameterValue => ({
  value: Fraction.of(BigInt(number)),
  from,
  type,
  place,
  evidence: { grade: 'published', source: 'Table 1' },
});
const parameter = (...values: NormParameterValue[]): ParameterDefinition => ({
  code: 'rate',
  name: { zh: '率', en: 'Rate' },
  unit: units.parse('m'),
  byType: values.some(({ type }) => type),
  byPlace: values.some(({ place }) => place),
  values,
});
const places = ['520523-mine', '520523', '520500', '520000', 'CN'];
const find = (definition: ParameterDefinition, key = {}, date = '2024-12-31'): number | undefined =>
  parameterLookup({ parameters: [definition] }, { places, date })('rate', key)?.value.toNumber();

describe('the value of a parameter', () => {
  it('is the latest that has begun on the day', () => {
    const dated = parameter(value(2, '2024-01-01'), value(1, '2021-01-01'));
    expect(find(dated, {}, '2020-12-31')).toBeUndefined();
    expect(find(dated, {}, '2021-01-01')).toBe(1);
    expect(find(dated, {}, '2023-12-31')).toBe(1);
    expect(find(dated, {}, '2024-01-01')).toBe(2);
    expect(find(dated, { date: '2022-06-30' })).toBe(1);
  });

  it('is that of the nearest place, and of everywhere when no place has one', () => {
    const placed = parameter(
      value(1, '2000-01-01'),
      value(2, '2000-01-01', undefined, '520000'),
      value(3, '2000-01-01', undefined, '520523'),
    );
    expect(find(placed)).toBe(3);
    expect(find(placed, { place: '520502' })).toBe(2);
    expect(find(placed, { place: '520523-other-site' })).toBe(3);
    expect(find(placed, { place: '520523101' })).toBe(3);
    expect(find(placed, { place: '110000' })).toBe(1);
    expect(find(parameter(value(7, '2000-01-01', undefined, 'CN')), { place: '110000' })).toBe(7);
  });

  it('is that of the type before one for all types, at the same place', () => {
    const typed = parameter(
      value(1, '2000-01-01'),
      value(2, '2000-01-01', 'forest'),
      value(3, '2000-01-01', undefined, '520000'),
    );
    expect(find(typed, { type: 'field' })).toBe(3);
    expect(find(typed, { type: 'forest' })).toBe(3);
    expect(find(parameter(value(1, '2000-01-01'), value(2, '2000-01-01', 'forest')), { type: 'forest' })).toBe(2);
  });

  it('passes over a place whose values begin later', () => {
    const later = parameter(value(1, '2000-01-01'), value(2, '2030-01-01', undefined, '520523'));
    expect(find(later)).toBe(1);
  });

  it('is missing for an unknown code or a type without value', () => {
    expect(find(parameter(value(1, '2000-01-01', 'forest')), { type: 'field' })).toBeUndefined();
    expect(parameterLookup({ parameters: [] }, { places, date: '2024-12-31' })('rate', {})).toBeUndefined();
  });

  it('comes with its unit, date, source and grade', () => {
    const found = parameterLookup(
      { parameters: [parameter(value(1, '2000-01-01', 'forest'))] },
      { places, date: '2024-12-31' },
    )('rate', { type: 'forest' });
    expect(found).toMatchObject({
      code: 'rate',
      from: '2000-01-01',
      type: 'forest',
      evidence: { grade: 'published', source: 'Table 1' },
    });
    expect(found?.unit.text).toBe('m');
  });

  it('follows the rule for any table', () => {
    const dates = ['2000-01-01', '2010-01-01', '2020-01-01', '2030-01-01'];
    const optional = <T>(...items: T[]) => fc.option(fc.constantFrom(...items), { nil: undefined });
    const entry = fc.record({
      from: fc.constantFrom(...dates),
      type: optional('forest', 'field'),
      place: optional(...places.slice(1, 4), '110000'),
    });
    const table = fc.uniqueArray(entry, { selector: (one) => JSON.stringify(one), maxLength: 25 });
    const property = fc.property(
      table,
      optional('forest', 'field'),
      fc.constantFrom('2005-06-30', '2025-12-31'),
      (entries, type, date) => {
        const definition = parameter(...entries.map((one, index) => value(index, one.from, one.type, one.place)));
        const wanted = [...places, undefined]
          .flatMap((place) => (type === undefined ? [undefined] : [type, undefined]).map((of) => ({ place, of })))
          .map(({ place, of }) =>
            entries
              .filter((one) => one.place === place && one.type === of && one.from <= date)
              .sort((a, b) => (a.from < b.from ? 1 : -1))
              .map((one) => entries.indexOf(one))
              .at(0),
          )
          .find((index) => index !== undefined);
        expect(find(definition, { type }, date)).toBe(wanted);
      },
    );
    fc.assert(property, { seed, verbose: 1 });
  });
});

describe('the stand-in of an attribute', () => {
  it('is the value of its parameter by type, in the unit of the attribute', () => {
    const lookup = parameterLookup(
      { parameters: [parameter(value(2, '2000-01-01', 'forest'))] },
      { places, date: '2024-12-31' },
    );
    const attribute = {
      code: 'rain',
      unit: units.parse('mm'),
      name: { zh: '雨', en: 'Rain' },
      aliases: [],
      required: false,
    };
    const attributes = [attribute, { ...attribute, code: 'usual', fallback: 'rate' }];
    const [stand, ...rest] = attributeFallbacks({ attributes }, lookup, ['field', 'forest']);
    expect(rest).toEqual([]);
    expect(stand.attribute).toBe('usual');
    expect([...stand.byType]).toEqual([NaN, 2000]);
  });
});
