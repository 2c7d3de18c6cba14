/** Particulars hold by day; rights to sell meet where land and time do; a company is refused with everything that is wrong. */
import { checkCompany, covers, type CompanyVersion, meet, type SaleRight, versionOn } from './company';
import { CompanyRefused } from './errors';

const version: CompanyVersion = {
  ...{
    validFrom: '2024-01-01',
    nameZh: '大均两山公司（演示）',
    nameEn: 'Dajun company (invented)',
    legalForm: 'company',
  },
  ...{ creditCode: null, payeeName: '大均两山公司（演示）', bank: 'bank (invented)', accountNo: '6222000011112222' },
  ...{ status: 'active', reason: 'founded', documentDigest: null },
};
const right = (placePath: string, more: Partial<SaleRight> = {}): SaleRight => ({
  ...{ id: placePath, companyId: 'c', territory: 't', placePath, parcel: null, basis: 'entrustment' },
  ...{ validFrom: '2024-01-01', validTo: null, reason: 'agreement', documentDigest: null, ...more },
});

it('gives the version that begins last by a day, and of two that begin together the one recorded last', () => {
  const versions = [
    { ...version, no: 1 },
    { ...version, no: 2, validFrom: '2025-01-01' },
    { ...version, no: 3, validFrom: '2025-01-01', status: 'suspended' as const },
  ];
  expect(versionOn(versions, '2023-12-31')).toBeUndefined();
  expect(versionOn(versions, '2024-12-31')?.no).toBe(1);
  expect(versionOn([...versions].reverse(), '2025-06-01')?.no).toBe(3);
});

it('lets rights meet only where they share land and time', () => {
  expect(meet(right('CN.a'), right('CN.a.b'))).toBe(true);
  expect(meet(right('CN.a'), right('CN.ab'))).toBe(false);
  expect(meet(right('CN.a', { parcel: '1' }), right('CN.a', { parcel: '2' }))).toBe(false);
  expect(meet(right('CN.a', { parcel: '1' }), right('CN.a'))).toBe(true);
  expect(meet(right('CN.a', { parcel: '1' }), right('CN.a.b'))).toBe(false);
  expect(meet(right('CN.a', { validTo: '2025-01-01' }), right('CN.a', { validFrom: '2025-01-01' }))).toBe(false);
});

it('covers a place below, and a parcel only by its name or the whole', () => {
  expect(covers(right('CN.a'), { path: 'CN.a.b', parcel: '7' })).toBe(true);
  expect(covers(right('CN.a', { parcel: '7' }), { path: 'CN.a', parcel: '7' })).toBe(true);
  expect(covers(right('CN.a', { parcel: '7' }), { path: 'CN.a', parcel: null })).toBe(false);
});

it('tells every fault of what is recorded', () => {
  expect(() => checkCompany('dajun', version)).not.toThrow();
  try {
    checkCompany('Dajun!', { ...version, validFrom: '2024-02-30', creditCode: 'x', accountNo: '1', bank: ' ' });
    throw new Error('not refused');
  } catch (error) {
    expect((error as CompanyRefused).facts['problems']).toHaveLength(5);
  }
});
