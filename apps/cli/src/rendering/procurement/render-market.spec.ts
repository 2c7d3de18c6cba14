/** A market purchase is shown in yuan, with words in either language, and each instalment says how it stands. */
import type { MarketView } from '@gep/procurement';
import { displayWidth } from '../text-table';
import { renderPurchase, renderPurchases } from './render-market';

const instalment = { no: 1, dueOn: '2025-06-30', amountFen: 11_171_200n, receivedFen: 0n, openFen: 11_171_200n };
const valuation = { valuer: '甲', paidBy: 'buyer', gepFen: '100', premiumFen: '200', documentDigest: '' } as const;
const view: MarketView = {
  purchase: {
    ...{ id: 'i', code: 'my-site', territoryPath: 'CN.991105', companyCode: 'my-company', policyEdition: 'e' },
    ...{ priceFen: 33_513_600n, signedOn: '2025-06-01' },
    terms: {
      ...{ territory: '991105', parcel: null, buyer: '开发公司（虚构）', valuation, secondOpinionAboveFen: null },
      ...{ secondOpinion: null, policy: 'my-price', firstDueOn: '2025-06-30', monthsBetween: 12, gains: [] },
    },
  },
  instalments: [
    { ...instalment, receivedFen: 11_171_200n, openFen: 0n, isOverdue: false },
    { ...instalment, no: 2, dueOn: '2026-06-30', receivedFen: 100n, openFen: 11_171_100n, isOverdue: true },
    { ...instalment, no: 3, dueOn: '2027-06-30', isOverdue: false },
  ],
  receipts: [
    { id: 'r', instalmentNo: 1, amountFen: 11_171_200n, receivedOn: '2025-06-30', bankReference: 'slip-0001' },
  ],
};
const places = new Map([['991105', { zh: '戊原县', en: 'Wuyuan County' }]]);

it('has the unit in the heads, each state in words, and the sums', () => {
  const zh = renderPurchase(view, places, 'zh');
  expect(zh).toMatch(/my-site +i\n.*991105 戊原县；价款 335,136\.00 元/);
  expect(zh).toMatch(
    /未收（元）[^]*1 +已收讫 [^]*2 +逾期 .* 111,711\.00[^]*3 +待收 [^]*合计 +335,136\.00 +111,713\.00/,
  );
  const en = renderPurchase(view, places, 'en');
  expect(en).toMatch(/Open \(yuan\)[^]*received[^]*late[^]*to come[^]*slip-0001/);
  expect(`${zh}${en}`).not.toMatch(/Fen|true|false|null/);
  expect(Math.max(...en.split('\n').map(displayWidth))).toBeLessThanOrEqual(160);
});

it('says of an empty list how one is signed', () => {
  expect(renderPurchases([], places, 'en')).toContain('gep market-purchase sign');
  expect(renderPurchases([view.purchase], places, 'zh')).toMatch(/价款（元）[^]*my-site +991105 戊原县/);
});
