/** A gain is sold once, when it is published, by its service, and never more of it than there is. */
import { type GainFacts, overstated, unsellable } from './judge-gain';

const gain = { territory: '990101', parcel: null, service: 'water', year: '2024', amountFen: 60n };
const facts: GainFacts = { published: new Map([['water', 100n]]), sold: [], contracts: [] };
const sold = { territory: '990101', parcel: 'site 1', amountFen: 40n, credit: 'vep-1', isPurchase: false };

it('sells what is published and not sold, to the last fen', () => {
  expect(unsellable({ ...gain, amountFen: 100n }, facts)).toBeUndefined();
  expect(unsellable({ ...gain, amountFen: 101n }, facts)?.en).toMatch(
    /published at 1.00 yuan.*1.00 are left, not 1.01/,
  );
  expect(unsellable(gain, { ...facts, sold: [sold] })).toBeUndefined();
  expect(unsellable({ ...gain, amountFen: 61n }, { ...facts, sold: [sold] })?.en).toMatch(/0.60 are left, not 0.61/);
  expect(unsellable({ ...gain, service: 'noSuch' }, facts)?.en).toMatch(/no service "noSuch"; choose from water/);
});

it('sells nothing that is unpublished, bought by a contract, or sold on the same land', () => {
  expect(unsellable(gain, { ...facts, published: undefined })?.en).toMatch(/publish it first/);
  expect(unsellable(gain, { ...facts, contracts: ['my-2024'] })?.en).toMatch(/bought by the contract my-2024/);
  const purchase = { ...facts, sold: [{ ...sold, isPurchase: true }] };
  expect(unsellable(gain, purchase)?.en).toMatch(/sold by the market purchase vep-1/);
  expect(unsellable({ ...gain, parcel: 'site 1' }, purchase)?.en).toMatch(/sold by the market purchase vep-1/);
  expect(unsellable({ ...gain, parcel: 'site 2' }, purchase)).toBeUndefined();
});

it('takes what was sold elsewhere as it was, unless a published figure speaks against it', () => {
  expect(overstated(gain, { ...facts, published: undefined, contracts: ['my-2024'] })).toBeUndefined();
  expect(overstated({ ...gain, amountFen: 101n }, facts)?.en).toMatch(/lower the amount/);
});
