/** Dayang's 2,792,800 yuan in 25 parts, schedules on their days, and valuations that need a second opinion. */
import { loadPolicy, loadUnits } from '@gep/rulebook';
import { MarketPurchaseRefused } from './errors';
import { addMonths, checkMarketTerms, type MarketTerms, priceOf, scheduleOf, standingOf } from './market-purchase';

const valuation = {
  ...{ valuer: 'valuer one', paidBy: 'buyer' as const, gepFen: '2000000000', premiumFen: '1494000000' },
  documentDigest: 'a'.repeat(64),
};
const terms: MarketTerms = {
  ...{ territory: '990101', parcel: null, buyer: 'solar company (invented)', valuation, policy: 'dayang', gains: [] },
  ...{ secondOpinionAboveFen: null, secondOpinion: null, firstDueOn: '2020-05-31', monthsBetween: 12 },
};

it('comes to 2,792,800 yuan in 25 parts of 111,712 (both values are invented; what they come to is published)', async () => {
  const rule = await loadPolicy('dayang', 'rulebook');
  const { priceFen, instalmentsFen } = priceOf('dayang', rule, await loadUnits('rulebook'), terms, '2020');
  expect(priceFen).toBe(279_280_000n);
  expect(instalmentsFen).toEqual(Array<bigint>(25).fill(11_171_200n));
  const schedule = scheduleOf(instalmentsFen, terms);
  expect([schedule[0].dueOn, schedule[24].dueOn]).toEqual(['2020-05-31', '2044-05-31']);
});

it('leaves what does not divide to the last part (E31)', async () => {
  const rule = await loadPolicy('dayang', 'rulebook');
  const odd = { ...terms, valuation: { ...valuation, gepFen: '2000000040', premiumFen: '1494000000' } };
  const { priceFen, instalmentsFen } = priceOf('dayang', rule, await loadUnits('rulebook'), odd, '2020');
  expect(priceFen).toBe(279_280_002n);
  expect([...new Set(instalmentsFen.slice(0, 24))]).toEqual([11_171_200n]);
  expect(instalmentsFen[24]).toBe(11_171_202n);
});

it('asks for a second valuer above the threshold, and for another one', () => {
  const asked = { ...terms, secondOpinionAboveFen: '3000000000' };
  expect(() => checkMarketTerms('a', asked)).toThrow(MarketPurchaseRefused);
  expect(() => checkMarketTerms('a', { ...asked, secondOpinion: valuation })).toThrow(/another valuer/);
  expect(() => checkMarketTerms('a', { ...asked, secondOpinion: { ...valuation, valuer: 'two' } })).not.toThrow();
});

it('goes on by months to days that there are, and tells what is overdue', () => {
  expect(addMonths('2023-10-31', 4)).toBe('2024-02-29');
  const [first, second] = standingOf(
    scheduleOf([100n, 101n], { firstDueOn: '2024-01-31', monthsBetween: 1 }),
    [{ id: '1', instalmentNo: 1, amountFen: 100n, receivedOn: '2024-01-30', bankReference: 'slip-1' }],
    '2024-03-01',
  );
  expect([first.openFen, first.isOverdue]).toEqual([0n, false]);
  expect([second.dueOn, second.openFen, second.isOverdue]).toEqual(['2024-02-29', 101n, true]);
});
