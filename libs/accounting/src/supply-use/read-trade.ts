/** Reads the document of what crosses the boundary; its format is in docs/seea-accounts.md, a sample in libs/accounting/samples/trade.yaml. */
import { Fraction } from '@gep/kernel';
import type { InputNode } from '../input/input-node';
import type { ServiceTrade } from './supply-use-tables';

const hundred = Fraction.of(100n);

/** @throws InputUnreadable */
export function readTrade(document: InputNode): ServiceTrade[] {
  document.only('title', 'source', 'trade');
  return document
    .at('trade')
    .list()
    .map((node) => {
      node.only('service', 'item', 'direction', 'quantity', 'value');
      const value = node.maybe('value');
      const fen = value?.number().times(hundred);
      if (fen && fen.denominator !== 1n)
        value!.refuse('应为元，最多两位小数', 'yuan with at most two decimals are expected');
      return {
        service: node.at('service').text(),
        item: node.maybe('item')?.text() ?? null,
        direction: node.at('direction').choice(['import', 'export'] as const),
        quantity: node.at('quantity').notNegative(),
        ...(fen ? { valueFen: fen.numerator } : {}),
      };
    });
}
