/** A value that the norm does not have yet, or not here, is told with territory, period and what there is instead. */
import { ParameterMissing } from './errors';
import { computeAccount } from '../account/compute-account';
import { normFrom, observedOf, sampleNormText, SampleRow } from '../account/sample-norm.spec';

const rows: SampleRow[] = [
  { type: 'dry', area: 2, rain: 1000, slope: 3 },
  { type: 'forest', area: 10, rain: 1200 },
];

function toldOf(from: string, to: string): ParameterMissing {
  expect(sampleNormText).toContain(from);
  try {
    computeAccount(normFrom(sampleNormText.replaceAll(from, to)), observedOf(rows));
  } catch (error) {
    expect(error).toBeInstanceOf(ParameterMissing);
    return error as ParameterMissing;
  }
  throw new Error('nothing was refused');
}

it('begins after the period, read by a formula of prices', () => {
  const { text, facts } = toldOf('{ value: 1/7, from: 2000-01-01', '{ value: 1/7, from: 2025-03-01');
  expect(text.en).toBe(
    '520523 2024: parameter "soilPrice" has no value on 2024-12-31, so "scarcity" cannot be computed; its first value begins on 2025-03-01; give the parameter a value in the norm whose `from` is 2024-12-31 or earlier',
  );
  expect(text.zh).toContain('最早的取值自 2025-03-01 起');
  expect(text.en).not.toContain('types');
  expect(facts).toMatchObject({ parameter: 'soilPrice', date: '2024-12-31', territory: '520523', period: '2024' });
});

it('has values of another territory only, and by type', () => {
  const { text, facts } = toldOf('{ value: 0.25, type: dry, from', "{ value: 0.25, type: dry, place: '110000', from");
  expect(text.en).toContain('parameter "share" (type dry) has no value on 2024-12-31');
  expect(text.en).toContain('it has values of 110000 only');
  expect(text.en).toContain('or take the type out of `types` of the service');
  expect(facts).toMatchObject({ type: 'dry' });
});
