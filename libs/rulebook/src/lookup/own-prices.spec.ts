/** Reported prices that norms set aside, with what prices the product instead. */
import { loadNorm } from '../norm/norm.loader';
import { ownPrices } from './own-prices';

it('names what a norm prices itself, and nothing whose reported price counts', async () => {
  const own = ownPrices(await loadNorm('cn-terrestrial', 'rulebook'));
  expect(own.get('hydropower')).toBe('hydropowerPrice');
  // Counted by use and worth nothing by itself: nobody takes a price for it.
  expect(own.get('so2Emission')).toBeNull();
  for (const code of ['maize', 'timber', 'visitors', 'windPower']) expect([code, own.has(code)]).toEqual([code, false]);
});
