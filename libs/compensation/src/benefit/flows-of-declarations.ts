/** Makes flows of an evaluation from declared flows and the published accounts of those who supply. */
import type { AccountLine, DeclaredFlow } from '@gep/accounting';
import { conversionFactor, Fraction, shareOfYear, type UnitTable } from '@gep/kernel';
import type { ProgrammeTime, ServiceFlow } from './benefit-tables';

/** What was published of a supplier for a period, before anything was taken back from it. */
export interface SupplierLines {
  readonly territory: string;
  readonly lines: readonly Pick<AccountLine, 'service' | 'item' | 'quantity' | 'unit' | 'valueFen' | 'flow'>[];
}

/**
 * All that a supplier has of a declared service at its mean price in the account, and of it the share or quantity that each
 * beneficiary has; a service with items goes item by item (`crops/maize`). What is declared of nothing gives no row.
 */
export function flowsOfDeclarations(
  { period, time }: { readonly period: string; readonly time: ProgrammeTime },
  declared: readonly DeclaredFlow[],
  suppliers: readonly SupplierLines[],
  units: UnitTable,
): Omit<ServiceFlow, 'row'>[] {
  return suppliers.flatMap(({ territory: supplier, lines }) => {
    const own = declared.filter((flow) => flow.supplier === supplier);
    const goods = new Map(lines.map(({ service, item }) => [JSON.stringify([service, item]), { service, item }]));
    return [...goods.values()].flatMap(({ service, item }) => {
      const flows = own.filter((flow) => flow.service === service && (flow.item === null || flow.item === item));
      const of = lines.filter((line) => line.service === service && line.item === item && line.flow === undefined);
      const whole = of.reduce((sum, { quantity }) => sum.plus(Fraction.parse(String(quantity))!), Fraction.zero);
      if (flows.length === 0 || whole.compare(Fraction.zero) <= 0) return [];
      const { unit } = of[0];
      const fen = of.reduce((sum, { valueFen }) => sum + valueFen, 0n);
      const flow = {
        ...{ period, time, group: 'programme' as const, supplier, unit },
        ...{ service: item === null ? service : `${service}/${item}`, price: Fraction.of(fen, 100n).dividedBy(whole) },
      };
      const used = flows.map(({ beneficiary, amount }) => ({
        ...{ ...flow, beneficiary },
        quantity:
          'share' in amount
            ? whole.times(amount.share)
            : amount.quantity
                .times(conversionFactor(units.parse(amount.unit), units.parse(unit)))
                .times(shareOfYear(period)),
      }));
      return [{ ...flow, beneficiary: null, quantity: whole }, ...used];
    });
  });
}
