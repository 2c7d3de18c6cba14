/** A sheet that is taken back leaves what would stand had it never come. */
import fc from 'fast-check';
import type { Delivery } from './delivery';
import { joinDelivery, type JoinedPeriod, type Standing, type StoredPiece } from './join-delivery';

const units = new Map([['area', 'hm2']]);
type Kept = Delivery & { readonly id: string };

const delivery = (code: string, type: string | null, quantity: number): Kept => ({
  ...{ id: code, dataSheet: code, batchId: `batch-${code}`, refusedRows: quantity % 2, series: [] },
  given: [{ attribute: 'rain', type: `type-${code}`, value: quantity, sheet: 'attributes', row: 2 }],
  statistics: [
    { item: code, type: null, quantity: `${quantity}`, unit: 't', price: null, priceUnit: null, sheet: 's', row: 2 },
  ],
  chunk:
    type === null
      ? null
      : {
          ...{ rows: 1, types: [type], sourceSheet: 'extent', typeIndex: new Uint16Array([0]), patchIds: null },
          ...{ sourceRow: new Int32Array([2]), columns: { area: new Float64Array([quantity + 1]) } },
        },
});

/** What stands once a sheet has been joined, as the database would give it back. */
function kept(before: Standing | undefined, joined: JoinedPeriod, deliveries: readonly Kept[]): Standing {
  const { digest, patches, hasFigures, masked } = joined;
  const pieces = joined.pieces.map((piece, at): StoredPiece => ({ id: `piece ${at}`, ...piece }));
  return { digest, patches, hasFigures, masked, whole: before?.whole ?? null, deliveries, pieces };
}

it('for any sheets, in whatever order they come', () => {
  const sheets = fc.uniqueArray(
    fc.record({ code: fc.constantFrom('a', 'b', 'c', 'd'), hasArea: fc.boolean(), quantity: fc.nat(9) }),
    { selector: ({ code }) => code, minLength: 2 },
  );
  fc.assert(
    fc.property(sheets, fc.nat(), (given, at) => {
      const all = given.map(({ code, hasArea, quantity }) => delivery(code, hasArea ? `type-${code}` : null, quantity));
      const leaving = all[at % all.length];
      const joinAll = (list: readonly Kept[]): Standing =>
        list.reduce<Standing | undefined>((standing, one, i) => {
          return kept(standing, joinDelivery(standing, one.dataSheet, one, units), list.slice(0, i + 1));
        }, undefined)!;
      const left = joinDelivery(joinAll(all), leaving.dataSheet, null, units);
      const never = joinAll(all.filter((one) => one !== leaving));
      expect([left.digest, left.patches, left.hasFigures]).toEqual([never.digest, never.patches, never.hasFigures]);
      expect(left.dataSheets).toEqual(never.deliveries.map(({ dataSheet }) => dataSheet).sort());
    }),
  );
});
