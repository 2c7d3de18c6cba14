/** Terms are refused with everything that is wrong; limits of law are exact to the fen; years that are compared follow the reference. */
import { formatYuan } from '@gep/kernel';
import {
  checkTerms,
  comparedYears,
  conservationDueFen,
  type ContractTerms,
  mostBondFen,
  mostSupplementFen,
  totalsOf,
} from './contract-terms';
import { ContractRefused } from './errors';

const terms: ContractTerms = {
  ...{ unit: '990101', norm: 'cn-terrestrial', services: ['soilRetention'], effects: null },
  reference: 'previousYear',
  negative: 'record',
  trueUp: 'supplement',
  ...{ baseYear: null, pricesOf: '2024', rate: '0.02', floorFen: null, capFen: null, policy: 'increment-contract' },
  ...{ fundId: 'f', purpose: 'increments', buyer: 'county bureau (invented)', singleSourceReason: 'the only owner' },
  ...{ conservationShare: '0.7', allowedPurposes: [], spendBy: '2026-12-31' },
};
const refused = (changed: Partial<ContractTerms>, year = '2025'): string[] => {
  try {
    checkTerms('dajun-2025', year, { ...terms, ...changed });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ContractRefused);
    return ((error as ContractRefused).facts['problems'] as { en: string }[]).map(({ en }) => en);
  }
};

it('takes rates from 0.1 % to 2 % as exact text', () => {
  for (const rate of ['0.001', '0.02', '1/75']) expect(refused({ rate })).toEqual([]);
  for (const rate of ['0.0009', '0.0201', '2%', '']) expect(refused({ rate })).toHaveLength(1);
});

it('tells all that is wrong at once', () => {
  expect(
    refused({ rate: '1', services: [], floorFen: '5', capFen: '4', conservationShare: '2', buyer: ' ' }),
  ).toHaveLength(5);
  expect(refused({ reference: 'highWaterMark' })[0]).toMatch(/name a baseYear before 2025/);
  expect(refused({ reference: 'highWaterMark', baseYear: '2025' })).toHaveLength(1);
  expect(refused({ baseYear: '2020' })[0]).toMatch(/leave baseYear out/);
  expect(refused({ negative: 'carry', baseYear: '2020' })).toEqual([]);
});

it('compares the years that the reference asks for', () => {
  const years = (changed: Partial<ContractTerms>) => comparedYears({ ...terms, ...changed }, '2025').join(' ');
  expect(years({})).toBe('2024 2025');
  expect(years({ reference: 'fixedYear', baseYear: '2020' })).toBe('2020 2025');
  expect(years({ reference: 'highWaterMark', baseYear: '2022' })).toBe('2022 2023 2024 2025');
  expect(years({ negative: 'carry', baseYear: '2023' })).toBe('2023 2024 2025');
  expect(years({ reference: 'fixedYear', baseYear: '2022', effects: ['area'] })).toBe('2023 2024 2025');
  expect(years({ effects: ['area'] })).toBe('2025');
});

it('limits supplements and bonds to a tenth, cut off to the fen, and rounds what conservation is due up', () => {
  expect(mostSupplementFen(123_405n, 0n)).toBe(12_340n);
  expect(mostSupplementFen(123_405n, 12_000n)).toBe(340n);
  expect(mostBondFen(99n)).toBe(9n);
  expect(conservationDueFen(terms, 101n)).toBe(71n);
});

it('hands the rule exact yuan', () => {
  const capFen = '100000000000000001';
  expect(totalsOf({ ...terms, floorFen: '5', capFen }, 7n)).toMatchObject({
    ...{ floor: formatYuan(5n), cap: formatYuan(BigInt(capFen)), deduction: '0.07', deficits: 'recorded' },
  });
});
