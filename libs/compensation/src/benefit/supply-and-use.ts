/** Who supplies a service and who uses it: supplied = used + assigned to nobody, in quantity and in money. */
import { type Fen, Fraction, roundToFen, sumFen, unitValue } from '@gep/kernel';
import { BenefitInputRefused, type BenefitProblem } from '../errors';
import type { ProgrammeTime, ServiceFlow, SupplierGroup } from './benefit-tables';

/** A part of what one supplier supplies; `beneficiary` is null for what nobody is named for. */
export interface SuppliedPart {
  readonly period: string;
  readonly time: ProgrammeTime;
  readonly group: SupplierGroup;
  readonly service: string;
  readonly supplier: string;
  readonly beneficiary: string | null;
  readonly quantity: Fraction;
  readonly unit: string;
  readonly price: Fraction;
  readonly valueFen: Fen;
}

/** One service of one period: what was supplied, used, and left to nobody. */
export interface ServiceBalance {
  readonly period: string;
  readonly time: ProgrammeTime;
  readonly service: string;
  readonly unit: string;
  readonly supplied: Fraction;
  readonly used: Fraction;
  readonly unassigned: Fraction;
  readonly suppliedFen: Fen;
  readonly usedFen: Fen;
  readonly unassignedFen: Fen;
}

/** Yuan to fen, once, half away from zero: the rounding place of every amount of an evaluation. */
export const toFen = (yuan: Fraction): Fen => roundToFen(1, unitValue(yuan));

const keyOf = ({
  period,
  time,
  group,
  service,
  supplier,
  beneficiary,
}: Omit<ServiceFlow, 'row' | 'quantity' | 'unit' | 'price'>) =>
  JSON.stringify([period, time, group, service, supplier, beneficiary]);

/**
 * What every supplier supplies, part by part. A row without a beneficiary says what was supplied in all: what is more than the
 * parts of the beneficiaries is a part of nobody's. Without such a row all that is supplied is used.
 * @throws BenefitInputRefused two rows of one flow, units that differ within a service, more used than supplied
 */
export function suppliedParts(flows: readonly ServiceFlow[]): SuppliedPart[] {
  const problems: BenefitProblem[] = [];
  const units = new Map<string, string>();
  const seen = new Map<string, number>();
  const used = new Map<string, Fraction>();
  for (const flow of flows) {
    const unit = units.get(flow.service) ?? flow.unit;
    units.set(flow.service, unit);
    const at = { table: 'flows', row: flow.row };
    if (unit !== flow.unit)
      problems.push({
        ...at,
        column: 'unit',
        value: flow.unit,
        zh: `该服务别处的单位是 ${unit}，请统一`,
        en: `the unit of this service is ${unit} elsewhere; use one`,
      });
    const earlier = seen.get(keyOf(flow));
    if (earlier !== undefined)
      problems.push({
        ...at,
        zh: `与第 ${earlier} 行是同一流动，请合并`,
        en: `is the same flow as row ${earlier}; make them one`,
      });
    seen.set(keyOf(flow), flow.row);
    if (flow.beneficiary === null) continue;
    const whole = keyOf({ ...flow, beneficiary: null });
    used.set(whole, (used.get(whole) ?? Fraction.zero).plus(flow.quantity));
  }
  const parts = flows.map((flow): SuppliedPart => {
    const { period, time, group, service, supplier, beneficiary, unit, price } = flow;
    const whole = beneficiary === null ? (used.get(keyOf(flow)) ?? Fraction.zero) : Fraction.zero;
    const quantity = flow.quantity.minus(whole);
    if (beneficiary === null && whole.compare(Fraction.zero) > 0 && quantity.compare(Fraction.zero) < 0)
      problems.push({
        ...{ table: 'flows', row: flow.row, column: 'quantity', value: flow.quantity.toExactText() },
        zh: `少于各受益地所用之和 ${whole.toExactText()}，请核对`,
        en: `is less than its beneficiaries use, ${whole.toExactText()}; check it`,
      });
    const valueFen = toFen(quantity.times(price));
    return { period, time, group, service, supplier, beneficiary, quantity, unit, price, valueFen };
  });
  if (problems.length > 0) throw new BenefitInputRefused(problems);
  return parts;
}

export function balanceServices(parts: readonly SuppliedPart[]): ServiceBalance[] {
  const groups = new Map<string, SuppliedPart[]>();
  for (const part of parts) {
    const key = JSON.stringify([part.period, part.time, part.service]);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].map((group) => {
    const { period, time, service, unit } = group[0];
    const used = group.filter(({ beneficiary }) => beneficiary !== null);
    const rest = group.filter(({ beneficiary }) => beneficiary === null);
    return {
      ...{ period, time, service, unit },
      ...{ supplied: quantityOf(group), used: quantityOf(used), unassigned: quantityOf(rest) },
      ...{ suppliedFen: valueOf(group), usedFen: valueOf(used), unassignedFen: valueOf(rest) },
    };
  });
}

const quantityOf = (parts: readonly SuppliedPart[]): Fraction =>
  parts.reduce((sum, { quantity }) => sum.plus(quantity), Fraction.zero);
const valueOf = (parts: readonly SuppliedPart[]): Fen => sumFen(parts.map(({ valueFen }) => valueFen));
